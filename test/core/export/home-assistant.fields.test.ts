import { describe, expect, it } from 'vitest';
import { discoveryOf } from '../../../src/core/export/home-assistant.ts';
import { createHouse } from '../../../src/core/house/house.ts';
import type { HouseConfig } from '../../../src/core/house/schema.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What a house of these things alone says of the first of them. */
function told(groups: Partial<HouseConfig>): Fields {
  const house: HouseConfig = { name: 'My house °', sensors: {}, switches: {}, clients: {}, panels: [], ...groups };
  const [config] = discoveryOf(createHouse(house)).configs;
  return { topic: config?.topic, ...config?.payload };
}

const common = (component: string, label: string) => ({
  ...{ topic: `homeassistant/${component}/hometui_my_house_x/config`, name: label, unique_id: 'hometui_my_house_x' },
  ...{ device: { identifiers: ['hometui_my_house'], name: 'My house °' }, origin: { name: 'hometui' } },
});

describe('what is told of a sensor', () => {
  const sensor = { label: 'X', topic: 't', unit: '' };

  it.each<[Fields, Fields]>([
    [{}, {}],
    [{ unit: 'kWh' }, { unit_of_measurement: 'kWh' }],
    [{ unit: '°F' }, { unit_of_measurement: '°F', device_class: 'temperature' }],
    [
      { unit: 'bar', path: 'p' },
      { unit_of_measurement: 'bar', device_class: 'pressure', value_template: '{{ value_json.p }}' },
    ],
    [
      { decimals: 2, expireAfter: 7.2 },
      { suggested_display_precision: 2, expire_after: 8 },
    ],
  ])('with %o is %o and nothing else', (more, expected) => {
    expect(told({ sensors: { x: { ...sensor, ...more } } })).toStrictEqual({
      ...{ ...common('sensor', 'X'), state_topic: 't', state_class: 'measurement' },
      ...expected,
    });
  });
});

it('a binary that only says its first word is off after a while there too, in whole seconds', () => {
  const motion = { label: 'X', topic: 't', words: { on: 'motion', off: 'quiet' } };
  const config = { ...common('binary_sensor', 'X'), state_topic: 't', payload_on: 'on', payload_off: 'off' };
  expect(told({ binaries: { x: motion } })).toStrictEqual(config);
  expect(told({ binaries: { x: { ...motion, offAfter: 89.1 } } })).toStrictEqual({ ...config, off_delay: 90 });
});

describe('what is told of what is commanded', () => {
  const loop = { command_topic: 'c', qos: 1, retain: false };

  it('a switch that answers in words of its own', () => {
    const lamp = {
      label: 'X',
      command: 'c',
      feedback: 'f',
      on: '1',
      off: '0',
      answers: { on: ['yes'], off: ['no', 'out'] },
    };
    expect(told({ switches: { x: lamp } })).toStrictEqual({
      ...{ ...common('switch', 'X'), ...loop, state_topic: 'f', payload_on: '1', payload_off: '0' },
      ...{ state_on: '1', state_off: '0' },
      value_template: '{{ {"yes": "1", "no": "0", "out": "0"}.get(value, value) }}',
    });
  });

  it('a switch that never answers', () => {
    const lamp = { label: 'X', command: 'c', on: '1', off: '0', answers: { on: ['yes'] } };
    expect(told({ switches: { x: lamp } })).toStrictEqual({
      ...{ ...common('switch', 'X'), ...loop, payload_on: '1', payload_off: '0', state_on: '1', state_off: '0' },
    });
  });

  it.each<[Fields, Fields]>([
    [{}, {}],
    [
      { unit: 'W', step: 5 },
      { unit_of_measurement: 'W', step: 5 },
    ],
    [{ template: 'x=%s' }, { command_template: 'x={{ value }}' }],
    [
      { scale: 0.5, offset: 4 },
      { value_template: '{{ (value | float) * 0.5 + 4 }}', command_template: '{{ (value | float) * 2 - 8 }}' },
    ],
  ])('a number with %o', (more, expected) => {
    const number = { label: 'X', command: 'c', feedback: 'f', unit: '', min: 0, max: 9, ...more };
    expect(told({ numbers: { x: number } })).toStrictEqual({
      ...{ ...common('number', 'X'), ...loop, state_topic: 'f', min: 0, max: 9, step: 1, mode: 'box' },
      ...expected,
    });
  });

  it.each<[Fields, Fields]>([
    [{}, {}],
    [{ template: 'm=%s' }, { command_template: 'm={{ value }}' }],
    [
      { payloads: { a: '1' } },
      { command_template: '{{ {"a": "1"}.get(value, value) }}', value_template: '{{ {"1": "a"}.get(value, value) }}' },
    ],
  ])('a selection with %o', (more, expected) => {
    const select = { label: 'X', command: 'c', feedback: 'f', options: ['a', 'b'], ...more };
    expect(told({ selects: { x: select } })).toStrictEqual({
      ...{ ...common('select', 'X'), ...loop, state_topic: 'f', options: ['a', 'b'] },
      ...expected,
    });
  });

  it('a button, which has no state', () => {
    expect(told({ buttons: { x: { label: 'X', command: 'c', payload: 'go' } } })).toStrictEqual({
      ...{ ...common('button', 'X'), ...loop, payload_press: 'go' },
    });
  });
});

