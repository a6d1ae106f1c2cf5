import { type FlowNode, recordsOf } from '../flow/flow-node.ts';
import { payloadKeys } from './property-path.ts';
import { typedValue } from './typed-value.ts';

/** A message inside a flow: what is followed of it. */
export interface FlowMessage {
  readonly payload: unknown;
  /** `null` where nobody has set one. */
  readonly topic: string | null;
}

type Rule = Readonly<Record<string, unknown>>;

/** What a change node makes of a message; `null` where that cannot be told beforehand. */
export function throughChange(node: FlowNode, message: FlowMessage): FlowMessage | null {
  return recordsOf(node, 'rules').reduce<FlowMessage | null>(
    (now, rule) => (now === null ? null : throughRule(rule, now)),
    message,
  );
}

function throughRule(rule: Rule, message: FlowMessage): FlowMessage | null {
  if (rule.pt !== 'msg' && rule.pt !== undefined) return message;
  const property = String(rule.p);
  if (rule.t === 'move') {
    const to = String(rule.to);
    const isFar = payloadKeys(property) === null && payloadKeys(to) === null && property !== 'topic' && to !== 'topic';
    return isFar ? message : null;
  }
  if (property === 'topic') return throughTopicRule(rule, message);
  const keys = payloadKeys(property);
  if (keys === null) return message;
  if (keys.length > 0) return null;
  if (rule.t === 'set') {
    const value = givenBy(rule, message);
    return value === undefined ? null : { ...message, payload: value };
  }
  return rule.t === 'change' ? throughWords(rule, message) : null;
}

function throughTopicRule(rule: Rule, message: FlowMessage): FlowMessage | null {
  if (rule.t !== 'set') return null;
  const value = givenBy(rule, message);
  return typeof value === 'string' ? { ...message, topic: value } : null;
}

/** `undefined` for what cannot be told beforehand. */
function givenBy({ to, tot }: Rule, message: FlowMessage): unknown {
  if (tot === 'msg' && to === 'payload') return message.payload;
  if (tot === 'msg' && to === 'topic') return message.topic ?? undefined;
  if (tot === 'jsonata') return chosen(String(to), message.payload);
  return typedValue(String(to), tot === undefined ? 'str' : String(tot));
}

/** Of JSONata a choice by the payload: `payload ? "on" : "off"`, `payload = true ? 1 : 0`. */
function chosen(expression: string, payload: unknown): unknown {
  const [, compared, yes = '', no = ''] =
    /^\s*payload\s*(?:=\s*([^?=]+?)\s*)?\?\s*("[^"]*"|[\w.-]+)\s*:\s*("[^"]*"|[\w.-]+)\s*$/.exec(expression) ?? [];
  if (yes === '') return undefined;
  const isMet = compared === undefined ? Boolean(payload) : typedValue(compared, 'json') === payload;
  return typedValue(isMet ? yes : no, 'json');
}

/** A word in place of another, as the change node does it: the whole text, or a part of it. */
function throughWords({ from, fromt, to, tot }: Rule, message: FlowMessage): FlowMessage | null {
  const [before, after] = [
    typedValue(String(from), String(fromt ?? 'str')),
    typedValue(String(to), String(tot ?? 'str')),
  ];
  if (before === undefined || after === undefined) return null;
  const { payload } = message;
  if (payload === before || (typeof payload === 'string' && payload === String(before))) {
    return { ...message, payload: after };
  }
  if (typeof payload !== 'string' || String(before) === '') return message;
  return { ...message, payload: payload.replaceAll(String(before), () => String(after)) };
}
