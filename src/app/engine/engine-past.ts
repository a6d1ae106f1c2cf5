import { engineItems } from '../../core/engine/engine-history.ts';
import { askedPage, type EnginePage, failedPage, lacksPast, toldPage } from '../../core/engine/joined-page.ts';
import type { PastPage } from '../../core/history/query/past-page.ts';
import type { PastQuestion } from '../../core/history/query/past-question.ts';
import type { HistoryBucket } from '../../core/history/query/query.ts';
import type { House } from '../../core/house/house.ts';
import { ok, type Result } from '../../core/result.ts';
import type { Clock } from '../../io/clock.ts';
import type { Engine } from '../../io/engine/engine.ts';

/** A chart is not waited for any longer, ms. */
const LIMIT_MS = 10_000;
/** So many pages that an engine told are kept, so that paging to and fro asks it once. */
const MOST_PAGES = 16;
/** How far back all that is kept may reach, and how finely its begin is looked for, s. */
const LONGEST_S = 10 * 365 * 86_400;
const COARSE_S = 28 * 86_400;

/** Whose past is asked for elsewhere. */
export interface EnginePastSetup {
  /** As it is when it is asked. */
  readonly house: () => House;
  readonly clock: Clock;
  /** Opens the engine; rejects with why it cannot be asked. */
  readonly open: () => Promise<Engine>;
  /** What the settings call it, for where it cannot be opened. */
  readonly name: string;
}

/**
 * Adds to a page what an engine knows of it, where what is kept here lacks something. The page is told at once to `early`
 * without that; resolves with all. Never rejects; a newer page breaks off what is being asked for an older one.
 */
export type EnginePast = (page: PastPage, now: number, early: (page: PastPage) => void) => Promise<PastPage>;

/** Makes it; the engine is opened with the first page that lacks something. */
export function openEnginePast({ house, clock, open, name: settled }: EnginePastSetup): EnginePast {
  const known = new Map<string, EnginePage>();
  const begins = new Map<string, number | null>();
  let engine: Promise<Engine> | null = null;
  let asking = new AbortController();
  return async (page, now, early) => {
    asking.abort();
    if (page.question.wantsAll !== true && !lacksPast(page, now)) return page;
    const own = new AbortController();
    asking = own;
    engine ??= open();
    let name = settled;
    try {
      const opened = await engine;
      name = nameOf(opened);
      const key = keyOf(page.question);
      const before = known.get(key);
      early(before === undefined ? askedPage(page, name, now) : toldPage(page, before, name, now));
      // A page that is over does not change any more.
      if (before !== undefined && page.question.asOf === 0) return toldPage(page, before, name, now);
      const asked = { engine: opened, house: house(), now, signal: own.signal };
      const told = await withLimit(clock, own, () => askPage(asked, page));
      if (!told.ok) return failedPage(page, name, told.error, now);
      keep(known, key, told.value);
      return { ...toldPage(page, told.value, name, now), ...(await beginOf(asked, page, begins, own, clock)) };
    } catch (error) {
      engine = null;
      return failedPage(page, name, error instanceof Error ? error.message : String(error), now);
    }
  };
}

const nameOf = ({ address }: Engine): string => address.base.replace(/^https?:\/\//, '');

const keyOf = ({ sensorId, edges, comparedEdges }: PastQuestion): string =>
  JSON.stringify([sensorId, edges, comparedEdges]);

function keep(known: Map<string, EnginePage>, key: string, page: EnginePage): void {
  known.delete(key);
  known.set(key, page);
  const [oldest] = known.keys();
  if (known.size > MOST_PAGES && oldest !== undefined) known.delete(oldest);
}

/** Gives up in time, and says so. */
async function withLimit<Value>(
  clock: Clock,
  own: AbortController,
  ask: () => Promise<Result<Value, string>>,
): Promise<Result<Value, string>> {
  let isLate = false;
  const limit = clock.after(
    LIMIT_MS,
    () => {
      isLate = true;
      own.abort();
    },
    { isBackground: true },
  );
  try {
    const answer = await ask();
    return !answer.ok && isLate ? { ok: false, error: `it did not answer within ${LIMIT_MS / 1_000} seconds` } : answer;
  } finally {
    limit.cancel();
  }
}

interface Asked {
  readonly engine: Engine;
  readonly house: House;
  readonly now: number;
  readonly signal: AbortSignal;
}

async function askPage(asked: Asked, { question, aheadMs }: PastPage): Promise<Result<EnginePage, string>> {
  const { sensorId, edges, comparedEdges } = question;
  const toSeconds = (all: readonly number[]): readonly number[] => all.map(edge => (edge - aheadMs) / 1_000);
  const columns = await askColumns(asked, sensorId, toSeconds(edges));
  if (!columns.ok || comparedEdges === null)
    return columns.ok ? ok({ columns: columns.value, compared: null }) : columns;
  const compared = await askColumns(asked, sensorId, toSeconds(comparedEdges));
  return compared.ok ? ok({ columns: columns.value, compared: compared.value }) : compared;
}

async function askColumns(
  { engine, house, now, signal }: Asked,
  sensorId: string,
  edges: readonly number[],
): Promise<Result<readonly HistoryBucket[], string>> {
  const items = engineItems(house, new Set([sensorId]));
  const answer = await engine.query({ house: house.config.name, items, edges, now, signal });
  return answer.ok ? ok(answer.value.items[0]?.buckets ?? []) : answer;
}

/** From when on there is anything at all of a sensor, as coarse as that is looked for; once for each, where all is wanted. */
async function beginOf(
  asked: Asked,
  { question: { sensorId, wantsAll }, since, aheadMs }: PastPage,
  begins: Map<string, number | null>,
  own: AbortController,
  clock: Clock,
): Promise<{ readonly since?: number | null }> {
  if (wantsAll !== true) return {};
  if (!begins.has(sensorId)) {
    const count = Math.ceil(LONGEST_S / COARSE_S);
    const edges = Array.from({ length: count + 1 }, (_, place) => asked.now + 1 - (count - place) * COARSE_S);
    const found = await withLimit(clock, own, () => askColumns(asked, sensorId, edges));
    if (!found.ok) return {};
    begins.set(sensorId, found.value.find(({ n }) => n > 0)?.from ?? null);
  }
  const begin = begins.get(sensorId) ?? null;
  if (begin === null) return {};
  return { since: Math.min(since ?? Number.POSITIVE_INFINITY, begin * 1_000 + aheadMs) };
}
