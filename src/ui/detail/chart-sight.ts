import type { PastPage } from '../../core/history/query/past-page.ts';
import { hasSameEdges } from '../../core/history/query/past-question.ts';
import type { HomeState } from '../../core/home/state/state.ts';
import type { Issue } from '../../core/issue.ts';
import { emptyWords } from '../charts/chart-gaps.ts';
import { type ChartSamples, windowSamples } from '../charts/chart-samples.ts';
import { type ChartPlace, type ChartTime, chartTime, columnAt, isShort } from '../layout/chart-time.ts';
import type { ChartView, DetailPage, PastState } from '../state/app-state.ts';
import { comparedDaysOf, placeOf, viewOf } from '../state/chart-place.ts';
import { isReading } from '../state/past.ts';

/** What there is to see on the chart of a page. */
export interface ChartSight {
  readonly samples: ChartSamples;
  readonly place: ChartPlace;
  readonly view: ChartView;
  /** How many days before the hours are that are drawn beside; 0 where none are. */
  readonly comparedDays: number;
  /** What of the past is shown; `null` where nothing is known of it. */
  readonly past: PastPage | null;
  /** Whether another page is being read, so that the one that was shown before stays. */
  readonly isReading: boolean;
  /** Why the past cannot be read. */
  readonly trouble: Issue | null;
  /** The column whose value is read; -1 for none. */
  readonly cursor: number;
}

/** Finds what a page has to show in so many columns; while its past is being read that is what was there before. */
export function chartSight(home: HomeState, page: DetailPage, state: PastState, columns: number): ChartSight {
  const place = placeOf(page, home, state);
  const view = viewOf(page);
  const asked = chartTime(place, columns);
  const known = state.page !== null && isOf(state.page, page, home.at) ? state.page : null;
  const fits = known !== null && hasSameEdges(known.question.edges, asked.edges);
  const isMoving = place.until === null && isShort(place.window);
  const isWaiting = isReading(state) && !fits;
  const stays = isWaiting && !isMoving && known !== null;
  const time = stays ? timeOf(known, home.at) : asked;
  const past = stays || fits || isMoving ? known : null;
  const samples = windowSamples(home, page.id, place, time, past);
  const { result } = state.answer ?? {};
  return {
    ...{ samples, place, view, past, isReading: isWaiting },
    comparedDays: comparedDaysOf(page, place),
    trouble: result === undefined || result.ok ? null : result.error,
    cursor: view.cursor === null ? -1 : Math.max(samples.first, columnAt(samples.edges, view.cursor)),
  };
}

/** Whether the past that was asked for is not known, and what is not heard by ourselves proves nothing. */
export const isUnread = ({ isReading, trouble, past }: ChartSight): boolean =>
  past === null && (isReading || trouble !== null);

/** What is said of a time without a value: before it is read, nobody knows that there is none. */
export function emptyWordsOf(sight: ChartSight): string {
  if (!isUnread(sight)) return emptyWords(sight.samples.gaps);
  return sight.isReading ? 'The history is being read' : 'The history cannot be read';
}

/** Whether a page is of the sensor; of a replay that went back it may tell what is yet to come there. */
function isOf({ question: { sensorId, endsAt = 0 } }: PastPage, { id }: DetailPage, at: number): boolean {
  return sensorId === id && endsAt <= at;
}

function timeOf({ question }: PastPage, at: number): ChartTime {
  const { edges, first } = question;
  const now = columnAt(edges, at);
  return { edges, first, begun: now < 0 ? edges.length - 1 : now + 1 };
}
