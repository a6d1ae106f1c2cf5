/** So many intervals to both sides tell how long one is here. */
const NEAR = 8;
/** The last moment of a second that is still within it, ms. */
const END_MS = 999;

/** What is known of when a value came. */
export interface KnownTime {
  /** Since 1970. */
  readonly second: number;
  /** When exactly, ms; `null` where only the second was kept. */
  readonly exact: number | null;
  /** No later than this, ms. */
  readonly latest: number;
}

/**
 * When values came, in ms, of which the second was kept: within it and in their order, at distances as even as the seconds
 * allow, so that a cadence of 2.5 s is not taken for one of 2 and of 3. Their seconds rise.
 */
export function spreadTimes(values: readonly KnownTime[]): readonly number[] {
  const times: number[] = [];
  let before = Number.NEGATIVE_INFINITY;
  for (const [place, { second, exact, latest }] of values.entries()) {
    const start = second * 1_000;
    const end = Math.max(start, Math.min(start + END_MS, latest));
    const due = Math.round(before + paceMs(values, place));
    const at = exact ?? Math.min(end, Math.max(start, due));
    times.push(at);
    before = at;
  }
  return times;
}

/** How long the intervals around a place are, ms; what is far longer than its neighbours is a silence and no interval. */
function paceMs(values: readonly KnownTime[], place: number): number {
  const near = values.slice(Math.max(0, place - NEAR), place + NEAR + 1).map(({ second }) => second);
  const steps = near.slice(1).map((second, index) => second - (near[index] ?? second));
  const middle = [...steps].sort((one, other) => one - other)[Math.floor(steps.length / 2)] ?? 0;
  const regular = steps.filter(step => step <= 2 * middle + 1);
  // A value alone has none.
  return (1_000 * regular.reduce((sum, step) => sum + step, 0)) / Math.max(1, regular.length);
}
