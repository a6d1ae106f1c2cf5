const FIRST_MS = 800;
const LONGEST_MS = 30_000;
/** Where another console took our client identifier over: long enough that the two do not throw each other out in turn. */
const TAKEN_OVER_MS = 30_000;
const JITTER = 0.2;

/**
 * How long to wait before the next attempt, ms: 0.8, 2, 4, 8, 16, then 30 s, each up to a fifth more or less, so that
 * a broker that comes back is not met by all its clients at once. The first is always below 1 s. `failures` counts from
 * 1, `random` gives numbers in [0, 1).
 */
export function retryWaitMs(failures: number, random: () => number): number {
  const waitMs = failures <= 1 ? FIRST_MS : Math.min(LONGEST_MS, 1_000 * 2 ** (failures - 1));
  return jittered(waitMs, random);
}

/** How long to wait after the broker gave our client identifier to somebody else, ms. */
export function takenOverWaitMs(random: () => number): number {
  return jittered(TAKEN_OVER_MS, random);
}

function jittered(waitMs: number, random: () => number): number {
  return Math.round(waitMs * (1 - JITTER + 2 * JITTER * random()));
}
