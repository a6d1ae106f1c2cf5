import { dayOf } from '../../../core/history/calendar.ts';
import type { KeptEvent } from '../../../core/history/replay/kept-event.ts';
import { keepState } from '../../../core/history/replay/kept-state.ts';
import { encodeSteps } from '../../../core/history/replay/kept-steps.ts';
import type { HomeEvent } from '../../../core/home/state/event.ts';
import { getRow } from '../../../core/home/state/table.ts';
import { type Clock, wallTimeOf } from '../../../io/clock.ts';
import { zlibDeflate } from '../../../io/history-store/deflate.ts';
import type { HomeStore, Step } from '../../store.ts';
import { createLastValues, doubtedIn, isPlainValue, type SaidValue } from './plain-value.ts';

/** Steps that wait to be written: ready for the file of a day of UTC. */
export interface WaitingSteps {
  readonly day: number;
  readonly payloads: readonly Uint8Array[];
}

/** What came into the house besides values, and is not written yet: so that all of it can come in again. */
export interface StepQueue {
  /** Notes a step of the house and the values that it brought; `wallAt` is its time of day, ms. */
  readonly see: (step: Step, values: readonly SaidValue[], wallAt: number) => void;
  /** A recording begins: what is known now is kept, and nothing of before. */
  readonly begin: () => void;
  /** The clock was put right: what came until now is of no time that is known, and a recording begins, if one has. */
  readonly restart: () => void;
  /** Makes ready what came since the last time. Once a day it begins with what is known by then. */
  readonly closeBatch: () => void;
  /** The recording ends: until now it lived. Makes ready what came since the last time. */
  readonly end: () => void;
  /** What is to be written next; `null` where nothing is. It is given again until it is `done`. */
  readonly next: () => WaitingSteps | null;
  readonly done: (waiting: WaitingSteps) => void;
  readonly clear: () => void;
}

/** More than this in a minute are not made of a house: then what is known is kept anew in place of them. */
const MOST_EVENTS = 20_000;
/** When nothing can be written for so many minutes, what is known is kept anew in place of what waits. */
const MOST_WAITING = 60;
/** So many events are one frame; what makes a frame longer than this, bytes, is none. */
const FRAME_EVENTS = 2_000;
const MOST_BYTES = 1_000_000;

/** Makes the queue of a store. */
export function createStepQueue(store: HomeStore, clock: Clock): StepQueue {
  let open: KeptEvent[] = [];
  const waiting = createWaiting();
  const lastValues = createLastValues();
  let lastSecond = Number.NaN;
  let momentDay: number | null = null;
  let isBegun = false;
  const add = (event: HomeEvent, wallAt: number, of: Omit<KeptEvent, 'event'> = { commandId: null }): void => {
    open.push({ event: { ...event, at: wallAt }, ...of });
    lastSecond = Math.floor(wallAt / 1_000);
  };
  const addTick = (wallAt: number): void => add({ type: 'ticked', at: wallAt }, wallAt);
  const wallNow = (): number => wallTimeOf(clock, store.getState().at);
  const addMoment = (isBegin: boolean): void => {
    const at = wallNow();
    lastSecond = Math.floor(at / 1_000);
    momentDay = dayOf(lastSecond);
    waiting.push(
      momentDay,
      encodeSteps({ kind: 'moment', moment: { at, isBegin, state: keepState(store.getState()) } }, zlibDeflate),
    );
  };
  const begin = (): void => {
    open = [];
    waiting.clear();
    isBegun = true;
    addMoment(true);
  };
  const closeBatch = (): void => {
    if (!isBegun) return;
    for (const [day, events] of framesOf(open)) waiting.push(day, encodeSteps({ kind: 'events', events }, zlibDeflate));
    open = [];
    if (momentDay !== dayOf(wallNow() / 1_000)) addMoment(false);
    if (waiting.count() > MOST_WAITING) begin();
  };
  const see = (step: Step, values: readonly SaidValue[], wallAt: number): void => {
    const { event } = step;
    if (event.type === 'message-received' && isPlainValue(step, values)) {
      lastValues.note(event, wallAt);
      // Within a second the order of what has only that is lost: whatever follows something else is kept whole.
      if (Math.floor(wallAt / 1_000) !== lastSecond) return;
    }
    if (isKnownAnew(step)) addMoment(false);
    if (event.type === 'ticked') open.push(...lastValues.take(step));
    if (!isWorthKeeping(step)) return;
    // Until then the program ran: what nobody heard begins behind it.
    if (event.type === 'time-skipped') addTick(wallAt - (event.at - step.before.at));
    if (open.length >= MOST_EVENTS) begin();
    else add(event, wallAt, factsOf(step));
  };
  return {
    see: (step, values, wallAt) => {
      if (isBegun) see(step, values, wallAt);
    },
    begin,
    restart: () => {
      if (isBegun) begin();
    },
    closeBatch,
    end: () => {
      if (isBegun) addTick(wallNow());
      closeBatch();
    },
    next: waiting.next,
    done: waiting.done,
    clear: () => {
      open = [];
      waiting.clear();
      isBegun = false;
    },
  };
}

