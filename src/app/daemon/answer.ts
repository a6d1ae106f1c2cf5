import { cleanText } from '../../core/clean-text.ts';
import { packState } from '../../core/daemon/packed-state.ts';
import { type Difference, differencesOf, headLine, type Likeness, parseQuestion } from '../../core/daemon/protocol.ts';
import type { HistoryEvent } from '../../core/history/history-event.ts';
import { jsonText } from '../../core/json-text.ts';
import { type Clock, wallTimeOf } from '../../io/clock.ts';
import type { HomeSession } from '../session.ts';

/** A daemon as those who ask it see it. */
export interface Answering {
  readonly session: Pick<HomeSession, 'store' | 'wake'>;
  /** As it is at this moment: house and login may change. */
  readonly like: () => Likeness;
  /** The house file that is followed, absolute; `null` for a preset. */
  readonly houseFile: string | null;
  readonly version: string;
  readonly pid: number;
  readonly clock: Clock;
  /** Notes what somebody else of our user did to the house. */
  readonly note: (event: HistoryEvent) => void;
}

const MATTERS_TO_NOTES: readonly Difference[] = ['version', 'house', 'url'];
/** What only who commands knows. */
const NOTED: readonly string[] = ['command', 'verdict', 'denial'];
/** A note comes at once, ms. */
const NOTED_WITHIN_MS = 60_000;

/**
 * Makes what answers a line of the socket: with all that is known of the house at this moment, where whoever asks would
 * hear the same, else with what differs. `null` for what is no question. Moments go over as times of the day, since the
 * clock of the events is each process' own.
 */
export function createAnswers({
  session,
  like,
  houseFile,
  version,
  pid,
  clock,
  note,
}: Answering): (line: string) => string | null {
  const startedAt = clock.wallNow();
  const noteSafely = (event: HistoryEvent): void => {
    const now = clock.wallNow();
    const at = Math.abs(event.at - now) <= NOTED_WITHIN_MS ? event.at : now;
    if (NOTED.includes(event.type)) note({ ...event, at, text: cleanText(event.text, 300) });
  };
  return line => {
    const question = parseQuestion(line);
    if (question === null) return null;
    const known = question.version === version ? differencesOf(question.like, like()) : (['version'] as const);
    // Whoever switches here may be somebody else to the broker.
    const differs = question.ask === 'note' ? known.filter(key => MATTERS_TO_NOTES.includes(key)) : known;
    const issues = session.store.getState().issues.map(({ message }) => cleanText(message, 300));
    const head = headLine({ version, pid, startedAt, differs, houseFile, issues });
    if (differs.length > 0) return head;
    if (question.ask === 'note') {
      noteSafely(question.event);
      return head;
    }
    // A process that slept or was stopped may get the question before it notices.
    session.wake();
    return `${head}${jsonText(packState(session.store.getState(), wallTimeOf(clock, 0)))}\n`;
  };
}
