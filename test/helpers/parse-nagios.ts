/** What a monitoring system reads from a plug-in's output. */
export interface PluginOutput {
  readonly status: string;
  readonly text: string;
  readonly data: readonly { readonly label: string; readonly value: string; readonly unit: string }[];
  readonly long: readonly string[];
}

const NUMBER = String.raw`-?\d+(?:\.\d+)?`;
const RANGE = String.raw`@?(?:(?:~|${NUMBER})?:)?(?:${NUMBER})?`;
const DATUM = new RegExp(
  String.raw`^'([^'=]+)'=(?:(${NUMBER})(s|us|ms|%|B|KB|MB|TB|c)?|(U));(${RANGE});(${RANGE});(${NUMBER})?;(${NUMBER})?$`,
);

/** Reads it by the grammar of the Monitoring Plugins Development Guidelines; throws where it does not hold. */
export function parseNagios(output: string): PluginOutput {
  const [first = '', ...long] = output.replace(/\n$/, '').split('\n');
  const parts = first.split('|');
  if (parts.length > 2) throw new Error(`two bars in ${first}`);
  const head = /^HOMETUI (OK|WARNING|CRITICAL|UNKNOWN) - (\S.*?)\s*$/.exec(parts[0] ?? '');
  if (head === null) throw new Error(`no status in ${first}`);
  if (long.some(line => line.includes('|'))) throw new Error('a bar in the long output');
  const data = (parts[1] ?? '').trim().split(' ').filter(Boolean).map(readDatum);
  return { status: head[1] ?? '', text: head[2] ?? '', data, long };
}

function readDatum(text: string): PluginOutput['data'][number] {
  const found = DATUM.exec(text);
  if (found === null) throw new Error(`no performance datum: ${text}`);
  return { label: found[1] ?? '', value: found[2] ?? found[4] ?? '', unit: found[3] ?? '' };
}
