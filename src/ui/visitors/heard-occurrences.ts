import type { Occurrence } from '../../core/history/query/occurrences.ts';
import type { JournalEntry } from '../../core/home/state/journal.ts';
import type { HomeState } from '../../core/home/state/state.ts';
import { rowsOf } from '../../core/home/state/table.ts';
import { snapshotOfLast } from '../../core/home/update-snapshot.ts';
import type { WordConfig } from '../../core/house/house.ts';

/** The items that tell of something which happens and is over, by their ids. */
export function occurringIds({ house }: HomeState): readonly string[] {
  return [...house.words].flatMap(([id, { kind }]) => (kind === 'event' || kind === 'counter' ? [id] : []));
}

/**
 * What happened since this console listens, in the order of time, where no history is kept of it. `timeOfDay` is that of an
 * event's `at`.
 */
export function heardOccurrences(home: HomeState, timeOfDay: (at: number) => number): readonly Occurrence[] {
  const rung = home.journal.flatMap(entry => rungBy(home, entry, timeOfDay));
  return [...withPictures(rung, home), ...countedOf(home, timeOfDay)].toSorted((one, other) => one.at - other.at);
}

function rungBy({ house }: HomeState, entry: JournalEntry, timeOfDay: (at: number) => number): readonly Occurrence[] {
  const { kind, subject, text } = entry;
  const config = kind === 'item' && subject !== null ? house.words.get(subject) : undefined;
  if (subject === null || config?.kind !== 'event' || !text.startsWith(`${config.label}: `)) return [];
  // The picture of what happened is told behind it.
  if (text.startsWith(`${config.label}: a picture of `)) return [];
  const at = timeOfDay(entry.at);
  const [word = '', note] = text.slice(config.label.length + 2).split(/ \((?=said )/);
  return [
    {
      ...{ at, until: at, id: subject, label: config.label, kind: 'event', word, count: 1, snapshotBytes: null },
      note: note === undefined ? null : note.replace(/\)$/, ''),
    },
  ];
}

/** Of the last one of each the size of its picture is known. */
function withPictures(rung: readonly Occurrence[], { words }: HomeState): readonly Occurrence[] {
  const last = new Map(rung.map((occurrence, place) => [occurrence.id, place]));
  const sizes = new Map(rowsOf(words).map(row => [last.get(row.id), snapshotOfLast(row)?.bytes ?? null]));
  return rung.map((occurrence, place) => ({ ...occurrence, snapshotBytes: sizes.get(place) ?? null }));
}

function countedOf({ house, words }: HomeState, timeOfDay: (at: number) => number): readonly Occurrence[] {
  return rowsOf(words).flatMap(({ id, count, countedSince, receivedAt }) => {
    const config: WordConfig | undefined = house.words.get(id);
    if (config?.kind !== 'counter' || count === 0 || countedSince === null || receivedAt === null) return [];
    const [at, until] = [timeOfDay(countedSince), timeOfDay(receivedAt)];
    return [
      { at, until, id, label: config.label, kind: 'counter', word: null, count, snapshotBytes: null, note: null },
    ];
  });
}
