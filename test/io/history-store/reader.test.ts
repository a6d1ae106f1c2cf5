import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY_S } from '../../../src/core/history/calendar.ts';
import { type RollUp, type RollUpStep, rollUp } from '../../../src/core/history/roll-up.ts';
import type { Span } from '../../../src/core/history/spans.ts';
import { openHistoryReader } from '../../../src/io/history-store/reader.ts';
import { writeDays } from '../../helpers/history/days.ts';

const FIRST = 20_786;
const SERIES = [0, 1];
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-reader-'));
  await writeDays(folder, { first: FIRST, days: 4, lastMinutes: 60 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type BySeries = readonly (readonly RollUp[])[];

/** What the readings of a stretch say in stretches of `step` seconds. */
function byReadings(span: Span, step: RollUpStep): BySeries {
  const readings: number[][] = SERIES.map(() => []);
  openHistoryReader(folder).read(new Set(SERIES), span, null, {
    reading: (n, second, value) => readings[n]?.push(second, value),
    rollUp: () => expect.unreachable(),
  });
  return readings.map(some => rollUp(some, step));
}

/** What is told by a roll-up, row by row or those of a day at once. */
function byRollUps(span: Span, step: RollUpStep, isAtOnce: boolean): BySeries {
  const told: RollUp[][] = SERIES.map(() => []);
  const listening = openHistoryReader(folder).read(new Set(SERIES), span, step, {
    reading: () => expect.unreachable(),
    rollUp: (n, by, row) => {
      expect(by).toBe(step);
      told[n]?.push(row);
    },
    ...(isAtOnce ? { rollUps: (n, _by, rows) => void told[n]?.push(...rows.all()) } : {}),
  });
  expect(listening).toEqual({ heard: [span], lost: [] });
  return told;
}

describe.each([300, 3_600] as const)('by the roll-up of %d s a reader tells what the readings say', step => {
  it.each([
    ['of whole days', 0, 3 * DAY_S],
    ['of the end of a day and the begin of another', 5 * step, 2 * DAY_S + 7 * step],
    ['of a part of a day', DAY_S + 3 * step, DAY_S + 4 * step],
    ['of all of a day but its first stretch', step, DAY_S],
    ['of all of a day but its last stretch', 0, DAY_S - step],
  ])('%s', (_, from, until) => {
    const span = { from: FIRST * DAY_S + from, until: FIRST * DAY_S + until };
    const expected = byReadings(span, step);
    expect(expected.map(rows => rows.length)).toEqual(SERIES.map(() => (until - from) / step));
    expect(byRollUps(span, step, false)).toEqual(expected);
    expect(byRollUps(span, step, true)).toEqual(expected);
  });
});
