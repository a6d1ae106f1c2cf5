import type { Span } from '../../../src/core/history/spans.ts';
import { openHistoryWriter } from '../../../src/io/history-store/writer.ts';

/** A day of UTC that is over: of what is to come engines tell nothing. */
const DAY = 20_454;
export const DAY_FROM = DAY * 86_400;

/** What stands in the history of a day, and when nobody listened. */
export interface HouseDay {
  readonly folder: string;
  readonly commit: (minute: number) => Promise<Span | null>;
  readonly close: () => Promise<void>;
}

/** Minutes of the day in which nobody listened. */
const UNHEARD: readonly Span[] = [
  { from: 200, until: 230 },
  { from: 1_000, until: 1_010 },
];
/** Minutes in which the cellar was silent. */
const SILENT: Span = { from: 600, until: 645 };

/** Writes a day of the article's house, minute by minute: four sensors, each every five seconds. */
export async function openHouseDay(folder: string): Promise<HouseDay> {
  const writer = await openHistoryWriter(folder, { wallNow: () => (DAY_FROM + 86_400) * 1_000 });
  const sensors = [
    ['flow', '°C', 50, 9],
    ['return', '°C', 40, 6],
    ['temperature', '°C', 14, 1],
    ['humidity', '%', 70, 5],
  ] as const;
  const isIn = ({ from, until }: Span, minute: number): boolean => minute >= from && minute < until;
  return {
    folder,
    commit: async minute => {
      if (UNHEARD.some(span => isIn(span, minute))) return null;
      const from = DAY_FROM + 60 * minute;
      const span = { from, until: from + 60 };
      const readings = new Map<number, readonly number[]>();
      for (const [place, [id, unit, middle, swing]] of sensors.entries()) {
        if (place >= 2 && isIn(SILENT, minute)) continue;
        const values = Array.from({ length: 12 }, (_, part) => [
          from + 5 * part + place,
          Math.round(100 * (middle + swing * Math.sin((minute + part / 12) / (40 + place)))),
        ]);
        readings.set(writer.numberOf(id, unit, 2), values.flat());
      }
      await writer.commit(DAY, { heard: [span], readings });
      return span;
    },
    close: () => writer.close(),
  };
}
