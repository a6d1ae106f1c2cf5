import type { Priority } from '../home/alarms/alarm.ts';
import type { HomeEvent } from '../home/state/event.ts';
import type { HomeState } from '../home/state/state.ts';
import type { House } from '../house/house.ts';

/** One step of the house, as its store tells it. */
export interface HouseStep {
  readonly event: HomeEvent;
  readonly before: HomeState;
  readonly after: HomeState;
}

/**
 * Whether it is so. `value` is what was looked at, with its unit; `againAt` is when it may be otherwise though nothing
 * happens, ms: it is judged again then. `unwatched`: it cannot be known, why is a clause without numbers that run on.
 */
export type Judgement =
  | {
      readonly kind: 'so';
      readonly value: string | null;
      /** The evidence, a clause. */
      readonly detail: string;
      /** Whether the detail tells an age: it runs on, and is news only with another value. */
      readonly isAging?: true;
      /** What to do about it, where that is better known than in general. */
      readonly cure?: string;
      /** Which of several occurrences it is: a new one is told though the one before was acknowledged. */
      readonly mark?: string;
      readonly againAt?: number | null;
    }
  | { readonly kind: 'not-so'; readonly value: string | null; readonly againAt?: number | null }
  | { readonly kind: 'unwatched'; readonly why: string; readonly againAt?: number | null };

/** What a condition is judged by: it is not looked at while nothing of that changes. */
export interface LooksAt {
  /** Items of any kind, by their ids. */
  readonly items?: readonly string[];
  /** Clients: when one of them is told to be gone or there, and when it speaks while the condition is so. */
  readonly clients?: readonly string[];
  /** The link, the broker, its access control list, denials. */
  readonly broker?: boolean;
  /** The time: at each tick, once a second. */
  readonly ticks?: boolean;
}

/** What the value of these items depends on: they, and the clients that serve them. */
export function lookAt({ servedBy }: House, items: readonly string[]): LooksAt {
  return { items, clients: [...new Set(items.flatMap(id => servedBy.get(id) ?? []))] };
}

/** The same where time is counted, or where something stands: what falls silent does so without a message. */
export function lookAlways(house: House, items: readonly string[]): LooksAt {
  return { ...lookAt(house, items), ticks: true };
}

/**
 * What makes an alarm. `step` is called for each message to one of its items, each tick where it looks at these, and each
 * event after which what was heard before may not hold: a lost link, a sleep, another clock. `isRaised` is for hysteresis.
 * `calmUntil` is asked after a message, where the last judgement was `not-so` and nothing is raised: until when, ms, it stays
 * so whatever else is not heard; `null` where it is to be judged. Nearly each message leaves everything calm, and to look is
 * cheaper than to judge. All four are pure; what has no memory gives `null`.
 */
export interface Condition<Memory = unknown> {
  readonly looksAt: LooksAt;
  start(state: HomeState): Memory;
  step?(memory: Memory, step: HouseStep): Memory;
  judge(memory: Memory, state: HomeState, isRaised: boolean): Judgement;
  calmUntil?(state: HomeState): number | null;
}

/** An alarm that a house has: what makes it, how long that takes, and what is said of it. */
export interface AlarmDefinition {
  /** By which scripts and the house file name it. */
  readonly id: string;
  readonly label: string;
  readonly priority: Priority;
  readonly condition: Condition;
  /** So long it must be so, without a gap in what is heard, before it is raised, ms. */
  readonly onDelayMs: number;
  /** So long it must not be so, without a gap, before it is over, ms. */
  readonly offDelayMs: number;
  readonly cure: string | null;
  /** Whom it is told to, by the names of their channels; `null` for all. */
  readonly tell: readonly string[] | null;
  /** Where its threshold comes from; `null` where the house file says it. */
  readonly source: string | null;
  /** The items and clients that it is about. */
  readonly about: readonly string[];
  /** Whether it waits for an acknowledgement when it is over, even where it was acknowledged before. */
  readonly isLatched: boolean;
}

/** What may end by itself must last so long, ms (ISA-18.2: on-delay). */
export const ON_DELAY_MS = 30_000;
/** What was raised must be over for so long, ms (off-delay). */
export const OFF_DELAY_MS = 60_000;

/** A condition of any memory, for a definition. */
export function condition<Memory>(of: Condition<Memory>): Condition {
  return of as Condition;
}
