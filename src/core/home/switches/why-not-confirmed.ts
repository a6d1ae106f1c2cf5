import { cleanText } from '../../clean-text.ts';
import { type CommandedConfig, clientLabelOf, labelOf } from '../../house/house.ts';
import { commandPayload, targetsText, valueText } from '../../house/values/commanded.ts';
import { inQuotes } from '../../mqtt/payload.ts';
import { holdsConnection } from '../clients/presence.ts';
import { goneReason, readByAcl, whyUnheard } from '../clients/select-freshness.ts';
import { ourName } from '../state/link.ts';
import type { HomeState } from '../state/state.ts';
import type { Command, FeedbackFault, SwitchState } from '../state/switch.ts';
import { aclAllows, hasListenedSince, isEchoExpected, unreadableAnswer } from './command-proof.ts';
import { whyUnanswered } from './why-unanswered.ts';

/** What was seen, one sentence without a full stop, and what to look at. */
export type Words = readonly [detail: string, cure: string];

export const LOOK_AT_DEVICE = 'Look at the device, or switch again once its state is known';

/** Says of a command without proof what was seen instead of a confirmation. */
export function whyNotConfirmed(state: HomeState, row: SwitchState, command: Command): Words {
  const device = deviceOf(state, row);
  const config = state.house.switches.get(row.id);
  if (command.feedback !== null) return ofFeedback(device, command.feedback.position, command, config);
  const answer = hasListenedSince(state, command) && command.phase !== 'sent' ? unreadableAnswer(row, command) : null;
  if (answer !== null) return ofUnreadable(labelOf(state.house, row.id), row.id, answer, config);
  const [detail, cure] = ofSilence(state, row, command, device);
  // A frozen broker or device reads it when it thaws: nobody can call it back.
  return [isProbablyDropped(state, row, command) ? detail : `${detail}; it may still be carried out`, cure];
}

function ofSilence(state: HomeState, row: SwitchState, command: Command, device: string): Words {
  const within = `within ${seconds(command)}`;
  if (command.phase === 'sent') {
    return [
      `the broker did not acknowledge it ${within}`,
      'The link may be slow or stuck, or the broker refuses without a word, as some do: look at both, and at the device before you switch again',
    ];
  }
  const isTaken = command.echoedAt !== null || !isEchoExpected(command);
  const taken = isTaken ? 'the broker took it' : 'the broker acknowledged it';
  if (!hasListenedSince(state, command)) {
    return [`${taken}, then nothing could be heard for a while: its answer may have been missed`, LOOK_AT_DEVICE];
  }
  if (state.house.switches.get(row.id)?.feedback === undefined) {
    return [
      `${taken}, and nothing tells whether ${device} did it: it has no feedback`,
      ofNoFeedback(state, row, command),
    ];
  }
  if (isTaken) return [`${taken}, no feedback came ${within}`, whySilent(state, row, command, device)];
  return ofPuback(state, row, command, device);
}

/** MQTT 3.1.1 acknowledges what it drops too; the ACL file may say that it did. */
function isProbablyDropped(state: HomeState, row: SwitchState, command: Command): boolean {
  if (command.phase !== 'acknowledged' || command.echoedAt !== null || !isEchoExpected(command)) return false;
  return aclAllows(state, row.id, 'write') === false;
}

function ofFeedback(device: string, told: string, command: Command, config: CommandedConfig | undefined): Words {
  const position = valueText(told, config);
  if (told !== command.target) {
    const cure =
      config === undefined || config.kind === 'switch'
        ? 'Look at the relay: it may be stuck, locked or switched by somebody else'
        : 'Look at the device: it may allow less, round, or be set by somebody else';
    return [`${device} answered ${position} instead`, cure];
  }
  if (command.phase !== 'acknowledged') {
    return [
      `${device} reports ${position}, but the broker never acknowledged the command`,
      'Somebody else may have switched it: look at the log',
    ];
  }
  return [
    `${device} says ${position} as it did before, and says so unasked too: that is no answer`,
    'With MQTT 3.1.1 the broker may have dropped the command in silence: give the right to read the command topic too',
  ];
}

