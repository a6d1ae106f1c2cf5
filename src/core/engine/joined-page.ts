import type { Elsewhere, PastColumn, PastPage } from '../history/query/past-page.ts';
import type { HistoryBucket } from '../history/query/query.ts';

/** What an engine said of the columns of a page, and of those that they are compared with. */
export interface EnginePage {
  readonly columns: readonly HistoryBucket[];
  readonly compared: readonly HistoryBucket[] | null;
}

/** So much of a page that was not heard here is a hole, and not a short absence: as a share of it. */
const HOLE_SHARE = 0.05;

/** Whether what is kept here leaves something of a page to be asked for elsewhere; `now` is seconds since 1970. */
export function lacksPast(page: PastPage, now: number): boolean {
  const { columns, compared, question, unheardShare = 1 } = page;
  const isHole = ({ from, n, gap }: PastColumn): boolean =>
    n === 0 && from < now && (gap === 'not-listening' || gap === 'damaged');
  const shown = columns.slice(question.first);
  return shown.length === 0 || unheardShare > HOLE_SHARE || shown.some(isHole) || (compared ?? []).some(isHole);
}

/** A page for which somebody else is being asked: until there is an answer nobody knows why there is nothing. */
export function askedPage(page: PastPage, name: string, now: number): PastPage {
  return joinPage(page, null, { name, kind: 'asked' }, now);
}

/**
 * A page with what an engine said: of each column who knows more of it. Where neither has anything it is not known why,
 * but for what was heard here: an engine may lack what it refused once.
 */
export function toldPage(page: PastPage, told: EnginePage, name: string, now: number): PastPage {
  const joined = joinPage(page, told, { name, kind: 'nothing' }, now);
  const isFromThere = [...told.columns, ...(told.compared ?? [])].some(
    column => joined.columns.includes(column) || joined.compared?.includes(column) === true,
  );
  return isFromThere ? { ...joined, elsewhere: { name, kind: 'told' } } : joined;
}

/** A page for which somebody else was asked and does not tell. */
export function failedPage(page: PastPage, name: string, why: string, now: number): PastPage {
  return joinPage(page, null, { name, kind: 'failed', why }, now);
}

function joinPage(page: PastPage, told: EnginePage | null, elsewhere: Elsewhere, now: number): PastPage {
  const { edges, comparedEdges } = page.question;
  const toSeconds = (ms: number): number => (ms - page.aheadMs) / 1_000;
  const join = (own: readonly PastColumn[], there: readonly HistoryBucket[], all: readonly number[]) =>
    all
      .slice(1)
      .map((until, place) =>
        joinColumn(own[place] ?? nothingFrom(toSeconds(all[place] ?? 0), toSeconds(until)), there[place], now),
      );
  return {
    ...page,
    columns: join(page.columns, told?.columns ?? [], edges),
    compared: comparedEdges === null ? null : join(page.compared ?? [], told?.compared ?? [], comparedEdges),
    elsewhere,
  };
}

function joinColumn(own: PastColumn, there: HistoryBucket | undefined, now: number): PastColumn {
  if (there !== undefined && there.n > own.n) return there;
  const isHeardHere = own.n > 0 || own.gap === 'silent' || own.gap === 'damaged';
  return isHeardHere || own.from >= now || own.gap === null ? own : { ...own, gap: 'unknown' };
}

/** Of a history that does not reach so far there is no column. */
function nothingFrom(from: number, until: number): PastColumn {
  return { from, until, n: 0, min: null, max: null, mean: null, last: null, gap: 'not-listening' };
}
