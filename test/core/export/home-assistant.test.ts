import { describe, expect, it } from 'vitest';
import { discover } from '../../../src/core/discover/discover.ts';
import { createLogCollector } from '../../../src/core/discover/log-facts.ts';
import { discoveryOf } from '../../../src/core/export/home-assistant.ts';
import { createHouse } from '../../../src/core/house/house.ts';
import { presets } from '../../../src/core/house/presets.ts';
import type { HouseConfig } from '../../../src/core/house/schema.ts';
import { hear, itemText } from '../../helpers/discover/recorded.ts';

const house: HouseConfig = {
  name: 'My house °',
  sensors: {
    power: { label: 'Power', topic: 'plug', path: 'ENERGY["1-0:1.8.0"].0', unit: 'W', decimals: 0, expireAfter: 15.5 },
    level: { label: 'Level', topic: 'tank', unit: '', scale: 0.1, offset: -5 },
    words: { label: 'Words', topic: 'w', unit: '', map: { low: 1 } },
  },
  states: { mode: { label: 'Mode', topic: 'mode', words: { a: { text: 'Auto' }, m: {} } } },
  binaries: { door: { label: 'Door', topic: 'door', on: '1', off: '0', words: { on: 'open', off: 'closed' } } },
  events: { bell: { label: 'Bell', topic: 'bell', only: ['press'] }, any: { label: 'Any', topic: 'any' } },
  switches: {
    lamp: {
      ...{ label: 'Lamp', command: 'lamp/set', feedback: 'lamp', path: 'state', on: 'ON', off: 'OFF', key: 'a' },
      ...{ template: '{"state":"%s"}', answers: { on: ['leuchtet'] }, ask: true },
    },
  },
  numbers: {
    target: {
      label: 'Target',
      command: 't/set',
      feedback: 't',
      unit: '°C',
      min: 5,
      max: 30,
      scale: 0.1,
      template: '{%s}',
    },
  },
  selects: {
    program: { label: 'Program', command: 'p/set', feedback: 'p', options: ['Day', 'Night'], payloads: { Day: '1' } },
  },
  buttons: { reset: { label: 'Reset', command: 'r', payload: 'now' } },
  clients: {
    one: {
      publishes: ['power', 'lamp'],
      availability: { topic: 'one/state', path: 'state', online: ['up', 'busy'], offline: ['down'] },
    },
  },
  panels: [{ label: 'All', items: ['power'] }],
};

describe('discovery messages', () => {
  const { configs, notes } = discoveryOf(createHouse(house));
  const of = (id: string): Record<string, unknown> =>
    ({ ...configs.find(({ topic }) => topic.endsWith(`_${id}/config`))?.payload }) as Record<string, unknown>;

  it('stand on topics of their own, as Home Assistant listens to them', () => {
    for (const { topic } of configs) expect(topic).toMatch(/^homeassistant\/[a-z_]+\/[A-Za-z0-9_-]+\/config$/);
    expect(new Set(configs.map(({ payload }) => payload.unique_id)).size).toBe(configs.length);
    expect(configs.map(({ topic }) => topic.split('/')[1])).toEqual([
      ...['sensor', 'sensor', 'sensor', 'binary_sensor', 'event', 'switch', 'number', 'select', 'button'],
    ]);
  });

  it('say where a value stands, what is made of it, and whether its device is there', () => {
    expect(of('power')).toMatchObject({
      state_topic: 'plug',
      value_template: '{{ value_json.ENERGY["1-0:1.8.0"][0] }}',
      ...{ unit_of_measurement: 'W', device_class: 'power', suggested_display_precision: 0, expire_after: 16 },
      availability: [
        {
          ...{ topic: 'one/state', payload_available: 'up', payload_not_available: 'down' },
          value_template: '{{ {"busy": "up"}.get(value_json.state, value_json.state) }}',
        },
      ],
      device: { identifiers: ['hometui_my_house_one'], name: 'one' },
    });
    expect(of('level')).toMatchObject({
      value_template: '{{ (value | float) * 0.1 - 5 }}',
      state_class: 'measurement',
    });
    expect(of('mode')).toMatchObject({ value_template: '{{ {"a": "Auto"}.get(value, value) }}' });
    expect(of('mode')).not.toHaveProperty('state_class');
    expect(of('door')).toMatchObject({ payload_on: '1', payload_off: '0' });
    expect(of('bell')).toMatchObject({ event_types: ['press'], value_template: '{"event_type": "{{ value }}"}' });
  });

  it('command in the form that the device takes, once, and read what it answers', () => {
    expect(of('lamp')).toMatchObject({
      ...{ command_topic: 'lamp/set', payload_on: '{"state":"ON"}', payload_off: '{"state":"OFF"}', retain: false },
      ...{ state_topic: 'lamp', state_on: 'ON', state_off: 'OFF' },
      value_template: '{{ {"leuchtet": "ON"}.get(value_json.state, value_json.state) }}',
    });
    expect(of('target')).toMatchObject({
      ...{ min: 5, max: 30, step: 1, unit_of_measurement: '°C', value_template: '{{ (value | float) * 0.1 }}' },
      command_template: '{{ "{" }}{{ (value | float) * 10 }}}',
    });
    expect(of('program')).toMatchObject({
      options: ['Day', 'Night'],
      command_template: '{{ {"Day": "1"}.get(value, value) }}',
      value_template: '{{ {"1": "Day"}.get(value, value) }}',
    });
    expect(of('reset')).toMatchObject({ command_topic: 'r', payload_press: 'now' });
  });

  it('leave out what has no place there, and say so', () => {
    expect(notes).toEqual([
      'Words is not in it: its words stand for numbers, which Home Assistant has no field for',
      'Any is not in it: Home Assistant has to be told each kind of event',
      'Lamp is commanded without a question there',
    ]);
    const { one } = house.clients;
    const sealed = { ...house, clients: { one: { publishes: one?.publishes ?? [], sealed: true } } };
    const shut = discoveryOf(createHouse(sealed));
    expect(shut.configs.map(({ topic }) => topic)).toEqual(
      configs.map(({ topic }) => topic).filter(topic => !/_(?:power|lamp)\//.test(topic)),
    );
    // Nobody commands there what is not in it.
    expect(shut.notes.filter(note => note.startsWith('Lamp '))).toEqual([
      'Lamp is not in it: its device seals what it says, which nobody there can open',
    ]);
    expect(shut.notes).toContain('Power is not in it: its device seals what it says, which nobody there can open');
    const article = discoveryOf(createHouse(presets.article as HouseConfig));
    expect([article.configs.length, article.notes.length]).toEqual([7, 3]);
  });
});

it("what the article's house says of itself so, hometui discovers as what it is", () => {
  const { configs } = discoveryOf(createHouse(presets.article as HouseConfig));
  const messages = configs.map(({ topic, payload }) => ({ topic, payload, retained: true as const }));
  const found = discover(hear({ messages }), createLogCollector('us').facts());
  expect(found.untaken).toEqual([]);
  expect(found.proposals.map(itemText)).toEqual([
    ...[
      'sensor heating/flow °C',
      'sensor heating/return °C',
      'sensor cellar/temperature °C',
      'sensor cellar/humidity %',
    ],
    ...['switch heating/pump > heating/pump/done on/off', 'switch heating/burner > heating/burner/done on/off'],
    'switch cellar/fan > cellar/fan/done on/off',
  ]);
});
