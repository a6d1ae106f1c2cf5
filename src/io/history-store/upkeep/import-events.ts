import { csvRecord } from '../../../core/format/csv.ts';
import { DAY_S, dayOf } from '../../../core/history/calendar.ts';
import type { HistoryEvent } from '../../../core/history/history-event.ts';
import { eventsName } from '../file-names.ts';
import { openHistoryReader } from '../reader.ts';
import type { HistoryWriter } from '../writer.ts';

/** So many are written at once. */
const MOST_AT_ONCE = 500;

/** Adds the events that are not there yet, by the months that they are kept by; gives how many those are. */
export async function addEvents(
  folder: string,
  events: readonly HistoryEvent[],
  writer: HistoryWriter,
): Promise<number> {
  const [first, last] = [Math.min(...events.map(({ at }) => at)), Math.max(...events.map(({ at }) => at))];
  if (events.length === 0) return 0;
  const span = { from: Math.floor(first / 1_000) - DAY_S, until: Math.ceil(last / 1_000) + DAY_S };
  const known = new Set(openHistoryReader(folder).events(span).map(keyOf));
  const byMonth = new Map<string, HistoryEvent[]>();
  let count = 0;
  for (const event of events) {
    if (known.has(keyOf(event))) continue;
    known.add(keyOf(event));
    count++;
    const month = eventsName(dayOf(event.at / 1_000));
    byMonth.set(month, [...(byMonth.get(month) ?? []), event]);
  }
  for (const list of byMonth.values()) {
    for (let place = 0; place < list.length; place += MOST_AT_ONCE) {
      await writer.commitEvents(list.slice(place, place + MOST_AT_ONCE));
    }
  }
  return count;
}

/** As an export writes it: what it cannot write is not what makes two of one. */
function keyOf({ at, type, id, text }: HistoryEvent): string {
  return `${Math.trunc(at)} ${csvRecord([type, id, text])}`;
}
