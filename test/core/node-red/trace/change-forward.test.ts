import { expect, it } from 'vitest';
import { throughChange } from '../../../../src/core/node-red/trace/change-forward.ts';

const rule = (fields: Readonly<Record<string, unknown>>) => ({ t: 'set', p: 'payload', pt: 'msg', ...fields });
/** What becomes of a message, `payload@topic`; `null` where that cannot be told. */
function sent(
  rules: readonly Readonly<Record<string, unknown>>[],
  payload: unknown = 'on',
  topic: string | null = 't',
) {
  const message = throughChange({ id: 'c', type: 'change', fields: { rules } }, { payload, topic });
  return message === null ? null : `${JSON.stringify(message.payload)}@${message.topic}`;
}

it.each<[string, Readonly<Record<string, unknown>>, string | null]>([
  ['a text', { to: 'off', tot: 'str' }, '"off"@t'],
  ['a text, where the type is not written', { to: 'off' }, '"off"@t'],
  ['a number', { to: '7', tot: 'num' }, '7@t'],
  ['true', { to: 'true', tot: 'bool' }, 'true@t'],
  ['the payload', { to: 'payload', tot: 'msg' }, '"on"@t'],
  ['the topic', { to: 'topic', tot: 'msg' }, '"t"@t'],
  ['another property', { to: 'other', tot: 'msg' }, null],
  ['the time', { to: '', tot: 'date' }, null],
  ['a choice', { to: 'payload ? "yes" : "no"', tot: 'jsonata' }, '"yes"@t'],
  ['a choice by a value', { to: 'payload = "off" ? 1 : 0', tot: 'jsonata' }, '0@t'],
  ['any other expression', { to: '$now()', tot: 'jsonata' }, null],
  ['a member of the payload', { p: 'payload.state', to: 'on' }, null],
  ['a property that is not followed', { p: 'retain', to: 'true', tot: 'bool' }, '"on"@t'],
  ['a variable of the flow', { pt: 'flow', to: 'x' }, '"on"@t'],
  ['the topic by a text', { p: 'topic', to: 'lamp/set' }, '"on"@lamp/set'],
  ['the topic by a number', { p: 'topic', to: '7', tot: 'num' }, null],
])('set to %s', (_, fields, message) => {
  expect(sent([rule(fields)])).toBe(message);
});

it.each<[string, Readonly<Record<string, unknown>>, unknown, string | null]>([
  ['the whole text', { from: 'on', to: 'ON' }, 'on', '"ON"@t'],
  ['the whole text by a number', { from: 'on', to: '1', tot: 'num' }, 'on', '1@t'],
  ['a number', { from: '1', fromt: 'num', to: 'on' }, 1, '"on"@t'],
  ['a number that is written as text', { from: '1', fromt: 'num', to: 'on' }, '1', '"on"@t'],
  ['each part of a text', { from: 'o', to: '$&' }, 'oops', '"$&$&ps"@t'],
  ['nothing of another text', { from: 'x', to: 'y' }, 'on', '"on"@t'],
  ['nothing of a value that is no text', { from: 'x', to: 'y' }, true, 'true@t'],
  ['nothing by an empty text', { from: '', to: 'y' }, 'on', '"on"@t'],
  ['what cannot be told', { from: 'x', fromt: 'msg', to: 'y' }, 'on', null],
  ['by what cannot be told', { from: 'x', to: 'y', tot: 'msg' }, 'on', null],
])('changes %s', (_, fields, payload, message) => {
  expect(sent([rule({ t: 'change', ...fields })], payload)).toBe(message);
});

it('cannot tell what is moved or deleted, unless it is another property', () => {
  const move = (p: string, to: string) => sent([rule({ t: 'move', p, to })]);
  expect(move('a', 'b')).toBe('"on"@t');
  for (const [from, to] of [
    ['payload', 'b'],
    ['a', 'payload.x'],
    ['topic', 'b'],
    ['a', 'topic'],
  ] as const)
    expect(move(from, to)).toBeNull();
  expect(sent([rule({ t: 'delete' })])).toBeNull();
  expect(sent([rule({ t: 'delete', p: 'topic' })])).toBeNull();
});

it('takes its rules one after the other, and none after one that cannot be told', () => {
  const words = [rule({ t: 'change', from: 'on', to: 'ON' }), rule({ p: 'topic', to: 'payload', tot: 'msg' })];
  expect(sent(words)).toBe('"ON"@ON');
  expect(sent([rule({ t: 'delete' }), rule({ to: 'off' })])).toBeNull();
  expect(sent([])).toBe('"on"@t');
  expect(sent([rule({ to: 'topic', tot: 'msg' })], 'on', null)).toBeNull();
});
