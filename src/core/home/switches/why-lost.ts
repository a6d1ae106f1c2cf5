import type { CommandedConfig } from '../../house/house.ts';
import { valueText } from '../../house/values/commanded.ts';
import { describeReason, ReasonCode } from '../../mqtt/reason-code.ts';
import { remedyFor } from '../access/denial.ts';
import type { LinkEnd } from '../state/event.ts';
import type { HomeState } from '../state/state.ts';
import type { Command, SwitchState } from '../state/switch.ts';
import { aclAllows } from './command-proof.ts';
import { LOOK_AT_DEVICE, type Words } from './why-not-confirmed.ts';

/**
 * Says of a command without an acknowledgement how its connection went. A close is no proof of a denial, and no proof
 * against one: where nothing else speaks for it, both are named.
 */
export function whyLost(state: HomeState, row: SwitchState, command: Command, end: LinkEnd): Words {
  const { feedback, target, echoedAt } = command;
  const config = state.house.switches.get(row.id);
  if (feedback?.isNews === true && feedback.position === target)
    return [
      `the link was lost before the broker acknowledged it, and ${reporter(config)} reports ${valueText(target, config)}`,
      LOOK_AT_DEVICE,
    ];
  if (echoedAt !== null)
    return ['the broker delivered it, then the link was lost: an answer could not be heard', LOOK_AT_DEVICE];
  const topic = config?.command ?? '';
  const { user, clientId } = state.session;
  const remedy = (): string => remedyFor(state.acl, { user, clientId, access: 'write', topic });
  if (end === 'not-authorized') {
    const reason = describeReason(ReasonCode.notAuthorized);
    return [`the broker closed the connection after it with ${reason}: it probably denied it`, remedy()];
  }
  if (end === 'lost')
    return ['the link was lost on the way: it may have arrived, and may still be carried out', LOOK_AT_DEVICE];
  const wasClosed = 'the connection was closed before the broker acknowledged it';
  const why = whyDenied(state, row.id, topic);
  return why === null
    ? [
        `${wasClosed}: the line was cut, or the broker closes on what it denies; it may still be carried out`,
        `${LOOK_AT_DEVICE}; where it ends so each time, look into the broker's log`,
      ]
    : [`${wasClosed}: it was probably denied, for ${why}`, remedy()];
}

/** What it is that answers. */
function reporter(config: CommandedConfig | undefined): string {
  return config === undefined || config.kind === 'switch' ? 'the relay' : 'the device';
}

/** What speaks for a denial beside the close. */
function whyDenied(state: HomeState, switchId: string, topic: string): string | null {
  if (aclAllows(state, switchId, 'write') === false) return `${state.acl?.file} does not allow it`;
  const { user } = state.session;
  const isLogged = state.denials.some(
    denial =>
      denial.evidence === 'logged' && denial.access === 'publish' && denial.topic === topic && denial.user === user,
  );
  return isLogged ? "the broker's log says so of this topic" : null;
}
