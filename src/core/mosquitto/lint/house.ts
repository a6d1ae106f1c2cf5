import type { Issue } from '../../issue.ts';
import { nearestWord } from '../../nearest-word.ts';
import { checkAccess } from '../acl-check.ts';
import { type AclRule, aclUsers } from '../acl-file.ts';
import { grants, type LintRule, warnAt } from './input.ts';

/** What a device of the house needs and the file denies it: values, feedback, commands, and its will. */
export const needsOfHouse: LintRule = ({ acl, needs }) =>
  needs.flatMap((need): readonly Issue[] => {
    const { user, access, topic, purpose } = need;
    // The client identifier is not known; a pattern with %c may grant it to the one that the device uses.
    const decision = checkAccess(acl, { user, clientId: user, access, topic });
    if (decision.allowed) return [];
    const verb = access === 'write' ? 'publish' : 'read';
    const message = `"${user}" may not ${verb} ${topic} (${purpose})`;
    const cure = `Add below "user ${user}": topic ${access} ${topic}`;
    if (decision.rule !== null) {
      const { line, text } = decision.rule;
      return [warnAt(acl, line, `${message}: "${text}" denies it`, `Delete this line, or narrow it.`)];
    }
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
export const deadEndsOfHouse: LintRule = ({ acl, passwords, needs }) => {
  const users = [...new Set([null, ...aclUsers(acl), ...(passwords?.entries.map(entry => entry.user) ?? [])])];
  return needs.flatMap(({ user, access, topic, purpose }): readonly Issue[] => {
    const { allowed, rule } = checkAccess(acl, { user, clientId: user, access, topic });
    if (!allowed || rule === null) return [];
    const other = access === 'write' ? 'read' : 'write';
    const may = (name: string | null): boolean =>
      checkAccess(acl, { user: name, clientId: name ?? '', access: other, topic }).allowed;
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
