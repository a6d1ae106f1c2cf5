import { parseJsonPath } from '../../mqtt/json-path.ts';
import type { DashboardKit, NodeFields } from './kit.ts';
import { mqttIn, mqttOut } from './mqtt-nodes.ts';
import { nodeId } from './node-id.ts';
import { propertyOf } from './property-text.ts';

/** A flow that is being drawn: nodes by their ids, each once. */
export interface Drawing {
  readonly house: string;
  readonly kit: DashboardKit;
  readonly nodes: Map<string, NodeFields>;
  /** What of the house is not in it, sentences without a full stop. */
  readonly notes: string[];
  /** How far down the page of the editor it reaches, pixels. */
  y: number;
}

/** Columns on the page of the editor, pixels. */
export const COLUMNS = { in: 160, change: 380, widget: 600, template: 780, out: 980 } as const;
/** From one node to the one below it, pixels. */
export const ROW = 60;

/** The page of the editor that all of it stands on. */
export function pageOf(house: string): string {
  return nodeId(house, 'tab');
}

/** Where a value comes from, and what is made of it. */
export interface DrawnSource {
  readonly topic: string;
  readonly path?: string | undefined;
  /** As text whatever it looks like. */
  readonly isText?: boolean;
  /** Words in place of others. */
  readonly changes?: readonly { readonly from: string; readonly to: string }[];
  readonly scale?: number | undefined;
  readonly offset?: number | undefined;
}

/** Draws what brings a value in, and what takes it out of its payload; gives the id of the last node. */
export function drawSource(asked: DrawnSource, drawing: Drawing): string {
  const { topic, path, isText = false, changes = [], scale = 1, offset = 0 } = asked;
  const source = mqttIn(drawing.house, topic, isText && path === undefined);
  if (!drawing.nodes.has(source.id)) put(drawing, source, COLUMNS.in);
  const keys = path === undefined ? null : parseJsonPath(path);
  const set = { t: 'set', p: 'payload', pt: 'msg' };
  const line = `$number(payload)${scale === 1 ? '' : ` * ${scale}`}${offset === 0 ? '' : ` ${offset < 0 ? '-' : '+'} ${Math.abs(offset)}`}`;
  const rules = [
    ...(keys?.ok === true ? [{ ...set, to: propertyOf(keys.value), tot: 'msg' }] : []),
    ...(scale === 1 && offset === 0 ? [] : [{ ...set, to: line, tot: 'jsonata' }]),
    ...changes.map(({ from, to }) => ({ t: 'change', p: 'payload', pt: 'msg', from, fromt: 'str', to, tot: 'str' })),
  ];
  if (rules.length === 0) return source.id;
  const id = nodeId(drawing.house, 'change', topic, JSON.stringify(rules));
  if (!drawing.nodes.has(id)) put(drawing, { id, type: 'change', name: path ?? '', rules }, COLUMNS.change);
  wire(drawing, source.id, id);
  return id;
}

/** Draws the way of a command from its widget to the broker, through its template where it has one. */
export function drawCommand(
  widget: string,
  {
    item,
    command,
    template,
  }: { readonly item: string; readonly command: string; readonly template?: string | undefined },
  drawing: Drawing,
): void {
  const out = mqttOut(drawing.house, item, command);
  put(drawing, out, COLUMNS.out);
  if (template === undefined) {
    wire(drawing, widget, out.id);
    return;
  }
  const id = nodeId(drawing.house, 'template', item);
  const text = template.replace(/%[%s]/g, sign => (sign === '%s' ? '{{{payload}}}' : '%'));
  const fields = { field: 'payload', fieldType: 'msg', format: 'handlebars', syntax: 'mustache', output: 'str' };
  put(drawing, { id, type: 'template', name: '', ...fields, template: text }, COLUMNS.template);
  wire(drawing, widget, id);
  wire(drawing, id, out.id);
}

/** Puts a node on the page; nothing is wired to it yet. */
export function put({ house, nodes, y }: Drawing, node: NodeFields, x: number): void {
  nodes.set(node.id, { ...node, z: pageOf(house), x, y, wires: [[]] });
}

/** Draws a wire from the one output of a node. */
export function wire({ nodes }: Drawing, from: string, to: string): void {
  const node = nodes.get(from);
  if (node === undefined) return;
  const [targets = []] = node.wires as readonly (readonly string[])[];
  if (!targets.includes(to)) nodes.set(from, { ...node, wires: [[...targets, to]] });
}
