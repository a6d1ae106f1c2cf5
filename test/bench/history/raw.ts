import { DAY_S } from '../../../src/core/history/calendar.ts';
import type { SeriesInfo } from '../../../src/core/history/series.ts';
import { openHistoryReader } from '../../../src/io/history-store/reader.ts';

/** What other stores are filled from: our own history, day by day, so that all have the same. */
export interface RawDays {
  readonly series: readonly SeriesInfo[];
  /** The values of a day, days since 1970, by series: seconds and values in turn, in their units. */
  readonly read: (day: number) => ReadonlyMap<number, readonly number[]>;
}

/** Opens it. */
export function openRawDays(folder: string): RawDays {
  const reader = openHistoryReader(folder);
  const numbers = new Set(reader.series.map(({ n }) => n));
  const scales = new Map(reader.series.map(({ n, scale }) => [n, 10 ** scale]));
  return {
    series: reader.series,
    read: day => {
      const found = new Map<number, number[]>();
      reader.read(numbers, { from: day * DAY_S, until: (day + 1) * DAY_S }, null, {
        reading: (n, second, value) => {
          const list = found.get(n) ?? [];
          found.set(n, list);
          list.push(second, value / (scales.get(n) ?? 1));
        },
        rollUp: () => {},
      });
      return found;
    },
  };
}
