import type { Notice } from './notice.ts';
import { type ChannelPlan, emptyPlan } from './plan.ts';

/** A notice on its way. */
export interface Waiting {
  readonly notice: Notice;
  /** How often it was tried. */
  readonly tries: number;
  /** Whether a try may have reached its goal without our knowing: then it is sent with a mark. */
  readonly mayHaveCome: boolean;
  /** A try has begun; where it is so at a start, that try was cut off. */
  readonly isOut: boolean;
}

/** What is kept of a channel. Moments are ms since 1970. */
export interface ChannelBox {
  readonly plan: ChannelPlan;
  /** Oldest first. */
  readonly queue: readonly Waiting[];
  /** So many had to be given up since the last that was delivered, as too many waited. */
  readonly lost: number;
  /** When the next try is due; `null`: at once. */
  readonly nextTryAt: number | null;
  /** What the last try that failed was answered; `null` where the last one did not fail. */
  readonly failure: { readonly at: number; readonly why: string } | null;
  readonly deliveredAt: number | null;
}

/** All that waits to leave the house, as it is kept on the disk. */
export interface Outbox {
  readonly version: 1;
  /** Begins the id of each notice: no other outbox has it. */
  readonly seed: string;
  readonly nextId: number;
  /** The number of the last change of an alarm that was taken. */
  readonly lastChange: number;
  readonly channels: Readonly<Record<string, ChannelBox>>;
}

/** So many wait for a channel at the most: the oldest go first. */
const MOST_WAITING = 100;
/** The first pause after a try that failed, ms; each is three times as long, up to the last. */
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 1_800_000;

/** An outbox with nothing in it; `seed` is no other's. */
export function emptyOutbox(seed: string): Outbox {
  return { version: 1, seed, nextId: 1, lastChange: 0, channels: {} };
}

/** A channel of which nothing is kept. */
export const emptyBox: ChannelBox = {
  ...{ plan: emptyPlan, queue: [], lost: 0, nextTryAt: null, failure: null, deliveredAt: null },
};

/** Reads what was kept; `null` for what no hometui of this kind wrote. A try that was cut off may have reached its goal. */
export function parseOutbox(text: string): Outbox | null {
  try {
    const read: unknown = JSON.parse(text);
    if (!isOutbox(read)) return null;
    const channels = Object.entries(read.channels).map(([name, box]) => [name, afterCut(box)] as const);
    return { ...read, channels: Object.fromEntries(channels) };
  } catch {
    return null;
  }
}

function isOutbox(value: unknown): value is Outbox {
  const { version, seed, nextId, lastChange, channels } = (value ?? {}) as Record<string, unknown>;
  const isHead = version === 1 && typeof seed === 'string' && isCount(nextId) && isCount(lastChange);
  return isHead && isObject(channels) && Object.values(channels).every(isBox);
}

function isBox(value: unknown): boolean {
  if (!isObject(value) || !isObject(value.plan)) return false;
  const { held, madeAt, told } = value.plan;
  return Array.isArray(value.queue) && Array.isArray(held) && Array.isArray(madeAt) && isObject(told);
}

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function afterCut(box: ChannelBox): ChannelBox {
  const queue = box.queue.map(one => (one.isOut ? { ...one, isOut: false, mayHaveCome: true } : one));
  return { ...box, queue };
}

/** The box with a notice more. */
export function addNotice(box: ChannelBox, notice: Notice): ChannelBox {
  const queue = [...box.queue, { notice, tries: 0, mayHaveCome: false, isOut: false }];
  const excess = Math.max(0, queue.length - MOST_WAITING);
  // The one that is out comes to its end by itself.
  const [first] = queue;
  const kept = first?.isOut === true && excess > 0 ? [first, ...queue.slice(excess + 1)] : queue.slice(excess);
  return { ...box, queue: kept, lost: box.lost + excess };
}

/** A try of the first one begins. */
export function beginTry(box: ChannelBox): ChannelBox {
  return changeFirst(box, first => ({ ...first, isOut: true, tries: first.tries + 1 }));
}

/** It was delivered. */
export function endTry(box: ChannelBox, at: number): ChannelBox {
  const [, ...queue] = box.queue;
  return { ...box, queue, lost: 0, nextTryAt: null, failure: null, deliveredAt: at };
}

/** It was not, as far as is known; `mayBeDone` says whether that is not certain. */
export function failTry(box: ChannelBox, at: number, why: string, mayBeDone: boolean): ChannelBox {
  const tries = box.queue[0]?.tries ?? 1;
  const pauseMs = Math.min(FIRST_PAUSE_MS * 3 ** Math.min(tries - 1, 20), LONGEST_PAUSE_MS);
  const failed = changeFirst(box, first => ({ ...first, isOut: false, mayHaveCome: first.mayHaveCome || mayBeDone }));
  return { ...failed, nextTryAt: at + pauseMs, failure: { at, why } };
}

/** When the next try is due, ms since 1970; `null` where nothing waits. A clock that was set back does not put it off. */
export function nextTryOf({ queue, nextTryAt }: ChannelBox, now: number): number | null {
  if (queue.length === 0) return null;
  return nextTryAt === null || nextTryAt - now > LONGEST_PAUSE_MS ? now : nextTryAt;
}

function changeFirst(box: ChannelBox, change: (first: Waiting) => Waiting): ChannelBox {
  const [first, ...others] = box.queue;
  return first === undefined ? box : { ...box, queue: [change(first), ...others] };
}
