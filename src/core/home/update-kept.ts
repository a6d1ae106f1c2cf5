import { takeListened } from './clients/listened.ts';
import { widenRange } from './readings/range.ts';
import { type Bucket, prependBuckets } from './readings/series.ts';
import type { RecentPast } from './state/event.ts';
import type { Reading } from './state/reading.ts';
import type { HomeState } from './state/state.ts';
import { mapRows } from './state/table.ts';

/**
 * Takes in what the history keeps of before we listened: what sparklines and charts begin with, and where a relay stood
 * when it last spoke. It changes nothing of what we heard, and nothing is live for it.
 */
export function takeKept(state: HomeState, { series, positions, listened }: RecentPast): HomeState {
  const readings = mapRows(state.readings, (row, id) => takeSeries(state, row, series.get(id) ?? []));
  const switches = mapRows(state.switches, (row, id) => {
    const remembered = positions.get(id) ?? null;
    return remembered === null ? row : { ...row, remembered };
  });
  return { ...state, readings, switches, listened: takeListened(state, listened) };
}

function takeSeries(state: HomeState, row: Reading, buckets: readonly Bucket[]): Reading {
  const kept = buckets.filter(({ startAt }) => startAt <= state.at);
  if (kept.length === 0) return row;
  const series = prependBuckets(row.series, kept);
  if (state.house.sensors.get(row.id)?.range !== undefined) return { ...row, series };
  const learnedRange = kept.reduce((range, { min, max }) => widenRange(widenRange(range, min), max), row.learnedRange);
  return { ...row, series, learnedRange };
}
