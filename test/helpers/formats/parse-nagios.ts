/** One datum of the performance data. */
export interface PerformanceDatum {
  readonly label: string;
  /** `U` where the value could not be told. */
  readonly value: string;
  readonly unit: string;
  readonly warning: string;
  readonly critical: string;
  readonly min: string;
  readonly max: string;
}

/** What a monitoring system reads from a plug-in's output. */
export interface PluginOutput {
  readonly status: string;
  readonly text: string;
  readonly data: readonly PerformanceDatum[];
  readonly long: readonly string[];
}

const NUMBER = String.raw`-?\d+(?:\.\d+)?`;
/** `label` without what would end it, or `'label'`, in which a quote is written twice. */
const LABEL = String.raw`[^\s'=|]+|'(?:[^'=|]|'')+'`;
/** Of the units only these: seconds, a percentage, bytes, and a counter. */
const VALUE = `(?:(${NUMBER})(s|us|ms|%|B|KB|MB|TB|c)?|(U))`;
const DATUM = new RegExp(
  String.raw`(${LABEL})=${VALUE}(?:;([^\s;|]*))?(?:;([^\s;|]*))?(?:;(${NUMBER})?)?(?:;(${NUMBER})?)?(?= |$)`,
  'y',
);
const RANGE = new RegExp(`^@?(?:(~|${NUMBER}):)?(${NUMBER})?$`);

/**
 * Reads it by the grammar of the Monitoring Plugins Development Guidelines ("Plugin Output", "Threshold and ranges",
 * "Performance data"): one line of status and text, at most one bar, then the data; below it the long output. Throws where
 * that does not hold.
 */
export function parseNagios(output: string): PluginOutput {
  if (!output.endsWith('\n')) throw new Error('no line feed at the end');
  const [first = '', ...long] = output.slice(0, -1).split('\n');
  const parts = first.split('|');
  if (parts.length > 2) throw new Error(`two bars in ${first}`);
  const head = /^HOMETUI (OK|WARNING|CRITICAL|UNKNOWN) - (\S.*?)\s*$/.exec(parts[0] ?? '');
  if (head === null) throw new Error(`no status in ${first}`);
  if (long.some(line => line.includes('|'))) throw new Error('a bar in the long output');
  if (/[\u0000-\u0009\u000b-\u001f\u007f]/.test(output)) throw new Error('a control character');
  return { status: head[1] ?? '', text: head[2] ?? '', data: readData((parts[1] ?? '').trim()), long };
}

function readData(text: string): PerformanceDatum[] {
  const data: PerformanceDatum[] = [];
  for (DATUM.lastIndex = 0; DATUM.lastIndex < text.length; DATUM.lastIndex++) {
    const at = DATUM.lastIndex;
    const found = DATUM.exec(text);
    if (found === null) throw new Error(`no performance datum: ${text.slice(at)}`);
    const [, label = '', number, unit = '', unknown, warning = '', critical = '', min = '', max = ''] = found;
    for (const range of [warning, critical]) checkRange(range);
    const bare = label.replace(/^'(.*)'$/, '$1').replaceAll("''", "'");
    data.push({ label: bare, value: number ?? unknown ?? '', unit, warning, critical, min, max });
  }
  if (new Set(data.map(({ label }) => label)).size !== data.length) throw new Error('one label twice');
  return data;
}

/** `[@][start:][end]`: the start is at most the end, `~` is minus infinity, and a start without an end keeps its colon. */
function checkRange(range: string): void {
  if (range === '') return;
  const found = RANGE.exec(range);
  if (found === null || range === '@') throw new Error(`no range: ${range}`);
  const [, start = '0', end] = found;
  const isInOrder = start === '~' || end === undefined || Number(start) <= Number(end);
  if (!isInOrder) throw new Error(`the range ${range} begins behind its end`);
}
