import { assertNever } from '../assert-never.ts';
import { noteLogEntry } from './broker-log/update-log.ts';
import { noteListening } from './clients/listened.ts';
import { recallSeals } from './sealed/recall-seals.ts';
import type { HomeEvent } from './state/event.ts';
import { noteIssue, settleIssue } from './state/issues.ts';
import { atTime, type HomeState } from './state/state.ts';
import { type Step, stay } from './state/step.ts';
import { answerCommand, loseCommand, noteVerdict, refuseToSend, requestSwitch } from './switches/update-command.ts';
import { takeAlarms } from './update-alarms.ts';
import { takeHouse } from './update-house.ts';
import { takeKept } from './update-kept.ts';
import { changeLink, changeUser, endBacklog, noteFilterAnswer, noteFilterLeftOut, skipTime } from './update-link.ts';
import { recallValue, receiveMessage } from './update-message.ts';
import { takePast } from './update-past.ts';
import { passTime } from './update-time.ts';

/**
 * The one place where the house changes. Total and synchronous; time is the event's `at`, which never takes the state
 * back in time.
 */
export function update(state: HomeState, event: HomeEvent): Step {
  const step = change(atTime(state, Math.max(state.at, event.at)), event);
  if (step.state.listeningSince === state.listeningSince) return step;
  return { ...step, state: noteListening(state, step.state) };
}

function change(now: HomeState, event: HomeEvent): Step {
  switch (event.type) {
    case 'ticked':
      return passTime(now);
    case 'time-skipped':
      return stay(skipTime(now, event.skippedMs));
    case 'backlog-began':
      return stay({ ...now, listeningSince: null, backlogSince: event.since });
    case 'backlog-ended':
      return stay(endBacklog(now));
    case 'login-changed':
      return stay(changeUser(now, event.user));
    case 'past-heard':
      return stay(takePast(now, event));
    case 'history-read':
      return stay(takeKept(now, event.past));
    case 'link-changed':
      return stay(changeLink(now, event.link));
    case 'filter-answered':
      return stay(noteFilterAnswer(now, event.filter, event.code));
    case 'filter-left-out':
      return stay(noteFilterLeftOut(now, event.filter));
    case 'message-received':
      return stay(receiveMessage(now, event));
    case 'value-recalled':
      return stay(recallValue(now, event.sensorId, event.value));
    case 'switch-requested':
      return requestSwitch(now, event.switchId, event.target);
    case 'command-acknowledged':
      return stay(answerCommand(now, event.commandId, event.code));
    case 'command-not-sent':
      return stay(refuseToSend(now, event.commandId, event.why, event.cure));
    case 'command-lost':
      return stay(loseCommand(now, event.commandId, event.end));
    case 'log-line-read':
      return stay(noteLogEntry(now, event));
    case 'seals-recalled':
      return stay(recallSeals(now, event.marks));
    case 'version-read':
      return stay({ ...now, broker: { ...now.broker, version: event.version } });
    case 'acl-read':
      return stay({ ...now, acl: event.acl });
    case 'verdict-noted':
      return stay(noteVerdict(now, event.switchId, event.verdict));
    case 'alarms-changed':
      return stay(takeAlarms(now, event));
    case 'house-changed':
      return takeHouse(now, event.house, event.file);
    case 'issue-found':
      return stay(noteIssue(now, event.issue));
    case 'issue-settled':
      return stay(settleIssue(now, event.issue, event.news));
    default:
      return assertNever(event);
  }
}
