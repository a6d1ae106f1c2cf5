import type { Extent } from '../access-table.ts';
import { BRIDGE_STATE, fillPattern } from '../acl-check.ts';
import type { AclFile, AclRule } from '../acl-file.ts';
import type { BrokerVersion } from '../broker-version.ts';
import { filterCovers, filtersOverlap } from '../filter-relation.ts';
import { grants } from '../lint/input.ts';
import { cellsOf, exampleOf } from './filter-cells.ts';

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
  const filters = [...filtersFor(before, user), ...filtersFor(after, user), topic];
  const cells = cellsOf(seeds, filters)?.filter(cell => exampleOf(cell, filters) !== null);
  const all = ACCESSES.flatMap(access =>
    (cells ?? seeds).map((cell): Effect => {
      const [was, is] = [extentAt(before, user, access, cell), extentAt(after, user, access, cell)];
      // Cut into too many pieces to be told apart, all of it may have changed.
      if (cells === undefined) return { access, topic: cell, isWhole: false, before: 'some', after: 'some' };
      return { access, topic: cell, isWhole: true, before: was, after: is };
    }),
  );
  const changed = cells === undefined ? all : all.filter(effect => effect.before !== effect.after);
  // What changes in the asked topics and what changes in the others is told apart.
  const inTopic = (effect: Effect): boolean => filterCovers(topic, effect.topic);
  const widest = changed.filter(
    effect => !changed.some(other => other !== effect && inTopic(other) === inTopic(effect) && includes(other, effect)),
  );
  return widest.map(effect => {
    const isLike = (other: Effect): boolean => isSameChange(other, effect) && inTopic(other) === inTopic(effect);
    const within = all.filter(other => other.access === effect.access && filterCovers(effect.topic, other.topic));
    return { ...effect, isWhole: effect.isWhole && within.every(isLike) };
  });
}

/** How much of an access a user has on the topics of a filter. */
export function extentOn(acl: AclFile, user: string, access: 'read' | 'write', topic: string): Extent {
  const filters = [...filtersFor(acl, user), topic];
  const cells = cellsOf([topic], filters)?.filter(cell => exampleOf(cell, filters) !== null);
  const extents = new Set(cells?.map(cell => extentAt(acl, user, access, cell)) ?? ['some' as const]);
  const [only = 'none'] = extents;
  return extents.size > 1 ? 'some' : only;
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
function extentAt(acl: AclFile, user: string, access: 'read' | 'write', cell: string): Extent {
  if (cell.startsWith('$share')) return 'none';
  if (access === 'write' && cell.startsWith('$SYS') && !filterCovers(BRIDGE_STATE, cell)) return 'none';
  const own = ownRules(acl, user).find(rule => isAsked(rule, access) && filterCovers(rule.topic, cell));
  if (own !== undefined) return own.access === 'deny' ? 'none' : 'all';
  if (/[+#]/.test(user)) return 'none';
  const [one, other] = VERSIONS.map(version => patternExtent(acl, user, access, cell, version));
  return one === other && one !== undefined ? one : 'some';
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
