import { matchesFilter } from '../../mqtt/topic.ts';
import {
  type FlowNode,
  flagOf,
  isOfDashboard,
  nodeName,
  numberOf,
  recordsOf,
  textOf,
  variableOf,
} from '../flow/flow-node.ts';
import type { Graph } from '../flow/graph.ts';
import { backThroughChange } from './change-back.ts';
import { walk } from './walk.ts';
import { beforeLine, type Line, type Obstacle, SAME, type Wanted, type WordChange } from './wanted.ts';

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
  /** What is made of its number. */
  readonly line: Line;
}

/** All that reaches a widget. */
export interface Traced {
  readonly sources: readonly Source[];
  readonly obstacles: readonly Obstacle[];
}

/** Follows the wires from a widget back to where its values come in by MQTT. `keys`: what it shows of the payload. */
export function traceBack(graph: Graph, widget: FlowNode, keys: readonly string[]): Traced {
  const sources = new Map<string, Source>();
  const first: Wanted = { keys, words: [], topic: null, isPart: false, line: SAME };
  const obstacles = walk(graph, widget, first, {
    wires: id => graph.into.get(id) ?? [],
    end: ({ from }) => from,
    step: (node, { port }, wanted) => {
      if (node.type !== 'mqtt in') return stepBack(node, port, wanted);
      const source = sourceOf(node, wanted);
      if (typeof source === 'string') return source;
      sources.set(JSON.stringify([source.topic, source.keys, source.broker]), source);
      return [];
    },
  });
  return { sources: [...sources.values()], obstacles };
}

function sourceOf(node: FlowNode, { keys, words, topic, isPart, line }: Wanted): Source | Obstacle {
  const filter = textOf(node, 'topic');
  const variable = variableOf(filter);
  if (variable !== null) return `its topic is the variable ${variable} of the environment, which is not in the export`;
  if (filter === '') return `${nodeName(node)} listens to what it is told, and to nothing by itself`;
  const broker = textOf(node, 'broker');
  if (!/[+#]/.test(filter)) return { topic: filter, broker, keys, words, isPart, line };
  if (topic !== null && matchesFilter(filter, topic)) return { topic, broker, keys, words, isPart, line };
  return `${nodeName(node)} listens to ${filter}, which may be many topics`;
}

/** What is wanted of the message that comes into a node, by what is wanted of the one that leaves it. */
function stepBack(node: FlowNode, port: number, wanted: Wanted): readonly Wanted[] | Obstacle {
  switch (node.type) {
    case 'junction':
    case 'reroute':
    case 'link in':
    case 'link out':
    case 'delay':
    case 'json':
    // Of equal values all but the first are left out: what is shown stays the same.
    case 'rbe':
      return [wanted];
    case 'change': {
      const before = backThroughChange(node, wanted);
      return typeof before === 'string' ? before : [before];
    }
    case 'switch':
      return [backThroughSwitch(node, port, wanted)];
    case 'range':
      return backThroughRange(node, wanted);
    case 'inject':
    case 'catch':
    case 'status':
    case 'complete':
      return [];
    default:
      return isOfDashboard(node) ? [] : `what it gets is made by ${nodeName(node)}`;
  }
}

function backThroughSwitch(node: FlowNode, port: number, wanted: Wanted): Wanted {
  const rule = recordsOf(node, 'rules')[port];
  const isAboutTopic = textOf(node, 'property') === 'topic';
  if (!isAboutTopic) return { ...wanted, isPart: true };
  const isEqual = rule?.t === 'eq' && (rule.vt === 'str' || rule.vt === undefined) && typeof rule.v === 'string';
  return isEqual && wanted.topic === null ? { ...wanted, topic: String(rule?.v) } : wanted;
}

/** Scaled from one range to another; cut off at the ends or wrapped around it is no line any more. */
function backThroughRange(node: FlowNode, wanted: Wanted): readonly Wanted[] | Obstacle {
  const [minIn, maxIn, minOut, maxOut] = ['minin', 'maxin', 'minout', 'maxout'].map(name => numberOf(node, name) ?? 0);
  const isLine = textOf(node, 'action') === 'scale' && wanted.keys.length === 0 && !flagOf(node, 'round', false);
  const scale = ((maxOut ?? 0) - (minOut ?? 0)) / ((maxIn ?? 0) - (minIn ?? 0));
  if (!isLine || !Number.isFinite(scale) || scale === 0) return `what it gets is made by ${nodeName(node)}`;
  return [beforeLine(wanted, { scale, offset: (minOut ?? 0) - scale * (minIn ?? 0) })];
}
