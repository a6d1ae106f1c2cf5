import type { PastAnswer, PastPage } from '../../core/history/query/past-page.ts';
import { hasSameEdges, isSameQuestion, type PastQuestion } from '../../core/history/query/past-question.ts';
import type { Span } from '../../core/history/spans.ts';
import { chartTime, columnAt, shiftCalendar } from '../layout/chart-time.ts';
import { type AppContext, type AppState, type AppStep, type DetailPage, type PastState, topPage } from './app-state.ts';
import { comparedDaysOf, detailColumns, placeOf, viewOf } from './chart-place.ts';

/** A page that ends now is read again so rarely, ms: what is new in it was heard by ourselves. */
const REFRESH_MS = 60_000;
/** In a replay time goes by a thousand times as fast: what came since then is in the house that is shown, ms. */
const REPLAY_REFRESH_MS = 600_000;
const refreshMs = (isReplay: boolean): number => (isReplay ? REPLAY_REFRESH_MS : REFRESH_MS);
/** What is older has been written, ms. */
const WRITTEN_MS = 2 * REFRESH_MS;

/** Asks for what the chart that is shown lacks of the past. */
export function askForPast(step: AppStep, context: AppContext): AppStep {
  const { state, commands } = step;
  const page = topPage(state);
  const question = page.screen === 'detail' ? questionOf(page, state.past, context) : null;
  if (question === null || isSameQuestion(question, state.past.asked)) return step;
  return {
    state: { ...state, past: { ...state.past, asked: question } },
    commands: [...commands, { type: 'read-past', question }],
  };
}

/** Takes an answer in; one that is no longer asked for changes nothing. */
export function takePast(state: AppState, answer: PastAnswer): AppState {
  const { past } = state;
  if (past.asked !== answer.question) return state;
  const { result } = answer;
  return { ...state, past: { ...past, answer, page: result.ok ? result.value : past.page } };
}

/** Whether an answer is still to come. */
export function isReading({ asked, answer }: PastState): boolean {
  return asked !== null && answer?.question !== asked;
}

/** What the chart of a page asks of the past; `null` where nothing is to be asked. */
export function questionOf(
  page: DetailPage,
  past: PastState,
  { home, columns, replay }: Pick<AppContext, 'home' | 'columns' | 'replay'>,
): PastQuestion | null {
  if (!past.isKept || !home.house.sensors.has(page.id)) return null;
  const place = placeOf(page, home, past);
  const { edges, first } = chartTime(place, detailColumns(home, page.id, columns));
  const days = comparedDaysOf(page, place);
  const comparedEdges = days === 0 ? null : edges.map(edge => shiftCalendar(edge, 0, -days));
  const isOver = place.until !== null && place.until < home.at - WRITTEN_MS;
  const isReplay = replay != null;
  const asOf = isOver && !isReplay ? 0 : Math.floor(home.at / refreshMs(isReplay)) * refreshMs(isReplay);
  const all = place.window.ms === Number.POSITIVE_INFINITY ? { wantsAll: true } : {};
  const ends = isReplay ? { endsAt: asOf } : {};
  return { sensorId: page.id, edges, first, comparedEdges, asOf, ...all, ...ends, ...toldAt(page, past.page, edges) };
}

/** The column at the cursor, where more happened on the page that is shown than its newest events tell. */
function toldAt(page: DetailPage, known: PastPage | null, edges: readonly number[]): { told?: Span } {
  const { cursor } = viewOf(page);
  if (cursor === null || known === null || !hasSameEdges(known.question.edges, edges)) return {};
  const { marks, newest } = known.events;
  if (marks.reduce((sum, { count }) => sum + count, 0) <= newest.length) return {};
  const column = columnAt(edges, cursor);
  const [from, until] = [edges[column], edges[column + 1]];
  return from === undefined || until === undefined ? {} : { told: { from, until } };
}
