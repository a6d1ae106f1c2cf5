import { describe, expect, it } from 'vitest';
import { draftClient, draftItem, type Member } from '../../../../src/core/discover/house/draft.ts';
import { deviceOf, type Found, type Proposal } from '../../../../src/core/discover/proposal.ts';
import { hear } from '../../../helpers/discover/recorded.ts';

type Fields = Readonly<Record<string, unknown>>;

const nothing = hear({ messages: [] });
const words = { on: '1', off: '0' };

function draft(found: Found, more: Partial<Proposal> = {}, seen = nothing): Member {
  const proposal: Proposal = {
    found,
    label: 'X',
    device: null,
    basis: 'seen',
    evidence: ['a', 'b'],
    isExtra: false,
    ...more,
  };
  return draftItem(proposal, {
    ...{ seen, cadenceS: 5, idFor: label => `id of ${label}`, keyFor: label => (label === 'Lab X' ? 'x' : null) },
    labelOf: ({ label }) => `Lab ${label}`,
  });
}

describe('an item of each kind', () => {
  it.each<[Found, string, Fields]>([
    [
      { kind: 'sensor', topic: 't', path: 'p', unit: '%', range: { min: 0, max: 100 }, decimals: 0 },
      'sensors',
      { topic: 't', path: 'p', unit: '%', range: { min: 0, max: 100 }, decimals: 0, expireAfter: 3_600 },
    ],
    [{ kind: 'state', topic: 't' }, 'states', { topic: 't', expireAfter: 3_600 }],
    [
      { kind: 'state', topic: 't', path: 'p', options: ['a', 'b'] },
      'states',
      { topic: 't', path: 'p', words: { a: {}, b: {} }, expireAfter: 3_600 },
    ],
    [
      { kind: 'binary', topic: 't', path: 'p', payloads: words, words: { on: 'open', off: 'shut' } },
      'binaries',
      { topic: 't', path: 'p', on: '1', off: '0', words: { on: 'open', off: 'shut' }, expireAfter: 3_600 },
    ],
    // What says only that something is so, is silent as long as it is not.
    [
      { kind: 'binary', topic: 't', payloads: words, words, offAfter: 90 },
      'binaries',
      { topic: 't', on: '1', off: '0', words, offAfter: 90 },
    ],
    [{ kind: 'event', topic: 't' }, 'events', { topic: 't' }],
    [{ kind: 'event', topic: 't', path: 'p', options: ['a'] }, 'events', { topic: 't', path: 'p', only: ['a'] }],
    [{ kind: 'event', topic: 't', options: ['a', 'b'] }, 'events', { topic: 't' }],
    [{ kind: 'button', command: 'c', payload: 'go' }, 'buttons', { command: 'c', payload: 'go', ask: true }],
    [
      { kind: 'switch', command: 'c', feedback: 'f', path: 'p', payloads: words, answers: words },
      'switches',
      { command: 'c', feedback: 'f', path: 'p', on: '1', off: '0', key: 'x' },
    ],
    [
      { kind: 'switch', command: 'c', payloads: words, answers: words },
      'switches',
      { command: 'c', on: '1', off: '0', key: 'x' },
    ],
    [
      { kind: 'switch', command: 'c', payloads: words, answers: { on: '1', off: 'no' } },
      'switches',
      { command: 'c', on: '1', off: '0', answers: { on: ['1'], off: ['no'] }, key: 'x' },
    ],
    [
      { kind: 'switch', command: 'c', payloads: words, answers: { on: 'yes', off: '0' } },
      'switches',
      { command: 'c', on: '1', off: '0', answers: { on: ['yes'], off: ['0'] }, key: 'x' },
    ],
    [
      { kind: 'switch', command: 'c', payloads: words, answers: words, asks: true },
      'switches',
      { command: 'c', on: '1', off: '0', ask: true, key: 'x' },
    ],
    [
      { kind: 'number', command: 'c', feedback: 'f', unit: 'W', min: 0, max: 9, step: 1, template: '{"x":%s}' },
      'numbers',
      { command: 'c', feedback: 'f', unit: 'W', min: 0, max: 9, step: 1, template: '{"x":%s}' },
    ],
    [
      { kind: 'number', command: 'c', unit: '', min: 0, max: 9, step: 1 },
      'numbers',
      { command: 'c', unit: '', min: 0, max: 9, step: 1 },
    ],
    [{ kind: 'select', command: 'c', options: ['a', 'b', 'a'] }, 'selects', { command: 'c', options: ['a', 'b'] }],
    [
      { kind: 'select', command: 'c', feedback: 'f', path: 'p', options: ['a'], template: 'm=%s' },
      'selects',
      { command: 'c', feedback: 'f', path: 'p', options: ['a'], template: 'm=%s' },
    ],
  ])('%o', (found, group, value) => {
    expect(draft(found)).toStrictEqual({ group, id: 'id of Lab X', value: { label: 'Lab X', ...value }, note: 'a; b' });
  });

  it('a switch for which no key is free has none', () => {
    const found: Found = { kind: 'switch', command: 'c', payloads: words, answers: words };
    expect(draft(found, { label: 'Y' }).value).not.toHaveProperty('key');
  });
});

