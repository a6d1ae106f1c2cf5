import { freeId, freeKey } from '../../house/free-name.ts';
import { placedItems } from '../../house/groups.ts';
import type { HouseAdditions } from '../../house/merge.ts';
import type { HouseConfig } from '../../house/schema.ts';
import { commandKey, type FoundGroup, type FoundItem, heardKey } from '../widgets/found-item.ts';
import type { FoundPanel, ImportedFlow } from './import-flow.ts';

/** An item with its place in the house. */
export interface PlacedFound {
  readonly id: string;
  readonly item: FoundItem;
  /** Whether the house had it before: then it stays as it is. */
  readonly isKnown: boolean;
}

/** What is to come into a house. */
export interface HouseImport {
  readonly additions: HouseAdditions;
  readonly placed: readonly PlacedFound[];
}

/** Gives what was found its ids and keys, in a new house (`null`) or beside what stands in one. */
export function placeImport({ items, panels }: ImportedFlow, house: HouseConfig | null): HouseImport {
  const known = knownItems(house);
  const ids = new Set(known.ids);
  const keys = new Set(known.keys);
  const groups: Partial<Record<FoundGroup, Record<string, unknown>>> = {};
  const placed = new Map<string, PlacedFound>();
  for (const [sameAs, item] of items) {
    const old = known.things.get(sameAs);
    const id = old ?? freeId([item.label, String(item.fields.topic ?? item.fields.command)], ids);
    placed.set(sameAs, { id, item, isKnown: old !== undefined });
    if (old !== undefined) continue;
    ids.add(id);
    const key = item.group === 'switches' ? freeKey(item.label, keys) : null;
    if (key !== null) keys.add(key);
    const fields = { label: item.label || id, ...item.fields, ...(key === null ? {} : { key }) };
    const group = groups[item.group] ?? {};
    groups[item.group] = group;
    group[id] = fields;
  }
  const shown = panels.map(panel => ({ panel, items: panel.items.flatMap(sameAs => newId(placed.get(sameAs))) }));
  const fresh = shown
    .filter(({ items: inside }) => inside.length > 0)
    .map(({ panel, items: inside }) => ({ tab: panel.tab, label: panelLabel(panel, panels), items: inside }));
  const own = fresh.map(({ label, items: inside }) => ({ label, items: inside }));
  return { additions: { groups, panels: own, tabs: tabsWith(fresh) }, placed: [...placed.values()] };
}

/** The tabs of the dashboard with their panels; none where there is only one. */
function tabsWith(panels: readonly { readonly tab: string; readonly label: string }[]): HouseAdditions['tabs'] {
  const labels = [...new Set(panels.map(({ tab }) => tab))];
  if (labels.length < 2) return [];
  return labels.map(label => ({
    label: label || 'Others',
    panels: [...new Set(panels.filter(({ tab }) => tab === label).map(panel => panel.label))],
  }));
}

/** Panels are named by their labels: one that another tab has too is told apart by its tab. */
function panelLabel(panel: FoundPanel, panels: readonly FoundPanel[]): string {
  const isAlone = panels.every(({ label, tab }) => label !== panel.label || tab === panel.tab);
  return isAlone ? panel.label : `${panel.tab}: ${panel.label}`.slice(0, 40);
}

function newId(found: PlacedFound | undefined): readonly string[] {
  return found === undefined || found.isKnown ? [] : [found.id];
}

/** What a house has, by what makes it the same as something that is found. */
function knownItems(house: HouseConfig | null) {
  const things = new Map<string, string>();
  const ids: string[] = [];
  const keys: string[] = [];
  for (const { group, id, item } of house === null ? [] : placedItems(house)) {
    ids.push(id);
    if (item.topic !== undefined) things.set(heardKey(item.topic, item.path), id);
    const payload = group === 'buttons' ? house?.buttons?.[id]?.payload : undefined;
    if (item.command !== undefined) things.set(commandKey(item.command, payload), id);
    if (item.key !== undefined) keys.push(item.key);
  }
  return { things, ids, keys };
}
