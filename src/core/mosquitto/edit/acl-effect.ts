import type { Extent } from '../access-table.ts';
import { BRIDGE_STATE, checkAccess, fillPattern } from '../acl-check.ts';
import type { AclFile, AclRule } from '../acl-file.ts';
import type { BrokerVersion } from '../broker-version.ts';
import { filterCovers, filtersOverlap } from '../filter-relation.ts';
import { grants } from '../lint/input.ts';
import { cellsOf, exampleOf, hasWildcard } from './filter-cells.ts';

/** An access that a user has after a change and had not before, or the other way round. */
export interface Effect {
  readonly access: 'read' | 'write';
  /** A topic filter; with `isWhole` false other lines keep some of its topics as they were. */
  readonly topic: string;
  readonly isWhole: boolean;
  /**
   * `some`: with some client identifiers only, by a pattern. Those with a + or #, for which mosquitto looks at no pattern,
   * are left out of account.
   */
  readonly before: Extent;
  readonly after: Extent;
}

/** The accesses, in the order in which they are told. */
export const ACCESSES = ['read', 'write'] as const;

/**
 * Everything that another version of the file changes for a user: each topic whose decision is another one is matched by
 * one of the effects. The two files may differ in this user's own rules only.
 */
export function effectsOf(before: AclFile, after: AclFile, user: string, topic: string): readonly Effect[] {
  const seeds = [...changedFilters(before, after, user), ...changedFilters(after, before, user)];
  const filters = [...new Set([...filtersFor(before, user), ...filtersFor(after, user), topic])];
  const cells = cellsOf(seeds, filters)?.filter(cell => exampleOf(cell, filters) !== null);
  if (cells === undefined) return seeds.flatMap(unknownEffects);
  const [was, is] = [before, after].map(acl => decider(acl, user));
  const all = ACCESSES.flatMap(access =>
    cells.map(
      (cell): Effect => ({
        ...{ access, topic: cell, isWhole: true },
        ...{ before: was?.(access, cell) ?? 'some', after: is?.(access, cell) ?? 'some' },
      }),
    ),
  );
  const changed = all.filter(effect => effect.before !== effect.after);
  // What changes in the asked topics and what changes in the others is told apart.
  const inTopic = (effect: Effect): boolean => filterCovers(topic, effect.topic);
  const wide = changed.filter(effect => hasWildcard(effect.topic));
  const widest = changed.filter(
    effect => !wide.some(other => includes(other, effect) && inTopic(other) === inTopic(effect)),
  );
  return widest.map(effect => {
    if (!hasWildcard(effect.topic)) return effect;
    const within = all.filter(other => other.access === effect.access && filterCovers(effect.topic, other.topic));
    const isWhole = within.every(other => isSameChange(other, effect) && inTopic(other) === inTopic(effect));
    return { ...effect, isWhole };
  });
}

/** Of topics that are cut into too many pieces to be told apart, all may have changed. */
function unknownEffects(topic: string): readonly Effect[] {
  return ACCESSES.map(access => ({ access, topic, isWhole: false, before: 'some', after: 'some' }));
}

/** How much of an access a user has on the topics of a filter. */
export function extentOn(acl: AclFile, user: string, access: 'read' | 'write', topic: string): Extent {
  const filters = [...new Set([...filtersFor(acl, user), topic])];
  const cells = cellsOf([topic], filters)?.filter(cell => exampleOf(cell, filters) !== null);
  if (cells === undefined) return 'some';
  const decide = decider(acl, user);
  const extents = new Set(cells.map(cell => decide(access, cell)));
  const [only = 'none'] = extents;
  return extents.size > 1 ? 'some' : only;
}

/** The line by which a user has one of these accesses on some topic of a filter; `null` where a client identifier decides. */
export function grantingRule(
  acl: AclFile,
  user: string,
  accesses: readonly ('read' | 'write')[],
  topic: string,
): AclRule | null {
  const filters = [...filtersFor(acl, user), topic];
  const examples = (cellsOf([topic], filters) ?? []).flatMap(cell => exampleOf(cell, filters) ?? []);
  const questions = examples.flatMap(example =>
    accesses.map(access => ({ user, clientId: '', access, topic: example })),
  );
  return questions.map(question => checkAccess(acl, question)).find(({ allowed }) => allowed)?.rule ?? null;
}

function includes(wide: Effect, narrow: Effect): boolean {
  return isSameChange(wide, narrow) && wide.topic !== narrow.topic && filterCovers(wide.topic, narrow.topic);
}

function isSameChange(one: Effect, other: Effect): boolean {
  return one.access === other.access && one.before === other.before && one.after === other.after;
}

function ownRules(acl: AclFile, user: string): readonly AclRule[] {
  return acl.order.users.get(user) ?? [];
}

