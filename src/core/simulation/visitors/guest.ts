import type { HouseConfig } from '../../house/schema.ts';
import type { Random } from '../random.ts';

/** Something that the guest of the demo may not do. */
export type Attempt =
  | { readonly kind: 'publish'; readonly topic: string; readonly payload: string }
  /** A login with a password that is not the guest's. */
  | { readonly kind: 'wrong-password' };

/** Where the guest stands, in milliseconds of the clock since the demo's start. */
export interface GuestState {
  readonly elapsedMs: number;
  readonly nextAttemptAtMs: number;
}

/** The first attempt comes soon, so that nobody has to wait for it to see what a denial looks like. */
const FIRST_ATTEMPT_MS = { min: 6_000, max: 12_000 };
/** Then seldom enough to stay a small thing. */
const PAUSE_MS = { min: 25_000, max: 70_000 };
const WRONG_PASSWORD_SHARE = 0.15;

/** A guest who has not tried anything yet. */
export function createGuest(random: Random): GuestState {
  return { elapsedMs: 0, nextAttemptAtMs: random.between(FIRST_ATTEMPT_MS.min, FIRST_ATTEMPT_MS.max) };
}

/** The guest `dtMs` later, and what was tried in that time: at most one thing. */
export function stepGuest(
  guest: GuestState,
  dtMs: number,
  house: HouseConfig,
  random: Random,
): { readonly state: GuestState; readonly attempt: Attempt | null } {
  const elapsedMs = guest.elapsedMs + dtMs;
  if (elapsedMs < guest.nextAttemptAtMs) return { state: { ...guest, elapsedMs }, attempt: null };
  const nextAttemptAtMs = elapsedMs + random.between(PAUSE_MS.min, PAUSE_MS.max);
  return { state: { elapsedMs, nextAttemptAtMs }, attempt: pickAttempt(house, random) };
}

function pickAttempt(house: HouseConfig, random: Random): Attempt {
  const wishes: Attempt[] = [];
  for (const toggle of Object.values(house.switches)) {
    wishes.push({ kind: 'publish', topic: toggle.command, payload: toggle.on });
  }
  for (const sensor of Object.values(house.sensors)) {
    wishes.push({ kind: 'publish', topic: sensor.topic, payload: '21.0' });
  }
  if (wishes.length === 0 || random.next() < WRONG_PASSWORD_SHARE) return { kind: 'wrong-password' };
  return random.pick(wishes);
}
