import { describe, expect, it } from 'vitest';
import { readHomeAssistant } from '../../../../src/core/discover/makers/home-assistant.ts';
import { hear } from '../../../helpers/discover/recorded.ts';

type Fields = Readonly<Record<string, unknown>>;

const TOPIC = 'homeassistant/sensor/kitchen/config';
const CONFIG = { state_topic: 'a/b', unit_of_measurement: 'W' };
const announce = (config: unknown, topic = TOPIC) =>
  readHomeAssistant(hear({ messages: [{ topic, payload: config, retained: true }] }));

describe('where something announces itself', () => {
  it.each([
    ['homeassistant/sensor/x/config', 1],
    ['homeassistant/sensor/node/x/config', 1],
    ['my/own/prefix/sensor/x/config', 1],
    ['homeassistant/sensor/x_1-2/config', 1],
    ['homeassistant/sensor/a b/config', 0],
    ['homeassistant/sensor/#1x/config', 0],
    ['homeassistant/sensor/x/state', 0],
    ['homeassistant/teapot/x/config', 0],
    ['homeassistant/sensor/a/b/c/config', 0],
    ['config', 0],
  ])('on %s %d are', (topic, count) => {
    expect(announce(CONFIG, topic).proposals).toHaveLength(count);
  });

  it('it is explained with each topic that it speaks of', () => {
    const config = {
      ...CONFIG,
      json_attributes_topic: 'a/c',
      qos_topic: 5,
      name: 'a/d',
      availability: [{ topic: 'a/e' }, 5, {}],
    };
    expect(announce(config).explained).toStrictEqual([TOPIC, 'a/b', 'a/c', 'a/e']);
  });

  it('what was taken back announces nothing', () => {
    expect(announce('')).toStrictEqual({ proposals: [], devices: [], untaken: [], explained: [TOPIC] });
  });

  it('what is no document is told as that', () => {
    const why = 'it should hold a JSON object, and does not';
    expect(announce('[]')).toStrictEqual({
      proposals: [],
      devices: [],
      untaken: [{ topic: TOPIC, why }],
      explained: [TOPIC],
    });
  });

  it('what it is and why comes with it, and what it cannot be with the reason', () => {
    expect(
      announce({ ...CONFIG, name: 'Stove', device_class: 'apparent_power', expire_after: 60 }).proposals,
    ).toStrictEqual([
      {
        ...{ found: { kind: 'sensor', topic: 'a/b', unit: 'W' }, label: 'Stove', device: null, basis: 'stated' },
        ...{
          evidence: [`${TOPIC} announces it to Home Assistant, as apparent power`],
          isExtra: false,
          expireAfter: 60,
        },
      },
    ]);
    expect(announce(CONFIG).proposals[0]?.evidence).toStrictEqual([`${TOPIC} announces it to Home Assistant`]);
    expect(announce({ name: 'Stove' }).untaken).toStrictEqual([
      { topic: TOPIC, why: 'Stove: it names no state topic' },
    ]);
  });
});

describe('its name', () => {
  it.each<[Fields, string]>([
    [{ name: 'Stove', object_id: 'o', device: { name: 'Kitchen' } }, 'Stove'],
    [{ name: null, object_id: 'o', device: { name: 'Kitchen' } }, 'Kitchen'],
    [{ object_id: 'o' }, 'o'],
    [{}, 'my kitchen'],
  ])('by %o is %s', (config, label) => {
    const topic = 'homeassistant/sensor/my_kitchen/config';
    expect(announce({ ...CONFIG, ...config }, topic).proposals[0]?.label).toBe(label);
  });
});

it.each<[Fields, boolean]>([
  [{}, false],
  [{ entity_category: 'diagnostic' }, true],
  [{ entity_category: 'config' }, true],
  [{ enabled_by_default: false }, true],
  [{ enabled_by_default: true }, false],
])('with %o it is offered aside: %s', (config, isExtra) => {
  expect(announce({ ...CONFIG, ...config }).proposals[0]?.isExtra).toBe(isExtra);
});

