import { cleanText } from '../../core/clean-text.ts';
import { jsonText } from '../../core/format/json.ts';
import { formatPlace } from '../../core/issue.ts';
import { type AccessDecision, type AccessQuestion, checkAccess } from '../../core/mosquitto/acl-check.ts';
import type { AclFile } from '../../core/mosquitto/acl-file.ts';
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

/** The answer as one JSON object, the contract's `{"allowed","line","rule"}`. */
export function answerJson(acl: AclFile, question: AccessQuestion): string {
  const { allowed, rule } = checkAccess(acl, question);
  return jsonText({ allowed, line: rule?.line ?? null, rule: rule?.text ?? null });
}

/** The answer in words: what, and by which line, or why without one and which line is missing. */
export function answerText(acl: AclFile, question: AccessQuestion): string {
  const { user, access, topic } = question;
  const decision = checkAccess(acl, question);
  const who = user === null ? 'A client without a user name' : `"${cleanText(user)}"`;
  const may = `${who} ${decision.allowed ? 'may' : 'may not'} ${access} ${cleanText(topic)}`;
  return `${may}: ${reasonText(acl, question, decision)}\n`;
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
