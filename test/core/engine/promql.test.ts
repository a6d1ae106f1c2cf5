import { expect, it } from 'vitest';
import { listeningMetric, newestExported, promQuestion, readPromAnswer } from '../../../src/core/engine/promql.ts';

const run = { from: 1_000, stepS: 60, count: 3 };
const flow = { house: 'A "b"\\', sensor: { id: 'flow', unit: '°F' } };

it('asks at the last second of each stretch, and quotes what could end a text', () => {
  const question = promQuestion('line-protocol', flow, run);
  expect(question).toMatchObject({ start: 1_059, end: 1_179, step: 60 });
  expect(question.query).toContain('hometui_value{house="A \\"b\\"\\\\",sensor="flow",unit="°F"}[59999ms]');
  const fetched = promQuestion('prometheus', flow, run).query;
  expect(fetched).toContain('hometui_sensor_celsius{house="A \\"b\\"\\\\",sensor="flow"}[59999ms]');
  const heard = (kind: 'line-protocol' | 'prometheus') => promQuestion(kind, { house: 'H', sensor: null }, run).query;
  expect(heard('line-protocol')).toBe('sum(sum_over_time(hometui_listening_seconds{house="H"}[59999ms]))');
  expect(heard('prometheus')).toBe('sum(sum_over_time(hometui_broker_connected{house="H"}[59999ms]))');
  expect(listeningMetric('A "b"')).toBe('hometui_listening_seconds{house="A \\"b\\""}');
});

it('puts together what several fetched or sent of one sensor: counts as their sum, the last as the largest', () => {
  const { query } = promQuestion('line-protocol', { house: 'H', sensor: { id: 'flow', unit: '' } }, run);
  const value = 'hometui_value{house="H",sensor="flow"}[59999ms]';
  const part = (together: string, name: string) =>
    `label_replace(${together}(${name}_over_time(${value})), "what", "${name}", "", "")`;
  expect(query.split(' or ')).toEqual([
    ...[part('sum', 'count'), part('min', 'min'), part('max', 'max'), part('avg', 'avg')],
    part('max', 'last'),
  ]);
});

it.each([
  ['line-protocol', '°C', 'hometui_value{house="H",sensor="s",unit="°C"}'],
  ['prometheus', '°C', 'hometui_sensor_celsius{house="H",sensor="s"}'],
  // A unit that no metric is named after stands beside it.
  ['prometheus', '°dH', 'hometui_sensor_value{house="H",sensor="s",unit="°dH"}'],
  ['prometheus', '', 'hometui_sensor_value{house="H",sensor="s"}'],
] as const)('names the metric of %s in "%s"', (kind, unit, metric) => {
  expect(promQuestion(kind, { house: 'H', sensor: { id: 's', unit } }, run).query).toContain(`(${metric}[`);
});

const matrix = (rows: readonly (readonly [what: string, value: string])[]) => ({
  status: 'success',
  data: { result: rows.map(([what, value]) => ({ metric: { what }, values: [[1_059, value]] })) },
});
const whole = [
  ['count', '12'],
  ['min', '10'],
  ['max', '30'],
  ['avg', '20'],
  ['last', '25'],
] as const;

it('reads what was said; what was fetched is turned back into the unit of the house', () => {
  expect(readPromAnswer('line-protocol', flow, run, matrix(whole))).toEqual({
    parts: [{ from: 1_000, n: 12, sample: { min: 10, max: 30, mean: 20, last: 25 } }],
    heard: [],
  });
  const fetched = readPromAnswer('prometheus', flow, run, matrix(whole));
  if (typeof fetched === 'string') throw new Error(fetched);
  expect(fetched.parts[0]?.sample.min).toBeCloseTo(50, 9);
  expect(readPromAnswer('line-protocol', flow, run, matrix(whole.slice(1)))).toEqual({ parts: [], heard: [] });
  expect(readPromAnswer('line-protocol', flow, run, matrix([...whole.slice(1), ['count', 'NaN']]))).toEqual({
    parts: [],
    heard: [],
  });
});

it.each(whole.map(([what]) => what))('leaves out a stretch without its %s, or with one that is no number', what => {
  const read = (value: string | null) =>
    readPromAnswer(
      'line-protocol',
      flow,
      run,
      matrix(whole.flatMap(([name, own]) => (name !== what ? [[name, own]] : value === null ? [] : [[name, value]]))),
    );
  expect(read('1')).toMatchObject({ parts: [{ from: 1_000 }] });
  for (const value of [null, 'NaN', '+Inf']) expect(read(value)).toEqual({ parts: [], heard: [] });
});

it('gives stretches in their order, in whatever order they were told, and in a unit that it does not know as they are', () => {
  const series = whole.map(([what, value]) => ({
    metric: { what },
    values: [1_179, 1_059, 1_119].map(at => [at, value] as const),
  }));
  const bananas = { house: 'H', sensor: { id: 's', unit: 'bananas' } };
  const answer = readPromAnswer('prometheus', bananas, run, { status: 'success', data: { result: series } });
  expect(answer).toMatchObject({
    parts: [1_000, 1_060, 1_120].map(from => ({ from, sample: { min: 10, max: 30, mean: 20, last: 25 } })),
  });
});

it('of what was fetched, a stretch with half as many answers was heard for half of it', () => {
  const heard = {
    status: 'success',
    data: {
      result: [
        {
          metric: {},
          values: [
            [1_059, '4'],
            [1_119, '2'],
          ],
        },
      ],
    },
  };
  const asked = { house: 'H', sensor: null };
  expect(readPromAnswer('prometheus', asked, run, heard)).toEqual({
    parts: [],
    heard: [
      { from: 1_000, heardS: 60 },
      { from: 1_060, heardS: 30 },
    ],
  });
  expect(readPromAnswer('line-protocol', asked, run, heard)).toMatchObject({ heard: [{ heardS: 4 }, { heardS: 2 }] });
  const never = { status: 'success', data: { result: [{ metric: {}, values: [[1_059, '0']] }] } };
  expect(readPromAnswer('prometheus', asked, run, never)).toMatchObject({ heard: [{ from: 1_000, heardS: 0 }] });
});

it('a refusal, and what is no answer, have words', () => {
  const read = (answer: unknown) => readPromAnswer('prometheus', flow, run, answer);
  expect(read({ status: 'error', errorType: 'bad_data', error: 'parse error' })).toBe('parse error');
  expect(read({ status: 'odd' })).toBe('it answered "odd"');
  // Neither half an answer counts, nor one beside a refusal.
  expect(read({ status: 'success' })).toBe('it answered "success"');
  expect(read({ ...matrix(whole), status: 'error', error: 'too many' })).toBe('too many');
  for (const rubbish of [null, 3, [], { data: {} }, { status: 'success', data: { result: [{ values: 1 }] } }]) {
    expect(read(rubbish)).toBe('it did not answer in the form of PromQL');
  }
});

it('the newest of an export; nothing for an empty one, and no answer for what is none', () => {
  expect(newestExported('{"timestamps":[1000,61000]}\n{"timestamps":[2000]}\n')).toBe(61);
  expect(newestExported('')).toBeNull();
  expect(newestExported('{"timestamps":[]}\n')).toBeNull();
  for (const rubbish of ['<html>', '{}', '{"timestamps":["1"]}', 'null'])
    expect(newestExported(rubbish), rubbish).toBeUndefined();
});
