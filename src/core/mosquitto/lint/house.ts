import type { Issue } from '../../issue.ts';
import { matchesFilter } from '../../mqtt/topic.ts';
import { nearestWord } from '../../nearest-word.ts';
import { filterFor } from '../access-table.ts';
import { type AccessDecision, type AccessQuestion, checkAccess } from '../acl-check.ts';
import { type AclRule, aclUsers } from '../acl-file.ts';
import { grants, type LintInput, type LintRule, warnAt } from './input.ts';

/** Who asks for what. */
type Question = Pick<AccessQuestion, 'access' | 'topic'> & { readonly user: string | null };

/** What the file says. The client identifier is not known; mostly it is the user's name. */
function decide({ acl, version }: LintInput, question: Question): AccessDecision {
  return checkAccess(acl, { ...question, clientId: question.user ?? '' }, version ?? '2.0');
}

/** The pattern that grants it to clients with some identifiers; `null` where there is none. */
function grantedToSome({ acl, version }: LintInput, { user, access, topic }: Question): AclRule | null {
  const isGranting = (rule: AclRule): boolean =>
    rule.topic.includes('%c') &&
    grants(rule, access) &&
    matchesFilter(filterFor(rule, user, version ?? '2.0') ?? '', topic);
  return acl.order.patterns.find(isGranting) ?? null;
}

/** What a device of the house needs and the file denies it: values, feedback, commands, and its will. */
export const needsOfHouse: LintRule = input =>
  input.needs.flatMap((need): readonly Issue[] => {
    const { acl } = input;
    const { user, access, topic, purpose } = need;
    const decision = decide(input, need);
    if (decision.allowed) return [];
    const verb = access === 'write' ? 'publish' : 'read';
    const message = `"${user}" may not ${verb} ${topic} (${purpose})`;
    const cure = `Add below "user ${user}": topic ${access} ${topic}`;
    if (decision.rule !== null) {
      const { line, text } = decision.rule;
      return [warnAt(acl, line, `${message}: "${text}" denies it`, `Delete this line, or narrow it.`)];
    }
    const some = grantedToSome(input, need);
    if (some !== null)
      return [warnAt(acl, some.line, `${message}, unless its client identifier fits "${some.text}"`, cure)];
    const section = acl.sections.find(candidate => candidate.user === user);
    if (section !== undefined) return [warnAt(acl, section.line, message, cure)];
    const missing = aclUsers(acl).find(name => name.toLowerCase() === user.toLowerCase());
    const hint =
      missing === undefined
        ? `Add at the end: user ${user}, and below it: topic ${access} ${topic}`
        : `Write: user ${user} (not "${missing}")`;
    return [{ severity: 'warning', message, place: { file: acl.file }, cure: hint }];
  });

/** What a device may write and nobody else may read, or the other way round: it is sent or waited for in vain. */
export const deadEndsOfHouse: LintRule = input => {
  const { acl, passwords, needs } = input;
  const users = [...new Set([null, ...aclUsers(acl), ...(passwords?.entries.map(entry => entry.user) ?? [])])];
  return needs.flatMap((need): readonly Issue[] => {
    const { user, access, topic, purpose } = need;
    const { allowed, rule } = decide(input, need);
    if (!allowed || rule === null) return [];
    const other = access === 'write' ? 'read' : 'write';
    const may = (name: string | null): boolean => {
      const question: Question = { user: name, access: other, topic };
      return decide(input, question).allowed || grantedToSome(input, question) !== null;
    };
    if (users.some(name => name !== user && may(name))) return [];
    const message = `"${user}" may ${access} ${topic} (${purpose}), and nobody else may ${other} it`;
    const like = likeliest(
      topic,
      acl.rules.filter(candidate => grants(candidate, other)),
    );
    const meant = like === null ? '' : `; line ${like.line} may mean it: ${like.text}`;
    return [warnAt(acl, rule.line, message, `Add to the section of who is to: topic ${other} ${topic}${meant}`)];
  });
};

/** The rule whose topic is most like this one. */
function likeliest(topic: string, rules: readonly AclRule[]): AclRule | null {
  const nearest = nearestWord(
    topic,
    rules.map(rule => rule.topic),
  );
  return rules.find(rule => rule.topic === nearest) ?? null;
}
