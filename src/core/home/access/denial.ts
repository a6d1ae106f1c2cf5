import { cleanText } from '../../clean-text.ts';
import { type AccessQuestion, checkAccess } from '../../mosquitto/acl-check.ts';
import type { AclFile } from '../../mosquitto/acl-file.ts';
import { exactText } from '../../to-copy.ts';
import type { Denial } from '../state/broker.ts';
import { addToJournal } from '../state/journal.ts';
import type { HomeState } from '../state/state.ts';

/** How many different denials are kept. */
const MOST_DENIALS = 200;

/** The state with a denial noted in the order of time: an equal one is counted up, a new one is journaled too. */
export function addDenial(state: HomeState, denial: Omit<Denial, 'id' | 'firstAt' | 'count'>): HomeState {
  const known = state.denials.find(other => isSameDenial(other, denial));
  const others = state.denials.filter(other => other !== known);
  const noted: Denial =
    known === undefined
      ? { ...denial, id: state.nextId, firstAt: denial.at, count: 1 }
      : { ...known, ...(denial.at < known.at ? {} : denial), ...spanOf(known, denial.at), count: known.count + 1 };
  // A log that is read only now may tell of what was long before.
  const place = others.findIndex(other => other.at <= noted.at);
  const next = {
    ...state,
    nextId: known === undefined ? state.nextId + 1 : state.nextId,
    denials: others.toSpliced(place < 0 ? others.length : place, 0, noted).slice(0, MOST_DENIALS),
  };
  const isNews = known === undefined || denial.at - known.at > 60_000;
  if (!isNews || state.at - denial.at > 60_000) return next;
  return addToJournal(next, { level: 'critical', kind: 'denial', subject: null, text: denial.detail });
}

/** Which broker it is, nothing on the line proves: another one, or mosquitto with a plugin, has no such file. */
const IF_MOSQUITTO = 'if the broker is mosquitto with one';

/**
 * What to do so that it is allowed, one sentence without a full stop: the line to add and where, or the line of the file
 * that is in the way. `topic` may be a topic filter, of a subscription.
 */
export function remedyFor(acl: AclFile | null, question: AccessQuestion): string {
  const { user, access, topic } = question;
  const exact = exactText(topic);
  const line =
    exact === null
      ? `a line "topic ${access}" with this topic, whose ${topic.length} characters cannot all be shown here`
      : `"topic ${access} ${exact}"`;
  if (acl === null) {
    const section = user === null ? 'before the first user line' : `below ${userLine(user)}`;
    return `If it should be allowed: add ${line} ${section} in the acl_file, then reload (SIGHUP), ${IF_MOSQUITTO}`;
  }
  return remedyByFile(acl, question) ?? `If it should be allowed: ${additionTo(acl, user, line)}, then reload (SIGHUP)`;
}

function userLine(user: string): string {
  const exact = exactText(user);
  return exact === null ? 'the "user" line with its name' : `"user ${exact}"`;
}

/** Where adding a line would not help. */
function remedyByFile(acl: AclFile, question: AccessQuestion): string | null {
  if (/[+#]/.test(question.topic)) return null;
  const { allowed, rule, reason } = checkAccess(acl, question);
  if (reason === 'broker') return 'No line can allow it: the broker keeps this topic to itself';
  if (rule === null) return null;
  const place = `${acl.file}:${rule.line} ("${cleanText(rule.text, 120)}")`;
  return allowed
    ? `${place} allows it: so will the broker once it has reloaded this file (SIGHUP), if it uses it`
    : `If it should be allowed: delete or narrow ${place}, which beats each line that allows it, then reload (SIGHUP)`;
}

function additionTo(acl: AclFile, user: string | null, line: string): string {
  if (user === null) return `add ${line} before the first user line of ${acl.file}`;
  const section = acl.sections.find(candidate => candidate.user === user);
  return section === undefined
    ? `add ${userLine(user)} and ${line} at the end of ${acl.file}`
    : `add ${line} below ${acl.file}:${section.line} (${userLine(user)})`;
}

function spanOf(known: Denial, at: number): Pick<Denial, 'firstAt' | 'at'> {
  return { firstAt: Math.min(known.firstAt, at), at: Math.max(known.at, at) };
}

function isSameDenial(one: Denial, other: Omit<Denial, 'id' | 'firstAt' | 'count'>): boolean {
  return (
    one.access === other.access &&
    one.topic === other.topic &&
    one.user === other.user &&
    (one.user !== null || one.client === other.client)
  );
}
