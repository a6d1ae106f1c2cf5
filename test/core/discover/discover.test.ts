import { describe, expect, it } from 'vitest';
import { discover } from '../../../src/core/discover/discover.ts';
import { createLogCollector } from '../../../src/core/discover/log-facts.ts';
import { devicesOf, hear, itemText, type Recorded, readRecorded } from '../../helpers/discover/recorded.ts';

const noLog = createLogCollector('us').facts();
const find = (recorded: Pick<Recorded, 'messages'>, log = noLog) => discover(hear(recorded), log);

describe.each(['home-assistant', 'zigbee2mqtt', 'tasmota', 'homie', 'esphome', 'shelly', 'plain'])('%s', name => {
  const recorded = readRecorded(name);

  it('every item is found, none is wrong and none is missed', () => {
    expect(find(recorded).proposals.map(itemText).sort()).toEqual([...recorded.expected].sort());
  });

  it('every device is found with where it says whether it is there', () => {
    expect([...devicesOf(find(recorded))].sort()).toEqual([...recorded.devices].sort());
  });

  it('what is seen and not taken is told with the reason', () => {
    const { untaken } = find(recorded);
    expect([...new Set(untaken.map(({ topic }) => topic))].sort()).toEqual([...recorded.untaken].sort());
    for (const { why } of untaken) expect(why).not.toBe('');
  });

  it('each item has evidence, and what describes itself is no guess', () => {
    for (const { evidence, basis } of find(recorded).proposals) {
      expect(evidence.length).toBeGreaterThan(0);
      expect(basis).toBe(name === 'plain' ? 'seen' : 'stated');
    }
  });
});

it('all of them on one broker are the same items as each by itself', () => {
  const all = ['home-assistant', 'zigbee2mqtt', 'tasmota', 'homie', 'esphome', 'shelly'].map(readRecorded);
  const found = find({ messages: all.flatMap(({ messages }) => messages) });
  expect(found.proposals.map(itemText).sort()).toEqual(all.flatMap(({ expected }) => expected).sort());
});

it('a device that is described twice is one: by its bridge, and to Home Assistant', () => {
  const config = {
    ...{ name: 'Temperature', unique_id: 'x', state_topic: 'zigbee2mqtt/attic/climate', unit_of_measurement: '°C' },
    ...{
      value_template: '{{ value_json.temperature }}',
      device: { identifiers: ['zigbee2mqtt_0x00'], name: 'climate' },
    },
  };
  const twin = { topic: 'homeassistant/sensor/0x00/temperature/config', payload: config, retained: true as const };
  const { messages, expected, devices } = readRecorded('zigbee2mqtt');
  const found = find({ messages: [...messages, twin] });
  expect(found.proposals.map(itemText).sort()).toEqual([...expected].sort());
  expect(devicesOf(found)).toHaveLength(devices.length);
});

it('what its bridge says of a device is kept, and what others say of its topic is of that device too', () => {
  const { messages } = readRecorded('zigbee2mqtt');
  const others = ['temperature', 'dew_point'].map(name => ({
    topic: `homeassistant/sensor/${name}/config`,
    retained: true as const,
    payload: {
      ...{ name, state_topic: 'zigbee2mqtt/attic/climate', unit_of_measurement: '°C' },
      ...{ value_template: `{{ value_json.${name} }}`, device: { identifiers: ['x'], name: 'climate' } },
    },
  }));
  const ofClimate = find({ messages: [...messages, ...others] }).proposals.filter(
    ({ found }) => 'topic' in found && found.topic === 'zigbee2mqtt/attic/climate',
  );
  const [device] = new Set(ofClimate.map(one => one.device));
  expect(device).toBe('zigbee2mqtt zigbee2mqtt/attic/climate');
  expect(ofClimate.every(one => one.device === device)).toBe(true);
  const [temperature] = ofClimate.filter(({ found }) => 'path' in found && found.path === 'temperature');
  expect(temperature?.evidence[0]).toBe('zigbee2mqtt/bridge/devices lists temperature of attic/climate');
  expect(ofClimate.some(({ found }) => 'path' in found && found.path === 'dew_point')).toBe(true);
});

