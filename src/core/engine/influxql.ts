import * as v from 'valibot';
import type { AskedSeries, EngineAnswer, EnginePart, HeardPart } from './part.ts';
import type { Run } from './runs.ts';

/** The question in InfluxQL, for an answer with times in seconds (`epoch=s`). */
export function influxQuestion({ house, sensor }: AskedSeries, { from, stepS, count }: Run): string {
  const wanted =
    sensor === null
      ? 'sum("seconds") AS "heard" FROM "hometui_listening"'
      : 'count("value") AS "n", min("value") AS "min", max("value") AS "max", mean("value") AS "mean", last("value") AS "last" FROM "hometui"';
  const where = influxConditions({ house, sensor });
  const time = `time >= ${from}s AND time < ${from + stepS * count}s`;
  return `SELECT ${wanted} WHERE ${where} AND ${time} GROUP BY time(${stepS}s, ${from % stepS}s) fill(none)`;
}

/** The conditions that pick one series, as what is written has its tags. */
export function influxConditions({ house, sensor }: AskedSeries): string {
  const tags = [
    ['house', house],
    ...(sensor === null ? [] : [['sensor', sensor.id] as const]),
    ...(sensor === null || sensor.unit === '' ? [] : [['unit', sensor.unit] as const]),
  ];
  return tags.map(([name, value = '']) => `"${name}" = '${quote(value)}'`).join(' AND ');
}

function quote(text: string): string {
  return text.replace(/[\\']/g, '\\$&');
}

const answerSchema = v.object({
  results: v.array(
    v.object({
      error: v.optional(v.string()),
      series: v.optional(v.array(v.object({ columns: v.array(v.string()), values: v.array(v.array(v.unknown())) }))),
    }),
  ),
});

/** Reads the answer to it; a text is the reason that the engine gives for having none. */
export function readInfluxAnswer(answer: unknown): EngineAnswer | string {
  const read = v.safeParse(answerSchema, answer);
  if (!read.success) return 'it did not answer in the form of InfluxQL';
  // InfluxDB answers 200 where there is no such database: the reason stands inside.
  const error = read.output.results.find(result => result.error !== undefined)?.error;
  if (error !== undefined) return error;
  const parts: EnginePart[] = [];
  const heard: HeardPart[] = [];
  for (const { columns, values } of read.output.results.flatMap(({ series = [] }) => series)) {
    for (const row of values) addRow(new Map(columns.map((name, place) => [name, row[place]])), parts, heard);
  }
  return { parts, heard };
}

function addRow(row: ReadonlyMap<string, unknown>, parts: EnginePart[], heard: HeardPart[]): void {
  const [from, heardS, n, min, max, mean, last] = COLUMNS.map(name => numberIn(row, name));
  if (from === undefined) return;
  if (heardS !== undefined) heard.push({ from, heardS });
  if (n === undefined || min === undefined || max === undefined || mean === undefined || last === undefined) return;
  parts.push({ from, n, sample: { min, max, mean, last } });
}

const COLUMNS = ['time', 'heard', 'n', 'min', 'max', 'mean', 'last'];

function numberIn(row: ReadonlyMap<string, unknown>, name: string): number | undefined {
  const value = row.get(name);
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
