import { watchEvents } from '../../core/format/watch/watch-event.ts';
import { createCounterTally } from '../../core/history/counter-tally.ts';
import type { HistoryEvent } from '../../core/history/history-event.ts';
import { SWITCHED_ELSEWHERE } from '../../core/home/switches/update-feedback.ts';
import type { Step } from '../store.ts';

/** What happened and is not written yet. */
export interface EventQueue {
  /** Notes what a step of the house brought, if anything; `wallAt` is its time of day, ms. */
  readonly see: (step: Step, wallAt: number) => void;
  readonly add: (event: HistoryEvent) => void;
  /** The same for what another process of ours did: that a switch moved for it is not said to be somebody else's doing. */
  readonly addNote: (event: HistoryEvent) => void;
  /** Moves all of it in time: the clock that it was stamped with was wrong by so much. */
  readonly shift: (byMs: number) => void;
  /** The recording ends: what is counted and not over yet is added. */
  readonly end: () => void;
  /** All that waits, in its order. */
  readonly all: () => readonly HistoryEvent[];
  /** Forgets these: they are written. */
  readonly drop: (written: readonly HistoryEvent[]) => void;
}

/** When nothing can be written the oldest of more than these go. */
const MOST_WAITING = 1_000;
/** A device that is denied each few seconds is told once in this time, ms: the disk is not worn out by it. */
const SAME_AGAIN_MS = 60_000;
/** So many different denials are remembered for that. */
const MOST_TOLD = 200;
/** What a switch that moved by itself is told with. */
const ELSEWHERE = `: ${SWITCHED_ELSEWHERE}`;
/** A relay answers a command within this time, ms. */
const COMMAND_MS = 10_000;

/** Makes the queue; `onAdded` is called when something waits. */
export function createEventQueue(onAdded: () => void): EventQueue {
  let waiting: HistoryEvent[] = [];
  /** What another process of ours has commanded, as `pump on`, and when, ms. */
  const commanded = new Map<string, number>();
  const told = new Map<string, number>();
  const tally = createCounterTally();
  const add = (event: HistoryEvent): void => {
    waiting.push(event);
    waiting.splice(0, waiting.length - MOST_WAITING);
    onAdded();
  };
  const isAgain = ({ type, text, at }: HistoryEvent): boolean => {
    if (type !== 'denial') return false;
    const before = told.get(text);
    if (before !== undefined && Math.abs(at - before) < SAME_AGAIN_MS) return true;
    told.delete(text);
    told.set(text, at);
    const [oldest] = told.keys();
    if (told.size > MOST_TOLD && oldest !== undefined) told.delete(oldest);
    return false;
  };
  /** What moved for a command of ours was not somebody else's doing. The two may come in either order. */
  const putRight = (event: HistoryEvent): HistoryEvent => {
    const { type, id, text, at, detail } = event;
    const commandedAt = commanded.get(`${id} ${detail.state}`);
    const isNear = commandedAt !== undefined && Math.abs(at - commandedAt) <= COMMAND_MS;
    if (type !== 'switch' || !text.endsWith(ELSEWHERE) || !isNear) return event;
    return { ...event, text: text.slice(0, -ELSEWHERE.length) };
  };
  return {
    see: (step, wallAt) => {
      for (const event of tally.see(step, wallAt)) add(event);
      for (const event of eventsOf(step, wallAt)) if (!isAgain(event)) add(putRight(event));
    },
    add,
    addNote: event => {
      if (event.type === 'command') commanded.set(`${event.id} ${event.detail.target}`, event.at);
      waiting = waiting.map(putRight);
      add(event);
    },
    shift: byMs => {
      tally.shift(byMs);
      for (const [place, event] of waiting.entries()) waiting[place] = { ...event, at: event.at + byMs };
    },
    end: () => {
      for (const event of tally.take()) add(event);
    },
    all: () => [...waiting],
    drop: written => {
      const gone = new Set(written);
      waiting = waiting.filter(event => !gone.has(event));
    },
  };
}

/** What of a step is worth an entry; `wallAt` is its time of day, ms: not values, which are kept as such, and not what a broker had kept, of which nobody knows when it was. */
export function eventsOf({ event, before, after }: Step, wallAt: number): readonly HistoryEvent[] {
  const isPlain =
    before.switches === after.switches && before.denials === after.denials && before.nextId === after.nextId;
  if (isPlain) return [];
  const isRetained = event.type === 'message-received' && event.isRetained;
  return watchEvents(event, before, after).flatMap(({ type, at, id, level, text, detail }) => {
    if (type === 'sensor' || ((type === 'switch' || type === 'item') && isRetained)) return [];
    // What a log tells may be of long before.
    return [{ at: wallAt - (event.at - at), type, id, severity: level, text, detail }];
  });
}
