import { type CommandedConfig, clientLabelOf, labelOf } from '../../house/house.ts';
import { commandPayload, valueText } from '../../house/values/commanded.ts';
import { describeReason, ReasonCode } from '../../mqtt/reason-code.ts';
import type { CommandSeal } from '../../sealed/seal-seen.ts';
import { remedyFor } from '../access/denial.ts';
import { commandSeal } from '../sealed/command-seal.ts';
import type { Effect } from '../state/effect.ts';
import type { LinkEnd } from '../state/event.ts';
import { linkText } from '../state/link.ts';
import type { HomeState } from '../state/state.ts';
import type { Step } from '../state/step.ts';
import type { Command, Position, SwitchState, Verdict } from '../state/switch.ts';
import { getRow } from '../state/table.ts';
import { droppedAt, isConfirmed, isEchoExpected, wasSwallowed } from './command-proof.ts';
import { type CommandEnd, changeSwitch, endCommand, switchOfCommand } from './end-command.ts';
import { whyLost } from './why-lost.ts';
import { whyNotConfirmed } from './why-not-confirmed.ts';

/** How long feedback is waited for where the house file does not say, seconds. */
const DEFAULT_TIMEOUT_S = 5;
/** The same of what gives none: for so long our own echo may still come. */
const DEAF_TIMEOUT_S = 2;

/** How long a command is waited for, seconds. */
export function timeoutOf({ timeout, feedback }: Pick<CommandedConfig, 'timeout' | 'feedback'>): number {
  return timeout ?? (feedback === undefined ? DEAF_TIMEOUT_S : DEFAULT_TIMEOUT_S);
}

/** Somebody wants a switch to move, or another item to be set or pressed. While a command is on its way another one is not sent: no finger doubles it. */
export function requestSwitch(state: HomeState, switchId: string, target: Position): Step {
  const row = getRow(state.switches, switchId);
  const config = state.house.switches.get(switchId);
  if (row === undefined || config === undefined || row.command !== null) return { state, effects: [] };
  const seal = commandSeal(state, config.command, state.nextId);
  const sealId = seal.ok ? (seal.value?.id ?? null) : null;
  const command = createCommand(state, target, sealId, timeoutOf(config) * 1_000);
  const asked = changeSwitch({ ...state, nextId: state.nextId + 1 }, switchId, { command, verdict: null });
  if (state.link.phase !== 'connected')
    return { state: refuseToSend(asked, command.id, linkText(state.link, state.session, state.at)), effects: [] };
  if (!seal.ok) return { state: refuseToSend(asked, command.id, ...seal.error), effects: [] };
  return { state: asked, effects: [publish(state, switchId, command, seal.value)] };
}

const ONCE_LINKED = 'Nothing was sent and nothing will be sent later: try again once the link is back';

/** The command never left. */
export function refuseToSend(state: HomeState, commandId: number, why: string, cure = ONCE_LINKED): HomeState {
  return endCommandById(state, commandId, {
    kind: 'not-sent',
    evidence: null,
    detail: why,
    cure,
  });
}

/** The PUBACK of a command: with MQTT 5 it tells what became of it, with 3.1.1 only that it arrived. */
export function answerCommand(state: HomeState, commandId: number, code: number): HomeState {
  const row = switchOfCommand(state, commandId);
  if (row?.command == null) return state;
  if (code >= ReasonCode.unspecifiedError) return refuse(state, row, code);
  const acknowledged = acknowledge(state, row, row.command);
  if (code === ReasonCode.noMatchingSubscribers) return endUnheard(acknowledged, commandId);
  return settle(acknowledged, row.id);
}

/** The broker refused it in so many words; only 135 speaks of the right to write. */
function refuse(state: HomeState, row: SwitchState, code: number): HomeState {
  const topic = state.house.switches.get(row.id)?.command ?? '';
  const isAboutRights = code === ReasonCode.notAuthorized;
  const cure = isAboutRights
    ? remedyFor(state.acl, { ...whoOf(state), access: 'write', topic })
    : "It is not about your rights as far as the broker says: look into the broker's log";
  const detail = `the broker answered ${describeReason(code)}`;
  return endCommand(state, row, { kind: 'denied', evidence: 'refused', detail, cure }, isAboutRights);
}

/**
 * The connection went before the PUBACK. It is never sent again: it may have arrived, and a line that dies looks exactly
 * like a broker that closes on a denial, however often it happens.
 */
export function loseCommand(state: HomeState, commandId: number, end: LinkEnd): HomeState {
  const row = switchOfCommand(state, commandId);
  if (row?.command == null) return state;
  const [detail, cure] = whyLost(state, row, row.command, end);
  return endCommand(state, row, { kind: 'not-confirmed', evidence: null, detail, cure });
}

