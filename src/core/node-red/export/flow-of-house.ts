import type { HouseConfig, SensorConfig, SwitchConfig } from '../../house/schema.ts';
import { tabsOf } from '../../house/tabs.ts';
import { parseJsonPath } from '../../mqtt/json-path.ts';
import { dashboard1 } from './dashboard-1.ts';
import { dashboard2 } from './dashboard-2.ts';
import type { DashboardKit, NodeFields } from './kit.ts';
import { brokerNodes, type FlowBrokerAddress, mqttIn, mqttOut } from './mqtt-nodes.ts';
import { nodeId } from './node-id.ts';
import { propertyOf } from './property-text.ts';

/** A flow, and what of the house it does not have. */
export interface ExportedFlow {
  readonly nodes: readonly NodeFields[];
  /** Sentences without a full stop. */
  readonly notes: readonly string[];
}

/** A flow that is being drawn: nodes by their ids, each once. */
interface Drawing {
  readonly house: string;
  readonly kit: DashboardKit;
  readonly nodes: Map<string, NodeFields>;
  readonly notes: string[];
  /** How far down the page of the editor it reaches, pixels. */
  y: number;
}

/** Columns on the page of the editor, pixels. */
const COLUMNS = { in: 160, change: 380, widget: 600, out: 820 } as const;
const ROW = 60;

/** The dashboard of a house as a flow of Node-RED, which is imported as it stands; the login is typed in there. */
export function flowOfHouse(config: HouseConfig, version: 1 | 2, broker: FlowBrokerAddress): ExportedFlow {
  const house = config.name;
  const drawing: Drawing = { house, kit: version === 1 ? dashboard1 : dashboard2, nodes: new Map(), notes: [], y: 60 };
  const add = (node: NodeFields): void => void drawing.nodes.set(node.id, node);
  add({ id: pageOf(house), type: 'tab', label: house, disabled: false, info: '', env: [] });
  for (const node of brokerNodes(house, broker)) add(node);
  const tabs = tabsOf(config).map((tab, place) => ({
    ...{ id: nodeId(house, 'page', String(place)), label: config.tabs === undefined ? house : tab.label },
    panels: tab.panels,
  }));
  for (const node of drawing.kit.pages(house, tabs)) add(node);
  for (const { id: page, panels } of tabs) {
    for (const [order, place] of panels.entries()) drawPanel(config, { page, order, place }, drawing);
  }
  return { nodes: [...drawing.nodes.values()], notes: drawing.notes };
}

function pageOf(house: string): string {
  return nodeId(house, 'tab');
}

function drawPanel(
  config: HouseConfig,
  { page, order, place }: { readonly page: string; readonly order: number; readonly place: number },
  drawing: Drawing,
): void {
  const panel = config.panels[place];
  if (panel === undefined) return;
  const group = nodeId(drawing.house, 'group', String(place));
  drawing.nodes.set(group, drawing.kit.group(group, page, panel.label, order + 1));
  for (const [number, id] of panel.items.entries()) {
    // Two widgets of one item, and each panel has its own.
    const spot = { item: id, group, order: 2 * number + 1, key: `${place}` };
    const sensor = config.sensors[id];
    const toggle = config.switches[id];
    if (sensor !== undefined) drawSensor(sensor, spot, drawing);
    else if (toggle !== undefined) drawSwitch(toggle, spot, drawing);
    else drawing.notes.push(`${config.derived?.[id]?.label ?? id} is not in it: hometui computes it`);
  }
}

interface Spot {
  readonly item: string;
  readonly group: string;
  readonly order: number;
  readonly key: string;
}

function drawSensor(sensor: SensorConfig, { item, group, order, key }: Spot, drawing: Drawing): void {
  const { house, kit } = drawing;
  const [first, second] = ['value', 'chart'].map(what => nodeId(house, what, key, item));
  const widget = { id: first ?? '', group, order };
  const shown =
    sensor.range === undefined ? kit.text(widget, sensor.label, sensor.unit) : kit.gauge(widget, sensor, sensor.range);
  const chart = kit.chart({ id: second ?? '', group, order: order + 1 }, sensor);
  const last = drawSource({ topic: sensor.topic, path: sensor.path, isText: false, changes: [] }, drawing);
  for (const node of [shown, chart]) {
    put(drawing, node, COLUMNS.widget);
    wire(drawing, last, node.id);
    drawing.y += ROW;
  }
}

function drawSwitch(toggle: SwitchConfig, { item, group, order, key }: Spot, drawing: Drawing): void {
  const { house, kit } = drawing;
  const { label, on, off, command, feedback, path, answers } = toggle;
  const changes = [
    ...(answers?.on ?? []).map(word => ({ from: word, to: on })),
    ...(answers?.off ?? []).map(word => ({ from: word, to: off })),
  ];
  const widget = kit.toggle({ id: nodeId(house, 'switch', key, item), group, order }, { label, on, off });
  put(drawing, widget, COLUMNS.widget);
  wire(drawing, drawSource({ topic: feedback, path, isText: path === undefined, changes }, drawing), widget.id);
  const out = mqttOut(house, item, command);
  put(drawing, out, COLUMNS.out);
  wire(drawing, widget.id, out.id);
  if (toggle.ask === true) drawing.notes.push(`${label} is switched without a question there`);
  drawing.y += ROW;
}

interface SourceTopic {
  readonly topic: string;
  readonly path: string | undefined;
  readonly isText: boolean;
  /** Words in place of others. */
  readonly changes: readonly { readonly from: string; readonly to: string }[];
}

/** What brings a value in, with the node that takes it out of its payload; gives the id of the last one. */
function drawSource({ topic, path, isText, changes }: SourceTopic, drawing: Drawing): string {
  const source = mqttIn(drawing.house, topic, isText);
  if (!drawing.nodes.has(source.id)) put(drawing, source, COLUMNS.in);
  const keys = path === undefined ? null : parseJsonPath(path);
  const rules = [
    ...(keys?.ok === true ? [{ t: 'set', p: 'payload', pt: 'msg', to: propertyOf(keys.value), tot: 'msg' }] : []),
    ...changes.map(({ from, to }) => ({ t: 'change', p: 'payload', pt: 'msg', from, fromt: 'str', to, tot: 'str' })),
  ];
  if (rules.length === 0) return source.id;
  const id = nodeId(drawing.house, 'change', topic, JSON.stringify(rules));
  if (!drawing.nodes.has(id)) put(drawing, { id, type: 'change', name: path ?? '', rules }, COLUMNS.change);
  wire(drawing, source.id, id);
  return id;
}

function put({ house, nodes, y }: Drawing, node: NodeFields, x: number): void {
  nodes.set(node.id, { ...node, z: pageOf(house), x, y, wires: [[]] });
}

function wire({ nodes }: Drawing, from: string, to: string): void {
  const node = nodes.get(from);
  if (node === undefined) return;
  const [targets = []] = node.wires as readonly (readonly string[])[];
  if (!targets.includes(to)) nodes.set(from, { ...node, wires: [[...targets, to]] });
}
