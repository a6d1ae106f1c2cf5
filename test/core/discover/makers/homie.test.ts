import { describe, expect, it } from 'vitest';
import { readHomie } from '../../../../src/core/discover/makers/homie.ts';
import { hear } from '../../../helpers/discover/recorded.ts';

type Fields = Readonly<Record<string, unknown>>;

const ROOT = 'homie/5/boiler';
const TOPIC = `${ROOT}/water/heat`;
const kept = (topic: string, payload: unknown) => ({ topic, payload, retained: true as const });
const fifth = (property: unknown, more: Fields = {}) =>
  readHomie(
    hear({
      messages: [kept(`${ROOT}/$description`, { nodes: { water: { properties: { heat: property } } }, ...more })],
    }),
  );

const LOOP = { command: `${TOPIC}/set`, feedback: TOPIC };
const TRUTH = { on: 'true', off: 'false' };

describe('a property', () => {
  it.each<[Fields, Fields]>([
    [
      { datatype: 'float', unit: '°C' },
      { kind: 'sensor', topic: TOPIC, unit: '°C' },
    ],
    [{ datatype: 'integer' }, { kind: 'sensor', topic: TOPIC, unit: '', decimals: 0 }],
    [
      { datatype: 'float', format: '-5:95' },
      { kind: 'sensor', topic: TOPIC, unit: '', range: { min: -5, max: 95 } },
    ],
    [
      { datatype: 'float', format: '5:' },
      { kind: 'sensor', topic: TOPIC, unit: '' },
    ],
    [
      { datatype: 'float', format: ' :5' },
      { kind: 'sensor', topic: TOPIC, unit: '' },
    ],
    [
      { datatype: 'float', format: '5:5' },
      { kind: 'sensor', topic: TOPIC, unit: '' },
    ],
    [
      { datatype: 'float', format: '6:5' },
      { kind: 'sensor', topic: TOPIC, unit: '' },
    ],
    [
      { datatype: 'float', format: '0:Infinity' },
      { kind: 'sensor', topic: TOPIC, unit: '' },
    ],
    [
      { datatype: 'float', format: '0:5', settable: true },
      { kind: 'number', ...LOOP, unit: '', min: 0, max: 5, step: 0.1 },
    ],
    [
      { datatype: 'integer', format: '0:5', settable: true },
      { kind: 'number', ...LOOP, unit: '', min: 0, max: 5, step: 1 },
    ],
    [
      { datatype: 'float', format: '0:5:0.5', settable: true },
      { kind: 'number', ...LOOP, unit: '', min: 0, max: 5, step: 0.5 },
    ],
    [
      { datatype: 'integer', format: '0:5:0', settable: true },
      { kind: 'number', ...LOOP, unit: '', min: 0, max: 5, step: 1 },
    ],
    [{ datatype: 'boolean' }, { kind: 'binary', topic: TOPIC, payloads: TRUTH, words: { on: 'on', off: 'off' } }],
    [
      { datatype: 'boolean', format: 'shut,open' },
      { kind: 'binary', topic: TOPIC, payloads: TRUTH, words: { on: 'open', off: 'shut' } },
    ],
    [
      { datatype: 'boolean', settable: true },
      { kind: 'switch', ...LOOP, payloads: TRUTH, answers: TRUTH },
    ],
    [
      { datatype: 'enum', format: 'a,,b' },
      { kind: 'state', topic: TOPIC, options: ['a', 'b'] },
    ],
    [
      { datatype: 'enum', format: 'a,b', settable: true },
      { kind: 'select', ...LOOP, options: ['a', 'b'] },
    ],
    [{ datatype: 'string' }, { kind: 'state', topic: TOPIC }],
    [{}, { kind: 'state', topic: TOPIC }],
    [
      { datatype: 'enum', format: 'a,b', retained: false },
      { kind: 'event', topic: TOPIC, options: ['a', 'b'] },
    ],
    [
      { datatype: 'enum', retained: false },
      { kind: 'event', topic: TOPIC },
    ],
    [
      { datatype: 'string', format: 'a,b', retained: false },
      { kind: 'event', topic: TOPIC },
    ],
  ])('%o is taken', (property, expected) => {
    expect(fifth(property).proposals.map(({ found }) => found)).toStrictEqual([expected]);
  });

  it.each<[Fields, string]>([
    [
      { datatype: 'string', retained: false, settable: true },
      'it can be set and keeps no state, so that no command could be confirmed',
    ],
    [
      { datatype: 'float', settable: true },
      'it can be set and names no bounds, within which a set-point could be chosen',
    ],
    [{ datatype: 'enum' }, 'it names no values'],
    [{ datatype: 'color' }, 'a value of the type color is no kind of a house file'],
  ])('%o is none', (property, why) => {
    expect(fifth(property)).toMatchObject({ proposals: [], untaken: [{ topic: TOPIC, why }] });
  });

  it('says what it is and of which device', () => {
    expect(fifth({ datatype: 'boolean', settable: true, name: 'Heater' }, { name: 'Boiler' })).toMatchObject({
      proposals: [
        {
          ...{ label: 'Heater', device: `homie ${ROOT}`, basis: 'stated', isExtra: false },
          evidence: ['Homie: boolean that can be set'],
        },
      ],
      devices: [
        {
          ...{ key: `homie ${ROOT}`, label: 'Boiler', availabilities: [{ topic: `${ROOT}/$state` }] },
          evidence: [`${ROOT}/$description describes it by the Homie convention`],
        },
      ],
      untaken: [],
    });
    expect(fifth({ datatype: 'string' }).proposals).toMatchObject([{ label: 'Heat', evidence: ['Homie: string'] }]);
    expect(fifth({}).devices).toMatchObject([{ label: 'boiler' }]);
  });
});

