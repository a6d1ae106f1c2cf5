/** Stretches of one length, one behind the other: what an engine can be asked for in one question. */
export interface Run {
  /** Seconds since 1970. */
  readonly from: number;
  readonly stepS: number;
  readonly count: number;
}

/** The stretches between edges, in seconds, rising, as few runs: a year of local days is five of them, for its two long nights. */
export function runsOf(edges: readonly number[], most: number): readonly Run[] {
  const runs: { from: number; stepS: number; count: number }[] = [];
  for (const [place, until] of edges.slice(1).entries()) {
    const from = edges[place] ?? 0;
    const last = runs.at(-1);
    if (last !== undefined && last.stepS === until - from && last.count < most) last.count += 1;
    else runs.push({ from, stepS: until - from, count: 1 });
  }
  return runs;
}
