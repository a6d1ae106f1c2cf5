import { type FlowNode, flagOf, isOfDashboard, numberOf, textOf } from '../flow/flow-node.ts';
import type { Graph } from '../flow/graph.ts';
import { plainText } from '../widgets/plain-text.ts';

/** A group of widgets on a tab of a dashboard. */
export interface Group {
  readonly id: string;
  readonly label: string;
  /** The name of its tab; '' where the export has none. */
  readonly tab: string;
}

/** The widgets of a flow, by group, as they stand on the dashboard. */
export interface Board {
  readonly groups: readonly Group[];
  readonly widgetsOf: ReadonlyMap<string, readonly FlowNode[]>;
  /** Widgets that stand nowhere: their group was not exported. */
  readonly homeless: readonly FlowNode[];
}

const TABS = ['ui_tab', 'ui-page'];
const GROUPS = ['ui_group', 'ui-group'];
/** What belongs to a dashboard and shows nothing itself. */
const FURNITURE = [
  'ui_base',
  'ui-base',
  'ui-theme',
  'ui_spacer',
  'ui-spacer',
  'ui_link',
  'ui-link',
  'ui_ui_control',
  'ui-control',
  'ui-event',
];

/** Reads how a dashboard is laid out: tabs, their groups, and the widgets of those, in the order in which they stand. */
export function readBoard({ nodes }: Graph): Board {
  const all = [...nodes.values()];
  const tabs = inOrder(all.filter(({ type }) => TABS.includes(type)));
  const groups = all.filter(({ type }) => GROUPS.includes(type));
  const tabOf = (group: FlowNode): string => textOf(group, group.type === 'ui_group' ? 'tab' : 'page');
  const placed = [
    ...tabs.flatMap(tab => inOrder(groups.filter(group => tabOf(group) === tab.id)).map(group => ({ group, tab }))),
    ...inOrder(groups.filter(group => !tabs.some(({ id }) => id === tabOf(group)))).map(group => ({
      group,
      tab: null,
    })),
  ];
  const widgets = all.filter(isWidget);
  const known = new Set(groups.map(({ id }) => id));
  return {
    groups: placed.map(({ group, tab }) => ({
      id: group.id,
      label: plainText(textOf(group, 'name')) || (tab === null ? 'Group' : plainText(textOf(tab, 'name')) || 'Group'),
      tab: tab === null ? '' : plainText(textOf(tab, 'name')) || 'Tab',
    })),
    widgetsOf: new Map(groups.map(({ id }) => [id, inOrder(widgets.filter(widget => textOf(widget, 'group') === id))])),
    homeless: widgets.filter(widget => !known.has(textOf(widget, 'group'))),
  };
}

function isWidget(node: FlowNode): boolean {
  return isOfDashboard(node) && ![...TABS, ...GROUPS, ...FURNITURE].includes(node.type);
}

function inOrder(nodes: readonly FlowNode[]): readonly FlowNode[] {
  return nodes.toSorted((one, other) => (numberOf(one, 'order') ?? 0) - (numberOf(other, 'order') ?? 0));
}

/** Whether a page or group is not shown at all. */
export function isHidden(node: FlowNode | undefined): boolean {
  if (node === undefined) return false;
  return flagOf(node, 'disabled', false) || flagOf(node, 'hidden', false) || !flagOf(node, 'visible', true);
}
