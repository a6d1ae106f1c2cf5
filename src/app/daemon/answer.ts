import { packState } from '../../core/daemon/packed-state.ts';
import { type Difference, differencesOf, headLine, type Likeness, parseQuestion } from '../../core/daemon/protocol.ts';
import { jsonText } from '../../core/json-text.ts';
import { type Clock, wallTimeOf } from '../../io/clock.ts';
import type { HomeSession } from '../session.ts';

/** A daemon as those who ask it see it. */
export interface Answering {
  readonly session: Pick<HomeSession, 'store' | 'wake'>;
  readonly like: Likeness;
  readonly version: string;
  readonly pid: number;
  readonly clock: Clock;
}

/**
 * Makes what answers a line of the socket: with all that is known of the house at this moment, where whoever asks would
 * hear the same, else with what differs. `null` for what is no question. Moments go over as times of the day, since the
 * clock of the events is each process' own.
 */
export function createAnswers({ session, like, version, pid, clock }: Answering): (line: string) => string | null {
  const startedAt = clock.wallNow();
  return line => {
    const question = parseQuestion(line);
    if (question === null) return null;
    const differs: readonly Difference[] =
      question.version === version ? differencesOf(question.like, like) : ['version'];
    const head = headLine({ version, pid, startedAt, differs });
    if (differs.length > 0) return head;
    // A process that slept or was stopped may get the question before it notices.
    session.wake();
    return `${head}${jsonText(packState(session.store.getState(), wallTimeOf(clock, 0)))}\n`;
  };
}
