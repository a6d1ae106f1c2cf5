import { type NumberPath, numberAt } from '../../core/explorer/numbers.ts';
import type { PastValue } from '../../core/explorer/recent-values.ts';
import type { Bucket } from '../../core/home/readings/series.ts';
import { chartLines } from '../charts/chart-lines.ts';
import type { ChartSamples } from '../charts/chart-samples.ts';
import { evenEdges } from '../layout/chart-time.ts';
import { plotColumns } from '../layout/plot.ts';
import type { HouseView, Lines } from '../text/house-view.ts';

/** Where there is one message, a chart is still a minute wide, ms. */
const LEAST_MS = 60_000;

/** The numbers at a place of the last values as a chart, from the first to the last of them; none of what was retained. */
export function numberChart(
  view: HouseView,
  values: readonly PastValue[],
  path: NumberPath,
  { width, rows }: { readonly width: number; readonly rows: number },
): Lines {
  const points = values.flatMap(value => {
    const number = value.isRetained ? null : numberAt(value, path);
    return number === null ? [] : [{ at: value.at, number }];
  });
  const range = rangeOf(points.map(({ number }) => number));
  const columns = Math.max(1, plotColumns(range, 1, width));
  const from = points[0]?.at ?? 0;
  const columnMs = Math.max(LEAST_MS, (points.at(-1)?.at ?? 0) - from + 1) / columns;
  const edges = evenEdges(from, columnMs, columns);
  const buckets = bucketsOf(points, from, columnMs, columns);
  const samples: ChartSamples = {
    ...{ edges, first: 0, begun: columns, buckets, range, stats: null },
    ...{ gaps: buckets.map(() => null), compared: [] },
  };
  return chartLines(view, { label: '', topic: '', unit: '' }, samples, width, rows);
}

function rangeOf(numbers: readonly number[]): { readonly min: number; readonly max: number } {
  if (numbers.length === 0) return { min: 0, max: 1 };
  const [min, max] = [Math.min(...numbers), Math.max(...numbers)];
  return min === max ? { min: min - 1, max: max + 1 } : { min, max };
}

/** One bucket for each column; a value stands until the next, for there was a message with none between. */
function bucketsOf(
  points: readonly { readonly at: number; readonly number: number }[],
  from: number,
  columnMs: number,
  columns: number,
): readonly (Bucket | null)[] {
  const buckets: (Bucket | null)[] = new Array<Bucket | null>(columns).fill(null);
  for (const { at, number } of points) {
    const column = Math.min(columns - 1, Math.floor((at - from) / columnMs));
    const known = buckets[column] ?? null;
    buckets[column] = {
      startAt: from + column * columnMs,
      min: Math.min(known?.min ?? number, number),
      max: Math.max(known?.max ?? number, number),
      last: number,
      sum: (known?.sum ?? 0) + number,
      count: (known?.count ?? 0) + 1,
    };
  }
  const end = Math.floor(((points.at(-1)?.at ?? from) - from) / columnMs);
  let last: Bucket | null = null;
  return buckets.map((bucket, column) => {
    if (bucket !== null) last = { ...bucket, min: bucket.last, max: bucket.last, sum: bucket.last, count: 1 };
    return bucket ?? (column <= end ? last : null);
  });
}
