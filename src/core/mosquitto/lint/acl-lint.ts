import { cleanText } from '../../clean-text.ts';
import type { Issue } from '../../issue.ts';
import { parseAclFile } from '../acl-file.ts';
import { listenerWithoutAcl, settingsOutOfOrder, unknownSetting } from './conf.ts';
import { twoSpellings } from './dead-ends.ts';
import { denyBeatsAllow, denyBeforeFirstUser, grantedTwice } from './denials.ts';
import {
  anonymousBesidePasswords,
  confWithoutAcl,
  missingFile,
  pluginBesideAcl,
  tooOpenFile,
  unreadableFile,
} from './files.ts';
import { deadEndsOfHouse, needsOfHouse } from './house.ts';
import type { LintInput, LintRule } from './input.ts';
import { doubleHashed } from './passwords.ts';
import * as topics from './topics.ts';
import * as users from './users.ts';

export type { LintInput } from './input.ts';

/** What is looked for without an ACL too. */
const CONF_RULES: readonly LintRule[] = [
  missingFile,
  unreadableFile,
  tooOpenFile,
  unknownSetting,
  settingsOutOfOrder,
  listenerWithoutAcl,
  doubleHashed,
];

/** Everything that is looked for. */
const RULES: readonly LintRule[] = [
  ...CONF_RULES,
  confWithoutAcl,
  pluginBesideAcl,
  anonymousBesidePasswords,
  denyBeforeFirstUser,
  denyBeatsAllow,
  grantedTwice,
  topics.tabInTopic,
  topics.keywordAsTopic,
  topics.severalTopics,
  topics.quotedTopic,
  topics.placeholders,
  topics.placeholderInLevel,
  topics.keptByBroker,
  twoSpellings,
  deadEndsOfHouse,
  users.sectionsByCase,
  users.emptySection,
  users.sectionWithoutPassword,
  users.passwordWithoutSection,
  users.wildcardName,
  users.literalNames,
  users.everythingForMany,
  users.rulesForNobody,
  needsOfHouse,
];

/**
 * What is wrong with an ACL file and the files around it: each finding with its place, why it is one, and the line to
 * write instead. Errors keep the broker from starting, lock a user out or open the broker; sorted by file and line.
 */
export function lintAcl(input: LintInput): readonly Issue[] {
  return lintBy(RULES, input);
}

/** The same where there is no ACL file, or none that could be read. */
export function lintConf(input: Omit<LintInput, 'acl'>): readonly Issue[] {
  return lintBy(CONF_RULES, { ...input, acl: parseAclFile('', '') });
}

function lintBy(rules: readonly LintRule[], input: LintInput): readonly Issue[] {
  const own = [input.acl.issues, input.passwords?.issues ?? [], input.conf?.issues ?? []].flat();
  const found = [...own, ...rules.flatMap(rule => rule(input))];
  return found.map(cleanIssue).sort(byPlace);
}

/** The longest message or cure that is shown whole, in characters. */
const MAX_LENGTH = 500;

/** Names and topics stand in the sentences as they stand in the files: here they become fit to be shown. */
function cleanIssue(issue: Issue): Issue {
  const cure = issue.cure === undefined ? {} : { cure: cleanText(issue.cure, MAX_LENGTH) };
  return { ...issue, message: cleanText(issue.message, MAX_LENGTH), ...cure };
}

/** The exit code of `acl check`: 2 with errors, 1 with warnings, else 0. */
export function lintExitCode(issues: readonly Issue[]): 0 | 1 | 2 {
  if (issues.some(issue => issue.severity === 'error')) return 2;
  return issues.some(issue => issue.severity === 'warning') ? 1 : 0;
}

function byPlace(one: Issue, other: Issue): number {
  const [left, right] = [one.place?.file ?? '', other.place?.file ?? ''];
  if (left !== right) return left < right ? -1 : 1;
  return (one.place?.line ?? 0) - (other.place?.line ?? 0);
}
