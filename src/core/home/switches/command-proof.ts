import { ownAccess } from '../access/own-access.ts';
import type { HomeState } from '../state/state.ts';
import type { Command, FeedbackFault, SwitchState } from '../state/switch.ts';

/**
 * What the facts about a command prove, and what they only suggest. With MQTT 5 the acknowledgement tells that the broker
 * took it; with 3.1.1 a denied command is acknowledged like any other, and only our own echo tells.
 */

/** With MQTT 5 we are not subscribed to a command topic while we command: it would hide that nobody else is. */
export function isEchoExpected({ protocol }: Command): boolean {
  return protocol === '3.1.1';
}

/** Whether we could hear without a gap since the command went out. */
export function hasListenedSince(state: HomeState, command: Command): boolean {
  return state.listeningSince !== null && state.listeningSince <= command.sentAt;
}

/**
 * Whether the device has carried the command out: the broker acknowledged it, and the relay says that it stands there.
 * Where the broker may have dropped the command in silence, a relay that only says again what it says anyway proves
 * nothing.
 */
export function isConfirmed(state: HomeState, row: SwitchState, command: Command): boolean {
  const { feedback } = command;
  if (command.phase !== 'acknowledged' || feedback?.position !== command.target) return false;
  if (!isEchoExpected(command) || command.echoedAt !== null || feedback.isNews) return true;
  return !row.repeatsItself && !isEchoMissing(state, row, command);
}

/**
 * For so long after the PUBACK, ms, or twice as long as the device ever took, an answer may still show that the broker did
 * deliver the command, and that it is the echo which was kept from us.
 */
const ECHO_GRACE_MS = 300;

/**
 * When it is clear that the broker dropped a command, ms, or `null` where it never will be: MQTT 3.1.1, a topic that we
 * may read, a broker that sends the echo before the PUBACK, and no echo.
 */
export function droppedAt(state: HomeState, row: SwitchState): number | null {
  const { command } = row;
  if (command === null || command.acknowledgedAt === null || !isEchoMissing(state, row, command)) return null;
  if (state.echoOrder !== 'before-ack' || unreadableAnswer(row, command)?.isNews === true) return null;
  return command.acknowledgedAt + Math.max(ECHO_GRACE_MS, 2 * row.slowestAnswerMs);
}

function isEchoMissing(state: HomeState, row: SwitchState, command: Command): boolean {
  if (!isEchoExpected(command) || command.phase !== 'acknowledged' || command.echoedAt !== null) return false;
  return mayReadCommand(state, row) && hasListenedSince(state, command);
}

/**
 * Whether our echo would reach us. That is known from what came on the topic before; or the ACL file says so and denies
 * the publish too. A file that allows the publish is contradicted by a missing echo, and so proves nothing.
 */
function mayReadCommand(state: HomeState, row: SwitchState): boolean {
  return (
    row.canReadCommand || (aclAllows(state, row.id, 'read') === true && aclAllows(state, row.id, 'write') === false)
  );
}

/** The feedback that came since the command and that nobody can read; `null` where none did. */
export function unreadableAnswer({ fault }: SwitchState, command: Command): FeedbackFault | null {
  return fault !== null && fault.at >= command.sentAt ? fault : null;
}

/** At the end of its time: acknowledged, no answer, and an echo that would have come had it been delivered. */
export function wasSwallowed(state: HomeState, row: SwitchState, command: Command): boolean {
  return (
    command.feedback?.isNews !== true &&
    unreadableAnswer(row, command)?.isNews !== true &&
    isEchoMissing(state, row, command)
  );
}

/** What the ACL file says of our access to the command topic of a switch; `null` without a file. */
export function aclAllows(state: HomeState, switchId: string, access: 'read' | 'write'): boolean | null {
  const topic = state.house.switches.get(switchId)?.command;
  return topic === undefined ? null : (ownAccess(state, access, topic)?.allowed ?? null);
}
