import { timesText } from '../count-text.ts';
import { formatDuration } from '../duration.ts';
import type { HomeEvent } from '../home/state/event.ts';
import type { HomeState } from '../home/state/state.ts';
import { getRow } from '../home/state/table.ts';
import { labelOf } from '../house/house.ts';
import type { HistoryEvent } from './history-event.ts';

/** A step of the house. */
interface Step {
  readonly event: HomeEvent;
  readonly before: HomeState;
  readonly after: HomeState;
}

/** What counters counted in one stretch. Moments are those of the wall clock, ms. */
interface Counted {
  readonly label: string;
  from: number;
  until: number;
  count: number;
}

/** Counts what is too frequent to be kept each by itself. */
export interface CounterTally {
  /** Notes a step; `wallAt` is its time of day, ms. Gives the stretches that are over. */
  readonly see: (step: Step, wallAt: number) => readonly HistoryEvent[];
  /** The clock was wrong by so much, ms. */
  readonly shift: (byMs: number) => void;
  /** The stretch that is not over yet: the recording ends. */
  readonly take: () => readonly HistoryEvent[];
}

/** What happens in a quarter of an hour is one entry, ms. */
const STRETCH_MS = 15 * 60_000;

/** Makes the tally of a house: one entry for each counter and quarter of an hour in which it counted. */
export function createCounterTally(): CounterTally {
  const open = new Map<string, Counted>();
  const take = (): readonly HistoryEvent[] => {
    const entries = [...open].map(([id, counted]) => entryOf(id, counted));
    open.clear();
    return entries;
  };
  return {
    see: (step, wallAt) => {
      const [first] = open.values();
      const isOver = first !== undefined && stretchOf(wallAt) !== stretchOf(first.from);
      const over = isOver ? take() : [];
      for (const [id, count] of countsOf(step)) {
        const counted = open.get(id) ?? { label: labelOf(step.after.house, id), from: wallAt, until: wallAt, count: 0 };
        counted.until = wallAt;
        counted.count += count;
        open.set(id, counted);
      }
      return over;
    },
    shift: byMs => {
      for (const counted of open.values()) {
        counted.from += byMs;
        counted.until += byMs;
      }
    },
    take,
  };
}

const stretchOf = (at: number): number => Math.floor(at / STRETCH_MS);

function countsOf({ event, before, after }: Step): readonly (readonly [id: string, count: number])[] {
  if (event.type !== 'message-received' || before.words === after.words) return [];
  return (after.house.routes.get(event.topic) ?? []).flatMap(({ kind, id }) => {
    if (kind !== 'word' || after.house.words.get(id)?.kind !== 'counter') return [];
    const count = (getRow(after.words, id)?.count ?? 0) - (getRow(before.words, id)?.count ?? 0);
    return count > 0 ? [[id, count] as const] : [];
  });
}

function entryOf(id: string, { label, from, until, count }: Counted): HistoryEvent {
  const within = count === 1 ? '' : ` within ${formatDuration(until - from)}`;
  const text = `${label}: ${timesText(count)}${within}`;
  const detail = { kind: 'counter', label, count, since: new Date(from).toISOString() };
  return { at: until, type: 'item', id, severity: 'info', text, detail };
}
