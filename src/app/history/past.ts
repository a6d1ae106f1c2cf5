import { DAY_S } from '../../core/history/calendar.ts';
import { noEvents, readToldEvents } from '../../core/history/query/page-events.ts';
import { type PastAnswer, type PastPage, readPastPage } from '../../core/history/query/past-page.ts';
import { isSamePage, type PastQuestion, toldSpan } from '../../core/history/query/past-question.ts';
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
  let last: PastPage | null = null;
  return question => {
    const { at, wallAt } = timeOf(question, clock);
    try {
      const reader = openHistoryReader(folder);
      since ??= beginOf(reader);
      const time = { aheadMs: at - wallAt, now: Math.floor(wallAt / 1_000), since };
      const told = toldSpan(question, time.aheadMs);
      // Another column of the same page: nothing else of it is read again.
      if (told !== null && last !== null && isSamePage(question, last.question)) {
        const events = { ...last.events, told: readToldEvents(reader, told, time.now, time.aheadMs) };
        return { question, result: ok({ ...last, question, events }) };
      }
      last = readPastPage(reader, house(), question, time);
      return { question, result: ok(last) };
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
  return { question, columns: [], compared: null, events: noEvents, since: null, aheadMs: 0, leftOut: [] };
}
