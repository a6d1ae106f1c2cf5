import { findNodeAtLocation, getNodeValue, type Node, parseTree } from 'jsonc-parser';
import type { Issue } from '../issue.ts';
import { ok, type Result } from '../result.ts';
import { parseHouse } from './parse.ts';
import type { HouseConfig, PanelConfig, TabConfig } from './schema.ts';
import { type Layout, writeHousePart } from './write.ts';

/** What a house is called that nobody has named yet. */
const NEW_NAME = 'Home';

/** What is to stand in a house file beside what a person wrote there. */
export interface HouseAdditions {
  /** New things by their ids, in their groups: `sensors`, `switches`. None of the ids may be in use. */
  readonly groups: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Items of panels: those of a panel that is there, by its label, come after its own. */
  readonly panels: readonly PanelConfig[];
  /** Tabs with the labels of new panels; they come into a new house, and into one that has tabs. */
  readonly tabs: readonly TabConfig[];
  /** What is said above a new thing, by its group and id: one line. */
  readonly notes?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Ids that a client serves besides, by the id of a client that is there. */
  readonly served?: Readonly<Record<string, readonly string[]>>;
}

/** A text to be put in; nothing is ever taken out. */
interface Insertion {
  readonly offset: number;
  readonly text: string;
}

/** The text of a new house file. The error is what would be wrong with it. */
export function newHouse(additions: HouseAdditions, file: string): Result<string, readonly Issue[]> {
  const groups = Object.entries({ sensors: {}, ...additions.groups }).map(([group, things]) =>
    Object.keys(things).length === 0 ? `"${group}": {}` : `"${group}": {\n  }`,
  );
  const lists = ['"panels": [\n  ]', ...(additions.tabs.length === 0 ? [] : ['"tabs": [\n  ]'])];
  const empty = ['"version": 2', `"name": "${NEW_NAME}"`, ...groups, ...lists].join(',\n  ');
  const text = grown(`{\n  ${empty}\n}\n`, additions);
  const checked = parseHouse(text, file);
  return checked.ok ? ok(text) : checked;
}

/**
 * The text of a house file with more in it. It is only added to: every character of it stays, in its order, and each
 * comment behind what it was written behind. The error is what is wrong with the file, as it is or as it would be.
 */
export function mergeIntoHouse(
  text: string,
  file: string,
  additions: HouseAdditions,
): Result<string, readonly Issue[]> {
  const before = parseHouse(text, file);
  if (!before.ok) return before;
  const merged = grown(text, { ...additions, tabs: tabsFor(before.value, additions.tabs) });
  const after = parseHouse(merged, file);
  return after.ok ? ok(merged) : after;
}

/** The text of a house file, right or still empty, with what is added. */
function grown(text: string, { groups, panels, tabs, notes = {}, served = {} }: HouseAdditions): string {
  const source = text.replace(/^\uFEFF/, ' ');
  const tree = parseTree(source);
  if (tree === undefined) return text;
  const place = { source, layout: layoutOf(source, tree) };
  const missing: string[] = [];
  const insertions: Insertion[] = [];
  const grow = (path: readonly string[], rendered: readonly string[], whole: () => string): void => {
    const node = findNodeAtLocation(tree, [...path]);
    if (node === undefined) missing.push(whole());
    else insertions.push(...insertionsInto(node, rendered, path.length, place));
  };
  const lengthen = (list: Node, names: readonly string[]): void => {
    const rendered = names.map(name => writeHousePart(name, 0));
    insertions.push(...insertionsInto(list, rendered, 3, place));
  };
  for (const [group, things] of Object.entries(groups)) {
    const members = Object.entries(things).map(
      ([id, thing]) => noteText(notes[group]?.[id], 2, place.layout) + memberText(id, thing, 2, place.layout),
    );
    if (members.length > 0) grow([group], members, () => groupText(group, members, place.layout));
  }
  for (const [client, ids] of Object.entries(served)) {
    const list = findNodeAtLocation(tree, ['clients', client, 'publishes']);
    if (list !== undefined) lengthen(list, ids);
  }
  const growLists = (key: 'panels' | 'tabs', lists: readonly Labelled[], field: 'items' | 'panels'): void => {
    const { inside, added } = lacking(tree, key, lists, field);
    for (const [node, names] of inside) lengthen(node, names);
    if (added.length === 0) return;
    const rendered = added.map(one => writeHousePart(one, 2, place.layout));
    grow([key], rendered, () => memberText(key, added, 1, place.layout));
  };
  growLists('panels', panels, 'items');
  growLists('tabs', tabs, 'panels');
  if (missing.length > 0) insertions.push(...insertionsInto(tree, missing, 0, place));
  return insertAll(text, insertions);
}

