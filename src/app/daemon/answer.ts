import type { AlarmAct } from '../../core/alarms/acts.ts';
import { cleanText } from '../../core/clean-text.ts';
import { packReply } from '../../core/daemon/packed-alarms.ts';
import { packState } from '../../core/daemon/packed-state.ts';
import {
  type AlarmQuestion,
  type Difference,
  differencesOf,
  headLine,
  type Likeness,
  parseQuestion,
} from '../../core/daemon/protocol.ts';
import type { HistoryEvent } from '../../core/history/history-event.ts';
import type { Verdict, VerdictKind } from '../../core/home/state/switch.ts';
import { jsonText } from '../../core/json-text.ts';
import { type Clock, wallTimeOf } from '../../io/clock.ts';
import type { AlarmWatcher } from '../alarms/watcher.ts';
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
  /** Who judges the alarms; `null` before there is one. */
  readonly alarms: () => Pick<AlarmWatcher, 'act' | 'replyTo'> | null;
}

/** Whoever commands or looks at alarms may be somebody else to the broker. */
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
  alarms,
}: Answering): (line: string) => string | null {
  const startedAt = clock.wallNow();
  const noteSafely = (event: HistoryEvent): void => {
    const now = clock.wallNow();
    const at = Math.abs(event.at - now) <= NOTED_WITHIN_MS ? event.at : now;
    if (!NOTED.includes(event.type)) return;
    note({ ...event, at, text: cleanText(event.text, 300) });
    const verdict = event.type === 'verdict' ? verdictOf(event, clock.now()) : null;
    if (verdict === null || event.id === null) return;
    session.store.dispatch({ type: 'verdict-noted', at: clock.now(), switchId: event.id, verdict });
  };
  const answerAlarms = (question: AlarmQuestion): string => {
    const watcher = alarms();
    if (watcher === null) return '';
    if (question.ask === 'alarm-act') watcher.act(question.ids, cleanAct(question.act));
    const known = question.ask === 'alarms' ? question.known : { change: null, revision: null };
    return `${jsonText(packReply(watcher.replyTo(known), wallTimeOf(clock, 0)))}\n`;
  };
  return line => {
    const question = parseQuestion(line);
    if (question === null) return null;
    const known = question.version === version ? differencesOf(question.like, like()) : (['version'] as const);
    const differs = question.ask === 'state' ? known : known.filter(key => MATTERS_TO_NOTES.includes(key));
    const issues = session.store.getState().issues.map(({ message }) => cleanText(message, 300));
    const head = headLine({ version, pid, startedAt, differs, houseFile, issues });
    if (differs.length > 0) return head;
    if (question.ask === 'note') {
      noteSafely(question.event);
      return head;
    }
    // A process that slept or was stopped may get the question before it notices.
    session.wake();
    if (question.ask !== 'state') return head + answerAlarms(question);
    return `${head}${jsonText(packState(session.store.getState(), wallTimeOf(clock, 0)))}\n`;
  };
}

const VERDICTS: readonly VerdictKind[] = ['confirmed', 'denied', 'nobody-listening', 'not-confirmed', 'not-sent'];

/** What became of a command, as it was noted; `null` where that cannot be read. */
function verdictOf({ text, detail }: HistoryEvent, at: number): Verdict | null {
  const kind = VERDICTS.find(one => one === detail.verdict);
  if (kind === undefined || typeof detail.target !== 'string') return null;
  return {
    ...{ kind, at, target: cleanText(detail.target, 60), detail: cleanText(text, 300) },
    ...{ elapsedMs: 0, evidence: null, cure: null },
  };
}

/** What a person typed elsewhere is shown here. */
function cleanAct(act: AlarmAct): AlarmAct {
  const by = act.by === null ? null : cleanText(act.by, 60);
  if (act.kind !== 'shelve') return { ...act, by };
  return { ...act, by, reason: act.reason === null ? null : cleanText(act.reason, 120) };
}
