import { type FlowNode, idsOf, isRecord, recordsOf, textOf, variableOf } from './flow-node.ts';

/** A wire from an output of a node to another node. */
export interface Wire {
  readonly from: string;
  readonly port: number;
  readonly to: string;
}

/** A flow in which each use of a subflow has its own copy of what is inside. */
export interface Expanded {
  readonly nodes: readonly FlowNode[];
  readonly wires: readonly Wire[];
  /** Whether there were more copies than are made: subflows within each other multiply. */
  readonly isCut: boolean;
}

/** Subflows within each other; Node-RED itself refuses one that holds itself. */
const DEEPEST = 8;
/** So many copies of nodes of subflows are made. */
export const MOST_COPIES = 20_000;

type Environment = ReadonlyMap<string, string>;

/** Puts what is inside in place of each use of a subflow, and the variables of flows and subflows in their places. */
export function expandSubflows(nodes: readonly FlowNode[]): Expanded {
  const insides = new Map<string, FlowNode[]>();
  const definitions = new Map(nodes.flatMap(node => (node.type === 'subflow' ? [[node.id, node]] : [])));
  for (const node of nodes) {
    const inside = insides.get(textOf(node, 'z')) ?? [];
    insides.set(textOf(node, 'z'), inside);
    inside.push(node);
  }
  const made: { nodes: FlowNode[]; wires: Wire[]; isCut: boolean } = { nodes: [], wires: [], isCut: false };
  let copies = 0;
  const place = (node: FlowNode, prefix: string, environment: Environment, depth: number): void => {
    const id = prefix + node.id;
    const definition = definitions.get(node.type.replace(/^subflow:/, ''));
    if (!node.type.startsWith('subflow:') || definition === undefined) {
      made.nodes.push(copyOf(node, prefix, environment));
      made.wires.push(...wiresOf(node, prefix));
      return;
    }
    if (depth >= DEEPEST || copies > MOST_COPIES) {
      made.isCut = true;
      return;
    }
    // The use itself stays as a point that the wires go through.
    made.nodes.push({ id, type: 'junction', fields: { name: textOf(node, 'name') } });
    made.wires.push(...throughWires(node, definition, prefix));
    const own = layOver(layOver(environment, definition), node);
    const inside = insides.get(definition.id) ?? [];
    copies += inside.length;
    for (const inner of inside) place(inner, `${id}/`, own, depth + 1);
  };
  const globals = nodes.filter(({ type }) => type === 'global-config').reduce(layOver, new Map<string, string>());
  const tabs = new Map(nodes.flatMap(node => (node.type === 'tab' ? [[node.id, layOver(globals, node)]] : [])));
  for (const node of nodes) {
    if (node.type === 'subflow' || definitions.has(textOf(node, 'z'))) continue;
    place(node, '', tabs.get(textOf(node, 'z')) ?? globals, 0);
  }
  return made;
}

/** A use of a subflow: in at its one input, out at the outputs that the definition names. */
function throughWires(use: FlowNode, definition: FlowNode, prefix: string): readonly Wire[] {
  const id = prefix + use.id;
  const inner = `${id}/`;
  const targets = portsOf(use, prefix);
  const entries = pointsOf(recordsOf(definition, 'in')[0]).map(point => ({ from: id, port: 0, to: inner + point.id }));
  const exits = recordsOf(definition, 'out').flatMap((out, number) =>
    pointsOf(out).flatMap(({ id: end, port }) =>
      (targets[number] ?? []).map(to => ({ from: end === definition.id ? id : inner + end, port, to })),
    ),
  );
  return [...entries, ...exits];
}

function pointsOf(end: Readonly<Record<string, unknown>> | undefined): readonly { id: string; port: number }[] {
  const wires = end?.wires;
  if (!Array.isArray(wires)) return [];
  return wires.filter(isRecord).map(({ id, port }) => ({ id: String(id), port: typeof port === 'number' ? port : 0 }));
}

function wiresOf(node: FlowNode, prefix: string): readonly Wire[] {
  const from = prefix + node.id;
  return portsOf(node, prefix).flatMap((targets, port) => targets.map(to => ({ from, port, to })));
}

function portsOf({ fields }: FlowNode, prefix: string): readonly (readonly string[])[] {
  if (!Array.isArray(fields.wires)) return [];
  return fields.wires.map(targets =>
    Array.isArray(targets) ? targets.filter(id => typeof id === 'string').map(id => prefix + id) : [],
  );
}

/** A node with its own id, with its variables filled in; link nodes of a subflow lead to others of the same use. */
function copyOf(node: FlowNode, prefix: string, environment: Environment): FlowNode {
  const fields = environment.size === 0 ? node.fields : filledIn(node.fields, environment, 0);
  const links = prefix === '' ? {} : { links: idsOf(node, 'links').map(id => prefix + id) };
  return { id: prefix + node.id, type: node.type, fields: { ...fields, ...links } };
}

/** How deep variables are looked for in what a field holds. */
const DEEPEST_FIELD = 10;

/** A value with what is in the environment in place of the variables that stand for a whole text. */
function filledIn<Value>(value: Value, environment: Environment, depth: number): Value {
  if (typeof value === 'string') {
    const variable = variableOf(value);
    return (variable === null ? value : (environment.get(variable) ?? value)) as Value;
  }
  if (typeof value !== 'object' || value === null || depth > DEEPEST_FIELD) return value;
  if (Array.isArray(value)) return value.map(inner => filledIn(inner as unknown, environment, depth + 1)) as Value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, filledIn(inner as unknown, environment, depth + 1)]),
  ) as Value;
}

/** The environment with the variables of a flow, a subflow or a use of one over it; those of other kinds are secrets or code. */
function layOver(environment: Environment, node: FlowNode): Environment {
  const given = recordsOf(node, 'env').flatMap(({ name, type, value }) => {
    const isPlain = type === 'str' || type === 'num' || type === 'bool' || type === undefined;
    return typeof name === 'string' && isPlain ? [[name, String(value)] as const] : [];
  });
  return given.length === 0 ? environment : new Map([...environment, ...given]);
}
