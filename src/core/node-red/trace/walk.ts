import type { FlowNode } from '../flow/flow-node.ts';
import { type Graph, isSwitchedOff } from '../flow/graph.ts';
import type { Wire } from '../flow/subflows.ts';
import type { Obstacle } from './wanted.ts';

/** So far from a widget, and so many steps for it, are followed: a flow may be drawn in rings. */
const DEEPEST = 100;
const MOST_STEPS = 5_000;

/** Which way is gone, and what becomes of a state at each node on it. */
export interface Way<State> {
  readonly wires: (id: string, state: State) => readonly Wire[];
  readonly end: (wire: Wire) => string;
  /** The states to go on with; none at the end of a way; an obstacle where it cannot be followed. */
  readonly step: (node: FlowNode, wire: Wire, state: State) => readonly State[] | Obstacle;
}

/** Goes all ways from a widget, through nothing twice on the same one, and gives what stood in the way. */
export function walk<State>(graph: Graph, widget: FlowNode, first: State, way: Way<State>): readonly Obstacle[] {
  const obstacles = new Set<Obstacle>();
  const onWay = new Set([widget.id]);
  let steps = 0;
  const visit = (id: string, state: State): void => {
    for (const wire of way.wires(id, state)) {
      const node = graph.nodes.get(way.end(wire));
      if (node === undefined || onWay.has(node.id) || isSwitchedOff(node, graph)) continue;
      steps += 1;
      const isTooLong = steps > MOST_STEPS || onWay.size > DEEPEST;
      const next = isTooLong ? 'the way between it and MQTT is too long to be followed' : way.step(node, wire, state);
      if (typeof next === 'string') {
        obstacles.add(next);
        if (isTooLong) return;
        continue;
      }
      onWay.add(node.id);
      for (const passed of next) visit(node.id, passed);
      onWay.delete(node.id);
    }
  };
  visit(widget.id, first);
  return [...obstacles];
}
