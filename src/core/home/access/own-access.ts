import { type AccessDecision, checkAccess } from '../../mosquitto/acl-check.ts';
import type { HomeState } from '../state/state.ts';

/** What the access control list says of our own access to a topic; `null` without a list. */
export function ownAccess(
  { acl, session: { user, clientId } }: HomeState,
  access: 'read' | 'write',
  topic: string,
): AccessDecision | null {
  return acl === null ? null : checkAccess(acl, { user, clientId, access, topic });
}
