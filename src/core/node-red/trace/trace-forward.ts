import { type FlowNode, flagOf, isOfDashboard, nodeName, recordsOf, textOf, variableOf } from '../flow/flow-node.ts';
import type { Graph } from '../flow/graph.ts';
import { type FlowMessage, throughChange } from './change-forward.ts';
import { walk } from './walk.ts';
import type { Obstacle } from './wanted.ts';

/** What is published in the end. */
export interface Published {
  readonly topic: string;
  readonly payload: string;
  /** The id of the broker's node. */
  readonly broker: string;
  readonly isRetained: boolean;
}

/** All that comes of what a widget sends. */
export interface Sent {
  readonly published: readonly Published[];
  readonly obstacles: readonly Obstacle[];
}

/** What leaves a node, and by which of its outputs; `null` for any. */
interface Passed {
  readonly on: number | null;
  readonly message: FlowMessage;
}

/** Follows a message that a widget sends to where it is published. */
export function traceForward(graph: Graph, widget: FlowNode, message: FlowMessage): Sent {
  const published = new Map<string, Published>();
  const first: Passed = { on: 0, message };
  const obstacles = walk(graph, widget, first, {
    wires: (id, { on }) => (graph.outOf.get(id) ?? []).filter(({ port }) => on === null || port === on),
    end: ({ to }) => to,
    step: (node, _, passed) => {
      if (node.type !== 'mqtt out') return stepOn(node, passed.message);
      const found = publishedBy(node, passed.message);
      if (typeof found === 'string') return found;
      published.set(JSON.stringify([found.topic, found.payload, found.broker]), found);
      return [];
    },
  });
  return { published: [...published.values()], obstacles };
}

function publishedBy(node: FlowNode, { payload, topic }: FlowMessage): Published | Obstacle {
  const fixed = textOf(node, 'topic');
  const variable = variableOf(fixed);
  if (variable !== null) return `its topic is the variable ${variable} of the environment, which is not in the export`;
  const name = fixed === '' ? topic : fixed;
  if (name === null || name === '') return `${nodeName(node)} has no topic, and neither has what is sent`;
  const text = typeof payload === 'object' && payload !== null ? JSON.stringify(payload) : String(payload);
  const isRetained = flagOf(node, 'retain', false);
  return { topic: name, payload: text, broker: textOf(node, 'broker'), isRetained };
}

function stepOn(node: FlowNode, message: FlowMessage): readonly Passed[] | Obstacle {
  switch (node.type) {
    case 'junction':
    case 'reroute':
    case 'link in':
    case 'link out':
    case 'delay':
    case 'rbe':
      return [{ on: null, message }];
    case 'json':
      return [{ on: null, message: throughJson(node, message) }];
    case 'template': {
      const made = throughTemplate(node, message);
      return made === null ? `what it sends is made by ${nodeName(node)}` : [{ on: null, message: made }];
    }
    case 'change': {
      const changed = throughChange(node, message);
      return changed === null ? `what it sends is made by ${nodeName(node)}` : [{ on: null, message: changed }];
    }
    case 'switch':
      return throughSwitch(node, message);
    case 'debug':
      return [];
    default:
      return isOfDashboard(node) ? [] : `what it sends goes through ${nodeName(node)}`;
  }
}

/** A template that puts the payload somewhere, and nothing else. */
function throughTemplate(node: FlowNode, message: FlowMessage): FlowMessage | null {
  if ((textOf(node, 'field') || 'payload') !== 'payload' || textOf(node, 'fieldType') === 'flow') return null;
  const isPlain = textOf(node, 'syntax') === 'plain';
  if (typeof message.payload === 'object') return null;
  const value = String(message.payload);
  const template = textOf(node, 'template').replace(/\{\{\{\s*(?:msg\.)?payload\s*\}\}\}/g, () => value);
  // Between two braces these signs would be written as HTML.
  const isAsItIs = !/[&<>"'`=/]/.test(value);
  const filled = isAsItIs ? template.replace(/\{\{\s*(?:msg\.)?payload\s*\}\}/g, () => value) : template;
  if (!isPlain && filled.includes('{{')) return null;
  return { ...message, payload: isPlain ? textOf(node, 'template') : filled };
}

function throughJson(node: FlowNode, message: FlowMessage): FlowMessage {
  const action = textOf(node, 'action');
  const isText = typeof message.payload === 'string';
  if (!isText && action !== 'obj') return { ...message, payload: JSON.stringify(message.payload) };
  if (!isText || action === 'str') return message;
  try {
    return { ...message, payload: JSON.parse(String(message.payload)) as unknown };
  } catch {
    return message;
  }
}

/** Of a node that lets some through, the rules that compare with a fixed value. */
function throughSwitch(node: FlowNode, message: FlowMessage): readonly Passed[] | Obstacle {
  const property = textOf(node, 'property');
  if (property !== 'payload' && property !== 'topic') return `what it sends goes through ${nodeName(node)}`;
  const value = property === 'payload' ? message.payload : message.topic;
  const passed: Passed[] = [];
  for (const [on, rule] of recordsOf(node, 'rules').entries()) {
    const isMet = meets(rule, value, passed.length > 0);
    if (isMet === null) return `what it sends goes through ${nodeName(node)}`;
    if (isMet) passed.push({ on, message });
    if (isMet && textOf(node, 'checkall') === 'false') break;
  }
  return passed;
}

function meets(rule: Readonly<Record<string, unknown>>, value: unknown, isOtherMet: boolean): boolean | null {
  if (rule.t === 'else') return !isOtherMet;
  if (rule.t === 'true' || rule.t === 'false') return value === (rule.t === 'true');
  if (rule.t !== 'eq' && rule.t !== 'neq') return null;
  if (rule.vt !== 'str' && rule.vt !== 'num' && rule.vt !== 'bool' && rule.vt !== undefined) return null;
  return (String(value) === String(rule.v)) === (rule.t === 'eq');
}
