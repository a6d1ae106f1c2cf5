import { fail, ok, type Result } from '../../result.ts';
import { BRIDGE_STATE } from '../acl-check.ts';
import { type AclFile, type AclRule, parseAclFile } from '../acl-file.ts';
import { type AclAccess, parseAclLine, quote } from '../acl-line.ts';
import { filterCovers, filtersOverlap } from '../filter-relation.ts';
import { grants } from '../lint/input.ts';
import { ACCESSES, type Effect, effectsOf, extentOn, grantingRule } from './acl-effect.ts';
import { applyEdits, decodeText, type LineEdit } from './line-edit.ts';
import type { EditFault } from './password-edit.ts';

/** What a user is to be allowed or not any more. */
export interface AclRequest {
  /** `deny` may write denials, `revoke` only takes back what the user's own lines grant. */
  readonly action: 'allow' | 'deny' | 'revoke';
  readonly user: string;
  readonly access: 'read' | 'write' | 'readwrite';
  /** A topic filter: all topics that it matches. */
  readonly topic: string;
}

/** The smallest change that makes a decision so. */
export interface AclPlan {
  readonly before: AclFile;
  readonly after: AclFile;
  readonly content: Uint8Array;
  readonly edits: readonly LineEdit[];
  /** What was asked for, as far as it was not so before. */
  readonly asked: readonly Effect[];
  /** What changes besides. */
  readonly others: readonly Effect[];
}

/**
 * Plans the change of an ACL file that mosquitto takes. Of the ways that lead there the one is chosen that changes least
 * elsewhere, then least in the asked topics, then the fewest lines. Fails where the file's language has no way.
 */
export function planAcl(content: Uint8Array, file: string, request: AclRequest): Result<AclPlan, EditFault> {
  const before = parseAclFile(decodeText(content), file);
  const fault = wordsFault(request) ?? lossFault(before);
  if (fault !== null) return fail(fault);
  if (isSo(before, request)) return ok(planOf(content, before, [], request));
  const drafts = { allow: draftsToAllow, deny: draftsToDeny, revoke: draftsToRevoke }[request.action](before, request);
  const plans = drafts.map(draft => planOf(content, before, editsOf(before, request.user, draft), request));
  // A denial that is taken away may let in more than was asked for; where that can be denied again, it is.
  const mended = plans.flatMap((plan, index) => mendedDraft(plan, drafts[index], request));
  const all = [
    ...plans,
    ...mended.map(draft => planOf(content, before, editsOf(before, request.user, draft), request)),
  ];
  const [best] = all.filter(plan => isSo(plan.after, request)).sort((one, other) => byWeight(one, other, request));
  return best === undefined ? fail(impossible(plans[0]?.after ?? before, before, request)) : ok(best);
}

/** The accesses that are asked for. */
export function accessesOf({ access }: Pick<AclRequest, 'access'>): readonly ('read' | 'write')[] {
  return access === 'readwrite' ? ACCESSES : [access];
}

/** What becomes of a user's rules: another access, or `null` for none, and lines that are added. */
interface Draft {
  readonly changed: ReadonlyMap<AclRule, AclAccess | null>;
  readonly added: readonly string[];
}

function isSo(acl: AclFile, request: AclRequest): boolean {
  const wanted = request.action === 'allow' ? 'all' : 'none';
  return accessesOf(request).every(access => extentOn(acl, request.user, access, request.topic) === wanted);
}

function ownRules(acl: AclFile, user: string): readonly AclRule[] {
  return acl.rules.filter(({ owner }) => owner.kind === 'user' && owner.name === user);
}

function draftsToAllow(acl: AclFile, { user, access, topic }: AclRequest): readonly Draft[] {
  const own = ownRules(acl, user);
  const denials = own.filter(rule => rule.access === 'deny' && filtersOverlap(rule.topic, topic));
  const freed = denials.map(rule => [rule, null] as const);
  const twin = own.find(rule => rule.topic === topic && (rule.access === 'read' || rule.access === 'write'));
  const widened = twin === undefined || twin.access === access ? [] : [[twin, 'readwrite'] as const];
  return [
    { changed: new Map(freed), added: [] },
    ...(widened.length === 0 ? [] : [{ changed: new Map([...freed, ...widened]), added: [] }]),
    { changed: new Map(freed), added: [`topic ${access} ${topic}`] },
  ];
}

