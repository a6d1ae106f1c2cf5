import { cleanText } from '../../clean-text.ts';
import { formatDuration } from '../../duration.ts';
import { labelOf } from '../../house/house.ts';
import { readCommand, readFeedback, valueText } from '../../house/values/commanded.ts';
import { type PositionFault, payloadExcerpt } from '../../mqtt/payload.ts';
import { removalCommand } from '../../to-copy.ts';
import { hearFromClient } from '../clients/update-client.ts';
import { addToJournal } from '../state/journal.ts';
import type { Message } from '../state/message.ts';
import { type HomeState, saidAt } from '../state/state.ts';
import type { Position, SwitchState, Verdict } from '../state/switch.ts';
import { getRow } from '../state/table.ts';
import { unreadableAnswer } from './command-proof.ts';
import { changeSwitch } from './end-command.ts';
import { giveUp, settle, timeoutOf } from './update-command.ts';

/** For how long after a command that was given up an answer still belongs to it, ms. */
const LATE_FEEDBACK_MS = 600_000;

/** What is said of a relay that moved and that nobody here has switched. */
export const SWITCHED_ELSEWHERE = 'switched by somebody else or at the device';

/** A relay said where it stands: the answer to our command, a late one, or news that nobody here asked for. */
export function receiveFeedback(state: HomeState, switchId: string, message: Message): HomeState {
  const row = getRow(state.switches, switchId);
  const config = state.house.switches.get(switchId);
  if (row === undefined || config === undefined) return state;
  const decoded = readFeedback(message.payload, config);
  if (!decoded.ok && message.isRetained) return noteRetainedFault(state, row, decoded.error);
  if (!decoded.ok) return noteFault(hearFromClient(state, switchId), row, decoded.error);
  const position = decoded.value;
  if (position === null) return message.isRetained ? state : hearFromClient(state, switchId);
  if (message.isRetained) return takeRetained(state, row, position);
  const { command } = row;
  if (command === null)
    return journalUnasked(takePosition(hearFromClient(state, switchId), row, position), row, position);
  // The clock ticks once a second only: an answer after the time limit is a late one all the same.
  if (state.at >= command.deadlineAt && command.phase !== 'sent')
    return receiveFeedback(giveUp(state, row), switchId, message);
  const told = takePosition(hearFromClient(state, switchId), row, position);
  // A sealed answer says which command it answers: to another one's, or to none, nothing here is confirmed by it.
  if (command.sealId !== null && idOf(message) !== command.sealId) return told;
  const wasNews = command.feedback?.position === position && command.feedback.isNews;
  const feedback = { position, at: state.at, isNews: wasNews || row.position !== position };
  return settle(changeSwitch(told, switchId, { command: { ...command, feedback } }), switchId);
}

function idOf({ seal }: Message): string | null {
  return seal?.kind === 'opened' ? seal.id : null;
}

/** A message on a command topic: our own echo, somebody else's command, or a dangerous retained one. */
export function seeCommand(state: HomeState, switchId: string, message: Message): HomeState {
  const row = getRow(state.switches, switchId);
  const config = state.house.switches.get(switchId);
  if (row === undefined || config === undefined) return state;
  if (message.isRetained) return noteRetainedCommand(state, row, message);
  const asked = readCommand(message.payload, config);
  const readable = changeSwitch(state, switchId, { canReadCommand: true });
  const { command } = row;
  if (command !== null && asked === command.target && command.echoedAt === null) {
    const isAcknowledged = command.acknowledgedAt !== null;
    const echoed = changeSwitch(readable, switchId, {
      command: { ...command, echoedAt: state.at },
      mayWrite: { allowed: true, at: state.at },
    });
    return isAcknowledged ? settle({ ...echoed, echoOrder: 'after-ack' }, switchId) : echoed;
  }
  // Nobody commands by it: it is how a retained message is removed (3.1.1, section 3.3.1.3).
  if (message.payload.length === 0) return readable;
  return addToJournal(readable, {
    level: 'info',
    kind: 'switch',
    subject: switchId,
    text: `${config.label} ${asked === null ? 'something unknown' : valueText(asked, config)}: commanded by another client`,
  });
}

/** What a relay said last; a retained message says it of an unknown time. */
function takePosition(state: HomeState, row: SwitchState, position: Position): HomeState {
  const hasMoved = row.position !== null && !row.isRetained && row.position !== position;
  return changeSwitch(state, row.id, {
    position,
    receivedAt: saidAt(state),
    isRetained: false,
    changedAt: hasMoved ? saidAt(state) : row.position === position && !row.isRetained ? row.changedAt : null,
    fault: null,
  });
}

function takeRetained(state: HomeState, row: SwitchState, position: Position): HomeState {
  if (row.position !== null && !row.isRetained) return state;
  return changeSwitch(state, row.id, {
    position,
    receivedAt: state.at,
    isRetained: true,
    changedAt: null,
    fault: null,
  });
}

