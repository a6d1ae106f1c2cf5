import { cleanText } from '../../core/clean-text.ts';
import { formatPlace } from '../../core/issue.ts';
import { jsonText } from '../../core/json-text.ts';
import { type AccessDecision, type AccessQuestion, checkAccess } from '../../core/mosquitto/acl-check.ts';
import type { AclFile } from '../../core/mosquitto/acl-file.ts';
import type { BrokerVersion } from '../../core/mosquitto/broker-version.ts';
import { topicNameFault } from '../../core/mqtt/topic.ts';
import { fail, ok, type Result } from '../../core/result.ts';

/** A question as `acl explain --stdin` takes it, one JSON object a line; a `clientId` that is missing is empty. */
export function parseQuestion(line: string): Result<AccessQuestion, string> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return fail('this is no JSON');
  }
  if (typeof value !== 'object' || value === null) return fail('a question is an object');
  const { user = null, clientId = '', access, topic } = value as Record<string, unknown>;
  if (user !== null && typeof user !== 'string') return fail('user must be a text, or null');
  if (typeof clientId !== 'string') return fail('clientId must be a text');
  if (access !== 'read' && access !== 'write') return fail('access must be "read" or "write"');
  if (typeof topic !== 'string') return fail('topic must be a text');
  const fault = topicNameFault(topic);
  return fault === null ? ok({ user, clientId, access, topic }) : fail(`topic is no topic name: ${fault}`);
}

/**
 * The answer as one JSON object, the contract's `{"allowed","line","rule"}`. Where the version is not known and they
 * decide differently, these are `null`, and each version's answer stands under its name.
 */
export function answerJson(acl: AclFile, question: AccessQuestion, version: BrokerVersion | null): string {
  const answer = (of: BrokerVersion) => {
    const { allowed, rule } = checkAccess(acl, question, of);
    return { allowed, line: rule?.line ?? null, rule: rule?.text ?? null };
  };
  if (version !== null || !differs(acl, question)) return jsonText(answer(version ?? '2.0'));
  const unknown = { allowed: null, line: null, rule: null };
  return jsonText({ ...unknown, '2.0': answer('2.0'), '2.1': answer('2.1') });
}

/** The answer in words: what, and by which line, or why without one and which line is missing; of both versions where they differ. */
export function answerText(acl: AclFile, question: AccessQuestion, version: BrokerVersion | null): string {
  const { user, access, topic } = question;
  const who = user === null ? 'A client without a user name' : `"${cleanText(user)}"`;
  const answer = (of: BrokerVersion): string => {
    const decision = checkAccess(acl, question, of);
    const may = `${who} ${decision.allowed ? 'may' : 'may not'} ${access} ${cleanText(topic)}`;
    return `${may}: ${reasonText(acl, question, decision)}\n`;
  };
  if (version !== null || !differs(acl, question)) return answer(version ?? '2.0');
  return `With mosquitto 2.0: ${answer('2.0')}With mosquitto 2.1: ${answer('2.1')}${WHY_DIFFERENT}`;
}

const WHY_DIFFERENT =
  '  2.0 fills %u and %c in wherever they stand; 2.1 only where they are a level of their own, and no name with a / in it.\n';

/** Whether 2.0 and 2.1 decide it differently. */
function differs(acl: AclFile, question: AccessQuestion): boolean {
  return checkAccess(acl, question, '2.0').allowed !== checkAccess(acl, question, '2.1').allowed;
}

function reasonText(acl: AclFile, { user, access, topic }: AccessQuestion, { rule, reason }: AccessDecision): string {
  if (rule !== null) return `${formatPlace({ file: acl.file, line: rule.line })} "${cleanText(rule.text)}"`;
  if (reason === 'broker')
    return `mosquitto lets nobody ${access} below ${topic.startsWith('$share') ? '$share' : '$SYS'}`;
  if (reason === 'wildcard-name') return 'with a + or # in the user name or client identifier no pattern is looked at';
  const line = `topic ${access} ${cleanText(topic)}`;
  const section = acl.sections.find(candidate => candidate.user === user);
  const where = section === undefined ? whereWithout(user) : `below line ${section.line}`;
  return `no line of ${acl.file} grants it\n  To allow it, add ${where}: ${line}`;
}

function whereWithout(user: string | null): string {
  return user === null ? 'before the first user line' : `at the end "user ${cleanText(user)}" and below it`;
}