function draftsToDeny(acl: AclFile, request: AclRequest): readonly Draft[] {
  const { user, topic } = request;
  const denial = `topic deny ${topic}`;
  const narrowed = ownRules(acl, user)
    .filter(rule => rule.access !== 'deny' && filtersOverlap(rule.topic, topic))
    .map(rule => [rule, without(rule, request)] as const);
  return [
    ...draftsToRevoke(acl, request),
    { changed: new Map(narrowed), added: [] },
    { changed: new Map(), added: [denial] },
  ];
}

function draftsToRevoke(acl: AclFile, request: AclRequest): readonly Draft[] {
  const within = ownRules(acl, request.user).filter(
    rule => rule.access !== 'deny' && filterCovers(request.topic, rule.topic),
  );
  return [{ changed: new Map(within.map(rule => [rule, without(rule, request)] as const)), added: [] }];
}

/** What is left of a rule's access without the one that is taken away. */
function without(rule: AclRule, request: AclRequest): AclAccess | null {
  const left = ACCESSES.filter(access => grants(rule, access) && !accessesOf(request).includes(access));
  return left.length === 2 ? 'readwrite' : (left[0] ?? null);
}

/** The same draft with denials of what it lets in besides, in topics that were not asked for. */
function mendedDraft(plan: AclPlan, draft: Draft | undefined, { topic }: AclRequest): readonly Draft[] {
  const open = plan.others.filter(effect => effect.before === 'none' && !filtersOverlap(effect.topic, topic));
  if (draft === undefined || open.length === 0) return [];
  const denials = new Set(open.map(effect => `topic deny ${effect.topic}`));
  return [{ ...draft, added: [...draft.added, ...denials] }];
}

function editsOf(acl: AclFile, user: string, { changed, added }: Draft): readonly LineEdit[] {
  const edits = [...changed].flatMap(([rule, access]): readonly LineEdit[] => {
    if (access === rule.access) return [];
    if (access === null) return [{ kind: 'delete', line: rule.line }];
    return [{ kind: 'replace', line: rule.line, text: `topic ${access} ${rule.topic}` }];
  });
  return [...edits, ...insertions(acl, user, added)];
}

/** New lines below the last rule of the user's last section; in a section of its own at the end where it has none. */
function insertions({ sections, rules, lines }: AclFile, user: string, added: readonly string[]): readonly LineEdit[] {
  if (added.length === 0) return [];
  const section = sections.findLast(candidate => candidate.user === user);
  if (section === undefined) {
    const gap = (lines.at(-1) ?? '').trim() === '' ? [] : [''];
    const texts = [...gap, `user ${user}`, ...added];
    return texts.map(text => ({ kind: 'insert', before: lines.length + 1, text }));
  }
  const next = sections.find(candidate => candidate.line > section.line)?.line ?? lines.length + 1;
  const last = rules.findLast(rule => rule.line > section.line && rule.line < next)?.line ?? section.line;
  return added.map(text => ({ kind: 'insert', before: last + 1, text }));
}

function planOf(content: Uint8Array, before: AclFile, edits: readonly LineEdit[], request: AclRequest): AclPlan {
  const bytes = applyEdits(content, edits);
  const after = parseAclFile(decodeText(bytes), before.file);
  const effects = effectsOf(before, after, request.user, request.topic);
  const isAsked = (effect: Effect): boolean =>
    filterCovers(request.topic, effect.topic) &&
    accessesOf(request).includes(effect.access) &&
    effect.after === (request.action === 'allow' ? 'all' : 'none');
  return {
    ...{ before, after, content: bytes, edits },
    asked: effects.filter(isAsked),
    others: effects.filter(effect => !isAsked(effect)),
  };
}

