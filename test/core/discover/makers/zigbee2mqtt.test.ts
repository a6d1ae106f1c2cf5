import { describe, expect, it } from 'vitest';
import { readZigbee2mqtt } from '../../../../src/core/discover/makers/zigbee2mqtt.ts';
import { hear } from '../../../helpers/discover/recorded.ts';

type Fields = Readonly<Record<string, unknown>>;

const LIST = 'zigbee2mqtt/bridge/devices';
const TOPIC = 'zigbee2mqtt/hall';
const LOOP = { command: `${TOPIC}/set`, feedback: TOPIC };
const WORDS = { value_on: 'ON', value_off: 'OFF' };

const read = (list: unknown, topics: readonly string[] = []) =>
  readZigbee2mqtt(
    hear({
      messages: [
        { topic: LIST, payload: list, retained: true },
        ...topics.map(topic => ({ topic, payload: 'x', retained: true as const })),
      ],
    }),
  );
const device = (exposes: readonly unknown[], more: Fields = {}) => ({
  ...{ friendly_name: 'hall', type: 'Router', power_source: 'Mains', definition: { vendor: 'V', model: 'M', exposes } },
  ...more,
});
const exposed = (expose: Fields) => read([device([expose])]);

describe('what is exposed', () => {
  it.each<[Fields, Fields]>([
    [
      { type: 'numeric', property: 't', access: 1, unit: '°C' },
      { kind: 'sensor', topic: TOPIC, path: 't', unit: '°C' },
    ],
    [
      { type: 'numeric', property: 'h', access: 5, unit: '%' },
      { kind: 'sensor', topic: TOPIC, path: 'h', unit: '%', range: { min: 0, max: 100 } },
    ],
    [
      { type: 'numeric', property: 'b', access: 7, unit: '%', value_min: 0, value_max: 254 },
      { kind: 'number', ...LOOP, path: 'b', template: '{"b":%s}', unit: '%', min: 0, max: 254, step: 1 },
    ],
    [
      { type: 'numeric', property: 'b', access: 3, value_min: 5, value_max: 6, value_step: 0.5 },
      { kind: 'number', ...LOOP, path: 'b', template: '{"b":%s}', unit: '', min: 5, max: 6, step: 0.5 },
    ],
    [
      { type: 'numeric', property: 'b', access: 1, value_min: 0, value_max: 9 },
      { kind: 'sensor', topic: TOPIC, path: 'b', unit: '' },
    ],
    [
      { type: 'numeric', property: 'b', access: 3, value_max: 9 },
      { kind: 'sensor', topic: TOPIC, path: 'b', unit: '' },
    ],
    [
      { type: 'numeric', property: 'b', access: 3, value_min: -9 },
      { kind: 'sensor', topic: TOPIC, path: 'b', unit: '' },
    ],
    [
      { type: 'numeric', property: 'b', access: 3, value_min: 9, value_max: 9 },
      { kind: 'sensor', topic: TOPIC, path: 'b', unit: '' },
    ],
    [
      { type: 'binary', property: 'contact', access: 1, value_on: true, value_off: false },
      {
        ...{ kind: 'binary', topic: TOPIC, path: 'contact', payloads: { on: 'true', off: 'false' } },
        words: { on: 'closed', off: 'open' },
      },
    ],
    [
      { type: 'binary', property: 'smoke', access: 1, ...WORDS },
      {
        ...{ kind: 'binary', topic: TOPIC, path: 'smoke', payloads: { on: 'ON', off: 'OFF' } },
        words: { on: 'smoke', off: 'clear' },
      },
    ],
    [
      { type: 'binary', property: 'child lock', access: 7, value_on: true, value_off: 0 },
      {
        ...{ kind: 'switch', ...LOOP, path: '["child lock"]', answers: { on: 'true', off: '0' } },
        payloads: { on: '{"child lock":true}', off: '{"child lock":0}' },
      },
    ],
    [
      { type: 'enum', property: 'mode', access: 1, values: ['a', 2] },
      { kind: 'state', topic: TOPIC, path: 'mode', options: ['a', '2'] },
    ],
    [
      { type: 'enum', property: 'mode', access: 1 },
      { kind: 'state', topic: TOPIC, path: 'mode' },
    ],
    [
      { type: 'enum', property: 'mode', access: 3, values: ['a', 'b'] },
      { kind: 'select', ...LOOP, path: 'mode', template: '{"mode":"%s"}', options: ['a', 'b'] },
    ],
    [
      { type: 'enum', property: 'action', access: 1, values: ['a'] },
      { kind: 'event', topic: TOPIC, path: 'action', options: ['a'] },
    ],
    [
      { type: 'text', property: 'note', access: 1 },
      { kind: 'state', topic: TOPIC, path: 'note' },
    ],
  ])('%o is taken', (expose, expected) => {
    const found = exposed(expose);
    expect(found.proposals.map(({ found: item }) => item)).toStrictEqual([expected]);
    expect(found.untaken).toStrictEqual([]);
  });

  it.each<[Fields, string]>([
    [{ type: 'numeric', name: 'n', access: 1 }, 'n: it names no property'],
    [
      { type: 'numeric', property: 'p', access: 2 },
      'p: it can be set and is never published, so that no command could be confirmed',
    ],
    [
      { type: 'numeric', property: 'p' },
      'p: it can be set and is never published, so that no command could be confirmed',
    ],
    [{ type: 'binary', property: 'p', access: 1, value_on: 'ON' }, 'p: it names no words for its two states'],
    [{ type: 'binary', property: 'p', access: 1, value_off: 'OFF' }, 'p: it names no words for its two states'],
    [{ type: 'enum', property: 'p', access: 3 }, 'p: it names no values'],
    [{ type: 'composite', property: 'p', access: 1 }, 'p: a value of the kind composite is no kind of a house file'],
    [{ property: 'p', access: 1 }, 'p: a value of the kind none is no kind of a house file'],
  ])('%o is none', (expose, why) => {
    expect(exposed(expose)).toMatchObject({ proposals: [], untaken: [{ topic: TOPIC, why }] });
  });

  it('says what it is, why, and how long its device may be silent', () => {
    const mains = exposed({ type: 'numeric', property: 'dew_point', access: 1 });
    expect(mains.proposals).toMatchObject([
      {
        ...{ label: 'Dew point', device: `zigbee2mqtt ${TOPIC}`, basis: 'stated', isExtra: false, expireAfter: 3_600 },
        evidence: [`${LIST} lists dew_point of hall`],
      },
    ]);
    const sleeper = read([
      device([{ type: 'text', property: 'x', label: 'My X', access: 1 }], { power_source: 'Battery' }),
    ]);
    expect(sleeper.proposals).toMatchObject([{ label: 'My X', expireAfter: 90_000 }]);
  });

  it.each<[Fields, boolean]>([
    [{ property: 'x' }, false],
    [{ property: 'x', category: 'config' }, true],
    [{ property: 'linkquality' }, true],
  ])('%o is offered aside: %s', (expose, isExtra) => {
    expect(exposed({ type: 'numeric', access: 1, ...expose }).proposals).toMatchObject([{ isExtra }]);
  });

  it('as the parts of a thing is called like the thing where it switches it', () => {
    const features = [
      { type: 'binary', property: 'state', label: 'State', access: 7, ...WORDS },
      { type: 'numeric', property: 'brightness', label: 'Brightness', access: 1 },
    ];
    const { proposals } = exposed({ type: 'light', features });
    expect(proposals.map(({ label }) => label)).toStrictEqual(['Light', 'Brightness']);
    expect(proposals[0]?.found).not.toHaveProperty('asks');
  });

  it('as a lock is asked about before it moves', () => {
    const features = [{ type: 'binary', property: 'state', access: 7, value_on: 'LOCK', value_off: 'UNLOCK' }];
    expect(exposed({ type: 'lock', features }).proposals).toMatchObject([{ label: 'Lock', found: { asks: true } }]);
  });
});

