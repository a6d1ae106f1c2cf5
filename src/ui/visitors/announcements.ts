import type { HomeState } from '../../core/home/state/state.ts';
import { getRow } from '../../core/home/state/table.ts';
import { snapshotOfLast } from '../../core/home/update-snapshot.ts';
import { type House, labelOf } from '../../core/house/house.ts';
import { textOfWord } from '../../core/house/values/words.ts';

/** Something that just happened, and that whoever sits before a console should know: a ring. */
export interface Announcement {
  readonly id: string;
  readonly label: string;
  /** As the house file shows it: `rings`. */
  readonly word: string;
  /** When it happened, ms. */
  readonly at: number;
  /** How often it did since `countedSince`. */
  readonly count: number;
  /** ms; `null` where it is not known. */
  readonly countedSince: number | null;
  /** The size of the picture that came with it, bytes; `null` where none did. */
  readonly snapshotBytes: number | null;
  /** `Door bell: rings` */
  readonly text: string;
}

/** So long something is announced after it happened, ms. */
const ANNOUNCED_MS = 60_000;

const events = new WeakMap<House, readonly string[]>();

/** The events of a house by their ids, found once for it. */
function eventsOf(house: House): readonly string[] {
  const known = events.get(house);
  if (known !== undefined) return known;
  const ids = [...house.words].flatMap(([id, { kind }]) => (kind === 'event' ? [id] : []));
  events.set(house, ids);
  return ids;
}

/**
 * What just happened, newest first; nearly always nothing. What the broker had kept is not announced, since nobody knows
 * when it happened. A counter is only counted.
 */
export function announcementsOf({ house, words, at: now }: HomeState): readonly Announcement[] {
  const found = eventsOf(house).flatMap((id): readonly Announcement[] => {
    const [row, config] = [getRow(words, id), house.words.get(id)];
    if (row === undefined || config === undefined) return [];
    const { word, receivedAt, isRetained, count, countedSince } = row;
    if (word === null || receivedAt === null || isRetained || now - receivedAt >= ANNOUNCED_MS) return [];
    const [label, told] = [labelOf(house, id), textOfWord(word, config)];
    const snapshotBytes = snapshotOfLast(row)?.bytes ?? null;
    return [{ id, label, word: told, at: receivedAt, count, countedSince, snapshotBytes, text: `${label}: ${told}` }];
  });
  return found.toSorted((one, other) => other.at - one.at);
}
