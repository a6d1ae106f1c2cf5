import { DAY_S } from '../../core/history/calendar.ts';
import { type PastAnswer, type PastQuestion, readPastPage } from '../../core/history/query/past-page.ts';
import type { House } from '../../core/house/house.ts';
import { fail, ok } from '../../core/result.ts';
import { type Clock, wallTimeOf } from '../../io/clock.ts';
import { fileFaultOf } from '../../io/files/text-file.ts';
import { type HistoryReader, openHistoryReader } from '../../io/history-store/reader.ts';
import { historyTrouble } from '../../io/history-store/trouble.ts';

/** Whose past is read, and from where. */
export interface PastSetup {
  readonly house: () => House;
  readonly folder: string;
  readonly clock: Clock;
}

/** Gives what answers questions about the past at once, beside whoever records; it never throws. */
export function openPast({ house, folder, clock }: PastSetup): (question: PastQuestion) => PastAnswer {
  let since: number | null = null;
  return question => {
    const { at, wallAt } = timeOf(question, clock);
    try {
      const reader = openHistoryReader(folder);
      since ??= beginOf(reader);
      const time = { aheadMs: at - wallAt, now: Math.floor(wallAt / 1_000), since };
      return { question, result: ok(readPastPage(reader, house(), question, time)) };
    } catch (error) {
      if (fileFaultOf(error).code === 'ENOENT') return { question, result: ok(nothingKept(question)) };
      return { question, result: fail(historyTrouble(folder, error, 'read')) };
    }
  };
}

/** As of when a question is answered, by the clock of its times and by that on the wall, ms. */
export function timeOf({ endsAt }: PastQuestion, clock: Clock): { readonly at: number; readonly wallAt: number } {
  const at = clock.now();
  return endsAt === undefined ? { at, wallAt: wallTimeOf(clock, at) } : { at: endsAt, wallAt: endsAt };
}

function beginOf(reader: HistoryReader): number | null {
  const range = reader.range();
  return range === null ? null : range.first * DAY_S;
}

function nothingKept(question: PastQuestion) {
  return { question, columns: [], compared: null, events: [], since: null, aheadMs: 0, leftOut: [] };
}
