import { expect, it } from 'vitest';
import { deviceOf, type Found, identityAt, identityOf, stateTopicOf } from '../../../src/core/discover/proposal.ts';

const words = { on: '1', off: '0' };
const loop = { kind: 'switch', command: 'a/set', payloads: words, answers: words } as const;

it.each<[Found, string | null]>([
  [{ kind: 'state', topic: 'a' }, 'a'],
  [{ ...loop, feedback: 'a' }, 'a'],
  [loop, null],
  [{ kind: 'button', command: 'a', payload: 'x' }, null],
])('%o says how it is on %s', (found, topic) => {
  expect(stateTopicOf(found)).toBe(topic);
});

it('the same place is the same thing in whichever way its path is written', () => {
  const at = (path: string | undefined) => identityAt('a', path);
  expect(at('x.y')).toBe(at('["x"].y'));
  expect(at('x.y')).not.toBe(at('x'));
  expect(at('x')).not.toBe(at(undefined));
  expect(at('x[')).not.toBe(at(undefined));
  expect(identityAt('a', undefined)).not.toBe(identityAt('b', undefined));
});

it('two buttons on one topic are two by what they say, and a switch is one by its topic', () => {
  const button = (payload: string): Found => ({ kind: 'button', command: 'a/set', payload });
  expect(identityOf(button('x'))).not.toBe(identityOf(button('y')));
  expect(identityOf(button('x'))).toBe(identityAt('a/set', undefined, 'x'));
  expect(identityOf(loop)).toBe(identityAt('a/set', undefined));
  expect(identityOf({ kind: 'state', topic: 'a', path: 'x' })).toBe(identityAt('a', 'x'));
});

it('a device has no user and says nowhere whether it is there, until somebody knows', () => {
  const device = { key: 'k', label: 'L', evidence: [] };
  expect(deviceOf(device)).toStrictEqual({ ...device, user: null, availabilities: [], availabilityMode: 'latest' });
  expect(deviceOf({ ...device, user: 'u' }).user).toBe('u');
});