describe('what was heard of an item is its last evidence', () => {
  const heardOf = (topic: string, payload: unknown, at: readonly number[], retained?: true) => {
    const message = { topic, payload, at, ...(retained === undefined ? {} : { retained }) };
    return find({ messages: [message] }).proposals[0]?.evidence.at(-1);
  };

  it.each([
    ['a/temp', '21.5', [3], 'a/temp was heard once, at last 21.5'],
    ['a/temp', '21.5', [3, 8], 'a/temp was heard 2 times, at last 21.5'],
    ['a/temp', '21.5', [3, 8, 13], 'a/temp was heard every 5.0 s, at last 21.5'],
    ['a/mode', 'eco', [3, 8, 13], 'a/mode was heard 3 times, at last eco'],
    ['a/doc', { temp: 5 }, [3], 'a/doc was heard once, at last 5'],
  ])('%s %o at %o', (topic, payload, at, evidence) => {
    expect(heardOf(topic, payload, at)).toBe(evidence);
  });

  it('also where it is retained, or nothing was heard, or not what it should hold', () => {
    expect(heardOf('a/temp', '21.5', [3], true)).toBe('a/temp is retained: 21.5');
    const config = { state_topic: 'a/b', unit_of_measurement: 'W', value_template: '{{ value_json.p }}' };
    const announced = { topic: 'homeassistant/sensor/x/config', payload: config, retained: true as const };
    const lastOf = (messages: Recorded['messages']) => find({ messages }).proposals[0]?.evidence.at(-1);
    expect(lastOf([announced])).toBe('nothing was heard on a/b in 30 s');
    expect(lastOf([announced, { topic: 'a/b', payload: {} }])).toBe(
      'a/b was heard once, at last nothing that can be read, for the JSON payload has no p',
    );
  });

  it('and there is none of what never answers', () => {
    const announced = {
      topic: 'homeassistant/button/x/config',
      payload: { command_topic: 'a/b' },
      retained: true as const,
    };
    expect(find({ messages: [announced] }).proposals).toMatchObject([
      { evidence: ['homeassistant/button/x/config announces it to Home Assistant'] },
    ]);
  });
});

describe('the user of a device that describes itself', () => {
  const announce = (object: string, topic: string) => ({
    topic: `homeassistant/sensor/${object}/config`,
    payload: { state_topic: topic, unit_of_measurement: 'W', device: { identifiers: [object.slice(0, 1)] } },
    retained: true as const,
  });
  const usersOf = (publishers: Readonly<Record<string, string>>) =>
    find(
      { messages: [announce('a1', 'a/1'), announce('a2', 'a/2'), announce('b', 'b')] },
      { ...noLog, whoPublishes: topic => publishers[topic] ?? null },
    ).devices.map(({ user, evidence }) => [user, evidence.at(-1)]);
  const itself = 'it announces itself to Home Assistant';

  it('is the only one that publishes for it, by the log', () => {
    const byLog = "by the broker's log one publishes for it";
    expect(usersOf({ 'a/1': 'one' })).toEqual([
      ['one', byLog],
      [null, itself],
    ]);
    expect(usersOf({ 'a/1': 'one', 'a/2': 'one', b: 'two' })).toEqual([
      ['one', byLog],
      ['two', "by the broker's log two publishes for it"],
    ]);
  });

  it('is not known where several publish for it', () => {
    expect(usersOf({ 'a/1': 'one', 'a/2': 'two' })).toEqual([
      [null, itself],
      [null, itself],
    ]);
  });

  it('of what is known by the log alone is told once', () => {
    const log = { ...noLog, whoPublishes: () => 'boiler' };
    expect(find({ messages: [{ topic: 'a/temp', payload: '5.5' }] }, log).devices).toMatchObject([
      { user: 'boiler', evidence: ["by the broker's log boiler publishes these"] },
    ]);
  });
});

describe('what is left out', () => {
  it.each(['a/pump/set', 'a/cmd', 'a/command', 'a/cmnd', 'cmnd/plug/POWER'])(
    '%s is a command without an answer',
    topic => {
      const why = 'it is called like a command, and nothing was seen answering it';
      expect(find({ messages: [{ topic, payload: '21.5' }] })).toMatchObject({
        proposals: [],
        untaken: [{ topic, why }],
      });
    },
  );

  it.each(['a/set/x', 'a/sets', 'set', 'a/cmnd/x'])('%s is no command', topic => {
    expect(find({ messages: [{ topic, payload: '21.5' }] })).toMatchObject({ proposals: [{}], untaken: [] });
  });

  it('are the broker’s own topics, and no other with a dollar', () => {
    const topics = ['$SYS/broker/load', 'a/load$'];
    const found = find({ messages: topics.map(topic => ({ topic, payload: '21.5' })) });
    expect(found.proposals).toMatchObject([{ found: { topic: 'a/load$' } }]);
  });

  it('are more than 2 000 items, and devices of which nothing is left', () => {
    const messages = Array.from({ length: 2_001 }, (_, place) => ({ topic: `d${place}/temp`, payload: '21.5' }));
    const found = find({ messages });
    expect(found.proposals).toHaveLength(2_000);
    expect(found.devices).toHaveLength(2_000);
  });
});

