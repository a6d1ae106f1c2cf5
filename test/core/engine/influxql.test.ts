import { expect, it } from 'vitest';
import { influxQuestion, readInfluxAnswer } from '../../../src/core/engine/influxql.ts';

const run = { from: 1_000, stepS: 60, count: 3 };

it('quotes what could end a text, and begins stretches where they begin', () => {
  const question = influxQuestion({ house: `O'Hara\\`, sensor: { id: 'flow', unit: '' } }, run);
  expect(question).toContain(`"house" = 'O\\'Hara\\\\' AND "sensor" = 'flow' AND time >= 1000s AND time < 1180s`);
  expect(question).toContain('GROUP BY time(60s, 40s) fill(none)');
  expect(influxQuestion({ house: 'H', sensor: { id: 'flow', unit: '°C' } }, run)).toContain(`"unit" = '°C'`);
  expect(influxQuestion({ house: 'H', sensor: null }, run)).toBe(
    'SELECT sum("seconds") AS "heard" FROM "hometui_listening" WHERE "house" = \'H\'' +
      ' AND time >= 1000s AND time < 1180s GROUP BY time(60s, 40s) fill(none)',
  );
});

it('reads what was said, by the names of the columns', () => {
  const series = [
    {
      columns: ['time', 'n', 'min', 'max', 'mean', 'last'],
      values: [
        [1_000, 2, 1, 3, 2, 3],
        [1_060, 1, null, 1, 1, 1],
      ],
    },
  ];
  expect(readInfluxAnswer({ results: [{ statement_id: 0, series }] })).toEqual({
    parts: [{ from: 1_000, n: 2, sample: { min: 1, max: 3, mean: 2, last: 3 } }],
    heard: [],
  });
  const heard = [{ columns: ['time', 'heard'], values: [[1_000, 45]] }];
  expect(readInfluxAnswer({ results: [{ series: heard }] })).toEqual({
    parts: [],
    heard: [{ from: 1_000, heardS: 45 }],
  });
  expect(readInfluxAnswer({ results: [{}] })).toEqual({ parts: [], heard: [] });
});

it('leaves out a stretch of which something is missing or no number', () => {
  const row = { time: 1_000, n: 2, min: 1, max: 3, mean: 2, last: 3 };
  const read = (change: Readonly<Record<string, unknown>>) => {
    const fields = Object.entries({ ...row, ...change });
    const series = [{ columns: fields.map(([name]) => name), values: [fields.map(([, value]) => value)] }];
    return readInfluxAnswer({ results: [{ series }] });
  };
  expect(read({})).toMatchObject({ parts: [{ from: 1_000 }] });
  for (const column of Object.keys(row)) {
    for (const value of [null, '7', Number.POSITIVE_INFINITY])
      expect(read({ [column]: value }), `${column} ${value}`).toEqual({ parts: [], heard: [] });
  }
  expect(read({ time: null, heard: 45 })).toEqual({ parts: [], heard: [] });
});

it('an error within an answer of 200, and what is no answer, have words', () => {
  expect(readInfluxAnswer({ results: [{ error: 'database not found: x' }] })).toBe('database not found: x');
  // Of several answers any may hold it.
  expect(readInfluxAnswer({ results: [{}, { error: 'timeout' }] })).toBe('timeout');
  for (const rubbish of [null, 3, 'text', [], {}, { results: 1 }, { results: [{ series: [{ columns: 1 }] }] }]) {
    expect(readInfluxAnswer(rubbish)).toBe('it did not answer in the form of InfluxQL');
  }
});
