import type { Issue } from '../issue.ts';
import { checkAccess } from '../mosquitto/acl-check.ts';
import { type AclFile, aclUsers } from '../mosquitto/acl-file.ts';
import { planProbe } from '../mosquitto/acl-probe.ts';
import type { HomeState } from './state.ts';

/** Where mosquitto says that it cannot open its ACL. */
const ALARM_TOPIC = '$SYS/broker/log/E';

/**
 * What to do where nobody would tell that the broker runs without the ACL of `--acl`: no log is heard, and none of our
 * publishes was refused on this link. `null` where it is known, would be told, or cannot be found out.
 */
export function aclDoubtOf(state: HomeState): Issue | null {
  const { acl, link } = state;
  // With MQTT 3.1.1 a denied publish is acknowledged like any other.
  if (acl === null || link.phase !== 'connected' || link.protocol !== '5') return null;
  if (state.aclBroken !== null || hearsLog(state, acl) || wasRefused(state, link.connectedAt)) return null;
  const user = whoMayProbe(state, acl);
  if (user === null) return null;
  const words = ['hometui', 'acl', 'probe', acl.file, '--url', state.session.url, '--user', user];
  return {
    severity: 'info',
    message: `whether the broker has ${acl.file} in force is not known: no log of it is heard`,
    cure: `One harmless publish that must be denied shows it: ${words.map(quoted).join(' ')}`,
  };
}

/** A line was heard, or would be: the alarm comes on a topic that we may read. */
function hearsLog({ recentLog, session }: HomeState, acl: AclFile): boolean {
  const { user, clientId } = session;
  return recentLog.length > 0 || checkAccess(acl, { user, clientId, access: 'read', topic: ALARM_TOPIC }).allowed;
}

function wasRefused({ denials }: HomeState, sinceAt: number): boolean {
  return denials.some(({ evidence, access, at }) => evidence === 'refused' && access === 'publish' && at >= sinceAt);
}

/** Ourselves where the file denies us anything, else the first user whom it does. */
function whoMayProbe({ session }: HomeState, acl: AclFile): string | null {
  const users = session.user === null ? aclUsers(acl) : [session.user, ...aclUsers(acl)];
  return users.find(user => planProbe(acl, { user, clientId: session.clientId }, 'x').kind === 'topic') ?? null;
}

/** A word as a shell takes it whole. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
