import { type FlowNode, nodeName, recordsOf } from '../flow/flow-node.ts';
import { payloadKeys } from './property-path.ts';
import { beforeLine, type Line, type Obstacle, SAME, type Wanted } from './wanted.ts';

type Rule = Readonly<Record<string, unknown>>;

/** What is wanted before a change node, by what is wanted behind it: its rules from the last to the first. */
export function backThroughChange(node: FlowNode, wanted: Wanted): Wanted | Obstacle {
  return recordsOf(node, 'rules').reduceRight<Wanted | Obstacle>((now, rule) => {
    if (typeof now === 'string') return now;
    return backThroughRule(rule, now) ?? `what it gets is made by ${nodeName(node)}`;
  }, wanted);
}

/** `null` for a rule that makes the value anew. */
function backThroughRule(rule: Rule, wanted: Wanted): Wanted | null {
  if (rule.t === 'move') return backThroughMove(rule, wanted);
  const target = rule.pt === 'msg' || rule.pt === undefined ? payloadKeys(String(rule.p)) : null;
  if (target === null) return wanted;
  const isElsewhere = target.some((key, place) => place < wanted.keys.length && wanted.keys[place] !== key);
  if (isElsewhere) return wanted;
  if (rule.t === 'set') return target.length <= wanted.keys.length ? backThroughSet(rule, target, wanted) : null;
  if (rule.t === 'change') return backThroughWords(rule, target, wanted);
  return null;
}

function backThroughSet({ to, tot }: Rule, target: readonly string[], wanted: Wanted): Wanted | null {
  const behind = wanted.keys.slice(target.length);
  if (tot === 'msg') {
    const source = payloadKeys(String(to));
    return source === null ? null : { ...wanted, keys: [...source, ...behind] };
  }
  const made = tot === 'jsonata' ? readExpression(String(to)) : null;
  if (made === null || (behind.length > 0 && made.line !== SAME)) return null;
  return beforeLine({ ...wanted, keys: [...made.keys, ...behind] }, made.line);
}

const MEMBER = String.raw`(?:msg\.)?payload(?:\.[A-Za-z_]\w*|\[\d+\])*`;
const NUMBER = String.raw`-?\d+(?:\.\d+)?`;
/** Of JSONata a member of the payload, as it is or made a number, and that times and plus fixed numbers. */
const EXPRESSION = new RegExp(
  String.raw`^(?:\$(?:number|string)\(\s*(${MEMBER})\s*\)|(${MEMBER}))(?:\s*([*/])\s*(${NUMBER}))?(?:\s*([+-])\s*(${NUMBER}))?$`,
);

function readExpression(expression: string): { readonly keys: readonly string[]; readonly line: Line } | null {
  const [, made, plain, times, factor, plus, offset] = EXPRESSION.exec(expression.trim()) ?? [];
  const keys = payloadKeys(made ?? plain ?? '');
  if (keys === null) return null;
  if (factor === undefined && offset === undefined) return { keys, line: SAME };
  const scale = factor === undefined ? 1 : times === '/' ? 1 / Number(factor) : Number(factor);
  if (!Number.isFinite(scale) || scale === 0) return null;
  return { keys, line: { scale, offset: offset === undefined ? 0 : Number(offset) * (plus === '-' ? -1 : 1) } };
}

function backThroughMove({ p, pt, to, tot }: Rule, wanted: Wanted): Wanted | null {
  const source = pt === 'msg' || pt === undefined ? payloadKeys(String(p)) : null;
  const target = tot === 'msg' || tot === undefined ? payloadKeys(String(to)) : null;
  const isWanted = target?.every((key, place) => wanted.keys[place] === key) === true;
  if (isWanted) return source === null ? null : { ...wanted, keys: [...source, ...wanted.keys.slice(target.length)] };
  const isTaken = source?.every((key, place) => wanted.keys[place] === key) === true;
  return isTaken ? null : wanted;
}

const PLAIN: readonly unknown[] = ['str', 'num', 'bool', undefined];

/** A word in place of another: of a text that holds it Node-RED changes a part, which is no word of a switch. */
function backThroughWords(rule: Rule, target: readonly string[], wanted: Wanted): Wanted | null {
  if (target.length !== wanted.keys.length || !PLAIN.includes(rule.fromt) || !PLAIN.includes(rule.tot)) return null;
  return { ...wanted, words: [...wanted.words, { from: String(rule.from), to: String(rule.to) }] };
}
