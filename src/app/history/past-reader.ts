import { noEvents } from '../../core/history/query/page-events.ts';
import type { PastAnswer, PastPage } from '../../core/history/query/past-page.ts';
import { isSamePage, type PastQuestion } from '../../core/history/query/past-question.ts';
import type { House } from '../../core/house/house.ts';
import { ok } from '../../core/result.ts';
import { afterWaitingKeys, type Clock } from '../../io/clock.ts';
import type { Engine } from '../../io/engine/engine.ts';
import type { LinkOptions } from '../../io/mqtt-options/mqtt-options.ts';
import type { EnginePast } from '../engine/engine-past.ts';
import type { timeOf } from './past.ts';

/** Whose past is read. */
export interface PastReaderSetup {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** As it is when it is asked: its file may be changed meanwhile. */
  readonly house: () => House;
  readonly link: LinkOptions;
  /** A database on another machine for what is not kept here, as it is called; `null` where none is settled. */
  readonly engine?: { readonly name: string; readonly open: () => Promise<Engine> } | null | undefined;
}

/**
 * Answers a question about the past after the key that asked it was drawn; `null` where a newer one was asked meanwhile.
 * `early` is told what is known before all is.
 */
export type ReadPast = (question: PastQuestion, early?: (answer: PastAnswer) => void) => Promise<PastAnswer | null>;

/** What answers a question here, as of when, and what adds to it from elsewhere. */
interface Readers {
  readonly own: (question: PastQuestion) => PastAnswer;
  readonly timeOf: typeof timeOf;
  readonly there: EnginePast | null;
}

/** Makes what reads the past. What that takes is loaded with the first question, so that no start waits for it. */
export function createPastReader({ env, clock, house, link, engine = null }: PastReaderSetup): ReadPast {
  const { name } = house().config;
  let loading: Promise<Readers> | null = null;
  let newest: PastQuestion | null = null;
  let last: PastPage | null = null;
  const load = async (): Promise<Readers> => {
    const { openPast, timeOf } = await import('./past.ts');
    const { historyFolder } = await import('../../io/history-store/place.ts');
    const folder = historyFolder(env, name, link.session);
    const own = folder === null ? nowhere : openPast({ house, folder, clock });
    if (engine === null) return { own, timeOf, there: null };
    const { openEnginePast } = await import('../engine/engine-past.ts');
    return { own, timeOf, there: openEnginePast({ house, clock, ...engine }) };
  };
  return async (question, early = () => {}) => {
    newest = question;
    await afterWaitingKeys();
    loading ??= load();
    const { own, timeOf, there } = await loading;
    if (question !== newest) return null;
    const here = own(question);
    if (there === null || !here.result.ok) return here;
    const answerOf = (page: PastPage): PastAnswer => ({ question, result: ok(page) });
    // Of what happened the engine knows nothing: it is not asked again for the events of another column.
    if (question.told !== undefined && last !== null && isSamePage(question, last.question)) {
      return answerOf({ ...last, question, events: here.result.value.events });
    }
    const now = Math.floor(timeOf(question, clock).wallAt / 1_000);
    const page = await there(here.result.value, now, told => {
      if (question === newest) early(answerOf(told));
    });
    if (question !== newest) return null;
    last = page;
    return answerOf(page);
  };
}

/** Where there is no place for a history there is none. */
function nowhere(question: PastQuestion): PastAnswer {
  const page = { question, columns: [], compared: null, events: noEvents, since: null, aheadMs: 0, leftOut: [] };
  return { question, result: { ok: true, value: page } };
}