describe('what a command is answered on', () => {
  const said = (topic: string, payload: string, at: readonly number[]) => ({ topic, payload, at });

  it('three switches that are switched in turn are no answers to each other', () => {
    const inTurn = ['heating/pump', 'heating/burner', 'cellar/fan'].flatMap((topic, place) => [
      said(topic, 'on', [3 + place / 2]),
      said(topic, 'off', [9 + place / 2]),
    ]);
    const found = find({ messages: inTurn });
    expect(found.proposals.filter(({ found: { kind } }) => kind === 'switch')).toEqual([]);
  });

  it('by names alone it is supposed, and says so; by the log of the broker it is seen', () => {
    const messages = [{ topic: 'heating/pump/done', payload: 'on', retained: true as const }];
    const [supposed] = find({ messages }).proposals;
    expect(supposed).toMatchObject({ basis: 'supposed', found: { kind: 'switch', command: 'heating/pump' } });
    expect(supposed?.evidence[0]).toBe(
      'that heating/pump commands it is supposed from the names alone: nothing was heard on heating/pump',
    );
    const log = createLogCollector('us');
    for (const line of [
      "1795942762: New client connected from 192.0.2.8:40102 as h-1 (p2, c1, k60, u'heating').",
      '1795942763: Received SUBSCRIBE from h-1',
      '1795942763: \theating/pump (QoS 0)',
      "1795942764: Received PUBLISH from h-1 (d0, q0, r1, m0, 'heating/pump/done', ... (2 bytes))",
    ])
      log.add(line);
    const found = find({ messages }, log.facts());
    expect(found.proposals[0]).toMatchObject({ basis: 'seen', device: 'user heating' });
    expect(found.proposals[0]?.evidence[0]).toBe(
      "by the broker's log heating takes heating/pump and publishes heating/pump/done",
    );
    expect(found.devices).toMatchObject([{ user: 'heating', label: 'heating' }]);
  });

  it('what the log tells a device to take is told where nothing was sent to it', () => {
    const log = createLogCollector('us');
    for (const line of [
      '1795942763: Received SUBSCRIBE from h-1',
      '1795942763: \theating/pump (QoS 0)',
      '1795942763: \theating/# (QoS 0)',
      "1795942764: Received PUBLISH from h-1 (d0, q0, r0, m0, 'heating/flow', ... (4 bytes))",
      "1795942764: Sending PUBLISH to tui (d0, q0, r0, m0, 'heating/flow', ... (4 bytes))",
    ])
      log.add(line);
    expect(log.facts().commanded).toEqual(['heating/pump']);
  });

  it('two commands that are answered alike are one switch, and the other command is told', () => {
    const messages = [
      ...[said('a/pump/set', 'on', [1]), said('a/pump/cmd', 'off', [9]), said('a/pump', 'on', [1.2])],
      said('a/pump', 'off', [9.2]),
    ];
    const { proposals, untaken } = find({ messages });
    expect(proposals.map(itemText)).toEqual(['switch a/pump/set > a/pump on/off']);
    expect(untaken).toEqual([
      { topic: 'a/pump/cmd', why: 'it commands the same as a/pump/set: both were answered on a/pump' },
    ]);
  });

  it('two answers alike are one switch that is only supposed, and the other answer is an item of its own', () => {
    const messages = ['a/pump', 'a/pump/state', 'a/pump/done'].flatMap(topic => [
      said(topic, 'on', [1]),
      said(topic, 'off', [9]),
    ]);
    const { proposals } = find({ messages });
    expect(proposals).toMatchObject([
      { found: { kind: 'binary', topic: 'a/pump/done' }, basis: 'seen' },
      { found: { kind: 'switch', feedback: 'a/pump/state' }, basis: 'supposed', doubt: 'undecided' },
    ]);
  });

  it('an answer that says something else, or comes after the next command, is none', () => {
    const messages = [
      said('heating/pump', 'on', [3]),
      said('heating/pump/done', 'off', [3.2]),
      said('heating/pump', 'off', [4]),
      said('heating/pump/done', 'on', [4.2]),
    ];
    expect(find({ messages }).proposals).toMatchObject([{ basis: 'supposed' }]);
  });
});

it('a number whose unit nobody tells has none, and says so', () => {
  const found = find({ messages: [{ topic: 'shed/thing', payload: '3.14', every: 5 }] });
  expect(found.proposals).toMatchObject([{ found: { kind: 'sensor', unit: '' } }]);
  expect(found.proposals[0]?.evidence[0]).toContain('no unit is known');
  const flow = find({ messages: [{ topic: 'water/flow', payload: '12.5', every: 5 }] });
  expect(flow.proposals).toMatchObject([{ found: { unit: '' } }]);
});

it('nothing that comes from the network can move a cursor or stop the reading', () => {
  const nasty = [
    '\u001b[2J',
    '{"a":',
    '[]',
    'null',
    '{"__proto__":{"x":1}}',
    '\u0000',
    '{"name":"\u202e","stat_t":"+/#"}',
  ];
  const topics = [
    'homeassistant/sensor/x/config',
    'zigbee2mqtt/bridge/devices',
    'tasmota/discovery/AABBCCDDEEFF/config',
  ];
  const more = ['homie/x/$homie', 'homie/5/x/$description', 'x/status/switch:0', 'shellies/x/relay/0', 'a/b/c'];
  for (const payload of nasty) {
    const found = find({ messages: [...topics, ...more].map(topic => ({ topic, payload, retained: true as const })) });
    for (const { label } of [...found.proposals, ...found.devices]) expect(label).not.toMatch(/[\u0000-\u001f\u202e]/);
  }
});
