const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** From so many of the bigger unit on, the smaller one is left out: nobody needs it, and it takes a ninth column. */
const COARSE_FROM = 10;

/**
 * A duration as a person says it, at most eight columns wide: `84 ms`, `9 s`, `12 min`, `5 h 20 m`, `23 h`, `3 d 4 h`.
 * Below a second it gives milliseconds; it cuts and never rounds up, so that an age is never overstated.
 * Negative and not finite durations come out as `0 ms`: clocks may disagree by a little.
 */
export function formatDuration(durationMs: number): string {
  const ms = Number.isFinite(durationMs) ? Math.max(0, Math.trunc(durationMs)) : 0;
  if (ms < SECOND_MS) return `${ms} ms`;
  if (ms < 2 * MINUTE_MS) return `${Math.trunc(ms / SECOND_MS)} s`;
  if (ms < 2 * HOUR_MS) return `${Math.trunc(ms / MINUTE_MS)} min`;
  if (ms < 2 * DAY_MS) return twoUnits(ms, HOUR_MS, 'h', MINUTE_MS, 'm');
  return twoUnits(ms, DAY_MS, 'd', HOUR_MS, 'h');
}

/** An age in whole seconds and up: like `formatDuration`, but `0 s` where that would say milliseconds. */
export function formatAge(ageMs: number): string {
  return Number.isFinite(ageMs) && ageMs >= SECOND_MS ? formatDuration(ageMs) : '0 s';
}

/** A cadence with one decimal, as `5.0 s`; below a second and from two minutes on like `formatDuration`. */
export function formatCadence(cadenceMs: number): string {
  const hasDecimal = cadenceMs >= SECOND_MS && cadenceMs < 2 * MINUTE_MS;
  return hasDecimal ? `${(cadenceMs / SECOND_MS).toFixed(1)} s` : formatDuration(cadenceMs);
}

function twoUnits(ms: number, bigMs: number, bigName: string, smallMs: number, smallName: string): string {
  const big = Math.trunc(ms / bigMs);
  const small = Math.trunc((ms % bigMs) / smallMs);
  return small === 0 || big >= COARSE_FROM ? `${big} ${bigName}` : `${big} ${bigName} ${small} ${smallName}`;
}