describe('where its client says whether it is there', () => {
  const sensors = { x: { label: 'X', topic: 't', unit: '' } };
  const usual = { payload_available: 'online', payload_not_available: 'offline' };
  const of = (client: Fields) => {
    const { availability, availability_mode } = told({ sensors, clients: { node: { publishes: ['x'], ...client } } });
    return [availability, availability_mode];
  };

  it.each<[Fields, unknown]>([
    [{}, [undefined, undefined]],
    [{ availability: { topic: 'h' } }, [[{ topic: 'h', ...usual }], 'latest']],
    [
      { availability: { topic: 'h', path: 'p' } },
      [[{ topic: 'h', ...usual, value_template: '{{ value_json.p }}' }], 'latest'],
    ],
    [
      { availability: { topic: 'h', online: ['up'], offline: ['down', 'gone'] } },
      [
        [
          {
            ...{ topic: 'h', payload_available: 'up', payload_not_available: 'down' },
            value_template: '{{ {"gone": "down"}.get(value, value) }}',
          },
        ],
        'latest',
      ],
    ],
    [
      { availabilities: { mode: 'all', topics: [{ topic: 'h' }, { topic: 'i' }] } },
      [
        [
          { topic: 'h', ...usual },
          { topic: 'i', ...usual },
        ],
        'all',
      ],
    ],
  ])('%o', (client, expected) => {
    expect(of(client)).toStrictEqual(expected);
  });

  it.each<[string, Fields, Fields, unknown]>([
    ['alone', { availability: { topic: 'own' } }, {}, [['own'], 'latest']],
    [
      'alone, on any',
      { availabilities: { mode: 'any', topics: [{ topic: 'o' }, { topic: 'p' }] } },
      {},
      [['o', 'p'], 'any'],
    ],
    ['and of its client', { availability: { topic: 'own' } }, { availability: { topic: 'h' } }, [['own', 'h'], 'all']],
    [
      'and of its client, on all',
      { availabilities: { mode: 'all', topics: [{ topic: 'o' }, { topic: 'p' }] } },
      { availabilities: { mode: 'all', topics: [{ topic: 'h' }, { topic: 'i' }] } },
      [['o', 'p', 'h', 'i'], 'all'],
    ],
  ])('of it %s', (_, own, client, expected) => {
    const x = { ...sensors.x, ...own };
    const { availability, availability_mode } = told({
      ...{ sensors: { x }, clients: { node: { publishes: ['x'], ...client } } },
    });
    expect([(availability as { topic: string }[]).map(({ topic }) => topic), availability_mode]).toStrictEqual(
      expected,
    );
  });

  it('of it alone where both cannot be put, which is said', () => {
    const x = { ...sensors.x, availability: { topic: 'own' } };
    const client = {
      publishes: ['x'],
      availabilities: { mode: 'any' as const, topics: [{ topic: 'h' }, { topic: 'i' }] },
    };
    const house = createHouse({ name: 'H', sensors: { x }, switches: {}, clients: { node: client }, panels: [] });
    const { configs, notes } = discoveryOf(house);
    expect(configs[0]?.payload).toMatchObject({ availability: [{ topic: 'own' }], availability_mode: 'latest' });
    expect(notes).toEqual(['X is there by what is said of it alone: what its client says has no place beside that']);
  });

  it('is its device, by the name that people know', () => {
    const device = (label?: string) =>
      told({ sensors, clients: { node: { publishes: ['x'], ...(label === undefined ? {} : { label }) } } }).device;
    expect(device()).toEqual({ identifiers: ['hometui_my_house_node'], name: 'node' });
    expect(device('Boiler room')).toEqual({ identifiers: ['hometui_my_house_node'], name: 'Boiler room' });
  });
});

it.each([
  ['A  b', 'a_b'],
  ['°°', 'house'],
  ['-x-', 'x'],
])('a house called %s is %s in ids', (name, slug) => {
  const house = { name, sensors: { x: { label: 'X', topic: 't', unit: '' } }, switches: {}, clients: {}, panels: [] };
  expect(discoveryOf(createHouse(house)).configs[0]?.payload.unique_id).toBe(`hometui_${slug}_x`);
});

it('a counter is not told, even with one kind of event', () => {
  const house = {
    ...{ name: 'H', sensors: {}, switches: {}, clients: {}, panels: [] },
    counters: { x: { label: 'X', topic: 't', unit: '', only: ['a'] } },
  } as unknown as HouseConfig;
  expect(discoveryOf(createHouse(house)).configs).toEqual([]);
});
