import type { Random } from './random.ts';

/**
 * A first-order lag: where `value` has come to on its way to `target` after `dtMs`, with the time constant `lagMs`
 * (63 % of the way per `lagMs`). Solved exactly, so it never overshoots, however long the step.
 */
export function relax(value: number, target: number, lagMs: number, dtMs: number): number {
  return target + (value - target) * Math.exp(-dtMs / lagMs);
}

/**
 * A quantity that wanders about zero (an Ornstein-Uhlenbeck process, solved exactly): standard deviation `spread`,
 * forgetting where it was within about `lagMs`.
 */
export function drift(value: number, spread: number, lagMs: number, dtMs: number, random: Random): number {
  const kept = Math.exp(-dtMs / lagMs);
  return value * kept + spread * Math.sqrt(1 - kept * kept) * random.normal();
}
