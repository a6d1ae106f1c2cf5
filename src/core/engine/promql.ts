import * as v from 'valibot';
import { openMetricsName } from '../format/history/history-row.ts';
import { metricUnit } from '../prometheus-unit.ts';
import type { EngineAddress } from './address.ts';
import type { AskedSeries, EngineAnswer, EnginePart } from './part.ts';
import type { Run } from './runs.ts';

/** Prometheus refuses more points of one series in an answer. */
export const MOST_POINTS = 11_000;

/** What `query_range` is asked: times in seconds. */
export interface RangeQuestion {
  readonly query: string;
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

const OVER_TIME = ['count', 'min', 'max', 'avg', 'last'] as const;
type OverTime = (typeof OVER_TIME)[number];
/** How the same over time is put together where a metric was fetched by several, or under several labels. */
const TOGETHER: Readonly<Record<OverTime, string>> = { count: 'sum', min: 'min', max: 'max', avg: 'avg', last: 'max' };

/**
 * The question in PromQL. A range selector takes what is up to the moment that is asked for, and its left end, too; a
 * stretch of ours begins with its first second and ends before the next one: so it is asked for at its last second,
 * a millisecond short of its length.
 */
export function promQuestion(
  kind: EngineAddress['kind'],
  asked: AskedSeries,
  { from, stepS, count }: Run,
): RangeQuestion {
  const metric = seriesMetric(kind, asked);
  const range = `${metric}[${stepS * 1_000 - 1}ms]`;
  const query =
    asked.sensor === null
      ? `sum(sum_over_time(${range}))`
      : OVER_TIME.map(
          name => `label_replace(${TOGETHER[name]}(${name}_over_time(${range})), "what", "${name}", "", "")`,
        ).join(' or ');
  return { query, start: from + stepS - 1, end: from + stepS * count - 1, step: stepS };
}

/** Lines that were written become metrics named after measurement and field; what is fetched has its unit in its name. */
export function seriesMetric(kind: EngineAddress['kind'], { house, sensor }: AskedSeries): string {
  const isWritten = kind === 'line-protocol';
  const labels: Record<string, string> = { house };
  if (sensor === null)
    return `${isWritten ? 'hometui_listening_seconds' : 'hometui_broker_connected'}${inBraces(labels)}`;
  labels.sensor = sensor.id;
  if (sensor.unit !== '' && (isWritten || metricUnit(sensor.unit) === null)) labels.unit = sensor.unit;
  return `${isWritten ? 'hometui_value' : openMetricsName(sensor.unit)}${inBraces(labels)}`;
}

/** Which minutes of a house were listened to, as what was written becomes a metric. */
export function listeningMetric(house: string): string {
  return `hometui_listening_seconds${inBraces({ house })}`;
}

const exportSchema = v.object({ timestamps: v.array(v.number()) });

/** The newest second in an export of VictoriaMetrics, a JSON object a line; `null` for none, `undefined` for no export. */
export function newestExported(text: string): number | null | undefined {
  const lines = text.split('\n').filter(line => line !== '');
  try {
    const times = lines.flatMap(line => v.parse(exportSchema, JSON.parse(line)).timestamps);
    return times.reduce<number | null>((last, at) => Math.max(last ?? 0, Math.floor(at / 1_000)), null);
  } catch {
    return undefined;
  }
}

function inBraces(labels: Readonly<Record<string, string>>): string {
  const quoted = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return `{${quoted.join(',')}}`;
}

const answerSchema = v.object({
  status: v.string(),
  error: v.optional(v.string()),
  data: v.optional(
    v.object({
      result: v.array(
        v.object({
          metric: v.record(v.string(), v.string()),
          values: v.array(v.tuple([v.number(), v.string()])),
        }),
      ),
    }),
  ),
});

/** Reads the answer to it; a text is the reason that the engine gives for having none. */
export function readPromAnswer(
  kind: EngineAddress['kind'],
  { sensor }: AskedSeries,
  { stepS }: Run,
  answer: unknown,
): EngineAnswer | string {
  const read = v.safeParse(answerSchema, answer);
  if (!read.success) return 'it did not answer in the form of PromQL';
  const { status, error, data } = read.output;
  if (status !== 'success' || data === undefined) return error ?? `it answered "${status}"`;
  const fromOf = (at: number): number => Math.round(at) - stepS + 1;
  if (sensor === null) {
    const values = data.result.flatMap(({ values }) => values);
    return {
      parts: [],
      heard: heardParts(
        kind,
        values.map(([at, text]) => [fromOf(at), Number(text)]),
        stepS,
      ),
    };
  }
  const found = new Map<number, Partial<Record<string, number>>>();
  for (const { metric, values } of data.result) {
    for (const [at, text] of values) found.set(at, { ...found.get(at), [metric.what ?? '']: Number(text) });
  }
  const unscale = kind === 'prometheus' ? fromBaseUnit(sensor.unit) : (value: number): number => value;
  const parts = [...found].flatMap(([at, part]) => partOf(fromOf(at), part, unscale));
  return { parts: parts.sort((one, other) => one.from - other.from), heard: [] };
}

function partOf(
  from: number,
  values: Partial<Record<string, number>>,
  unscale: (value: number) => number,
): readonly EnginePart[] {
  const numbers = OVER_TIME.map(name => values[name] ?? Number.NaN);
  if (!numbers.every(Number.isFinite)) return [];
  const [n = 0, min = 0, max = 0, mean = 0, last = 0] = numbers;
  return [{ from, n, sample: { min: unscale(min), max: unscale(max), mean: unscale(mean), last: unscale(last) } }];
}

/** From the base unit in which a metric is fetched back to the unit of the house. */
function fromBaseUnit(unit: string): (value: number) => number {
  const { factor, shift } = metricUnit(unit) ?? { factor: 1, shift: 0 };
  return value => (value - shift) / factor;
}

/**
 * What was written says the seconds. What was fetched says "connected" each time: as the time between two fetches is not
 * told, the fullest stretch counts as heard throughout, and each other one by its share of that.
 */
function heardParts(
  kind: EngineAddress['kind'],
  values: readonly (readonly [from: number, sum: number])[],
  stepS: number,
): EngineAnswer['heard'] {
  if (kind === 'line-protocol') return values.map(([from, heardS]) => ({ from, heardS }));
  const most = values.reduce((max, [, sum]) => Math.max(max, sum), 0);
  return values.map(([from, sum]) => ({ from, heardS: most === 0 ? 0 : Math.round((stepS * sum) / most) }));
}
