import { fail, ok } from '../../result.ts';
import { type ImportedRow, type LineFault, NO_TIME, type ReadLine, readNumber, readTime } from './imported.ts';

/**
 * Reads a line of InfluxDB's line protocol, `measurement,tag=… field=… time`. A sensor is named by its tag `sensor` or
 * `entity_id`, else by the measurement; a field that is not called `value` is one more name behind a point.
 */
export const readLineProtocol: ReadLine = text => {
  const line = text.trim();
  if (line === '' || line.startsWith('#')) return ok([]);
  const [key = '', fields, time, ...more] = split(line, ' ');
  const at = time === undefined ? null : readTime(time);
  if (fields === undefined || more.length > 0 || !fields.includes('=')) return fail(NO_LINE);
  if (at === null || !/^-?\d+$/.test(time ?? '')) return fail(NO_TIME);
  const [measurement = '', ...tags] = split(key, ',').map(plain);
  const tag = (name: string): string | undefined =>
    tags.find(one => one.startsWith(`${name}=`))?.slice(name.length + 1);
  const sensor = tag('sensor') ?? tag('entity_id') ?? measurement;
  const values = split(fields, ',').map(field => parseField(field));
  if (values.some(({ name }) => name === 'n')) return ok([{ kind: 'no-value', what: SEVERAL }]);
  const rows = values.map(({ name, value }): ImportedRow => {
    if (value === null) return { kind: 'no-value', what: 'fields that are no numbers' };
    const own = name === 'value' ? sensor : `${sensor}.${name}`;
    return { kind: 'reading', at, sensor: own, unit: null, base: null, value };
  });
  return ok(rows);
};

const SEVERAL = 'stretches with several values in one';

const NO_LINE: LineFault = {
  message: 'it is no line of the line protocol',
  cure: 'It takes: measurement,sensor=flow value=64.3 1795917242030000000',
};

function parseField(field: string): { readonly name: string; readonly value: number | null } {
  const [name = '', ...rest] = split(field, '=');
  const text = rest.join('=');
  return { name: plain(name), value: text.startsWith('"') ? null : readNumber(text.replace(/(?<=\d)[iu]$/, '')) };
}

/** Cuts at a sign that is neither escaped nor within quotes. */
function split(text: string, sign: string): readonly string[] {
  if (!text.includes('\\') && !text.includes('"')) return text.split(sign);
  const parts: string[] = [];
  let [start, isQuoted] = [0, false];
  for (let place = 0; place < text.length; place++) {
    if (text[place] === '\\') place++;
    else if (text[place] === '"') isQuoted = !isQuoted;
    else if (text[place] === sign && !isQuoted) {
      parts.push(text.slice(start, place));
      start = place + 1;
    }
  }
  return [...parts, text.slice(start)];
}

function plain(text: string): string {
  return text.includes('\\') ? text.replace(/\\([\\,= ])/g, '$1') : text;
}
