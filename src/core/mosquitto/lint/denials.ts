import type { AclRule } from '../acl-file.ts';
import { filterCovers } from '../filter-relation.ts';
import { grants, type LintRule, ownerName, warnAt } from './input.ts';

/** A denial before the first `user` line is meant for all and holds for clients without a name only. */
export const denyBeforeFirstUser: LintRule = ({ acl }) => {
  if (acl.sections.length === 0) return [];
  const denials = acl.order.anonymous.filter(rule => rule.access === 'deny');
  return denials.map(({ line, topic }) =>
    warnAt(
      acl,
      line,
      `this denial stands before the first user line: it holds for clients without a user name only, not for all`,
      `Write "topic deny ${topic}" in each section that it is meant for, or delete it: what no line grants is denied.`,
    ),
  );
};

/** A denial beats each allowance of its list that it covers, wherever the two stand. */
export const denyBeatsAllow: LintRule = ({ acl }) => {
  const lists = [acl.order.anonymous, acl.order.patterns, ...acl.order.users.values()];
  return lists.flatMap(list => {
    const denials = list.filter(rule => rule.access === 'deny');
    return list
      .filter(rule => rule.access !== 'deny')
      .flatMap(rule =>
        beatenBy(rule, denials).map(denial => {
          const message = `"${rule.text}" never holds: the denial "${denial.text}" in line ${denial.line} beats it`;
          const cure = `Delete line ${denial.line} (what no line grants ${ownerName(rule)} is denied anyhow), or this one.`;
          return warnAt(acl, rule.line, message, cure);
        }),
      );
  });
};

/** A line that another of the same list already grants: harmless, but changing it changes nothing. */
export const grantedTwice: LintRule = ({ acl }) => {
  const lists = [acl.order.anonymous, acl.order.patterns, ...acl.order.users.values()];
  return lists.flatMap(list =>
    list.flatMap((rule, index) => {
      if (rule.access === 'deny') return [];
      const first = list.slice(0, index).find(other => other.topic === rule.topic && coversAccess(other, rule));
      if (first === undefined) return [];
      return [
        warnAt(acl, rule.line, `"${rule.text}" adds nothing: line ${first.line} grants it already`, 'Delete the line.'),
      ];
    }),
  );
};

function beatenBy(rule: AclRule, denials: readonly AclRule[]): readonly AclRule[] {
  return denials.filter(denial => filterCovers(denial.topic, rule.topic)).slice(0, 1);
}

function coversAccess(wide: AclRule, narrow: AclRule): boolean {
  if (wide.access === 'deny') return false;
  return (!grants(narrow, 'read') || grants(wide, 'read')) && (!grants(narrow, 'write') || grants(wide, 'write'));
}
