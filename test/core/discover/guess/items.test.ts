import { describe, expect, it } from 'vitest';
import { type Guessed, guessItems, nameOf, siblingsOf } from '../../../../src/core/discover/guess/items.ts';
import { hear } from '../../../helpers/discover/recorded.ts';

function guess(topic: string, payloads: readonly unknown[], beside: readonly string[] = []): Guessed {
  const { topics } = hear({
    messages: [
      ...payloads.map((payload, second) => ({ topic, payload, at: [second] })),
      ...beside.map(other => ({ topic: other, payload: '1' })),
    ],
  });
  const heard = topics.get(topic);
  if (heard === undefined) throw new Error('nothing was said');
  return guessItems(heard, siblingsOf(topics.keys()));
}

const foundOf = (...given: Parameters<typeof guess>) => guess(...given).proposals.map(({ found }) => found);
const ONE = { on: '1', off: '0' };
const ON = { on: 'on', off: 'off' };

describe('a topic with numbers', () => {
  it.each([
    ['a/temp', ['21.5'], { unit: '°C' }],
    ['a/temp', ['21'], { unit: '°C', decimals: 0 }],
    ['a/temp', ['21', '21.25'], { unit: '°C', decimals: 2 }],
    ['a/temp', ['21,125'], { unit: '°C', decimals: 3 }],
    ['a/temp', ['21.1255'], { unit: '°C', decimals: 3 }],
    ['a/temp', ['21.5 °F'], { unit: '°F' }],
    ['a/temp', ['21.123 °F'], { unit: '°F' }],
    ['a/temp/value', ['21.5'], { unit: '°C' }],
    ['temp/kitchen', ['21.5'], { unit: '°C' }],
    ['temp/a/b', ['21.5'], { unit: '' }],
    ['a/humidity', ['40.5'], { unit: '%', range: { min: 0, max: 100 } }],
    ['a/humidity', ['0.0', '100.0'], { unit: '%', range: { min: 0, max: 100 } }],
    ['a/humidity', ['-0.5', '40.5'], { unit: '%' }],
    ['a/humidity', ['100.5', '40.5'], { unit: '%' }],
    ['a/x', ['1000000000'], { unit: '', decimals: 0 }],
    ['a/pump', ['1', '0', '2'], { unit: '', decimals: 0 }],
    ['a/x', ['1', '0'], { unit: '', decimals: 0 }],
  ])('%s saying %o is a sensor', (topic, payloads, expected) => {
    expect(foundOf(topic, payloads)).toStrictEqual([{ kind: 'sensor', topic, ...expected }]);
  });

  it('of which one is beside its partner is one of a heating', () => {
    expect(foundOf('a/flow', ['40.5'], ['a/return'])).toMatchObject([{ unit: '°C' }]);
    expect(foundOf('a/flow', ['40.5'], ['b/return'])).toMatchObject([{ unit: '' }]);
  });

  it('says why it has its unit, its name and that it is seen', () => {
    expect(guess('a/return_temp', ['21.5']).proposals).toMatchObject([
      { label: 'Return temp', device: null, basis: 'seen', isExtra: false },
    ]);
    expect(guess('a/temp', ['21.5']).proposals[0]?.evidence).toStrictEqual(['°C is supposed from the word "temp"']);
    expect(guess('a/temp', ['21.5 °F']).proposals[0]?.evidence).toStrictEqual(['its payload says °F']);
  });

  it.each([
    ['a/rssi', ['-60']],
    ['a/rssi', ['60 %']],
  ])('%s saying %o is about the device', (topic, payloads) => {
    expect(guess(topic, payloads).proposals).toMatchObject([{ isExtra: true }]);
  });

  it.each([
    ['a/x', ['5 W', '5 kW'], 'its values come in several units'],
    ['a/x', ['1000000001'], 'its number looks like a time'],
  ])('%s saying %o is none', (topic, payloads, why) => {
    expect(guess(topic, payloads)).toStrictEqual({ proposals: [], untaken: [{ topic, why }] });
  });
});

