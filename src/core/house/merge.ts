import { findNodeAtLocation, getNodeValue, type Node, parseTree } from 'jsonc-parser';
import type { Issue } from '../issue.ts';
import { ok, type Result } from '../result.ts';
import { parseHouse } from './parse.ts';
import type { PanelConfig } from './schema.ts';
import { type Layout, writeHousePart } from './write.ts';

/** What a house is called that nobody has named yet. */
const NEW_NAME = 'Home';

/** What is to stand in a house file beside what a person wrote there. */
export interface HouseAdditions {
  /** New things by their ids, in their groups: `sensors`, `switches`. None of the ids may be in use. */
  readonly groups: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Items of panels: those of a panel that is there, by its label, come after its own. */
  readonly panels: readonly PanelConfig[];
}

/** A text to be put in; nothing is ever taken out. */
interface Insertion {
  readonly offset: number;
  readonly text: string;
}

/** The text of a new house file. The error is what would be wrong with it. */
export function newHouse({ groups, panels }: HouseAdditions, file: string): Result<string, readonly Issue[]> {
  const house = { name: NEW_NAME, sensors: {}, ...groups, panels };
  const text = `${writeHousePart(house, 0)}\n`;
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
  const source = text.replace(/^\uFEFF/, ' ');
  const tree = parseTree(source);
  if (tree === undefined) return ok(text);
  const place = { source, layout: layoutOf(source, tree) };
  const missing: string[] = [];
  const insertions: Insertion[] = [];
  const grow = (path: readonly string[], rendered: readonly string[], whole: () => string): void => {
    const node = findNodeAtLocation(tree, [...path]);
    if (node === undefined) missing.push(whole());
    else insertions.push(...insertionsInto(node, rendered, path.length, place));
  };
  for (const [group, things] of Object.entries(additions.groups)) {
    const members = Object.entries(things).map(([id, thing]) => memberText(id, thing, 2, place.layout));
    if (members.length > 0) grow([group], members, () => memberText(group, things, 1, place.layout));
  }
  const { inside, added } = panelItems(tree, additions.panels);
  for (const [node, items] of inside) {
    insertions.push(
      ...insertionsInto(
        node,
        items.map(item => writeHousePart(item, 0)),
        3,
        place,
      ),
    );
  }
  if (added.length > 0) {
    const panels = added.map(panel => writeHousePart(panel, 2, place.layout));
    grow(['panels'], panels, () => memberText('panels', added, 1, place.layout));
  }
  if (missing.length > 0) insertions.push(...insertionsInto(tree, missing, 0, place));
  const merged = insertAll(text, insertions);
  const after = parseHouse(merged, file);
  return after.ok ? ok(merged) : after;
}

function memberText(key: string, value: unknown, depth: number, layout: Layout): string {
  return `${writeHousePart(key, 0)}: ${writeHousePart(value, depth, layout)}`;
}

/** The items that a panel lacks, by the node of its list; and the panels that are not there. */
function panelItems(tree: Node, panels: readonly PanelConfig[]) {
  const inside = new Map<Node, string[]>();
  const added = new Map<string, PanelConfig>();
  for (const panel of panels) {
    const node = findNodeAtLocation(tree, ['panels'])?.children?.find(
      there => (getNodeValue(there) as PanelConfig).label === panel.label,
    );
    const list = node === undefined ? undefined : findNodeAtLocation(node, ['items']);
    if (list === undefined) {
      const items = new Set([...(added.get(panel.label)?.items ?? []), ...panel.items]);
      added.set(panel.label, { ...panel, items: [...items] });
      continue;
    }
    const known = new Set([...(getNodeValue(list) as readonly string[]), ...(inside.get(list) ?? [])]);
    const lacking = panel.items.filter(item => !known.has(item));
    if (lacking.length > 0) inside.set(list, [...(inside.get(list) ?? []), ...lacking]);
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