function journalUnasked(state: HomeState, row: SwitchState, position: Position): HomeState {
  const { verdict } = row;
  const label = labelOf(state.house, row.id);
  const said = valueText(position, state.house.switches.get(row.id));
  if (verdict !== null && isLateAnswer(state, row, verdict, position)) {
    const when = lateness(state, verdict);
    const late = changeSwitch(verdict.kind === 'denied' ? takeBackDenial(state, row) : state, row.id, {
      hasAnswered: true,
      verdict: {
        ...verdict,
        kind: 'not-confirmed',
        evidence: null,
        detail: `answered late, ${when}`,
      },
    });
    const text = `${label} ${said} after all, ${when}`;
    return addToJournal(late, { level: 'warning', kind: 'switch', subject: row.id, text });
  }
  if (row.position === position && !row.isRetained) return changeSwitch(state, row.id, { repeatsItself: true });
  const isFirst = row.position === null || row.isRetained;
  const reported = `${label} reported ${said}`;
  const text =
    state.backlogSince !== null
      ? `${reported} while hometui stood still`
      : isFirst
        ? reported
        : `${label} is ${said}: ${SWITCHED_ELSEWHERE}`;
  // The last verdict told of a position that is gone.
  const news = changeSwitch(state, row.id, { verdict: null });
  return addToJournal(news, { level: 'info', kind: 'switch', subject: row.id, text });
}

/** Of what was sent while we stood still nobody knows how long it took. */
function lateness({ at, backlogSince }: HomeState, verdict: Verdict): string {
  if (backlogSince !== null) return 'while hometui stood still';
  return `${formatDuration(at - (verdict.at - verdict.elapsedMs))} after it was asked for`;
}

/**
 * An answer to a command that has its verdict already: it comes once, and what the relay repeats unasked is none. One
 * that was called denied because no echo came was none, if the relay moves within the command's time limit: then it is
 * the right to read the command topic that has gone.
 */
function isLateAnswer(state: HomeState, row: SwitchState, verdict: Verdict, position: Position): boolean {
  if (verdict.target !== position) return false;
  if (verdict.kind === 'not-confirmed') {
    const isAnswer = row.position !== position || !(row.hasAnswered || row.repeatsItself);
    return isAnswer && state.at - verdict.at <= LATE_FEEDBACK_MS;
  }
  const limitMs = timeoutOf(state.house.switches.get(row.id) ?? {}) * 1_000;
  return verdict.evidence === 'echo' && row.position !== position && state.at - verdict.at <= limitMs;
}

/** What was wrongly concluded from a missing echo is forgotten. */
function takeBackDenial(state: HomeState, row: SwitchState): HomeState {
  const topic = state.house.switches.get(row.id)?.command;
  const denials = state.denials.filter(denial => denial.evidence !== 'echo' || denial.topic !== topic);
  return changeSwitch({ ...state, denials }, row.id, { mayWrite: null, canReadCommand: false });
}

/** Why its position is unknown, where nothing better is known of it. It is the answer to no command. */
function noteRetainedFault(state: HomeState, row: SwitchState, fault: PositionFault): HomeState {
  const isIdle = row.position === null && row.command === null && row.fault === null;
  return isIdle ? changeSwitch(state, row.id, { fault: { ...fault, at: state.at, isNews: false } }) : state;
}

function noteFault(state: HomeState, row: SwitchState, { reason, word }: PositionFault): HomeState {
  const isRepeated = row.fault?.reason === reason;
  const wasNews = row.command !== null && unreadableAnswer(row, row.command)?.isNews === true;
  const isNews = !isRepeated || wasNews;
  const noted = changeSwitch(state, row.id, { fault: { at: state.at, reason, word, isNews } });
  if (isRepeated) return noted;
  const kept = row.position === null ? '' : '; the last known state stays';
  const text = `${labelOf(state.house, row.id)}: its feedback is unreadable: ${reason}${kept}`;
  return addToJournal(noted, { level: 'warning', kind: 'switch', subject: row.id, text });
}

/** An empty retained message only says that the kept one was removed (MQTT 5, section 3.3.1.3). */
function noteRetainedCommand(state: HomeState, row: SwitchState, message: Message): HomeState {
  if (message.payload.length === 0) return changeSwitch(state, row.id, { retainedCommand: null });
  const payload = payloadExcerpt(message.payload);
  const noted = changeSwitch(state, row.id, { retainedCommand: { payload, at: state.at }, canReadCommand: true });
  if (row.retainedCommand !== null) return noted;
  const topic = cleanText(message.topic, 60);
  const label = labelOf(state.house, row.id);
  return addToJournal(noted, {
    level: 'warning',
    kind: 'switch',
    subject: row.id,
    text: `${label}: a retained "${payload}" on ${topic} switches it again at each reconnect; remove it with ${removalCommand(message.topic)}`,
  });
}