describe('a topic with words', () => {
  it.each([
    ['a/door', ['1', '0'], { payloads: ONE, words: ON }],
    ['a/back_door', ['0'], { payloads: ONE, words: ON }],
    ['a/x', ['true', 'false'], { payloads: { on: 'true', off: 'false' }, words: ON }],
    ['a/x', ['TRUE'], { payloads: { on: 'TRUE', off: 'FALSE' }, words: ON }],
    ['a/x', ['OPEN', 'CLOSED'], { payloads: { on: 'OPEN', off: 'CLOSED' }, words: { on: 'open', off: 'closed' } }],
  ])('%s saying %o has two states', (topic, payloads, expected) => {
    expect(foundOf(topic, payloads)).toStrictEqual([{ kind: 'binary', topic, ...expected }]);
  });

  it.each([
    [['open', 'closed'], 'it says "open" and "closed"'],
    [['open'], 'it says "open"; that its other word is "closed" is supposed'],
    [['closed'], 'it says "closed"; that its other word is "open" is supposed'],
  ])('saying %o says which were heard', (payloads, evidence) => {
    expect(guess('a/x', payloads).proposals[0]?.evidence).toStrictEqual([evidence]);
  });

  it.each(['adoor', 'doors', 'x'])('%s is not about a truth', name => {
    expect(foundOf(`a/${name}`, ['1', '0'])).toMatchObject([{ kind: 'sensor' }]);
  });

  it.each([[['idle']], [['5', 'idle']], [['x'.repeat(32)]]])('saying %o has states', payloads => {
    expect(foundOf('a/x', payloads)).toStrictEqual([{ kind: 'state', topic: 'a/x' }]);
    expect(guess('a/x', payloads).proposals[0]?.evidence).toStrictEqual(['its payloads are words']);
  });

  it.each([
    ['a/wifi_name', true],
    ['a/mac', true],
    ['a/macs', false],
    ['a/smac', false],
    ['a/x', false],
  ])('%s is about the device: %s', (topic, isExtra) => {
    expect(guess(topic, ['some word']).proposals).toMatchObject([{ isExtra }]);
  });

  it('that are a sentence is told', () => {
    const why = 'its payload is a text of many words';
    expect(guess('a/x', ['x'.repeat(33)])).toStrictEqual({ proposals: [], untaken: [{ topic: 'a/x', why }] });
    expect(guess('a/x', ['word', 'x'.repeat(33)]).untaken).toHaveLength(1);
  });

  it('that are none is nothing, nor is what has no topic', () => {
    expect(guess('a/x', [''])).toStrictEqual({ proposals: [], untaken: [] });
    expect(guess('', ['word'])).toStrictEqual({ proposals: [], untaken: [] });
  });

  it('that are blank is told', () => {
    expect(guess('a/x', ['   ']).proposals).toMatchObject([{ found: { kind: 'state' } }]);
  });
});