describe('a device', () => {
  it('says whether it is there, where that is turned on', () => {
    const topics = [`${TOPIC}/availability`, 'zigbee2mqtt/bridge/state', 'zigbee2mqtt/other'];
    expect(read([device([])], topics)).toStrictEqual({
      ...{ proposals: [], untaken: [] },
      devices: [
        {
          ...{ key: `zigbee2mqtt ${TOPIC}`, label: 'hall', user: null, availabilityMode: 'latest' },
          availabilities: [{ topic: `${TOPIC}/availability`, online: ['online'], offline: ['offline'] }],
          evidence: [`${LIST} lists it as V M`],
        },
      ],
      explained: [
        ...[LIST, 'zigbee2mqtt/bridge/state'],
        ...[TOPIC, `${TOPIC}/set`, `${TOPIC}/get`, `${TOPIC}/availability`],
      ],
    });
    expect(read([device([])]).devices).toMatchObject([{ availabilities: [] }]);
  });

  it('of which only the model is known is called by that', () => {
    const found = read([device([], { definition: { model: 'M' } })]);
    expect(found.devices).toMatchObject([{ evidence: [`${LIST} lists it as M`] }]);
  });

  it.each<[Fields, string]>([
    [{ disabled: true }, 'it is disabled in Zigbee2MQTT'],
    [{ definition: null }, 'Zigbee2MQTT does not know this kind of device, or has not finished its interview'],
  ])('with %o is not taken', (more, why) => {
    expect(read([device([{ type: 'text', property: 'x', access: 1 }], more)])).toMatchObject({
      ...{ proposals: [], devices: [], untaken: [{ topic: TOPIC, why }] },
      explained: [LIST, TOPIC, `${TOPIC}/set`, `${TOPIC}/get`, `${TOPIC}/availability`],
    });
  });

  it.each([[device([], { friendly_name: null })], [device([], { type: 'Coordinator' })], [5]])('%o is none', entry => {
    expect(read([entry])).toStrictEqual({ proposals: [], devices: [], untaken: [], explained: [LIST] });
  });
});

it('a list that cannot be read is told as that', () => {
  const why = 'it should hold a list of devices, and its 8 bytes cannot be read as one';
  expect(read('{"a": 1}')).toStrictEqual({
    proposals: [],
    devices: [],
    untaken: [{ topic: LIST, why }],
    explained: [],
  });
});

it('a list is read on the topic of lists only', () => {
  const messages = [{ topic: `${LIST}/more`, payload: [device([])], retained: true as const }];
  expect(readZigbee2mqtt(hear({ messages })).devices).toStrictEqual([]);
});
