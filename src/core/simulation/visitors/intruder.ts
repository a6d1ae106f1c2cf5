import type { HouseConfig } from '../../house/schema.ts';
import type { Random } from '../random.ts';

/** Something that went over the line and was kept. */
export interface Overheard {
  readonly topic: string;
  readonly payload: Uint8Array;
}

/** What somebody tries who reads and writes the line of a house that seals, and has no key. */
export type Intrusion =
  /** A value under a key of its own, or in the clear. */
  | { readonly kind: 'forge' | 'in-the-clear'; readonly topic: string; readonly value: string }
  /** What went over the line before, byte by byte. */
  | ({ readonly kind: 'replay' } & Overheard);

/** Where it stands, in milliseconds of the clock since the demo's start. */
export interface IntruderState {
  readonly elapsedMs: number;
  readonly nextAtMs: number;
  readonly tries: number;
}

/** The first comes soon, so that nobody has to wait for it; then seldom enough to see what the console says of each. */
const FIRST_MS = { min: 6_000, max: 10_000 };
const PAUSE_MS = { min: 12_000, max: 25_000 };
const VALUE = '21.0';

/** Somebody who has not tried anything yet. */
export function createIntruder(random: Random): IntruderState {
  return { elapsedMs: 0, nextAtMs: random.between(FIRST_MS.min, FIRST_MS.max), tries: 0 };
}

/** The intruder `dtMs` later, and what was tried in that time: one after the other of its ways. */
export function stepIntruder(
  state: IntruderState,
  dtMs: number,
  house: HouseConfig,
  overheard: readonly Overheard[],
  random: Random,
): { readonly state: IntruderState; readonly intrusion: Intrusion | null } {
  const elapsedMs = state.elapsedMs + dtMs;
  if (elapsedMs < state.nextAtMs) return { state: { ...state, elapsedMs }, intrusion: null };
  const next = {
    elapsedMs,
    nextAtMs: elapsedMs + random.between(PAUSE_MS.min, PAUSE_MS.max),
    tries: state.tries + 1,
  };
  return { state: next, intrusion: pick(state.tries, house, overheard, random) };
}

function pick(tries: number, house: HouseConfig, overheard: readonly Overheard[], random: Random): Intrusion | null {
  const topics = Object.values(house.sensors).map(({ topic }) => topic);
  if (topics.length === 0) return null;
  const ways = ['forge', 'replay', 'in-the-clear'] as const;
  const way = ways[tries % ways.length] ?? 'forge';
  if (way !== 'replay') return { kind: way, topic: random.pick(topics), value: VALUE };
  const commands = new Set(Object.values(house.switches).map(({ command }) => command));
  // A relay that moves is worth more to it than a value.
  const worthwhile = overheard.filter(({ topic }) => commands.has(topic));
  const from = worthwhile.length > 0 ? worthwhile : overheard;
  return from.length === 0 ? null : { kind: 'replay', ...random.pick(from) };
}
