import { rangeOf } from '../../core/home/readings/range.ts';
import type { HomeState } from '../../core/home/state/state.ts';
import { getRow } from '../../core/home/state/table.ts';
import { decimalsOf } from '../../core/house/house.ts';
import { type ChartPlace, chartWindows } from '../layout/chart-time.ts';
import { roomInFrame } from '../layout/layout.ts';
import { plotColumns } from '../layout/plot.ts';
import { type ChartView, type DetailPage, type PastState, presentView } from './app-state.ts';

const DAY_MS = 86_400_000;
/** The longest time that the same hours of another day are drawn beside, ms, and that of the days that are. */
const COMPARED = [
  { longestMs: DAY_MS, days: [1, 7] },
  { longestMs: 7 * DAY_MS, days: [7] },
] as const;

/** Where on its chart a page looks. */
export const viewOf = ({ chart }: DetailPage): ChartView => chart ?? presentView;

/** The time that a page asks its chart for. */
export function placeOf(page: DetailPage, { at }: HomeState, past: PastState): ChartPlace {
  const [shortest] = chartWindows;
  const window = chartWindows[page.window] ?? shortest;
  if (window === undefined) throw new RangeError('a chart has a window');
  const { until } = viewOf(page);
  return { window, until, at, since: past.page?.since ?? at - DAY_MS, aheadMs: past.page?.aheadMs ?? 0 };
}

/** The columns of the plot that a sensor has in full on a terminal so wide. */
export function detailColumns(home: HomeState, id: string, columns: number): number {
  const sensor = home.house.sensors.get(id);
  if (sensor === undefined) return 1;
  const range = rangeOf(sensor, getRow(home.readings, id));
  return plotColumns(range, decimalsOf(sensor), roomInFrame(columns, 0).width);
}

/** How many days before the hours may be that a chart of such a time is compared with. */
export function comparableDays({ window }: ChartPlace): readonly number[] {
  return COMPARED.find(({ longestMs }) => window.ms <= longestMs)?.days ?? [];
}

/** How many days before the hours are that it is compared with; 0 for none. */
export function comparedDaysOf(page: DetailPage, place: ChartPlace): number {
  const { comparedDays } = viewOf(page);
  return comparableDays(place).includes(comparedDays) ? comparedDays : 0;
}
