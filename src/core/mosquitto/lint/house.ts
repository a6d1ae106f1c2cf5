import type { Issue } from '../../issue.ts';
import { checkAccess } from '../acl-check.ts';
import { aclUsers } from '../acl-file.ts';
import { type LintRule, warnAt } from './input.ts';

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
