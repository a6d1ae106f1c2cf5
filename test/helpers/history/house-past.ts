import { DAY_S, dayOf } from '../../../src/core/history/calendar.ts';
import type { HistoryEvent } from '../../../src/core/history/history-event.ts';
import { clipSpans, gapsBetween, mergeSpans, type Span } from '../../../src/core/history/spans.ts';
import { openHistoryWriter } from '../../../src/io/history-store/writer.ts';

/** A past of the article's house; seconds since 1970. */
export interface HousePast extends Span {
  /** When nobody listened. */
  readonly absences?: readonly Span[];
  /** When the heating said nothing though somebody listened. */
  readonly silences?: readonly Span[];
  readonly events?: readonly HistoryEvent[];
  /** From one value to the next; a minute unless given. */
  readonly cadenceS?: number;
  /** The unit of the flow; °C unless given. */
  readonly unit?: string;
  /** The flow at a second. */
  readonly flowAt?: (second: number) => number;
}

const SCALE = 2;

/** A day in the house: warm by day, cooler at night. */
export const usualFlow = (second: number): number => 55 + 12 * Math.sin((2 * Math.PI * second) / DAY_S);

/** Writes a past with the real writer, day by day, and seals all days before the last one. */
export async function writeHousePast(folder: string, past: HousePast): Promise<void> {
  const { from, until, absences = [], silences = [], events = [], unit = '°C', flowAt = usualFlow } = past;
  const { cadenceS = 60 } = past;
  const writer = await openHistoryWriter(folder, { wallNow: () => until * 1_000 });
  const numbers = { flow: writer.numberOf('flow', unit, SCALE), return: writer.numberOf('return', '°C', SCALE) };
  const heard = gapsBetween(mergeSpans(absences), { from, until });
  const spoken = gapsBetween(mergeSpans(silences), { from, until });
  for (let day = dayOf(from); day <= dayOf(until - 1); day += 1) {
    const within = { from: day * DAY_S, until: (day + 1) * DAY_S };
    const readings = new Map<number, number[]>(Object.values(numbers).map(n => [n, []]));
    for (const span of clipSpans(heard, within).flatMap(one => clipSpans(spoken, one))) {
      for (let second = Math.ceil(span.from / cadenceS) * cadenceS; second < span.until; second += cadenceS) {
        readings.get(numbers.flow)?.push(second, Math.round(flowAt(second) * 10 ** SCALE));
        readings.get(numbers.return)?.push(second, Math.round((usualFlow(second) - 10) * 10 ** SCALE));
      }
    }
    await writer.commit(day, { heard: clipSpans(heard, within), readings });
  }
  for (const event of events) await writer.commitEvents([event]);
  await writer.seal(dayOf(until - 1), async () => {});
  await writer.close();
}

/** Something that happened, as the recorder keeps it; `at` in seconds. */
export function pastEvent(
  at: number,
  type: string,
  severity: string,
  text: string,
  id: string | null = null,
): HistoryEvent {
  return { at: at * 1_000, type, id, severity, text, detail: {} };
}
