import type { Issue } from '../../core/issue.ts';
import { ok, type Result } from '../../core/result.ts';
import { afterWaitingKeys } from '../../io/clock.ts';
import type { PastReaderSetup } from '../history/past-reader.ts';
import type { Happened } from './what-happened.ts';

/** Reads what happened between two moments of the wall clock, ms, after the keys that wait were answered. */
export type ReadHappened = (from: number, until: number) => Promise<Result<Happened, Issue>>;

/** Makes what reads it, beside whoever records; what that takes is loaded with the first question. */
export function createEventReader({ env, house, link }: Omit<PastReaderSetup, 'engine' | 'clock'>): ReadHappened {
  const { name } = house().config;
  return async (from, until) => {
    await afterWaitingKeys();
    const { historyFolder } = await import('../../io/history-store/place.ts');
    const folder = historyFolder(env, name, link.session);
    if (folder === null) return ok({ events: [], since: null, unheardMs: 0 });
    const { readHappened } = await import('./what-happened.ts');
    return readHappened(folder, { from: Math.floor(from / 1_000), until: Math.ceil(until / 1_000) });
  };
}
