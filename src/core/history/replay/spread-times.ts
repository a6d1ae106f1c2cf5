/** So many intervals to both sides tell how long one is here. */
const NEAR = 8;
/** The last moment of a second that is still within it, ms. */
const END_MS = 999;

/** What is known of when a value came, besides its second. */
export interface KnownTime {
  /** When exactly, ms; `null` where only the second was kept. */
  readonly exact: number | null;
  /** No later than this, ms. */
  readonly latest: number;
}

/**
 * When values came, in ms, of which the second was kept: within it and in their order, at distances as even as the seconds
 * allow, so that a cadence of 2.5 s is not taken for one of 2 and of 3. `seconds` since 1970, rising.
 */
export function spreadTimes(seconds: readonly number[], known: (place: number) => KnownTime): readonly number[] {
  const times: number[] = [];
  let before = Number.NEGATIVE_INFINITY;
  for (const [place, second] of seconds.entries()) {
    const { exact, latest } = known(place);
    const start = second * 1_000;
    const end = Math.max(start, Math.min(start + END_MS, latest));
    const due = before + paceMs(seconds, place);
    const at = exact ?? Math.min(end, Math.max(start, Number.isFinite(due) ? Math.round(due) : start));
    times.push(at);
    before = at;
  }
  return times;
}

/** How long the intervals around a place are, ms; what is far longer than its neighbours is a silence and no interval. */
function paceMs(seconds: readonly number[], place: number): number {
  const from = Math.max(0, place - NEAR);
  const near = seconds.slice(from, place + NEAR + 1);
  const steps = near.slice(1).map((second, index) => second - (near[index] ?? second));
  const middle = [...steps].sort((one, other) => one - other)[Math.floor(steps.length / 2)] ?? 0;
  const regular = steps.filter(step => step <= 2 * middle + 1);
  return regular.length === 0 ? 0 : (1_000 * regular.reduce((sum, step) => sum + step, 0)) / regular.length;
}