/** What weighs in a choice: changes elsewhere, in the asked topics, lines. */
function byWeight(one: AclPlan, other: AclPlan, request: AclRequest): number {
  const [left, right] = [weightsOf(one, request), weightsOf(other, request)];
  const index = left.findIndex((weight, place) => weight !== right[place]);
  return index < 0 ? 0 : (left[index] ?? 0) - (right[index] ?? 0);
}

function weightsOf({ others, edits }: AclPlan, { topic }: AclRequest): readonly number[] {
  const elsewhere = others.filter(effect => !filterCovers(topic, effect.topic));
  return [elsewhere.length, others.length, edits.length];
}

/** What the file's language cannot say: names and topics that come out as others, or make no line at all. */
function wordsFault({ action, user, access, topic }: AclRequest): EditFault | null {
  const fault = nameFault(user) ?? topicFault(topic);
  if (fault !== null) return fault;
  if (topic.startsWith('$share')) {
    const message = 'mosquitto decides a shared subscription by the topic behind $share/NAME/';
    return { message, cure: 'Name that one.' };
  }
  if (action !== 'allow' || access === 'read' || !topic.startsWith('$SYS')) return null;
  if (filterCovers(BRIDGE_STATE, topic)) return null;
  return { message: 'mosquitto lets nobody write below $SYS', cure: 'Ask for read.' };
}

/** Why an ACL file cannot name a user. */
export function nameFault(user: string): EditFault | null {
  const line = parseAclLine(`user ${user}`);
  if (line.kind === 'user' && line.name === user && isOneLine(user)) return null;
  const cure = 'Give the user another name: mosquitto cuts blanks off at both ends, and a line holds one name.';
  return { message: `an ACL file cannot name the user ${quote(user)}`, cure };
}

/** Why an ACL file cannot name a topic. */
export function topicFault(topic: string): EditFault | null {
  const line = parseAclLine(`topic read ${topic}`);
  if (line.kind === 'rule' && line.topic === topic && line.hasKeyword && isOneLine(topic)) return null;
  const why = topic.trim() === topic ? '' : ': mosquitto cuts blanks off at both ends';
  const message = `an ACL file cannot name the topic ${quote(topic)}${why}`;
  return line.kind === 'fault'
    ? { message: line.message, cure: line.cure }
    : { message, cure: 'Give it another name.' };
}

function isOneLine(text: string): boolean {
  return !/[\n\0\ufffd]|\p{Surrogate}/u.test(text);
}

/** Rules that mosquitto loses without a word would come alive with a change below them. */
function lossFault(acl: AclFile): EditFault | null {
  const [issue] = acl.issues;
  if (issue === undefined) return null;
  const message = `${acl.file}:${issue.place?.line ?? 1}: ${issue.message}`;
  return { message, cure: `${issue.cure ?? ''} Then run this again.` };
}

/** Why nothing leads there; of what is revoked, the line that grants it even when all is `taken` away that may be. */
function impossible(taken: AclFile, before: AclFile, request: AclRequest): EditFault {
  const { action, user, access, topic } = request;
  const what = `${action === 'allow' ? 'may' : 'may not'} ${access} ${quote(topic)}`;
  if (action !== 'revoke') {
    const message = `no change of ${before.file} makes it so that ${quote(user)} ${what}`;
    return { message, cure: 'Name the topics one by one.' };
  }
  const message = `nothing can be taken away from ${quote(user)} so that it ${what}`;
  const left = grantingRule(taken, user, accessesOf(request), topic);
  const key = ({ owner, text }: AclRule): string => JSON.stringify([owner, text]);
  const granting = left === null ? undefined : before.rules.find(rule => key(rule) === key(left));
  if (granting === undefined) return { message, cure: 'Deny it: hometui acl deny.' };
  return {
    message: `${message}: line ${granting.line} grants it, ${quote(granting.text)}`,
    cure: 'Deny it: hometui acl deny. Or change that line.',
  };
}
