import { describe, expect, it } from 'vitest';
import { backThroughChange } from '../../../../src/core/node-red/trace/change-back.ts';
import { SAME, type Wanted } from '../../../../src/core/node-red/trace/wanted.ts';

type Rule = Readonly<Record<string, unknown>>;
const rule = (fields: Rule): Rule => ({ t: 'set', p: 'payload', pt: 'msg', ...fields });
const ahead = (rules: readonly Rule[], keys: readonly string[] = []): Wanted | string =>
  backThroughChange(
    { id: 'c', type: 'change', fields: { name: 'maker', rules } },
    { keys, words: [], topic: null, isPart: false, line: SAME },
  );
/** Where it stood before, and what was made of it. */
function place(rules: readonly Rule[], keys: readonly string[] = []): string {
  const wanted = ahead(rules, keys);
  if (typeof wanted === 'string') return wanted;
  const { scale, offset } = wanted.line;
  return `${['payload', ...wanted.keys].join('.')}${scale === 1 && offset === 0 ? '' : ` * ${scale} + ${offset}`}`;
}
const MADE = 'what it gets is made by change "maker"';

describe('what was there before a change node', () => {
  it.each<[string, Rule, readonly string[], string]>([
    ['a member', { to: 'payload.a', tot: 'msg' }, [], 'payload.a'],
    ['a member of a member', { to: 'payload.a', tot: 'msg' }, ['b'], 'payload.a.b'],
    ['a member into a member', { p: 'payload.x', to: 'payload.a', tot: 'msg' }, ['x'], 'payload.a'],
    ['another member than is wanted', { p: 'payload.y', to: 'payload.a', tot: 'msg' }, ['x'], 'payload.x'],
    ['a part of what is wanted', { p: 'payload.x', to: 'payload.a', tot: 'msg' }, [], MADE],
    ['another property', { p: 'topic', to: 'x' }, [], 'payload'],
    ['a variable of the flow', { pt: 'flow', to: 'x' }, [], 'payload'],
    ['what is no payload', { to: 'topic', tot: 'msg' }, [], MADE],
    ['a fixed text', { to: 'x', tot: 'str' }, [], MADE],
    ['a number of a text', { to: '$number(payload.a)', tot: 'jsonata' }, [], 'payload.a'],
    ['a tenth', { to: 'payload.a / 10', tot: 'jsonata' }, [], 'payload.a * 0.1 + 0'],
    ['a line', { to: 'msg.payload * 2 - 3', tot: 'jsonata' }, [], 'payload * 2 + -3'],
    ['a sum', { to: 'payload + 1.5', tot: 'jsonata' }, [], 'payload * 1 + 1.5'],
    ['nothing at all', { to: 'payload * 0', tot: 'jsonata' }, [], MADE],
    ['what has no end', { to: 'payload / 0', tot: 'jsonata' }, [], MADE],
    ['a member of a number', { to: 'payload * 2', tot: 'jsonata' }, ['x'], MADE],
    ['a member by an expression', { to: 'payload.a', tot: 'jsonata' }, ['x'], 'payload.a.x'],
    ['another expression', { to: '$sum(payload)', tot: 'jsonata' }, [], MADE],
    ['a deleted one', { t: 'delete' }, [], MADE],
  ])('set to %s', (_, fields, keys, where) => {
    expect(place([rule(fields)], keys)).toBe(where);
  });

  it.each<[string, string, readonly string[], string]>([
    ['payload.a', 'payload', [], 'payload.a'],
    ['payload.a', 'payload', ['b'], 'payload.a.b'],
    ['payload.a', 'payload.x', ['y'], 'payload.y'],
    ['payload.a', 'payload.x', ['a'], MADE],
    ['payload', 'other', [], MADE],
    ['other', 'payload', [], MADE],
    ['other', 'more', [], 'payload'],
  ])('moved from %s to %s, wanted %j', (p, to, keys, where) => {
    expect(place([rule({ t: 'move', p, to, tot: 'msg' })], keys)).toBe(where);
    expect(place([{ t: 'move', p, to }], keys)).toBe(where);
  });

  it('is another word where the whole of it is changed, the last one first', () => {
    const change = (from: string, to: string, more: Rule = {}) => rule({ t: 'change', from, to, ...more });
    const words = ahead([change('1', 'on'), change('0', 'off', { fromt: 'num', tot: 'str' })]);
    expect(typeof words === 'string' ? [] : words.words).toEqual([
      { from: '0', to: 'off' },
      { from: '1', to: 'on' },
    ]);
    expect(ahead([change('1', 'on')], ['x'])).toBe(MADE);
    expect(ahead([change('1', 'on', { fromt: 're' })])).toBe(MADE);
    expect(ahead([change('1', 'on', { tot: 'msg' })])).toBe(MADE);
  });

  it('follows its rules from the last to the first, and ends where one makes it anew', () => {
    const first = rule({ to: 'payload.a', tot: 'msg' });
    const second = rule({ to: 'payload.b', tot: 'msg' });
    expect(place([first, second])).toBe('payload.a.b');
    expect(place([rule({ to: 'x' }), second])).toBe(MADE);
    expect(place([])).toBe('payload');
  });
});
