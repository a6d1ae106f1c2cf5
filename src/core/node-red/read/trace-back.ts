import { matchesFilter } from '../../mqtt/topic.ts';
import { type FlowNode, nodeName, recordsOf, textOf, variableOf } from '../flow-node.ts';
import { backThroughChange } from './change-back.ts';
import { type Graph, isSwitchedOff } from './graph.ts';

/** A topic that reaches a widget, and what becomes of its payload on the way. */
export interface Source {
  readonly topic: string;
  /** The id of the broker's node. */
  readonly broker: string;
  /** Where in the payload the value stands. */
  readonly keys: readonly string[];
  /** Words that are put in place of others on the way, the last one first. */
  readonly words: readonly WordChange[];
  /** Whether only some of the values come through. */
  readonly isPart: boolean;
}

/** `from` becomes `to`, both as texts. */
export interface WordChange {
  readonly from: string;
  readonly to: string;
}

/** Something between MQTT and a widget that cannot be followed, as a clause: `what it gets is made by function "…"`. */
export type Obstacle = string;

/** All that reaches a widget. */
export interface Traced {
  readonly sources: readonly Source[];
  readonly obstacles: readonly Obstacle[];
}

/** What is wanted of the message that a node gives out. */
export interface Wanted {
  readonly keys: readonly string[];
  readonly words: readonly WordChange[];
  /** The one topic that is let through, where there is such a rule. */
  readonly topic: string | null;
  readonly isPart: boolean;
}

/** So far back, and so many steps for one widget, are followed: a flow may be drawn in rings. */
const DEEPEST = 100;
const MOST_STEPS = 5_000;

/** Follows the wires from a widget back to where its values come in by MQTT. `keys`: what it shows of the payload. */
export function traceBack(graph: Graph, widget: FlowNode, keys: readonly string[]): Traced {
  const sources = new Map<string, Source>();
  const obstacles = new Set<Obstacle>();
  const onWay = new Set<string>();
  let steps = 0;
  const visit = (id: string, wanted: Wanted): void => {
    for (const { from, port } of graph.into.get(id) ?? []) {
      const node = graph.nodes.get(from);
      steps += 1;
      if (node === undefined || onWay.has(from) || isSwitchedOff(node, graph)) continue;
      if (steps > MOST_STEPS || onWay.size >= DEEPEST) {
        obstacles.add('the way to it is too long to be followed');
        return;
      }
      const found = node.type === 'mqtt in' ? sourceOf(node, wanted) : stepBack(node, port, wanted);
      if (typeof found === 'string') obstacles.add(found);
      else if (found === null) continue;
      else if ('broker' in found) sources.set(JSON.stringify([found.topic, found.keys, found.broker]), found);
      else {
        onWay.add(from);
        visit(from, found);
        onWay.delete(from);
      }
    }
  };
  onWay.add(widget.id);
  visit(widget.id, { keys, words: [], topic: null, isPart: false });
  return { sources: [...sources.values()], obstacles: [...obstacles] };
}

function sourceOf(node: FlowNode, { keys, words, topic, isPart }: Wanted): Source | Obstacle {
  const filter = textOf(node, 'topic');
  const variable = variableOf(filter);
  if (variable !== null) return `its topic is the variable ${variable} of the environment, which is not in the export`;
  if (filter === '') return `${nodeName(node)} listens to what it is told, and to nothing by itself`;
  const broker = textOf(node, 'broker');
  if (!/[+#]/.test(filter)) return { topic: filter, broker, keys, words, isPart };
  if (topic !== null && matchesFilter(filter, topic)) return { topic, broker, keys, words, isPart };
  return `${nodeName(node)} listens to ${filter}, which may be many topics`;
}

/** What is wanted of the message that comes into a node, by what is wanted of the one that leaves it; `null`: nothing comes. */
function stepBack(node: FlowNode, port: number, wanted: Wanted): Wanted | Obstacle | null {
  switch (node.type) {
    case 'junction':
    case 'reroute':
    case 'link in':
    case 'link out':
    case 'delay':
    case 'json':
      return wanted;
    // Of equal values one is left out: what is shown stays the same.
    case 'rbe':
      return wanted;
    case 'change':
      return backThroughChange(node, wanted);
    case 'switch':
      return backThroughSwitch(node, port, wanted);
    case 'inject':
    case 'catch':
    case 'status':
    case 'complete':
    case 'debug':
    case 'comment':
    case 'mqtt out':
      return null;
    default:
      return node.type.startsWith('ui_') || node.type.startsWith('ui-')
        ? null
        : `what it gets is made by ${nodeName(node)}`;
  }
}

function backThroughSwitch(node: FlowNode, port: number, wanted: Wanted): Wanted {
  const rule = recordsOf(node, 'rules')[port];
  const isAboutTopic = textOf(node, 'property') === 'topic';
  if (!isAboutTopic) return { ...wanted, isPart: true };
  const isEqual = rule?.t === 'eq' && (rule.vt === 'str' || rule.vt === undefined) && typeof rule.v === 'string';
  return isEqual && wanted.topic === null ? { ...wanted, topic: String(rule?.v) } : wanted;
}
