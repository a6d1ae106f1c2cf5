import { fail, ok } from '../../result.ts';
import { isNoValue, type LineFault, NO_NUMBER, NO_TIME, type ReadLine, readNumber, readTime } from './imported.ts';

/** What the metrics of our own export begin with; the base unit follows. */
const OWN = 'hometui_sensor_';

/**
 * Reads a line of OpenMetrics 1.0, or of the older text form of Prometheus: `name{sensor="flow"} 64.3 1795917242`. A sensor
 * is named by its label `sensor`, else by the metric.
 */
export const readOpenMetrics: ReadLine = text => {
  const line = text.trim();
  if (line === '' || line.startsWith('#')) return ok([]);
  const [, name = '', labelText = '', said = '', time] =
    /^([a-zA-Z_:][\w:]*)(?:\{((?:[^"}]|"(?:[^"\\]|\\.)*")*)\})?\s+(\S+)(?:\s+(-?[\d.]+(?:e[+-]?\d+)?))?(?:\s+#.*)?$/i.exec(
      line,
    ) ?? [];
  if (name === '') return fail(NO_LINE);
  const at = time === undefined ? null : readTime(/e/i.test(time) ? String(Number(time)) : time);
  if (at === null) return fail(NO_TIME);
  const value = readNumber(said);
  if (value === null)
    return isNoValue(said) ? ok([{ kind: 'no-value', what: 'lines without a value' }]) : fail(NO_NUMBER);
  const labels = new Map(
    [...labelText.matchAll(/([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g)].map(([, key = '', text = '']) => [key, plain(text)]),
  );
  const base = name.startsWith(OWN) ? name.slice(OWN.length) : null;
  const sensor = labels.get('sensor') ?? name;
  const unit = base === 'value' ? (labels.get('unit') ?? '') : null;
  return ok([{ kind: 'reading', at, sensor, unit, base: base === 'value' ? null : base, value }]);
};

const NO_LINE: LineFault = {
  message: 'it is no line of OpenMetrics',
  cure: 'It takes: name{sensor="flow"} 64.3 1795917242',
};

function plain(text: string): string {
  return text.replace(/\\(.)/g, (_, sign: string) => (sign === 'n' ? '\n' : sign));
}
