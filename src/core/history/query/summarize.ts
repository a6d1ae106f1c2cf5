import type { RollUpRows } from '../roll-up.ts';

/** What one series said in one stretch, in its own unit; `n` is 0 and the rest `null` where it said nothing. */
export interface Bucket {
  /** Seconds since 1970: `from` is in it, `until` is not. */
  readonly from: number;
  readonly until: number;
  readonly n: number;
  readonly min: number | null;
  readonly max: number | null;
  readonly mean: number | null;
  readonly last: number | null;
}

/** What several readings have in common. */
export interface Sample {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly last: number;
}

/** Sums up readings between given edges. */
export interface Summary {
  readonly add: (second: number, value: number) => void;
  /**
   * `n` readings at once, in the stretch that `second` is in; each value of the sample is multiplied by `factor`, 1 unless given. Of a year there
   * are so many that making an object of each would take longer than all the rest.
   */
  readonly addSample: (second: number, n: number, sample: Sample, factor?: number) => void;
  /** Rows that are `stepS` long each; the values of each are multiplied by `factor`. */
  readonly addRollUps: (stepS: number, rows: RollUpRows, factor: number) => void;
  /** The stretches between the edges, their values made by `unscale`. */
  readonly buckets: (unscale: (value: number) => number) => readonly Bucket[];
}

/** Makes a summary; `edges` are in seconds, rising, and the last one is no longer in it. What is outside is left out. */
export function openSummary(edges: readonly number[]): Summary {
  const count = Math.max(0, edges.length - 1);
  const fields = (): Float64Array => new Float64Array(count);
  const [n, min, max, sum, last, lastAt] = [fields(), fields(), fields(), fields(), fields(), fields()];
  let place = 0;
  const find = (second: number): number => {
    if (!isWithin(edges, place, second)) place = search(edges, second);
    return isWithin(edges, place, second) ? place : -1;
  };
  const addAt = (at: number, second: number, many: number, sample: Sample, factor: number): void => {
    const before = n[at] ?? 0;
    const low = sample.min * factor;
    const high = sample.max * factor;
    if (before === 0 || low < (min[at] ?? 0)) min[at] = low;
    if (before === 0 || high > (max[at] ?? 0)) max[at] = high;
    sum[at] = (sum[at] ?? 0) + many * sample.mean * factor;
    if (before === 0 || second >= (lastAt[at] ?? 0)) {
      last[at] = sample.last * factor;
      lastAt[at] = second;
    }
    n[at] = before + many;
  };
  const addSample = (second: number, many: number, sample: Sample, factor = 1): void => {
    const at = find(second);
    if (at >= 0) addAt(at, second, many, sample, factor);
  };
  const addRollUps: Summary['addRollUps'] = (stepS, rows, factor) => {
    for (let next = 0; next < rows.length; ) {
      const at = find(rows.indexAt(next) * stepS);
      if (at < 0) {
        next += 1;
        continue;
      }
      const together = rows.sumUntil(next, (edges[at + 1] ?? 0) / stepS);
      const { n: many, min: low, max: high, sum: total, last: newest, lastIndex } = together;
      addAt(at, lastIndex * stepS, many, { min: low, max: high, mean: total / many, last: newest }, factor);
      next = together.next;
    }
  };
  return {
    addRollUps,
    add: (second, value) => addSample(second, 1, { min: value, max: value, mean: value, last: value }),
    addSample,
    buckets: unscale =>
      Array.from({ length: count }, (_, at) => {
        const [from = 0, until = 0] = [edges[at], edges[at + 1]];
        const many = n[at] ?? 0;
        if (many === 0) return { from, until, n: 0, min: null, max: null, mean: null, last: null };
        const [low = 0, high = 0, all = 0, newest = 0] = [min[at], max[at], sum[at], last[at]];
        return {
          ...{ from, until, n: many, min: unscale(low), max: unscale(high) },
          ...{ mean: unscale(all / many), last: unscale(newest) },
        };
      }),
  };
}

function isWithin(edges: readonly number[], place: number, second: number): boolean {
  return second >= (edges[place] ?? Number.POSITIVE_INFINITY) && second < (edges[place + 1] ?? 0);
}

function search(edges: readonly number[], second: number): number {
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((edges[middle] ?? 0) <= second) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
