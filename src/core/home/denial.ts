import type { AclFile } from '../mosquitto/acl-file.ts';
import { addToJournal } from './journal.ts';
import type { HomeState } from './state.ts';

/** How a refusal came to light; the words are the contract's. */
export type DenialEvidence = 'refused' | 'logged' | 'echo' | 'closed' | 'suspected';

/** What was denied to whom. Equal denials are counted, not repeated. */
export interface Denial {
  readonly id: number;
  readonly firstAt: number;
  readonly at: number;
  /** From 1 on. */
  readonly count: number;
  readonly evidence: DenialEvidence;
  /** The MQTT client identifier, where known. */
  readonly client: string | null;
  readonly user: string | null;
  readonly access: 'connect' | 'subscribe' | 'publish' | 'read';
  /** `null` for a refused login. */
  readonly topic: string | null;
  /** What happened, one sentence without a full stop. */
  readonly detail: string;
  /** What to do about it: the line to add, with file and line where they are known. */
  readonly remedy: string;
}

/** How many different denials are kept. */
const MOST_DENIALS = 200;

/** The state with a denial noted: an equal one is counted up and moves to the front, a new one is journaled too. */
export function addDenial(state: HomeState, denial: Omit<Denial, 'id' | 'firstAt' | 'count'>): HomeState {
  const known = state.denials.find(other => isSameDenial(other, denial));
  const others = state.denials.filter(other => other !== known);
  const noted: Denial =
    known === undefined
      ? { ...denial, id: state.nextId, firstAt: denial.at, count: 1 }
      : { ...known, ...denial, count: known.count + 1 };
  const next = {
    ...state,
    nextId: known === undefined ? state.nextId + 1 : state.nextId,
    denials: [noted, ...others].slice(0, MOST_DENIALS),
  };
  const isNews = known === undefined || denial.at - known.at > 60_000;
  if (!isNews || state.at - denial.at > 60_000) return next;
  return addToJournal(next, { level: 'critical', kind: 'denial', subject: null, text: denial.detail });
}

/** What to do so that a user may have an access: the line to add, and where. */
export function remedyFor(acl: AclFile | null, user: string | null, access: 'read' | 'write', topic: string): string {
  const line = `topic ${access} ${topic}`;
  if (acl === null) {
    const section = user === null ? 'before the first user line' : `below "user ${user}"`;
    return `If it should be allowed: add "${line}" ${section} in the broker's acl_file, then reload it (SIGHUP)`;
  }
  if (user === null)
    return `If it should be allowed: add "${line}" before the first user line of ${acl.file}, then reload (SIGHUP)`;
  const section = acl.sections.find(candidate => candidate.user === user);
  return section === undefined
    ? `If it should be allowed: add "user ${user}" and "${line}" at the end of ${acl.file}, then reload (SIGHUP)`
    : `If it should be allowed: add "${line}" below ${acl.file}:${section.line} ("user ${user}"), then reload (SIGHUP)`;
}

function isSameDenial(one: Denial, other: Omit<Denial, 'id' | 'firstAt' | 'count'>): boolean {
  return (
    one.access === other.access &&
    one.topic === other.topic &&
    one.user === other.user &&
    (one.user !== null || one.client === other.client)
  );
}