/** What is ready to be written, in its order. */
function createWaiting() {
  const list: WaitingSteps[] = [];
  return {
    push: (day: number, payload: Uint8Array): void => {
      if (payload.length <= MOST_BYTES) list.push({ day, payloads: [payload] });
    },
    count: (): number => list.length,
    next: (): WaitingSteps | null => list[0] ?? null,
    done: (one: WaitingSteps): void => {
      const place = list.indexOf(one);
      if (place >= 0) list.splice(place, 1);
    },
    clear: (): void => {
      list.length = 0;
    },
  };
}

/** Events by the day that they are of, so many at a time. */
function framesOf(kept: readonly KeptEvent[]): readonly (readonly [day: number, events: readonly KeptEvent[]])[] {
  const days = new Map<number, KeptEvent[]>();
  for (const one of kept) {
    const day = dayOf(one.event.at / 1_000);
    const list = days.get(day);
    if (list === undefined) days.set(day, [one]);
    else list.push(one);
  }
  return [...days].flatMap(([day, events]) =>
    Array.from(
      { length: Math.ceil(events.length / FRAME_EVENTS) },
      (_, frame) => [day, events.slice(frame * FRAME_EVENTS, (frame + 1) * FRAME_EVENTS)] as const,
    ),
  );
}

/**
 * Whether what is known came by no event that can come in again. What somebody else had heard is kept as what is known by
 * it, and charts find it in the history; with another house other things are known.
 */
function isKnownAnew({ event, before, after }: Step): boolean {
  return event.type === 'past-heard' || (event.type === 'house-changed' && before.house !== after.house);
}

/** Whether an event did more than time and values do, which come in again by themselves. */
function isWorthKeeping({ event, before, after }: Step): boolean {
  switch (event.type) {
    case 'ticked':
      return (
        before.nextId !== after.nextId ||
        before.switches !== after.switches ||
        before.issues !== after.issues ||
        before.aclBroken !== after.aclBroken
      );
    case 'message-received':
      // A picture is too large to be kept; what happened is told without it.
      return (after.house.routes.get(event.topic) ?? []).some(({ kind }) => kind !== 'snapshot');
    case 'past-heard':
    case 'history-read':
    case 'seals-recalled':
    case 'verdict-noted':
    case 'house-changed':
      return false;
    case 'filter-answered':
      return before.unheardFilters !== after.unheardFilters;
    // How a value moves on while its alarm is raised, the values tell; that somebody watches at all, nothing else does.
    case 'alarms-changed':
      return event.changes.length > 0 || before.alarms === null;
    case 'log-line-read':
      return event.entry.kind !== 'connection-opened';
    default:
      return true;
  }
}

/** What of a step is told by nothing that came in. */
function factsOf(step: Step): Omit<KeptEvent, 'event'> {
  const { event, after } = step;
  const commandId =
    event.type === 'switch-requested' ? (getRow(after.switches, event.switchId)?.command?.id ?? null) : null;
  const doubted = doubtedIn(step);
  return doubted.length === 0 ? { commandId } : { commandId, doubted };
}
