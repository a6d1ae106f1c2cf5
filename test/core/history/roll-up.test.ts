import { describe, expect, it } from 'vitest';
import { notListening } from '../../../src/core/history/listening.ts';
import { encodeDayEnd, encodeRollUps, readRollUpFrame, rollUp, rollUpDay } from '../../../src/core/history/roll-up.ts';
import { randomReadings } from '../../helpers/history/samples.ts';
import { createRandom } from '../../helpers/random/random.ts';

const FROM = 1_795_910_400;

describe('rollUp', () => {
  it('sums up as a plain count of each stretch does, and is read back the same', () => {
    const random = createRandom(7);
    for (let round = 0; round < 50; round++) {
      const readings = randomReadings(random, FROM, FROM + 20_000);
      const rows = rollUp(readings, 300);
      const byIndex = new Map<number, number[]>();
      for (let place = 0; place < readings.length; place += 2) {
        const index = Math.floor((readings[place] ?? 0) / 300);
        byIndex.set(index, [...(byIndex.get(index) ?? []), readings[place + 1] ?? 0]);
      }
      expect(rows.map(({ index }) => index)).toEqual([...byIndex.keys()]);
      for (const row of rows) {
        const values = byIndex.get(row.index) ?? [];
        const { n, min, max, last } = row;
        expect({ n, min, max, last }).toEqual({
          ...{ n: values.length, min: Math.min(...values), max: Math.max(...values) },
          last: values.at(-1),
        });
        const mean = values.reduce((sum, value) => sum + value, 0) / n;
        expect(Math.abs(row.mean - mean)).toBeLessThanOrEqual(0.5 + Math.abs(mean) * 1e-12);
      }
      const frame = readRollUpFrame(encodeRollUps(20_786, 5, rows));
      expect(frame !== null && 'rows' in frame ? frame.rows() : null).toEqual(rows);
    }
  });

  it('ends a day with what was listened to', () => {
    const listening = { heard: [{ from: FROM, until: FROM + 10 }], lost: [] };
    expect(readRollUpFrame(encodeDayEnd(20_786, 4, listening))).toEqual({ day: 20_786, count: 4, listening });
    expect(readRollUpFrame(encodeDayEnd(1, 0, notListening))).toEqual({ day: 1, count: 0, listening: notListening });
    expect(readRollUpFrame(Uint8Array.from([99]))).toBeNull();
    const days = [encodeDayEnd(20_786, 4, listening), encodeRollUps(20_787, 5, []), Uint8Array.from([99, 1])].map(
      rollUpDay,
    );
    expect(days).toEqual([20_786, 20_787, null]);
    expect([[], [4], [5]].map(bytes => rollUpDay(Uint8Array.from(bytes)))).toEqual([null, null, null]);
  });
});
