import { formatAge } from '../../core/duration.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

/**
 * An age in steps that grow with it (5 s, 10 s, 1 min …), cut and never rounded up. An age that ticks every second
 * costs a drawing each second and tells nobody more.
 */
export function coarseAge(ageMs: number): string {
  const step = ageMs < 30 * SECOND_MS ? 5 * SECOND_MS : ageMs < 2 * MINUTE_MS ? 10 * SECOND_MS : MINUTE_MS;
  return formatAge(Math.floor(Math.max(0, ageMs) / step) * step);
}

/** Since when something stands, calm: `for 12 min`, and `just now` within the first minute. */
export function sinceText(durationMs: number): string {
  if (durationMs < MINUTE_MS) return 'just now';
  return durationMs < 2 * MINUTE_MS ? 'for 1 min' : `for ${formatAge(Math.floor(durationMs / MINUTE_MS) * MINUTE_MS)}`;
}

/** An age within a sentence, in the same steps, so that the sentence stands still for a while. */
export function calmAge(ageMs: number): string {
  return ageMs < 10 * SECOND_MS ? 'a few seconds' : coarseAge(ageMs);
}

/** How old a value is that is not live, calm. */
export function oldText(ageMs: number): string {
  return ageMs < 30 * SECOND_MS ? 'seconds old' : `${coarseAge(ageMs)} old`;
}
