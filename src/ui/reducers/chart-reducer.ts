import { keptSince } from '../../core/home/readings/series.ts';
import type { HomeState } from '../../core/home/state/state.ts';
import { getRow } from '../../core/home/state/table.ts';
import { labelOf } from '../../core/house/house.ts';
import { momentText } from '../../core/moment-text.ts';
import type { Look } from '../keys/intent.ts';
import { type ChartPlace, type ChartTime, chartTime, chartWindows, columnAt, shiftTime } from '../layout/chart-time.ts';
import {
  type AppContext,
  type AppState,
  type AppStep,
  type ChartView,
  type DetailPage,
  topPage,
} from '../state/app-state.ts';
import { notice, stay, withTop } from '../state/app-step.ts';
import { comparableDays, comparedDaysOf, detailColumns, placeOf, viewOf } from '../state/chart-place.ts';

/** Of a page one step of this many is a wide one. */
const WIDE_SHARE = 8;
/** A page that would end so short before now ends now: as a share of it. */
const NOW_SHARE = 16;

/** A longer or a shorter time; where a moment is read, around that. */
export function changeWindow(state: AppState, by: 1 | -1, context: AppContext): AppStep {
  const page = topPage(state);
  if (page.screen !== 'detail') return stay(state);
  if (!context.home.house.sensors.has(page.id)) return noChart(state, page, context);
  const window = page.window + by;
  const limit = chartWindows[page.window]?.label ?? '';
  if (chartWindows[window] === undefined) {
    return notice(state, context, `${limit} is the ${by > 0 ? 'longest' : 'shortest'} time that a chart shows`);
  }
  const changed = { ...page, window };
  const { cursor, until } = viewOf(page);
  const place = placeOf(changed, context.home, state.past);
  const end = place.window.ms === Number.POSITIVE_INFINITY ? null : cursor === null ? until : endAround(cursor, place);
  const next = until === end ? changed : withView(changed, { until: end });
  return stay({ ...withTop(state, next), window });
}

/** Another time of the chart, another moment of it, or the same hours of another day beside it. */
export function lookAt(state: AppState, to: Look, context: AppContext): AppStep {
  const page = topPage(state);
  if (page.screen !== 'detail') return stay(state);
  if (!context.home.house.sensors.has(page.id)) return noChart(state, page, context);
  const go = (view: Partial<ChartView>): AppStep => stay(withTop(state, withView(page, view)));
  switch (to) {
    case 'earlier':
    case 'later':
      return turnPage(state, page, to === 'earlier' ? -1 : 1, context);
    case 'oldest':
      return go({ until: endFrom(earliest(state, page, context.home), placeOf(page, context.home, state.past)) });
    case 'now':
      return go({ until: null, cursor: null });
    case 'cursor-left':
    case 'cursor-far-left':
      return moveCursor(state, page, -1, to === 'cursor-far-left', context);
    case 'cursor-right':
    case 'cursor-far-right':
      return moveCursor(state, page, 1, to === 'cursor-far-right', context);
    case 'compared':
      return compare(state, page, context);
    case 'date':
      return go({ entry: '' });
  }
}

/** The page with its chart looked at in another way. */
export function withView(page: DetailPage, view: Partial<ChartView>): DetailPage {
  const { part: _, ...others } = page;
  return { ...others, chart: { ...viewOf(page), ...view } };
}

/** From when on anything of a sensor can be shown, ms. */
export function earliest(state: AppState, page: DetailPage, home: HomeState): number {
  const row = getRow(home.readings, page.id);
  const heard = (row && keptSince(row.series)) ?? home.at;
  return Math.min(heard, state.past.page?.since ?? home.at);
}

/** The page with a moment in its middle. */
export function endAround(at: number, place: ChartPlace): number | null {
  return endOf(at + place.window.ms / 2, place);
}

/** The page that begins with a moment. */
function endFrom(at: number, place: ChartPlace): number | null {
  return endOf(shiftTime(at, place.window, 1), place);
}

