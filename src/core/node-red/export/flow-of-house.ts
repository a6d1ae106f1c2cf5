import { type House, isSealed, labelOf } from '../../house/house.ts';
import { tabsOf } from '../../house/tabs.ts';
import { dashboard1 } from './dashboard-1.ts';
import { dashboard2 } from './dashboard-2.ts';
import { drawCommanded, drawSensor, drawWord } from './draw-items.ts';
import { type Drawing, pageOf } from './drawing.ts';
import type { NodeFields } from './kit.ts';
import { brokerNodes, type FlowBrokerAddress } from './mqtt-nodes.ts';
import { nodeId } from './node-id.ts';

/** A flow, and what of the house it does not have. */
export interface ExportedFlow {
  readonly nodes: readonly NodeFields[];
  /** Sentences without a full stop. */
  readonly notes: readonly string[];
}

/** The dashboard of a house as a flow of Node-RED, which is imported as it stands; the login is typed in there. */
export function flowOfHouse(house: House, version: 1 | 2, broker: FlowBrokerAddress): ExportedFlow {
  const { config } = house;
  const { name } = config;
  const drawing: Drawing = {
    house: name,
    kit: version === 1 ? dashboard1 : dashboard2,
    ...{ nodes: new Map(), notes: [], y: 60 },
  };
  const add = (node: NodeFields): void => void drawing.nodes.set(node.id, node);
  add({ id: pageOf(name), type: 'tab', label: name, disabled: false, info: '', env: [] });
  for (const node of brokerNodes(name, broker)) add(node);
  const tabs = tabsOf(config).map((tab, place) => ({
    ...{ id: nodeId(name, 'page', String(place)), label: config.tabs === undefined ? name : tab.label },
    panels: tab.panels,
  }));
  for (const node of drawing.kit.pages(name, tabs)) add(node);
  for (const { id: page, panels } of tabs) {
    for (const [order, place] of panels.entries()) drawPanel(house, { page, order, place }, drawing);
  }
  return { nodes: [...drawing.nodes.values()], notes: [...new Set(drawing.notes)] };
}

interface PanelPlace {
  readonly page: string;
  readonly order: number;
  /** In the house file. */
  readonly place: number;
}

function drawPanel(house: House, { page, order, place }: PanelPlace, drawing: Drawing): void {
  const panel = house.config.panels[place];
  if (panel === undefined) return;
  const group = nodeId(drawing.house, 'group', String(place));
  drawing.nodes.set(group, drawing.kit.group(group, page, panel.label, order + 1));
  for (const [number, id] of panel.items.entries()) {
    // A sensor has two widgets.
    const spot = { item: id, group, order: 2 * number + 1, panel: String(place) };
    const [sensor, word, commanded] = [house.sensors.get(id), house.words.get(id), house.switches.get(id)];
    if (isSealed(house, id)) drawing.notes.push(`${labelOf(house, id)} is not in it: its device seals what it says`);
    else if (sensor !== undefined) drawSensor(sensor, spot, drawing);
    else if (word !== undefined) drawWord(word, spot, drawing);
    else if (commanded !== undefined) drawCommanded(commanded, spot, drawing);
    else drawing.notes.push(`${labelOf(house, id)} is not in it: hometui computes it`);
  }
}