describe('its device', () => {
  it.each<[Fields, Fields | undefined]>([
    [{ identifiers: 'x' }, { key: 'home-assistant x', label: 'x' }],
    [
      { identifiers: [7], name: 'Oven' },
      { key: 'home-assistant 7', label: 'Oven' },
    ],
    [{ connections: [['mac', '02:00']] }, { key: 'home-assistant 02:00', label: '02:00' }],
    [
      { identifiers: 'x', manufacturer: 'M', model: 'N' },
      { evidence: ['it announces itself to Home Assistant as M N'] },
    ],
    [{ identifiers: 'x', model: 'N' }, { evidence: ['it announces itself to Home Assistant as N'] }],
    [{ identifiers: 'x' }, { evidence: ['it announces itself to Home Assistant'] }],
    [{ name: 'Oven' }, undefined],
  ])('by %o is found', (device, expected) => {
    const found = announce({ ...CONFIG, device });
    if (expected === undefined) expect(found.devices).toStrictEqual([]);
    else expect(found.devices).toMatchObject([expected]);
    expect(found.proposals[0]?.device ?? undefined).toBe(found.devices[0]?.key);
  });

  it('of two that announce it, the one that says more of where it is there is kept, and neither where each says it elsewhere', () => {
    const device = { identifiers: 'x' };
    const message = (object: string, more: Fields) => ({
      topic: `homeassistant/sensor/${object}/config`,
      payload: { ...CONFIG, state_topic: object, device, ...more },
      retained: true as const,
    });
    const [none, one, two] = [
      message('none', {}),
      message('one', { availability_topic: 'here' }),
      message('two', { availability_topic: 'there' }),
    ];
    const topics = (...messages: ReturnType<typeof message>[]) =>
      readHomeAssistant(hear({ messages })).devices.map(({ availabilities }) =>
        availabilities.map(({ topic }) => topic),
      );
    expect(topics(none, one)).toStrictEqual([['here']]);
    expect(topics(one, none)).toStrictEqual([['here']]);
    expect(topics(one, two)).toStrictEqual([[]]);
  });

  const usual = { online: ['online'], offline: ['offline'] };

  it.each<[string, Fields, unknown, string]>([
    ['nowhere', {}, [], 'latest'],
    ['on one topic', { availability_topic: 'h' }, [{ topic: 'h', ...usual }], 'latest'],
    [
      'in words of its own',
      { availability_topic: 'h', payload_available: 'here', payload_not_available: false },
      [{ topic: 'h', online: ['here'], offline: ['false'] }],
      'latest',
    ],
    [
      'in a document',
      { availability_topic: 'h', availability_template: '{{ value_json.s }}' },
      [{ topic: 'h', path: 's', ...usual }],
      'latest',
    ],
    [
      'in a whole payload',
      { availability_topic: 'h', availability_template: '{{ value }}' },
      [{ topic: 'h', ...usual }],
      'latest',
    ],
    ['by a program', { availability_topic: 'h', availability_template: '{{ x }}' }, [], 'latest'],
    [
      'on each of a list',
      {
        availability: [{ topic: 'h' }, { topic: 'i', payload_available: 'yes' }, { payload_available: 'x' }],
        ...{ availability_mode: 'all', payload_available: 'here', availability_topic: 'not this' },
      },
      [
        { topic: 'h', online: ['here'], offline: ['offline'] },
        { topic: 'i', online: ['yes'], offline: ['offline'] },
      ],
      'all',
    ],
    ['on any', { availability: [{ topic: 'h' }], availability_mode: 'any' }, [{ topic: 'h', ...usual }], 'any'],
    [
      'as nobody knows',
      { availability: [{ topic: 'h' }], availability_mode: 'odd' },
      [{ topic: 'h', ...usual }],
      'latest',
    ],
  ])('says %s whether it is there', (_, config, availabilities, availabilityMode) => {
    const found = announce({ ...CONFIG, device: { identifiers: 'x' }, ...config });
    expect(found.devices).toMatchObject([{ availabilities, availabilityMode, user: null }]);
  });
});

describe('a whole device in one document', () => {
  const DEVICE = 'homeassistant/device/oven/config';
  const origin = { name: 'maker' };
  const device = { identifiers: 'x', name: 'Oven' };

  it('has components, each with what they share, and none that was taken back', () => {
    const components = {
      in_side: { platform: 'sensor', ...CONFIG },
      gone: { platform: 'sensor' },
      none: { ...CONFIG },
      odd: 5,
    };
    const found = announce({ device, origin, components, entity_category: 'config' }, DEVICE);
    expect(found.proposals).toMatchObject([{ label: 'Oven', device: 'home-assistant x', isExtra: true }]);
    expect(found.untaken).toStrictEqual([]);
  });

  it.each<Fields>([{ device }, { origin }, { device, origin: {} }])('of %o is none', config => {
    const why = 'a device without "device" or the name of its origin is none';
    expect(announce({ ...config, components: { a: { platform: 'sensor', ...CONFIG } } }, DEVICE)).toMatchObject({
      ...{ proposals: [], devices: [], untaken: [{ topic: DEVICE, why }] },
    });
  });
});