/** A whole group, with what is said above its members. */
function groupText(group: string, members: readonly string[], { lineEnd, step }: Layout): string {
  const inside = lineEnd + step.repeat(2);
  return `${writeHousePart(group, 0)}: {${inside}${members.join(`,${inside}`)}${lineEnd}${step}}`;
}

/** A line above a member; none where nothing is said. */
function noteText(note: string | undefined, depth: number, { lineEnd, step }: Layout): string {
  return note === undefined ? '' : `// ${note}${lineEnd}${step.repeat(depth)}`;
}

function memberText(key: string, value: unknown, depth: number, layout: Layout): string {
  return `${writeHousePart(key, 0)}: ${writeHousePart(value, depth, layout)}`;
}

type Labelled = PanelConfig | TabConfig;

/** Of a house without tabs all stands on one page, and stays there; a panel that is there has its place already. */
function tabsFor({ panels, tabs }: HouseConfig, added: readonly TabConfig[]): readonly TabConfig[] {
  if (tabs === undefined) return [];
  const isNew = (label: string): boolean => panels.every(panel => panel.label !== label);
  return added.map(tab => ({ ...tab, panels: tab.panels.filter(isNew) })).filter(tab => tab.panels.length > 0);
}

/** What the lists of panels or tabs that are there lack, by the nodes of the lists; and those that are not there. */
function lacking(tree: Node, key: string, lists: readonly Labelled[], field: 'items' | 'panels') {
  const namesOf = (one: object): readonly string[] => (one as Record<typeof field, readonly string[]>)[field];
  const inside = new Map<Node, string[]>();
  const added = new Map<string, Labelled>();
  for (const one of lists) {
    const node = findNodeAtLocation(tree, [key])?.children?.find(
      there => (getNodeValue(there) as Labelled).label === one.label,
    );
    const list = node === undefined ? undefined : findNodeAtLocation(node, [field]);
    if (list === undefined) {
      const before = added.get(one.label);
      added.set(one.label, { ...one, [field]: [...new Set([...(before ? namesOf(before) : []), ...namesOf(one)])] });
      continue;
    }
    const known = new Set([...(getNodeValue(list) as readonly string[]), ...(inside.get(list) ?? [])]);
    const more = [...new Set(namesOf(one))].filter(name => !known.has(name));
    if (more.length > 0) inside.set(list, [...(inside.get(list) ?? []), ...more]);
  }
  return { inside, added: [...added.values()] };
}

interface Place {
  readonly source: string;
  readonly layout: Layout;
}

/**
 * What puts members at the end of an object or a list that stands `depth` steps in: a comma right behind the last member,
 * and the new ones behind whatever is written after that one.
 */
function insertionsInto(
  node: Node,
  members: readonly string[],
  depth: number,
  { source, layout }: Place,
): readonly Insertion[] {
  const last = node.children?.at(-1);
  const end = last === undefined ? node.offset + 1 : last.offset + last.length;
  const close = node.offset + node.length - 1;
  const between = source.slice(end, close);
  const offset = end + between.trimEnd().length;
  const comma = last === undefined ? [] : [{ offset: end, text: ',' }];
  const isOneLine = !source.slice(node.offset, close).includes('\n');
  if (isOneLine && node.type === 'array' && members.every(member => !member.includes('\n'))) {
    return [...comma, { offset, text: `${last === undefined ? '' : ' '}${members.join(', ')}` }];
  }
  const inside = layout.lineEnd + layout.step.repeat(depth + 1);
  const tail = source.slice(offset, close).includes('\n') ? '' : layout.lineEnd + layout.step.repeat(depth);
  return [...comma, { offset, text: `${inside}${members.join(`,${inside}`)}${tail}` }];
}

/** How the person laid the file out, as its first member shows. */
function layoutOf(source: string, tree: Node): Layout {
  const first = tree.children?.[0];
  const lead = first === undefined ? '' : (/\n([ \t]+)$/.exec(source.slice(0, first.offset))?.[1] ?? '');
  return { lineEnd: source.includes('\r\n') ? '\r\n' : '\n', step: lead === '' ? '  ' : lead };
}

function insertAll(text: string, insertions: readonly Insertion[]): string {
  let merged = '';
  let at = 0;
  for (const { offset, text: inserted } of insertions.toSorted((one, other) => one.offset - other.offset)) {
    merged += text.slice(at, offset) + inserted;
    at = offset;
  }
  return merged + text.slice(at);
}
