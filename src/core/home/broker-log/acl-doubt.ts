import type { Issue } from '../../issue.ts';
import { type AclFile, aclUsers } from '../../mosquitto/acl-file.ts';
import { planProbe } from '../../mosquitto/acl-probe.ts';
import { shellWord } from '../../to-copy.ts';
import type { HomeState } from '../state/state.ts';

/**
 * What to do where nobody has told whether the broker has the ACL of `--acl`: its last start or reload was not heard of,
 * and none of our publishes was refused on this link. `null` where it is known or cannot be found out.
 */
export function aclDoubtOf(state: HomeState): Issue | null {
  const { acl, link } = state;
  // With MQTT 3.1.1 a denied publish is acknowledged like any other.
  if (acl === null || link.phase !== 'connected' || link.protocol !== '5') return null;
  if (state.aclBroken !== null || isSetUpKnown(state, link.connectedAt) || wasRefused(state, link.connectedAt))
    return null;
  const user = whoMayProbe(state, acl);
  if (user === null) return null;
  const words = ['hometui', 'acl', 'probe', acl.file, '--url', state.session.url, '--user', user].map(shellWord);
  const command = words.includes(null) ? 'hometui acl probe' : words.join(' ');
  return {
    severity: 'info',
    message: `whether the broker has ${acl.file} in force is not known: no log that was read tells of its last start or reload`,
    cure: `One harmless publish that must be denied shows it: ${command}`,
  };
}

function isSetUpKnown({ setUpHeard }: HomeState, sinceAt: number): boolean {
  return setUpHeard !== null && (setUpHeard.source !== 'topic' || setUpHeard.at >= sinceAt);
}

function wasRefused({ denials }: HomeState, sinceAt: number): boolean {
  return denials.some(({ evidence, access, at }) => evidence === 'refused' && access === 'publish' && at >= sinceAt);
}

/** Ourselves where the file denies us anything, else the first user whom it does. */
function whoMayProbe({ session }: HomeState, acl: AclFile): string | null {
  const users = session.user === null ? aclUsers(acl) : [session.user, ...aclUsers(acl)];
  return users.find(user => planProbe(acl, { user, clientId: session.clientId }, 'x').kind === 'topic') ?? null;
}
