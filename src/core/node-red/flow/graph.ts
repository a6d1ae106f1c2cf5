import { type FlowNode, flagOf, idsOf, textOf } from './flow-node.ts';
import { expandSubflows, type Wire } from './subflows.ts';

/** A flow as what is connected with what. */
export interface Graph {
  readonly nodes: ReadonlyMap<string, FlowNode>;
  /** The wires that end at a node, and those that begin there, by its id. */
  readonly into: ReadonlyMap<string, readonly Wire[]>;
  readonly outOf: ReadonlyMap<string, readonly Wire[]>;
  /** Whether it was too large to be read whole. */
  readonly isCut: boolean;
}

/** Connects the nodes of a flow: by their wires, their link nodes, and through their subflows. */
export function createGraph(exported: readonly FlowNode[]): Graph {
  const { nodes: listed, wires, isCut } = expandSubflows(exported);
  const nodes = new Map(listed.map(node => [node.id, node]));
  const into = new Map<string, Wire[]>();
  const outOf = new Map<string, Wire[]>();
  const seen = new Set<string>();
  for (const wire of [...wires, ...linksOf(listed)]) {
    const key = `${wire.from}\n${wire.port}\n${wire.to}`;
    if (seen.has(key) || !nodes.has(wire.from) || !nodes.has(wire.to)) continue;
    seen.add(key);
    push(into, wire.to, wire);
    push(outOf, wire.from, wire);
  }
  return { nodes, into, outOf, isCut };
}

/** Both ends of a link know each other, and either may have been exported alone. */
function linksOf(nodes: readonly FlowNode[]): readonly Wire[] {
  return nodes.flatMap(node => {
    if (node.type === 'link in') return idsOf(node, 'links').map(from => ({ from, port: 0, to: node.id }));
    const isOut = node.type === 'link out' && textOf(node, 'mode') !== 'return';
    return isOut ? idsOf(node, 'links').map(to => ({ from: node.id, port: 0, to })) : [];
  });
}

/** Whether a node does nothing: it is switched off, or the page of the editor that it stands on is. */
export function isSwitchedOff(node: FlowNode, { nodes }: Graph): boolean {
  if (flagOf(node, 'd', false)) return true;
  const page = nodes.get(textOf(node, 'z'));
  return page?.type === 'tab' && flagOf(page, 'disabled', false);
}

function push<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}
