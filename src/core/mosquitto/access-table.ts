import { cleanText } from '../clean-text.ts';
import { textWidth, widestOf } from '../text-width.ts';
import { BRIDGE_STATE, checkAccess, fillPattern } from './acl-check.ts';
import type { AclFile, AclRule } from './acl-file.ts';
import { aclUsers } from './acl-file.ts';
import type { BrokerVersion } from './broker-version.ts';
import { filterCovers, filtersOverlap } from './filter-relation.ts';

/** Whether a user has an access on all topics of a row, on none, or on some of them (or only with some client identifiers). */
export type Extent = 'all' | 'some' | 'none';

export interface AccessCell {
  readonly read: Extent;
  readonly write: Extent;
}

export interface AccessRow {
  /** A topic name, or a topic filter of the file. */
  readonly topic: string;
  /** One cell per column, in the table's order. */
  readonly cells: readonly AccessCell[];
}

/** Who may do what: one column per user, one row per topic. */
export interface AccessTable {
  /** `null` is the client without a name. */
  readonly users: readonly (string | null)[];
  readonly rows: readonly AccessRow[];
}

/**
 * The table of an ACL file: its users (and `moreUsers`, as those of a password file), and as rows the topics of a house
 * and the topic filters of the rules. Clients without a name have a column where a rule is for them.
 */
export function createAccessTable(
  acl: AclFile,
  moreUsers: readonly string[],
  moreTopics: readonly string[],
  version: BrokerVersion = '2.0',
): AccessTable {
  const names = [...new Set([...aclUsers(acl), ...moreUsers])];
  const users: (string | null)[] = acl.order.anonymous.length > 0 ? [null, ...names] : names;
  const filters = acl.rules.filter(rule => rule.owner.kind !== 'pattern').map(rule => rule.topic);
  const patterns = acl.order.patterns.flatMap(rule => users.map(user => filterFor(rule, user, version)));
  const topics = [...new Set([...moreTopics, ...filters, ...patterns.filter(topic => topic !== null)])];
  const asked: Asked = { acl, version };
  return { users, rows: topics.map(topic => ({ topic, cells: users.map(user => cellOf(asked, user, topic)) })) };
}

/** A cell in letters: `rw`, `r`, `w`, `-`; an access on some of the topics only is put in brackets. */
function formatCell({ read, write }: AccessCell): string {
  const text = `${letter('r', read)}${letter('w', write)}`;
  return text === '' ? '-' : text;
}

/** The table in words: a heading and the rows, and below them a legend where one is needed. */
export interface TableTexts {
  readonly heading: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly legend: string | null;
}

/** What stands in the cells of the table, clean of control characters; the first column is the topic. `note` is one more line of the legend. */
export function tableTexts(table: AccessTable, note: string | null = null): TableTexts {
  const hasSome = table.rows.some(row => row.cells.some(cell => cell.read === 'some' || cell.write === 'some'));
  const legend = [...(hasSome ? ['(r), (w): on some of these topics only'] : []), ...(note === null ? [] : [note])];
  return {
    heading: ['topic', ...table.users.map(user => (user === null ? '(no name)' : cleanText(user, 40)))],
    rows: table.rows.map(row => [cleanText(row.topic), ...row.cells.map(formatCell)]),
    legend: legend.length === 0 ? null : legend.join('; '),
  };
}

/**
 * The table as lines of plain text, columns aligned; with a legend where it is needed. Where it is wider than `width`, its
 * columns come in several tables below each other, each with the first column.
 */
export function formatAccessTable(
  { heading, rows, legend }: TableTexts,
  width = Number.POSITIVE_INFINITY,
): readonly string[] {
  const all = [heading, ...rows];
  const widths = heading.map((_, column) => widestOf(all.map(row => row[column] ?? '')));
  const lines = columnGroups(widths, width).flatMap((columns, place) => [
    ...(place === 0 ? [] : ['']),
    ...all.map(row =>
      columns
        .map(column => (row[column] ?? '') + ' '.repeat((widths[column] ?? 0) - textWidth(row[column] ?? '')))
        .join('  ')
        .trimEnd(),
    ),
  ]);
  return legend === null ? lines : [...lines, legend];
}

