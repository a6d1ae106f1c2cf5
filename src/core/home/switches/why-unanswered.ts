import { cleanText } from '../../clean-text.ts';
import { clientLabelOf, userOfClient } from '../../house/house.ts';
import { checkAccess } from '../../mosquitto/acl-check.ts';
import { deniedInsteadOf } from '../clients/presence.ts';
import type { HomeState } from '../state/state.ts';
import { getRow } from '../state/table.ts';

/**
 * Why the answer of a switch could not come, by what the broker denied to its device or its ACL file does not allow: a
 * sentence without a full stop; `null` where nothing shows it. `since` is when the command was sent, ms.
 */
export function whyUnanswered(state: HomeState, switchId: string, since: number): string | null {
  const clientId = state.house.servedBy.get(switchId);
  const config = state.house.switches.get(switchId);
  if (clientId === undefined || config === undefined) return null;
  const device = clientLabelOf(state.house, clientId);
  const user = userOfClient(state.house, clientId);
  const { command, feedback } = config;
  const denied = (access: 'publish' | 'subscribe', topic: string) =>
    state.denials.find(one => one.access === access && one.topic === topic && one.user === user);
  const deaf = denied('subscribe', command);
  const cannotHear =
    deaf === undefined ? null : `${device} cannot hear it: the broker denied it ${command}. ${deaf.remedy}`;
  if (feedback === undefined) return cannotHear;
  const answer = denied('publish', feedback);
  if (answer !== undefined && answer.at >= since - LOG_PRECISION_MS) {
    return `${device} answered, and the broker denied it ${feedback}. ${answer.remedy}`;
  }
  const alike = deniedInsteadOf(state, clientId, feedback);
  if (alike !== null && answer === undefined) return `No answer came through to ${feedback}: ${alike}`;
  if (cannotHear !== null) return cannotHear;
  return byAclFile(state, { device, user, clientId, topic: feedback });
}

/** Log lines have whole seconds. */
const LOG_PRECISION_MS = 1_000;

function byAclFile(
  { acl, clients }: HomeState,
  { device, user, clientId, topic }: { device: string; user: string; clientId: string; topic: string },
): string | null {
  if (acl === null) return null;
  const identifier = getRow(clients, clientId)?.clientIds.at(-1) ?? '';
  const { allowed, rule } = checkAccess(acl, { user, clientId: identifier, access: 'write', topic });
  if (allowed) return null;
  const place = rule === null ? `${acl.file} has no line for it` : `${acl.file}:${rule.line}`;
  return `${device} may not publish ${cleanText(topic, 120)} (${place}): an answer would not come through`;
}