/** When a page ends; `null` for now, where that is hardly later. */
function endOf(until: number, { window, at }: ChartPlace): number | null {
  return Number.isFinite(until) && until < at - window.ms / NOW_SHARE ? toSecond(until) : null;
}

const toSecond = (at: number): number => Math.floor(at / 1_000) * 1_000;

function noChart(state: AppState, page: DetailPage, context: AppContext): AppStep {
  return notice(state, context, `${labelOf(context.home.house, page.id)} has no chart: only sensors have one`);
}

function timeOf(state: AppState, page: DetailPage, { home, columns }: AppContext): ChartTime & { place: ChartPlace } {
  const place = placeOf(page, home, state.past);
  return { ...chartTime(place, detailColumns(home, page.id, columns)), place };
}

function turnPage(state: AppState, page: DetailPage, by: 1 | -1, context: AppContext): AppStep {
  const { edges, first, place } = timeOf(state, page, context);
  const { until, cursor } = viewOf(page);
  if (place.window.ms === Number.POSITIVE_INFINITY) {
    return notice(state, context, 'All that is kept is shown: - shows a shorter time, that can be paged');
  }
  if (by > 0 && until === null) return notice(state, context, nothingLater(context));
  const begin = edges[first] ?? place.at;
  const since = earliest(state, page, context.home);
  // Before the first answer nobody knows how far it reaches back, nor how far an engine does.
  const { page: answered, isKept } = state.past;
  const isKnown = !isKept || (answered !== null && answered.elsewhere === undefined);
  if (by < 0 && isKnown && begin <= since) {
    const day = momentText(context.timeOfDay(since), { hasYear: true });
    return notice(state, context, `Nothing is kept from before ${day}`);
  }
  const end = until === null ? begin : endOf(shiftTime(until, place.window, by), place);
  const moved = cursor === null ? null : shiftTime(cursor, place.window, by);
  return stay(withTop(state, withView(page, { until: end === null ? null : toSecond(end), cursor: moved })));
}

function moveCursor(state: AppState, page: DetailPage, by: 1 | -1, isWide: boolean, context: AppContext): AppStep {
  const { edges, first, begun, place } = timeOf(state, page, context);
  const { cursor, until } = viewOf(page);
  const steps = by * (isWide ? Math.max(1, Math.floor((begun - first) / WIDE_SHARE)) : 1);
  const start = by < 0 ? begun : first - 1;
  const column = cursor === null ? start + steps : columnAt(edges, cursor) + steps;
  const isBeyond = column < first || column >= begun;
  const canTurn = place.window.ms !== Number.POSITIVE_INFINITY && (by < 0 || until !== null);
  if (cursor !== null && isBeyond && canTurn) {
    const turned = turnPage(state, page, by, context);
    const over = topPage(turned.state);
    if (over === page || over.screen !== 'detail') return turned;
    const at = by < 0 ? (edges[first] ?? 0) - 1 : (edges[begun] ?? 0);
    return stay(withTop(turned.state, withView(over, { cursor: at })));
  }
  if (cursor !== null && column >= begun) return notice(state, context, nothingLater(context));
  const at = edges[Math.max(first, Math.min(begun - 1, column))] ?? place.at;
  return stay(withTop(state, withView(page, { cursor: at })));
}

/** In a replay what comes later is not known yet. */
function nothingLater({ replay }: AppContext): string {
  return replay == null
    ? 'This is now: there is nothing later'
    : 'This is the moment that is shown: later is yet to come';
}

function compare(state: AppState, page: DetailPage, context: AppContext): AppStep {
  if (!state.past.isKept) return notice(state, context, 'No history is kept here: there is nothing to compare with');
  const place = placeOf(page, context.home, state.past);
  const days = [0, ...comparableDays(place)];
  if (days.length === 1) {
    return notice(state, context, 'The same hours of another day are drawn beside a chart of up to 7 d');
  }
  const next = days[(days.indexOf(comparedDaysOf(page, place)) + 1) % days.length] ?? 0;
  return stay(withTop(state, withView(page, { comparedDays: next })));
}