describe('a document', () => {
  const leaf = (value: unknown, key = 'x', topic = 'a/b') => guess(topic, [{ [key]: value }]).proposals[0];

  it.each<[string, unknown, Readonly<Record<string, unknown>>]>([
    ['x', true, { kind: 'binary', payloads: { on: 'true', off: 'false' }, words: ON }],
    ['x', 5, { kind: 'sensor', unit: '' }],
    ['temp', 5, { kind: 'sensor', unit: '°C' }],
    ['humidity', 5, { kind: 'sensor', unit: '%', range: { min: 0, max: 100 } }],
    ['humidity', '5 %', { kind: 'sensor', unit: '%', range: { min: 0, max: 100 } }],
    ['humidity', '5 g', { kind: 'sensor', unit: 'g' }],
    ['x', '5 W', { kind: 'sensor', unit: 'W' }],
    ['x', 999_999_999, { kind: 'sensor', unit: '' }],
    ['x', -999_999_999, { kind: 'sensor', unit: '' }],
    ['x', 'idle', { kind: 'state' }],
    ['x', 'i'.repeat(32), { kind: 'state' }],
    ['x', 'open', { kind: 'binary', payloads: { on: 'open', off: 'closed' }, words: { on: 'open', off: 'closed' } }],
    ['x', '1000000000', { kind: 'state' }],
  ])('with %s %o has it', (key, value, expected) => {
    expect(leaf(value, key)?.found).toStrictEqual({ topic: 'a/b', path: key, ...expected });
  });

  it.each([[1_000_000_000], [-1_000_000_000], [''], ['i'.repeat(33)], [null]])('with %o has none', value => {
    expect(leaf(value)).toBeUndefined();
  });

  it.each([
    [true, 'it is true or false'],
    [5, 'no unit is known: neither the payload nor "x" tells one'],
    ['5 W', 'its payload says W'],
    ['idle', 'it is a word'],
    ['open', 'it says "open"; that its other word is "closed" is supposed'],
  ])('with %o says why', (value, why) => {
    expect(leaf(value)?.evidence).toStrictEqual([why]);
  });

  it.each([
    ['x', 5, false],
    ['rssi', 5, true],
    ['fw_count', 5, true],
    ['wifi', true, true],
  ])('with %s %o is about the device: %s', (key, value, isExtra) => {
    expect(leaf(value, key)?.isExtra).toBe(isExtra);
  });

  it.each(['time', 'Timestamp', 'id', 'mac', 'host', 'version', 'unit'])('with a %s has no item of that', key => {
    expect(leaf(5, key)).toBeUndefined();
  });

  it.each(['timer', 'lifetime', 'id2', 'amac'])('with a %s has one', key => {
    expect(leaf(5, key)).toBeDefined();
  });

  it.each([
    ['x', 'a/b', 'X'],
    ['value', 'a/kitchen', 'Kitchen value'],
    ['value', 'a/kitchen/state', 'Kitchen value'],
  ])('with %s on %s calls it %s', (key, topic, label) => {
    expect(leaf(5, key, topic)?.label).toBe(label);
  });

  it('is about what its topic is called, where no key says it', () => {
    expect(leaf(5, 'x', 'a/temp')?.found).toMatchObject({ unit: '°C' });
  });

  it('with a list has each, by the name of the list', () => {
    expect(guess('a/b', [{ temp: [1, 2] }]).proposals.map(({ found, label }) => [found, label])).toStrictEqual([
      [{ kind: 'sensor', topic: 'a/b', path: 'temp.0', unit: '°C' }, 'Temp'],
      [{ kind: 'sensor', topic: 'a/b', path: 'temp.1', unit: '°C' }, 'Temp'],
    ]);
    expect(guess('a/b', [{ 10: 5 }]).proposals).toMatchObject([{ found: { path: '10' }, label: '' }]);
    expect(guess('a/b', [{ x1: 5 }, { x1: 5 }]).proposals).toMatchObject([{ label: 'X1' }]);
    expect(guess('a/b', [{ '1x': 5 }]).proposals).toMatchObject([{ label: '1x' }]);
  });

  it('has what stands beside each other in it', () => {
    expect(foundOf('a/b', [{ flow: 40, return: 30 }])).toMatchObject([{ unit: '°C' }, { unit: '°C' }]);
    expect(foundOf('a/b', [{ in: { flow: 40 }, return: 30 }])).toMatchObject([{ unit: '°C' }, { unit: '°C' }]);
  });

  it('is read four levels deep', () => {
    expect(foundOf('a/b', [{ a: { b: { c: { d: 1 } } } }])).toMatchObject([{ path: 'a.b.c.d' }]);
    expect(foundOf('a/b', [{ a: { b: { c: { d: { e: 1 } } } } }])).toStrictEqual([]);
  });

  it('with more than 60 values is asked about by hand', () => {
    const document = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, place) => [`k${place}`, 1]));
    expect(guess('a/b', [document(60)]).proposals).toHaveLength(60);
    const why = 'its document has 61 values, more than are proposed';
    expect(guess('a/b', [document(61)])).toStrictEqual({ proposals: [], untaken: [{ topic: 'a/b', why }] });
  });
});

it.each([
  ['a/kitchen', 'kitchen'],
  ['kitchen/state/value', 'kitchen'],
  ['kitchen//', 'kitchen'],
  ['state/value', 'value'],
  ['kitchen/states', 'states'],
  ['kitchen/estate', 'estate'],
  ['/', '/'],
])('%s is about %s', (topic, name) => {
  expect(nameOf(topic)).toBe(name);
});