/** Which columns stand side by side: the first one in each group, and at least one more. */
function columnGroups([first = 0, ...others]: readonly number[], width: number): readonly (readonly number[])[] {
  const groups: number[][] = [];
  let left = -1;
  for (const [index, own] of others.entries()) {
    left -= own + 2;
    if (left < 0) {
      groups.push([0]);
      left = width - first - own - 2;
    }
    groups.at(-1)?.push(index + 1);
  }
  return groups.length === 0 ? [[0]] : groups;
}

function letter(name: string, extent: Extent): string {
  if (extent === 'none') return '';
  return extent === 'all' ? name : `(${name})`;
}

/** Whose decisions the cells are. */
interface Asked {
  readonly acl: AclFile;
  readonly version: BrokerVersion;
}

function cellOf(asked: Asked, user: string | null, topic: string): AccessCell {
  return { read: extentOf(asked, user, 'read', topic), write: writeExtentOf(asked, user, topic) };
}

/** Below $SYS nobody may write but bridges their state. */
function writeExtentOf(asked: Asked, user: string | null, topic: string): Extent {
  if (!topic.startsWith('$SYS')) return extentOf(asked, user, 'write', topic);
  if (!filtersOverlap(BRIDGE_STATE, topic)) return 'none';
  const extent = extentOf(asked, user, 'write', topic);
  return extent === 'all' && !filterCovers(BRIDGE_STATE, topic) ? 'some' : extent;
}

function extentOf({ acl, version }: Asked, user: string | null, access: 'read' | 'write', topic: string): Extent {
  if (topic.startsWith('$share')) return 'none';
  if (!/[+#]/.test(topic) && !acl.order.patterns.some(rule => rule.topic.includes('%c'))) {
    return checkAccess(acl, { user, clientId: 'client', access, topic }, version).allowed ? 'all' : 'none';
  }
  const own = user === null ? acl.order.anonymous : (acl.order.users.get(user) ?? []);
  const byOwn = extentOfList(own, { user, access, topic, version });
  if (byOwn.isDecided || /[+#]/.test(user ?? '')) return byOwn.extent;
  const byPattern = extentOfList(acl.order.patterns, { user, access, topic, version });
  const extent = widest(byOwn.extent, byPattern.extent);
  return extent === 'all' && byOwn.isDenied ? 'some' : extent;
}

interface ListExtent {
  readonly extent: Extent;
  /** Whether no later list can change it. */
  readonly isDecided: boolean;
  /** Whether some of the topics are denied, whatever a later list grants. */
  readonly isDenied: boolean;
}

/** What one list of rules says of all topics of a row. */
function extentOfList(
  rules: readonly AclRule[],
  of: { readonly user: string | null; readonly access: 'read' | 'write'; readonly topic: string } & Pick<
    Asked,
    'version'
  >,
): ListExtent {
  const { user, access, topic, version } = of;
  let extent: Extent = 'none';
  let isDenied = false;
  for (const rule of rules) {
    if (rule.access !== 'deny' && rule.access !== 'readwrite' && rule.access !== access) continue;
    const filter = filterFor(rule, user, version);
    if (filter === null || !filtersOverlap(filter, topic)) continue;
    const isWhole = filterCovers(filter, topic) && !isForSomeClients(rule);
    if (rule.access === 'deny' && isWhole) return { extent: 'none', isDecided: true, isDenied: true };
    if (rule.access === 'deny') isDenied = true;
    else if (isWhole) return { extent: isDenied ? 'some' : 'all', isDecided: true, isDenied };
    else extent = 'some';
  }
  return { extent, isDecided: false, isDenied };
}

function widest(one: Extent, other: Extent): Extent {
  if (one === 'all' || other === 'all') return 'all';
  return one === 'some' || other === 'some' ? 'some' : 'none';
}

/** A rule's filter with the user's name in it, `null` where there is none; the client identifier may be anything. */
export function filterFor(rule: AclRule, user: string | null, version: BrokerVersion): string | null {
  if (rule.owner.kind !== 'pattern') return rule.topic;
  // A name that no client has, without a slash: where it comes out, any may stand.
  const filled = fillPattern(rule.topic, { user, clientId: ANY_CLIENT }, version);
  if (filled === null) return null;
  return filled
    .split('/')
    .map(level => (level.includes(ANY_CLIENT) ? '+' : level))
    .join('/');
}

const ANY_CLIENT = '\0';

function isForSomeClients(rule: AclRule): boolean {
  return rule.owner.kind === 'pattern' && rule.topic.includes('%c');
}
