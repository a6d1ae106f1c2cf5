import { DAY_S } from '../../../src/core/history/calendar.ts';
import { openHistoryWriter } from '../../../src/io/history-store/writer.ts';

/** What is written of some days. */
export interface DaysSetup {
  /** Days since 1970. */
  readonly first: number;
  readonly days: number;
  /** How many minutes of the last day there are, by tens; all unless given. */
  readonly lastMinutes?: number;
}

const NAMES = ['flow', 'return'] as const;

/**
 * Writes a history in which two sensors speak each minute and a pump is switched each two hours; the days before the last
 * one are sealed.
 */
export async function writeDays(folder: string, { first, days, lastMinutes = 1_440 }: DaysSetup): Promise<void> {
  const writer = await openHistoryWriter(folder, { wallNow: Date.now });
  const numbers = NAMES.map(name => writer.numberOf(name, '°C', 2));
  for (let day = first; day < first + days; day++) {
    const minutes = day === first + days - 1 ? lastMinutes : 1_440;
    for (let minute = 0; minute < minutes; minute += 10) {
      const from = day * DAY_S + 60 * minute;
      const readings = new Map(numbers.map((n, place) => [n, tenMinutes(from, 100 * place)]));
      await writer.commit(day, { heard: [{ from, until: from + 600 }], readings });
      const event = { at: from * 1_000, type: 'switch', id: 'pump', severity: 'info', text: `at ${from}`, detail: {} };
      if (minute % 120 === 0) await writer.commitEvents([event]);
    }
    if (day < first + days - 1) await writer.seal(day + 1, async () => {});
  }
  await writer.close();
}

function tenMinutes(from: number, offset: number): readonly number[] {
  return Array.from({ length: 10 }, (_, index) => {
    const second = from + 60 * index;
    return [second, 5_500 + offset + Math.round(300 * Math.sin(second / 900)) + (second % 7)];
  }).flat();
}
