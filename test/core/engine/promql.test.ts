import { expect, it } from 'vitest';
import { newestExported, promQuestion, readPromAnswer } from '../../../src/core/engine/promql.ts';

const run = { from: 1_000, stepS: 60, count: 3 };
const flow = { house: 'A "b"\\', sensor: { id: 'flow', unit: '°F' } };

it('asks at the last second of each stretch, and quotes what could end a text', () => {
  const question = promQuestion('line-protocol', flow, run);
  expect(question).toMatchObject({ start: 1_059, end: 1_179, step: 60 });
  expect(question.query).toContain('hometui_value{house="A \\"b\\"\\\\",sensor="flow",unit="°F"}[59999ms]');
  const fetched = promQuestion('prometheus', flow, run).query;
  expect(fetched).toContain('hometui_sensor_celsius{house="A \\"b\\"\\\\",sensor="flow"}[59999ms]');
  expect(promQuestion('line-protocol', { house: 'H', sensor: null }, run).query).toContain('hometui_listening_seconds');
  expect(promQuestion('prometheus', { house: 'H', sensor: null }, run).query).toContain('hometui_broker_connected');
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
});

it('a refusal, and what is no answer, have words', () => {
  const read = (answer: unknown) => readPromAnswer('prometheus', flow, run, answer);
  expect(read({ status: 'error', errorType: 'bad_data', error: 'parse error' })).toBe('parse error');
  expect(read({ status: 'odd' })).toBe('it answered "odd"');
  for (const rubbish of [null, 3, [], { data: {} }, { status: 'success', data: { result: [{ values: 1 }] } }]) {
    expect(read(rubbish)).toBe('it did not answer in the form of PromQL');
  }
});

it('the newest of an export; nothing for an empty one, and no answer for what is none', () => {
  expect(newestExported('{"timestamps":[1000,61000]}\n{"timestamps":[2000]}\n')).toBe(61);
  expect(newestExported('')).toBeNull();
  expect(newestExported('<html>')).toBeUndefined();
});
