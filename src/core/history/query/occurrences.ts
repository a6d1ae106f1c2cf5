import { SAID_BEFORE } from '../../home/state/state.ts';
import { type House, labelOf } from '../../house/house.ts';
import { localDay } from '../../moment-text.ts';
import type { HistoryEvent } from '../history-event.ts';

/** Something that happened in the house: once, or of a counter how often in a quarter of an hour. */
export interface Occurrence {
  /** When it happened, or when the first of them did; ms since 1970. */
  readonly at: number;
  /** When the last of them did. */
  readonly until: number;
  readonly id: string;
  readonly label: string;
  readonly kind: 'event' | 'counter';
  /** What was said, as the house showed it then; `null` of a counter. */
  readonly word: string | null;
  readonly count: number;
  /** The size of the picture that came with it, bytes; `null` where none did. */
  readonly snapshotBytes: number | null;
  /** What must be known of its time; `null` where nothing must. */
  readonly note: string | null;
}

/** What happened on one day of here. */
export interface OccurrenceDay {
  /** `2026-11-29` */
  readonly day: string;
  readonly occurrences: readonly Occurrence[];
  /** How often each happened, the most frequent first. */
  readonly counts: readonly { readonly id: string; readonly label: string; readonly count: number }[];
}

/** A picture belongs to what happened no longer before it than this, ms. */
const PICTURE_MS = 60_000;

/** What happened, from the events of a history in the order of time; `only` names ids, `null` all. */
export function occurrencesOf(
  events: readonly HistoryEvent[],
  house: House,
  only: ReadonlySet<string> | null,
): readonly Occurrence[] {
  const found: Occurrence[] = [];
  const last = new Map<string, number>();
  for (const event of events) {
    const { id, type, severity, detail } = event;
    if (type !== 'item' || severity !== 'info' || id === null || only?.has(id) === false) continue;
    if (detail.kind !== 'event' && detail.kind !== 'counter') continue;
    if (detail.isSnapshot === true) {
      addPicture(found, last.get(id) ?? -1, event);
      continue;
    }
    last.set(id, found.length);
    found.push(occurrenceOf(event, id, detail.kind, house));
  }
  return found.sort((one, other) => one.at - other.at);
}

/** The days on which anything happened, in their order. */
export function occurrenceDays(occurrences: readonly Occurrence[]): readonly OccurrenceDay[] {
  const days = new Map<string, Occurrence[]>();
  for (const occurrence of occurrences) {
    const day = localDay(occurrence.at);
    const found = days.get(day);
    if (found === undefined) days.set(day, [occurrence]);
    else found.push(occurrence);
  }
  return [...days].map(([day, found]) => ({ day, occurrences: found, counts: occurrenceCounts(found) }));
}

/** How often each happened, the most frequent first. */
export function occurrenceCounts(occurrences: readonly Occurrence[]): OccurrenceDay['counts'] {
  const counts = new Map<string, OccurrenceDay['counts'][number]>();
  for (const { id, label, count } of occurrences) {
    counts.set(id, { id, label, count: (counts.get(id)?.count ?? 0) + count });
  }
  return [...counts.values()].sort((one, other) => other.count - one.count);
}

function addPicture(found: Occurrence[], place: number, { at, detail }: HistoryEvent): void {
  const shown = found[place];
  if (shown === undefined || at - shown.at > PICTURE_MS) return;
  found[place] = { ...shown, snapshotBytes: numberOf(detail.snapshotBytes) };
}

function occurrenceOf(event: HistoryEvent, id: string, kind: Occurrence['kind'], house: House): Occurrence {
  const { at, text, detail } = event;
  const known = labelOf(house, id);
  const label = known === id && typeof detail.label === 'string' ? detail.label : known;
  const since = typeof detail.since === 'string' ? Date.parse(detail.since) : Number.NaN;
  const isCounter = kind === 'counter';
  return {
    at: isCounter && since <= at ? since : at,
    until: at,
    ...{ id, label, kind },
    word: !isCounter && typeof detail.value === 'string' ? detail.value : null,
    count: isCounter ? (numberOf(detail.count) ?? 1) : 1,
    snapshotBytes: numberOf(detail.snapshotBytes),
    note: text.endsWith(`(${SAID_BEFORE})`) ? SAID_BEFORE : null,
  };
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