function ofUnreadable(
  label: string,
  switchId: string,
  { reason, word }: FeedbackFault,
  config: CommandedConfig | undefined,
): Words {
  const place = `${GROUPS[config?.kind ?? 'switch']}.${switchId}`;
  if (word === null) {
    return [
      `${label} answered, and its feedback cannot be read: ${reason}`,
      `Look at feedback and path of ${place} in the house file`,
    ];
  }
  if (config !== undefined && config.kind !== 'switch') {
    return [
      `${label} answered ${inQuotes(word)}, where ${targetsText(config)} was expected`,
      `Add it to the house file: ${place} takes its options, and payloads for those that the device calls otherwise`,
    ];
  }
  return [
    `${label} answered ${inQuotes(word)}, which is neither on nor off`,
    `Add it to the house file: ${place}.answers takes the words that mean on and those that mean off`,
  ];
}

function ofPuback(state: HomeState, row: SwitchState, command: Command, device: string): Words {
  const detail = `acknowledged, no feedback within ${seconds(command)}`;
  if (isProbablyDropped(state, row, command)) {
    const topic = state.house.switches.get(row.id)?.command ?? '';
    return [
      `${detail}; by ${state.acl?.file} ${ourName(state.session)} may not write ${topic}`,
      'MQTT 3.1.1 does not tell whether the broker dropped it: it most likely did',
    ];
  }
  const cure = whyDeaf(state, row) ?? whyUnanswered(state, row.id, command.sentAt);
  if (cure !== null) return [detail, cure];
  return [
    detail,
    `MQTT 3.1.1 does not tell more: ${device} may be busy, the broker may have dropped it, or keep it until ${device} is back`,
  ];
}

function whySilent(state: HomeState, row: SwitchState, command: Command, device: string): string {
  const config = state.house.switches.get(row.id);
  const known = whyDeaf(state, row) ?? whyUnanswered(state, row.id, command.sentAt);
  if (known !== null || config === undefined) return known ?? `${device} may be busy, frozen or not listening`;
  const { feedback } = config;
  const gone = goneReason(state, row.id);
  if (gone !== null) return `Look at its power and its network: ${gone}`;
  if (feedback === undefined) return LOOK_AT_DEVICE;
  const holds = holdsConnection(state, state.house.servedBy.get(row.id) ?? '');
  const held = holds === null ? '' : ` (${holds})`;
  const may = `${device} may be busy, frozen or not listening${held}, or not know the word ${inQuotes(cleanText(commandPayload(config, command.target), 60))}`;
  return readByAcl(state, feedback)?.allowed === true
    ? may
    : `${may}; or ${ourName(state.session)} may not read ${feedback}`;
}

/** What stands in the way of a command that nobody confirms, where the broker or its ACL file shows it. */
function ofNoFeedback(state: HomeState, row: SwitchState, command: Command): string {
  const known = whyUnanswered(state, row.id, command.sentAt);
  return known ?? 'Look at the device; where it answers on a topic, name that as its feedback in the house file';
}

const GROUPS: Readonly<Record<CommandedConfig['kind'], string>> = {
  switch: 'switches',
  number: 'numbers',
  select: 'selects',
  button: 'buttons',
};

/** Why we could not have heard an answer, where that is known. */
function whyDeaf(state: HomeState, row: SwitchState): string | null {
  const unheard = whyUnheard(state, state.house.switches.get(row.id)?.feedback ?? '');
  return unheard === null ? null : `No answer can be heard: ${unheard}`;
}

function deviceOf(state: HomeState, row: SwitchState): string {
  const clientId = state.house.servedBy.get(row.id);
  return clientId === undefined ? 'the device' : clientLabelOf(state.house, clientId);
}

function seconds(command: Command): string {
  return `${Math.round((command.deadlineAt - command.sentAt) / 100) / 10} s`;
}