describe('a device', () => {
  it('of version 4 says in topics what one of version 5 says in a document', () => {
    const at = (name: string, payload: string) => kept(`homie/hall/${name}`, payload);
    const found = readHomie(
      hear({
        messages: [
          ...[at('$homie', '4.0'), at('$name', ' Hall '), at('$nodes', 'air,empty'), at('air/$properties', 't,f')],
          ...[at('air/t/$name', 'Air'), at('air/t/$datatype', 'float'), at('air/t/$unit', '°C')],
          ...[at('air/f/$datatype', 'boolean'), at('air/f/$settable', 'true'), at('air/f', 'true')],
        ],
      }),
    );
    expect(found.devices).toMatchObject([{ key: 'homie homie/hall', label: 'Hall' }]);
    expect(found.proposals.map(({ found: item, label }) => [item.kind, label])).toStrictEqual([
      ['sensor', 'Air'],
      ['switch', 'F'],
    ]);
    expect(found.untaken).toStrictEqual([]);
  });

  it('explains what is below it, and nothing else', () => {
    const messages = [kept(`${ROOT}/$description`, {}), kept(`${ROOT}/a`, '1'), kept('homie/5/other', '1')];
    expect(readHomie(hear({ messages })).explained).toStrictEqual([`${ROOT}/$description`, `${ROOT}/a`]);
  });

  it.each(['homie/x/$homies', 'homie/x/$descriptions', '$homie', 'homie/x/homie'])('is not described on %s', topic => {
    expect(readHomie(hear({ messages: [kept(topic, '4.0')] }))).toStrictEqual({
      ...{ proposals: [], devices: [], untaken: [], explained: [] },
    });
  });

  it('whose description cannot be read is told as that', () => {
    const topic = `${ROOT}/$description`;
    const why = 'it should hold the description of a Homie device, and does not';
    expect(readHomie(hear({ messages: [kept(topic, 'x')] }))).toStrictEqual({
      ...{ proposals: [], devices: [], untaken: [{ topic, why }], explained: [topic] },
    });
  });

  it('of version 5 with a node that is none has no properties', () => {
    const nodes = { odd: 5, empty: {} };
    const found = readHomie(hear({ messages: [kept(`${ROOT}/$description`, { nodes })] }));
    expect(found).toMatchObject({ proposals: [], untaken: [], devices: [{ label: 'boiler' }] });
  });
});