/** The filters of a user's rules that another version of the file does not have as often. */
function changedFilters(acl: AclFile, other: AclFile, user: string): readonly string[] {
  const left = ownRules(other, user).map(rule => `${rule.access} ${rule.topic}`);
  return ownRules(acl, user).flatMap(rule => {
    const place = left.indexOf(`${rule.access} ${rule.topic}`);
    if (place < 0) return [rule.topic];
    left.splice(place, 1);
    return [];
  });
}

const VERSIONS: readonly BrokerVersion[] = ['2.0', '2.1'];

/** All filters by which it may be decided what a user may do. */
function filtersFor(acl: AclFile, user: string): readonly string[] {
  const patterns = acl.order.patterns.flatMap(rule => VERSIONS.map(version => filledFilter(rule, user, version)));
  return [...ownRules(acl, user).map(rule => rule.topic), ...patterns.filter(filter => filter !== null), BRIDGE_STATE];
}

/** What is decided on those topics of a cell that are in no narrower cell: there a rule holds for all of them or none. */
type Decide = (access: 'read' | 'write', cell: string) => Extent;

function decider(acl: AclFile, user: string): Decide {
  const own = ownRules(acl, user);
  const denies = coverage(own.filter(rule => rule.access === 'deny'));
  const granted = {
    read: coverage(own.filter(rule => grants(rule, 'read'))),
    write: coverage(own.filter(rule => grants(rule, 'write'))),
  };
  return (access, cell) => {
    if (cell.startsWith('$share')) return 'none';
    if (access === 'write' && cell.startsWith('$SYS') && !filterCovers(BRIDGE_STATE, cell)) return 'none';
    // In a list denials come first, and of the others it is all the same which one grants it.
    if (denies(cell)) return 'none';
    if (granted[access](cell)) return 'all';
    if (/[+#]/.test(user)) return 'none';
    const [one, other] = VERSIONS.map(version => patternExtent(acl, user, access, cell, version));
    return one === other && one !== undefined ? one : 'some';
  };
}

/** Whether one of the rules covers a cell: most rules of a large file are for a single topic, and looked up. */
function coverage(rules: readonly AclRule[]): (cell: string) => boolean {
  const topics = new Set(rules.map(rule => rule.topic));
  const wide = [...topics].filter(hasWildcard);
  return cell => topics.has(cell) || wide.some(filter => filterCovers(filter, cell));
}

/** What the patterns say: to all clients of the user, or to those with some client identifiers. */
function patternExtent(
  acl: AclFile,
  user: string,
  access: 'read' | 'write',
  cell: string,
  version: BrokerVersion,
): Extent {
  let isDeniedToSome = false;
  let isGrantedToSome = false;
  for (const rule of acl.order.patterns.filter(candidate => isAsked(candidate, access))) {
    if (rule.topic.includes('%c')) {
      if (!mayMatch(rule, user, cell, version)) continue;
      if (rule.access === 'deny') isDeniedToSome = true;
      else isGrantedToSome = true;
      continue;
    }
    const filter = filledFilter(rule, user, version);
    if (filter === null || !filterCovers(filter, cell)) continue;
    if (rule.access === 'deny') return 'none';
    return isDeniedToSome ? 'some' : 'all';
  }
  return isGrantedToSome ? 'some' : 'none';
}

function isAsked(rule: AclRule, access: 'read' | 'write'): boolean {
  return rule.access === 'deny' || grants(rule, access);
}

/** A pattern without %c, the user's name in it; `null` where it is passed over. */
function filledFilter(rule: AclRule, user: string, version: BrokerVersion): string | null {
  return rule.topic.includes('%c') ? null : fillPattern(rule.topic, { user, clientId: '' }, version);
}

/** Whether a pattern with %c may hold on a cell with some client identifier, which in 2.0 may have slashes too. */
function mayMatch(rule: AclRule, user: string, cell: string, version: BrokerVersion): boolean {
  const levels = rule.topic.split('/');
  const first = levels.findIndex(level => level.includes('%c'));
  const last = levels.findLastIndex(level => level.includes('%c'));
  if (first > 0) {
    const head = fillPattern(levels.slice(0, first).join('/'), { user, clientId: '' }, version);
    if (head === null || !filtersOverlap(`${head}/#`, cell)) return false;
  }
  const tail = levels.slice(last + 1);
  const there = cell.split('/');
  if (tail.at(-1) === '#' || there.at(-1) === '#') return true;
  const isName = (level: string | undefined): boolean => level !== '+' && !/%u/.test(level ?? '');
  return tail.every((level, index) => {
    const other = there[there.length - tail.length + index];
    return other === '+' || !isName(level) || level === other;
  });
}
