import type { AclRule, AclSection } from '../acl-file.ts';
import { listenersOf } from '../conf/listeners.ts';
import { filterCovers, filtersOverlap } from '../filter-relation.ts';
import { usersCommand } from '../password-file.ts';
import { userNameFault } from '../user-name.ts';
import { grants, isSameName, type LintInput, type LintRule, ownerName, warnAt } from './input.ts';

/** Names by which a user who may do everything is known to be meant so. */
const MASTERS = ['master', 'admin', 'root'];

/** Sections of users whose names differ in capitals only: to mosquitto they are two users. */
export const sectionsByCase: LintRule = ({ acl }) =>
  firstSections(acl.sections).flatMap((section, index, all) => {
    const twin = all.slice(0, index).find(other => other.user.toLowerCase() === section.user.toLowerCase());
    if (twin === undefined) return [];
    const message = `"${section.user}" and "${twin.user}" (line ${twin.line}) are two users: capitals count`;
    return [warnAt(acl, section.line, message, `Write: user ${twin.user}`)];
  });

/** A section without a rule: all that its user does is denied, unless a pattern grants it. */
export const emptySection: LintRule = ({ acl }) => {
  if (acl.order.patterns.length > 0) return [];
  return firstSections(acl.sections).flatMap(section => {
    if (acl.order.users.has(section.user)) return [];
    const message = `the section of "${section.user}" has no rule: everything is denied to it`;
    return [warnAt(acl, section.line, message, 'Write below it what it may do, as in: topic read heating/#')];
  });
};

/** A section whose user is not in the password file cannot log in. */
export const sectionWithoutPassword: LintRule = ({ acl, passwords }) => {
  if (passwords === null) return [];
  const known = passwords.entries.map(entry => entry.user);
  return firstSections(acl.sections).flatMap(({ user, line }) => {
    if (known.includes(user)) return [];
    const twin = known.find(name => name.toLowerCase() === user.toLowerCase());
    const message = `"${user}" is not in ${passwords.file}${twin === undefined ? ', so that it cannot log in' : `, but "${twin}" is: capitals count`}`;
    return [
      warnAt(acl, line, message, twin === undefined ? cureOfUnknown(user, passwords.file) : `Write: user ${twin}`),
    ];
  });
};

function cureOfUnknown(user: string, file: string): string {
  const fault = userNameFault(user);
  if (fault === null) return `Add it, or delete the section: ${usersCommand('add', file, user)}`;
  return `Give the user another name: no password file can hold one that ${fault}.`;
}

/** A user who may log in, and to whom no line grants anything. */
export const passwordWithoutSection: LintRule = ({ acl, passwords }) => {
  if (passwords === null || acl.order.patterns.some(rule => rule.access !== 'deny')) return [];
  const known = passwords.entries.map(entry => entry.user);
  return passwords.entries.flatMap(({ user, line }) => {
    // Of a section whose user differs in capitals only, and has no password, that is told with the section.
    const isTold = (name: string): boolean => name.toLowerCase() === user.toLowerCase() && !known.includes(name);
    if (acl.sections.some(section => section.user === user || isTold(section.user))) return [];
    if (user.startsWith('\ufeff')) return [];
    const message = `"${user}" may log in but has no section in ${acl.file}: everything it does is denied`;
    const place = { file: passwords.file, line };
    return [
      { severity: 'warning', message, place, cure: `Add to ${acl.file}: user ${user}, and below it what it may do.` },
    ];
  });
};

/** A `+` or `#` in a user name turns off all patterns for that user. */
export const wildcardName: LintRule = ({ acl }) => {
  if (acl.order.patterns.length === 0) return [];
  return firstSections(acl.sections).flatMap(({ user, line }) => {
    if (!/[+#]/.test(user)) return [];
    return [
      warnAt(
        acl,
        line,
        `no pattern ever holds for "${user}": it has a + or # in its name`,
        'Give the user another name.',
      ),
    ];
  });
};

/** Names that look as if they stood for several users: to mosquitto each is one user of that very name. */
export const literalNames: LintRule = ({ acl, passwords }) =>
  firstSections(acl.sections).flatMap(({ user, line }) => {
    if (passwords?.entries.some(entry => entry.user === user) === true) return [];
    const parts = user.split(/[,;|]/).map(part => part.trim());
    const message = (what: string): string =>
      `"${user}" is one user of this very name: mosquitto knows no ${what} of user names`;
    if (parts.length > 1) {
      const each = parts.filter(part => part !== '').map(part => `user ${part}`);
      return [warnAt(acl, line, message('lists'), `Write a section of its own for each: ${each.join(' | ')}`)];
    }
    if (!user.includes('*') && !/^(?:[#+]|%[uc])$/.test(user)) return [];
    const cure = 'Write a section for each user, or lines for all: pattern read heating/#';
    return [warnAt(acl, line, message('patterns'), cure)];
  });

/** `#` with the right to write, for somebody who is not the one master. */
export const everythingForMany: LintRule = ({ acl }) => {
  const wide = acl.rules.filter(
    rule => grants(rule, 'write') && filterCovers(rule.topic, '#') && isHeld(acl.rules, rule),
  );
  const names = wide.flatMap(({ owner }) => (owner.kind === 'user' ? [owner.name] : []));
  const sections = acl.sections.map(section => section.user);
  const master = sections.find(name => MASTERS.includes(name.toLowerCase())) ?? names[0];
  return wide.flatMap(rule => {
    if (rule.owner.kind === 'user' && rule.owner.name === master) return [];
    const than = master === undefined ? '' : ` beside "${master}"`;
    const but = isNarrowed(acl.rules, rule) ? ', but for what other lines deny' : '';
    const message = `${ownerName(rule)} may write everything${than}${but}: "${rule.text}"`;
    return [warnAt(acl, rule.line, message, `Write the topics that are needed, as in: topic ${rule.access} heating/#`)];
  });
};

/** Rules before the first `user` line, where clients without a name are not let in. */
export const rulesForNobody: LintRule = ({ acl, conf }: LintInput) => {
  if (conf === null || acl.sections.length === 0) return [];
  const listeners = listenersOf(conf);
  const own = listeners.filter(({ acls }) => acls.some(({ value }) => isSameName(value, acl.file)));
  const isAnonymousAllowed = (own.length > 0 ? own : listeners).some(listener => listener.isAnonymousAllowed);
  const allowances = acl.order.anonymous.filter(rule => rule.access !== 'deny');
  if (isAnonymousAllowed) return [];
  return allowances.map(rule =>
    warnAt(
      acl,
      rule.line,
      'this stands before the first user line, for clients without a user name, and the conf lets none in',
      `Write it in the section of each user that needs it: ${rule.text}`,
    ),
  );
};

function isHeld(rules: readonly AclRule[], rule: AclRule): boolean {
  return !denialsBeside(rules, rule).some(other => filterCovers(other.topic, rule.topic));
}

/** Whether something of what a rule grants is denied in the same list: of everything each denial is a part, but of `$` topics. */
function isNarrowed(rules: readonly AclRule[], rule: AclRule): boolean {
  return denialsBeside(rules, rule).some(other => filtersOverlap(other.topic, rule.topic));
}

function denialsBeside(rules: readonly AclRule[], rule: AclRule): readonly AclRule[] {
  const owner = JSON.stringify(rule.owner);
  return rules.filter(other => other.access === 'deny' && JSON.stringify(other.owner) === owner);
}

/** Each user's first section. */
function firstSections(sections: readonly AclSection[]): readonly AclSection[] {
  return sections.filter((section, index) => sections.findIndex(other => other.user === section.user) === index);
}
