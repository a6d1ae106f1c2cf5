import { cleanText } from '../clean-text.ts';
import type { Denial } from '../home/state/broker.ts';
import { checkAccess } from '../mosquitto/acl-check.ts';
import type { AclFile } from '../mosquitto/acl-file.ts';
import { type Check, fault, unexamined, well } from './check.ts';
import type { LoggedClients } from './clients/log-clients.ts';

/** What tells whether a denial is one of now. */
export interface DenialsInput {
  /** The rights that are in force; `null` where they are not known. */
  readonly acl: AclFile | null;
  /** When the file of these rights was changed last, ms; `null` where that is not known. */
  readonly aclChangedAt: number | null;
  /** What the log told when the examination began; `null` without a log. */
  readonly logged: Pick<LoggedClients, 'readAt' | 'refusedAt'> | null;
  /** When the examination began, ms: what was denied since may be ours. */
  readonly startedAt: number;
}

const MOST_DENIALS = 20;
/** Log times are whole seconds. */
const LOG_PRECISION_MS = 1_000;

/** Who was denied what, and is so still as far as is known. */
export function examineDenials(denials: readonly Denial[], input: DenialsInput): readonly Check[] {
  const { logged, startedAt } = input;
  if (logged === null) return [unexamined('denial', 'denials', 'only the log of the broker tells them', NAME_THE_LOG)];
  const others = denials.filter(denial => !isOurs(denial, startedAt));
  const named = others.filter(denial => !isNameless(denial)).map(denial => examineDenial(denial, input));
  const nameless = others.find(isNameless);
  const found = [...named, ...(nameless === undefined ? [] : examineNameless(nameless, logged))];
  return found.length === 0 ? [well('denial', 'denials', 'the log tells of none')] : found.slice(0, MOST_DENIALS);
}

const NAME_THE_LOG = 'Name it: --broker-log FILE (or journal)';

/** The logins that the examination itself tries to see them refused. */
function isOurs({ access, firstAt }: Denial, startedAt: number): boolean {
  return access === 'connect' && firstAt >= startedAt - LOG_PRECISION_MS;
}

function isNameless({ access, client, user }: Denial): boolean {
  return access === 'connect' && client === null && user === null;
}

function examineDenial(denial: Denial, input: DenialsInput): Check {
  const { acl, logged } = input;
  const { detail, remedy, count, user, client } = denial;
  const who = cleanText(user ?? client ?? 'somebody', 40);
  const evidence = `${detail}${timesText(count)}`;
  if (!isBeforeRead(denial.at, logged)) return fault('denial', who, evidence, remedy);
  if (denial.access === 'connect') return unexamined('denial', who, `${evidence}; ${READ_SINCE}`, null);
  if (acl === null || user === null || !isInForce(input) || !mayNow(acl, denial, user))
    return fault('denial', who, evidence, remedy);
  return well('denial', who, `${detail}: that was so until the broker read ${cleanText(acl.file)} anew`);
}

/** Whether the broker read these rights as they are now. */
function isInForce({ aclChangedAt, logged }: DenialsInput): boolean {
  const readAt = logged?.readAt ?? null;
  return aclChangedAt !== null && readAt !== null && aclChangedAt < readAt + LOG_PRECISION_MS;
}

const READ_SINCE = 'the broker has read its files since, and whether it is let in now is not known';

function mayNow(acl: AclFile, { access, topic, client }: Denial, user: string): boolean {
  const right = access === 'subscribe' ? 'read' : 'write';
  return checkAccess(acl, { user, clientId: client ?? '', access: right, topic: topic ?? '' }).allowed;
}

/**
 * mosquitto 2.0 names nobody whom it refuses, so that all of them are one denial: of which those tries without a name are
 * left out that an examination made, this one or one before.
 */
function examineNameless({ detail, remedy }: Denial, logged: NonNullable<DenialsInput['logged']>): readonly Check[] {
  const at = logged.refusedAt.at(-1);
  if (at === undefined) return [];
  const evidence = `${detail}${timesText(logged.refusedAt.length)}`;
  const isPast = isBeforeRead(at, logged);
  return [
    isPast
      ? unexamined('denial', 'somebody', `${evidence}; ${READ_SINCE}`, null)
      : fault('denial', 'somebody', evidence, remedy),
  ];
}

/** Whether the broker has read its files since. */
function isBeforeRead(at: number, logged: DenialsInput['logged']): boolean {
  return logged !== null && logged.readAt !== null && at + LOG_PRECISION_MS <= logged.readAt;
}

function timesText(count: number): string {
  return count > 1 ? ` (${count} times)` : '';
}