describe('the words of a state and of a selection', () => {
  const list = (count: number) => Array.from({ length: count }, (_, place) => `w${place}`);
  const wordsOf = (options: readonly string[]) => draft({ kind: 'state', topic: 't', options }).value.words;
  const optionsOf = (options: readonly string[]) => draft({ kind: 'select', command: 'c', options }).value.options;

  it('are listed up to 20, and 100', () => {
    expect(Object.keys(wordsOf(list(20)) ?? {})).toHaveLength(20);
    expect(wordsOf(list(21))).toBeUndefined();
    expect(optionsOf(list(100))).toHaveLength(100);
    expect(optionsOf(list(101))).toStrictEqual(list(100));
  });

  it('are such as a house file may have', () => {
    const given = ['', 'a', 'x'.repeat(40), 'x'.repeat(41), '__proto__', 'constructor', 'prototype'];
    expect(Object.keys(wordsOf(given) ?? {})).toStrictEqual(['a', 'x'.repeat(40)]);
    expect(optionsOf(given)).toStrictEqual(['a', 'x'.repeat(40)]);
    expect(wordsOf([''])).toBeUndefined();
  });
});

describe('how long it may be silent', () => {
  const found: Found = { kind: 'sensor', topic: 't', unit: '' };
  const every = (seconds: number, count: number) => {
    const at = Array.from({ length: count }, (_, place) => place * seconds);
    return hear({ messages: [{ topic: 't', payload: '1', at }] });
  };

  it.each<[string, Partial<Proposal>, Fields, ReturnType<typeof hear>]>([
    ['its maker says', { expireAfter: 60, every: 5 }, { expireAfter: 60 }, every(50, 9)],
    ['its maker says its pace', { every: 300 }, { every: 300 }, every(50, 9)],
    ['nothing was heard', {}, { expireAfter: 3_600 }, nothing],
    ['it was heard twice', {}, { expireAfter: 3_600 }, every(50, 2)],
    ['it was heard three times', {}, { every: 50 }, every(50, 3)],
    ['it is a little slower than the house', {}, {}, every(7.5, 9)],
    ['it is slower', {}, { every: 7.6 }, every(7.6, 9)],
    ['it is as quick as the house', {}, {}, every(5, 9)],
  ])('%s', (_, more, value, seen) => {
    expect(draft(found, more, seen).value).toStrictEqual({ label: 'Lab X', topic: 't', unit: '', ...value });
  });

  it.each<Found>([
    { kind: 'state', topic: 't' },
    { kind: 'binary', topic: 't', payloads: words, words },
  ])('is told of %o too', item => {
    expect(draft(item, { every: 9 }).value).toHaveProperty('every', 9);
  });

  it.each<Found>([
    { kind: 'event', topic: 't' },
    { kind: 'switch', command: 'c', payloads: words, answers: words },
  ])('is not told of %o', item => {
    expect(draft(item, { every: 9 }).value).not.toHaveProperty('every');
  });
});

describe('what the broker keeps of it', () => {
  const seen = hear({ messages: [{ topic: 't', payload: '1', retained: true }] });
  const live = hear({ messages: [{ topic: 't', payload: '1' }] });

  it.each<[Found, boolean]>([
    [{ kind: 'state', topic: 't' }, true],
    [{ kind: 'switch', command: 'c', feedback: 't', payloads: words, answers: words }, true],
    [{ kind: 'switch', command: 't', payloads: words, answers: words }, false],
    [{ kind: 'event', topic: 't' }, false],
    [{ kind: 'button', command: 't', payload: 'x' }, false],
    [{ kind: 'state', topic: 'u' }, false],
  ])('is told of %o: %s', (found, isTold) => {
    expect(draft(found, {}, seen).value.retained).toBe(isTold ? true : undefined);
    expect(draft(found, {}, live).value).not.toHaveProperty('retained');
  });
});

describe('a client', () => {
  const client = (more: Fields) =>
    draftClient(deviceOf({ key: 'k', label: 'Hall', evidence: ['a', 'b'], ...more }), ['x'], label =>
      label.toLowerCase(),
    );

  it.each<[string, Fields, string, Fields]>([
    ['of which only the name is known', {}, 'hall', { label: 'Hall' }],
    ['whose name is its id', { label: 'hall' }, 'hall', {}],
    ['whose user is its id', { user: 'node' }, 'node', { label: 'Hall' }],
    ['whose user is another', { user: 'Node' }, 'node', { label: 'Hall', user: 'Node' }],
    [
      'that says whether it is there',
      { availabilities: [{ topic: 'h' }] },
      'hall',
      { label: 'Hall', availability: { topic: 'h' } },
    ],
    [
      'that says it twice',
      { availabilities: [{ topic: 'h' }, { topic: 'i' }], availabilityMode: 'all' },
      'hall',
      { label: 'Hall', availabilities: { mode: 'all', topics: [{ topic: 'h' }, { topic: 'i' }] } },
    ],
  ])('%s', (_, more, id, value) => {
    expect(client(more)).toStrictEqual({ group: 'clients', id, value: { publishes: ['x'], ...value }, note: 'a; b' });
  });
});
