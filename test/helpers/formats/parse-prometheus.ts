/** One metric family of the text format. */
export interface Family {
  readonly type: string;
  readonly help: string;
  readonly samples: { readonly labels: Record<string, string>; readonly value: number }[];
}

/**
 * Reads the text format of Prometheus (exposition format 0.0.4) strictly: HELP and TYPE before the samples, each family
 * once and in one piece, no time stamps, no sample twice, a line feed at the end. Throws where that does not hold.
 */
export function parsePrometheus(text: string): ReadonlyMap<string, Family> {
  if (!text.endsWith('\n')) throw new Error('no line feed at the end');
  const families = new Map<string, Family>();
  const seen = new Set<string>();
  let help: readonly [name: string, text: string] = ['', ''];
  let current = '';
  for (const line of text.slice(0, -1).split('\n')) {
    const [, keyword = '', name = '', rest = ''] = /^# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)$/.exec(line) ?? [];
    if (keyword === 'HELP') help = [name, rest];
    else if (keyword === 'TYPE') {
      if (help[0] !== name || families.has(name) || !/^(gauge|counter)$/.test(rest)) throw new Error(`bad: ${line}`);
      current = name;
      families.set(current, { type: rest, help: help[1], samples: [] });
    } else families.get(current)?.samples.push(readSample(line, current, seen));
  }
  return families;
}

function readSample(line: string, current: string, seen: Set<string>): Family['samples'][number] {
  const sample = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/.exec(line);
  if (sample === null || sample[1] !== current) throw new Error(`no sample of ${current}: ${line}`);
  const key = `${sample[1]}{${sample[2] ?? ''}}`;
  if (seen.has(key)) throw new Error(`twice: ${key}`);
  seen.add(key);
  return { labels: readLabels(sample[2] ?? ''), value: Number(sample[3]) };
}

function readLabels(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  const pair = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(?:,|$)/y;
  while (pair.lastIndex < text.length) {
    const at = pair.lastIndex;
    const found = pair.exec(text);
    if (found === null) throw new Error(`no label at ${at}: ${text}`);
    labels[found[1] ?? ''] = (found[2] ?? '').replace(/\\(.)/g, (_, c: string) => (c === 'n' ? '\n' : c));
  }
  return labels;
}
