import { type FlowNode, isRecord, nodeName, textOf } from '../flow/flow-node.ts';
import { createGraph, type Graph, isSwitchedOff } from '../flow/graph.ts';
import { readControl } from '../widgets/controls.ts';
import { readDisplay } from '../widgets/displays.ts';
import type { FoundItem, WidgetRead } from '../widgets/found-item.ts';
import { type FlowBroker, readBroker } from './brokers.ts';
import { type Board, isHidden, readBoard } from './pages.ts';

/** A widget that is not taken, and why. */
export interface LeftOut {
  /** What it is and is called: `ui-gauge "Power"`. */
  readonly what: string;
  readonly id: string;
  /** Its tab and group; '' where it has none. */
  readonly where: string;
  readonly why: string;
}

/** A panel with what it shows, by what makes an item the same. */
export interface FoundPanel {
  readonly label: string;
  readonly tab: string;
  readonly items: readonly string[];
}

/** What a flow says of a house. */
export interface ImportedFlow {
  /** Each thing once, by what makes it the same. */
  readonly items: ReadonlyMap<string, FoundItem>;
  readonly panels: readonly FoundPanel[];
  /** The broker that the items are on; `null` where none is taken. */
  readonly broker: FlowBroker | null;
  readonly leftOut: readonly LeftOut[];
  /** How many widgets there are. */
  readonly widgets: number;
  readonly isCut: boolean;
  /** Whether passwords stand in the file, as a person may have put them there. */
  readonly hasPasswords: boolean;
}

interface PlacedWidget {
  readonly widget: FlowNode;
  readonly group: Board['groups'][number] | null;
  readonly read: WidgetRead;
}

/** Reads the dashboard of a flow: what hometui can show and command of it, and what it cannot, with the reason. */
export function importFlow(exported: readonly FlowNode[]): ImportedFlow {
  const graph = createGraph(exported);
  const board = readBoard(graph);
  const placed: readonly PlacedWidget[] = [
    ...board.groups.flatMap(group =>
      (board.widgetsOf.get(group.id) ?? []).map(widget => ({ widget, group, read: readWidget(widget, graph) })),
    ),
    ...board.homeless.map(widget => ({ widget, group: null, read: { why: 'its group is not in the export' } })),
  ];
  const broker = mostUsed(placed);
  const { items, refused } = joinItems(placed, broker);
  const panels = board.groups.map(group => ({
    ...{ label: group.label, tab: group.tab },
    items: keysOf(placed.filter(({ group: own }) => own === group)).filter(key => items.has(key)),
  }));
  return {
    items,
    panels: panels.filter(panel => panel.items.length > 0),
    broker: broker === null ? null : readBroker(broker, graph),
    leftOut: placed.flatMap(one => leftOutOf(one, broker, refused)),
    widgets: placed.length,
    isCut: graph.isCut,
    hasPasswords: exported.some(({ fields }) => isRecord(fields.credentials) && 'password' in fields.credentials),
  };
}

function readWidget(widget: FlowNode, graph: Graph): WidgetRead {
  if (isSwitchedOff(widget, graph)) return { why: 'it is switched off in Node-RED' };
  const group = graph.nodes.get(textOf(widget, 'group'));
  const tab = group && graph.nodes.get(textOf(group, group.type === 'ui_group' ? 'tab' : 'page'));
  if (isHidden(group) || isHidden(tab)) return { why: 'its group or tab is hidden in Node-RED' };
  return readDisplay(widget, graph) ?? readControl(widget, graph) ?? { why: 'hometui has nothing like it' };
}

function itemsOf({ read }: PlacedWidget): readonly FoundItem[] {
  return 'items' in read ? read.items : [];
}

function keysOf(placed: readonly PlacedWidget[]): readonly string[] {
  return [...new Set(placed.flatMap(itemsOf).map(({ sameAs }) => sameAs))];
}

/** A house has one broker: that of most of its items. */
function mostUsed(placed: readonly PlacedWidget[]): string | null {
  const counts = new Map<string, number>();
  for (const { broker } of placed.flatMap(itemsOf)) counts.set(broker, (counts.get(broker) ?? 0) + 1);
  const [most] = [...counts].toSorted(([, one], [, other]) => other - one);
  return most?.[0] ?? null;
}

/** Several widgets may show one value: what says the most of it decides, and the others add what it leaves open. */
function joinItems(placed: readonly PlacedWidget[], broker: string | null) {
  const items = new Map<string, FoundItem>();
  const refused = new Set<FoundItem>();
  for (const item of placed.flatMap(itemsOf)) {
    if (item.broker !== broker) continue;
    const known = items.get(item.sameAs);
    if (known === undefined) items.set(item.sameAs, item);
    else if (isOtherCommand(known, item)) refused.add(item);
    else items.set(item.sameAs, joined(known, item));
  }
  return { items, refused };
}

/** A slider and a switch of one command topic are two things. */
function isOtherCommand(known: FoundItem, item: FoundItem): boolean {
  return known.group !== item.group && item.sameAs.startsWith('["command"');
}

function joined(one: FoundItem, other: FoundItem): FoundItem {
  const [more, less] = one.rank >= other.rank ? [one, other] : [other, one];
  const unit = more.fields.unit || less.fields.unit;
  const { topic, path, ...rest } = { ...less.fields, ...more.fields };
  const isSensor = [one, other].some(({ group }) => group === 'sensors');
  return {
    ...more,
    group: isSensor ? 'sensors' : more.group,
    fields: isSensor
      ? { topic, ...(path === undefined ? {} : { path }), ...rest, unit: unit ?? '' }
      : { ...less.fields, ...more.fields },
    notes: [...new Set([...one.notes, ...other.notes])],
  };
}

function leftOutOf(placed: PlacedWidget, broker: string | null, refused: ReadonlySet<FoundItem>): readonly LeftOut[] {
  const { widget, group, read } = placed;
  const place = group === null ? '' : [group.tab, group.label].filter(name => name !== '').join(', ');
  const leave = (why: string): readonly LeftOut[] => [{ what: nodeName(widget), id: widget.id, where: place, why }];
  if ('why' in read) return leave(read.why);
  if (read.items.some(item => item.broker !== broker)) return leave('it is on another broker than most');
  return read.items.some(item => refused.has(item))
    ? leave('another widget commands the same topic in another way')
    : [];
}