/** Looks whether what is known of a command by now proves how it ended, and ends it if so. */
export function settle(state: HomeState, switchId: string): HomeState {
  const row = getRow(state.switches, switchId);
  if (row?.command == null) return state;
  const { command } = row;
  if (isConfirmed(state, row, command)) {
    // It was delivered, and no echo came: what let us read the topic before does not any more.
    const canReadCommand = row.canReadCommand && droppedAt(state, row) === null;
    const slowestAnswerMs = Math.max(row.slowestAnswerMs, state.at - command.sentAt);
    return endCommand(changeSwitch(state, switchId, { canReadCommand, slowestAnswerMs }), row, {
      kind: 'confirmed',
      evidence: 'feedback',
      detail: `${labelOf(state.house, switchId)} answered ${valueText(command.target, state.house.switches.get(switchId))}`,
      cure: null,
    });
  }
  // Without feedback there is nothing more to wait for than what the broker says.
  const isTaken = command.phase === 'acknowledged' && (!isEchoExpected(command) || command.echoedAt !== null);
  if (isTaken && state.house.switches.get(switchId)?.feedback === undefined) return endUnproven(state, row);
  const isDropped = state.at >= (droppedAt(state, row) ?? Number.POSITIVE_INFINITY);
  return isDropped ? endCommand(state, row, deniedByEcho(state, switchId)) : state;
}

/** The time of a command is over: its verdict by what was seen, never by what was not. */
export function giveUp(state: HomeState, row: SwitchState): HomeState {
  if (row.command === null) return state;
  if (wasSwallowed(state, row, row.command)) return endCommand(state, row, deniedByEcho(state, row.id));
  return endUnproven(state, row);
}

function endUnproven(state: HomeState, row: SwitchState): HomeState {
  if (row.command === null) return state;
  const [detail, cure] = whyNotConfirmed(state, row, row.command);
  return endCommand(state, row, { kind: 'not-confirmed', evidence: null, detail, cure });
}

function createCommand(state: HomeState, target: Position, sealId: string | null, timeoutMs: number): Command {
  return {
    id: state.nextId,
    target,
    sealId,
    sentAt: state.at,
    deadlineAt: state.at + timeoutMs,
    protocol: state.link.phase === 'connected' ? state.link.protocol : null,
    phase: 'sent',
    acknowledgedAt: null,
    echoedAt: null,
    feedback: null,
  };
}

function publish(state: HomeState, switchId: string, command: Command, seal: CommandSeal | null): Effect {
  const config = state.house.switches.get(switchId);
  return {
    type: 'publish-command',
    commandId: command.id,
    topic: config?.command ?? '',
    payload: config === undefined ? command.target : commandPayload(config, command.target),
    expirySeconds: Math.max(1, Math.ceil((command.deadlineAt - state.at) / 1_000)),
    ...(seal === null ? {} : { seal }),
  };
}

function acknowledge(state: HomeState, row: SwitchState, command: Command): HomeState {
  const isProof = command.protocol === '5';
  const acknowledged: Command = { ...command, phase: 'acknowledged', acknowledgedAt: state.at };
  const mayWrite = isProof ? { allowed: true, at: state.at } : row.mayWrite;
  const noted = changeSwitch(state, row.id, { command: acknowledged, mayWrite });
  // Once an echo came after its PUBACK, one that comes before it is chance.
  return command.echoedAt === null || state.echoOrder === 'after-ack' ? noted : { ...noted, echoOrder: 'before-ack' };
}

function endUnheard(state: HomeState, commandId: number): HomeState {
  const row = switchOfCommand(state, commandId);
  const clientId = state.house.servedBy.get(row?.id ?? '');
  const device = clientId === undefined ? 'its device' : clientLabelOf(state.house, clientId);
  return endCommandById(state, commandId, {
    kind: 'nobody-listening',
    evidence: 'refused',
    detail: `the broker has no subscriber for it: ${device} is not connected or not subscribed`,
    cure: `Look whether ${device} has power and network, and whether it subscribes to the command topic`,
  });
}

function endCommandById(state: HomeState, commandId: number, end: CommandEnd): HomeState {
  const row = switchOfCommand(state, commandId);
  return row === undefined ? state : endCommand(state, row, end);
}

function whoOf({ session }: HomeState): { readonly user: string | null; readonly clientId: string } {
  return { user: session.user, clientId: session.clientId };
}

function deniedByEcho(state: HomeState, switchId: string): CommandEnd {
  const topic = state.house.switches.get(switchId)?.command ?? '';
  return {
    kind: 'denied',
    evidence: 'echo',
    detail: 'the broker acknowledged it and did not deliver it: our own echo never came',
    cure: remedyFor(state.acl, { ...whoOf(state), access: 'write', topic }),
  };
}

/** What became of a command that another process of ours has sent. While one of ours is on its way that counts. */
export function noteVerdict(state: HomeState, switchId: string, verdict: Verdict): HomeState {
  const row = getRow(state.switches, switchId);
  if (row === undefined || row.command !== null) return state;
  return changeSwitch(state, switchId, { verdict });
}
