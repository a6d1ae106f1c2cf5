import type { PastAnswer, PastQuestion } from '../../core/history/query/past-page.ts';
import type { House } from '../../core/house/house.ts';
import { afterWaitingKeys, type Clock } from '../../io/clock.ts';
import type { LinkOptions } from '../../io/mqtt-options/mqtt-options.ts';

/** Whose past is read. */
export interface PastReaderSetup {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly house: House;
  readonly link: LinkOptions;
}

/** Answers a question about the past after the key that asked it was drawn; `null` where a newer one was asked meanwhile. */
export type ReadPast = (question: PastQuestion) => Promise<PastAnswer | null>;

/** Makes what reads the past. What that takes is loaded with the first question, so that no start waits for it. */
export function createPastReader({ env, clock, house, link }: PastReaderSetup): ReadPast {
  let loading: Promise<(question: PastQuestion) => PastAnswer> | null = null;
  let newest: PastQuestion | null = null;
  const load = async () => {
    const { openPast } = await import('./past.ts');
    const { historyFolder } = await import('../../io/history-store/place.ts');
    const folder = historyFolder(env, house.config.name, link.session);
    return folder === null ? nowhere : openPast({ house, folder, clock });
  };
  return async question => {
    newest = question;
    await afterWaitingKeys();
    loading ??= load();
    const answer = await loading;
    return question === newest ? answer(question) : null;
  };
}

/** Where there is no place for a history there is none. */
function nowhere(question: PastQuestion): PastAnswer {
  const page = { question, columns: [], compared: null, events: [], since: null, aheadMs: 0, leftOut: [] };
  return { question, result: { ok: true, value: page } };
}
