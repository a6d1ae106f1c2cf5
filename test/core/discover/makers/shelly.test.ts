import { describe, expect, it } from 'vitest';
import { readShelly } from '../../../../src/core/discover/makers/shelly.ts';
import { hear } from '../../../helpers/discover/recorded.ts';

const read = (...messages: readonly (readonly [topic: string, payload: unknown])[]) =>
  readShelly(hear({ messages: messages.map(([topic, payload]) => ({ topic, payload, retained: true })) }));
const NOTHING = { proposals: [], devices: [], untaken: [], explained: [] };
const PERCENT = { min: 0, max: 100 };

describe('a Shelly of the first generation', () => {
  it.each([
    ['relay/0/power', '12.5', 'W', 'Power', false],
    ['relay/0/energy', '7', 'Wmin', 'Energy', false],
    ['sensor/temperature', '-3.5', '°C', 'Temperature', false],
    ['sensor/lux', ' 40\n', 'lx', 'Lux', false],
    ['adc/0/voltage/10', '3', 'V', 'Voltage', false],
    ['temperature_f', '70', '°F', 'Temperature f', true],
  ])('%s says %s in %s', (rest, payload, unit, label, isExtra) => {
    const topic = `shellies/s1/${rest}`;
    expect(read([topic, payload]).proposals).toStrictEqual([
      {
        ...{ found: { kind: 'sensor', topic, unit }, label, device: 'shelly shellies/s1', basis: 'stated', isExtra },
        evidence: [`${topic} is a Shelly's of the first generation`],
      },
    ]);
  });

  it.each(['sensor/humidity', 'sensor/battery'])('%s is a share of a hundred', rest => {
    const topic = `shellies/s1/${rest}`;
    expect(read([topic, '40']).proposals.map(({ found }) => found)).toStrictEqual([
      { kind: 'sensor', topic, unit: '%', range: PERCENT },
    ]);
  });

  it.each([
    ['relay/0', 'Relay 1'],
    ['relay/11', 'Relay 12'],
    ['light/1', 'Light 2'],
  ])('%s is switched', (rest, label) => {
    const topic = `shellies/s1/${rest}`;
    const words = { on: 'on', off: 'off' };
    expect(read([topic, 'on']).proposals).toMatchObject([
      {
        label,
        found: { kind: 'switch', command: `${topic}/command`, feedback: topic, payloads: words, answers: words },
      },
    ]);
  });

  it.each([
    ['input/0', 'Input 1'],
    ['input/10', 'Input 11'],
  ])('%s is on or off', (rest, label) => {
    const topic = `shellies/s1/${rest}`;
    expect(read([topic, '0']).proposals).toMatchObject([
      { label, found: { kind: 'binary', topic, payloads: { on: '1', off: '0' }, words: { on: 'on', off: 'off' } } },
    ]);
  });

  it.each([
    ['info', '5'],
    ['constructor', '5'],
    ['sensor/power1', '5'],
    ['relay/0/power', 'much'],
    ['relay/0/power', '5 W'],
    ['relay/0/power', 'about 5'],
    ['relay/0/power', '5.'],
    ['my/relay/0', 'on'],
    ['relay/0/more', 'on'],
    ['my/input/0', '1'],
    ['input/0/more', '1'],
    ['5', '5'],
  ])('%s with %s is no item', (rest, payload) => {
    expect(read([`shellies/s1/${rest}`, payload]).proposals).toStrictEqual([]);
  });

  it.each(['my/shellies/s1/relay/0', 'shellies/s1', 'shellies//relay/0'])('does not speak on %s', topic => {
    expect(read([topic, 'on'])).toStrictEqual(NOTHING);
  });

  it('is a device, with all that is below it', () => {
    const found = read(['shellies/s1/relay/0', 'on'], ['shellies/s1/online', 'true'], ['shellies/s2x', '1']);
    expect(found.devices).toStrictEqual([
      {
        ...{ key: 'shelly shellies/s1', label: 's1', user: null, availabilityMode: 'latest' },
        availabilities: [{ topic: 'shellies/s1/online', online: ['true'], offline: ['false'] }],
        evidence: ['shellies/s1/relay/0 is where a Shelly speaks'],
      },
    ]);
    expect(found.explained).toStrictEqual(['shellies/s1/relay/0', 'shellies/s1/online']);
  });

  it('that does not say whether it is there is known all the same', () => {
    expect(read(['shellies/s1/relay/0', 'on']).devices).toMatchObject([{ availabilities: [] }]);
  });
});

describe('a Shelly of the later generations', () => {
  it.each([
    ['switch:0', { apower: 5 }, 'apower', 'W', 'Power', false],
    ['em:0', { total_act_power: 5 }, 'total_act_power', 'W', 'Power', false],
    ['em1:2', { act_power: 5 }, 'act_power', 'W', 'Power 3', false],
    ['pm1:1', { voltage: 230 }, 'voltage', 'V', 'Voltage 2', false],
    ['em1:0', { current: 1 }, 'current', 'A', 'Current', false],
    ['em1:10', { freq: 50 }, 'freq', 'Hz', 'Frequency 11', false],
    ['switch:0', { aenergy: { total: 7 } }, 'aenergy.total', 'Wh', 'Energy', false],
    ['temperature:100', { tC: 7 }, 'tC', '°C', 'Temperature 101', false],
    ['switch:0', { temperature: { tC: 40 } }, 'temperature.tC', '°C', 'Device temperature', true],
  ])('%s says %o', (part, status, path, unit, label, isExtra) => {
    const topic = `hall/plug/status/${part}`;
    expect(read([topic, status]).proposals).toStrictEqual([
      {
        ...{
          found: { kind: 'sensor', topic, path, unit },
          label,
          device: 'shelly hall/plug',
          basis: 'stated',
          isExtra,
        },
        evidence: [`${topic} is the status of a Shelly`],
      },
    ]);
  });

  it.each([
    ['humidity:0', { rh: 40 }, 'rh'],
    ['devicepower:0', { battery: { percent: 40 } }, 'battery.percent'],
  ])('%s says %o of a hundred', (part, status, path) => {
    const topic = `hall/status/${part}`;
    expect(read([topic, status]).proposals.map(({ found }) => found)).toStrictEqual([
      { kind: 'sensor', topic, path, unit: '%', range: PERCENT },
    ]);
  });

  it.each([
    ['switch', 0, 'Switch', 'Switch.Set'],
    ['switch', 1, 'Switch 2', 'Switch.Set'],
    ['light', 0, 'Light', 'Light.Set'],
  ])('its %s:%d is switched by a call', (part, id, label, method) => {
    const topic = `hall/status/${part}:${id}`;
    const call = (on: boolean) => `{"id":1,"src":"hometui","method":"${method}","params":{"id":${id},"on":${on}}}`;
    expect(read([topic, { output: false }]).proposals).toMatchObject([
      {
        label,
        found: {
          ...{ kind: 'switch', command: 'hall/rpc', feedback: topic, path: 'output' },
          ...{ payloads: { on: call(true), off: call(false) }, answers: { on: 'true', off: 'false' } },
        },
      },
    ]);
  });

  it('its input is true or false', () => {
    const topic = 'hall/status/input:1';
    expect(read([topic, { state: true }]).proposals).toMatchObject([
      {
        label: 'Input 2',
        found: {
          kind: 'binary',
          topic,
          path: 'state',
          payloads: { on: 'true', off: 'false' },
          words: { on: 'on', off: 'off' },
        },
      },
    ]);
  });

  it.each([
    ['hall/status/switch:0', { output: 'on' }],
    ['hall/status/input:0', { output: true }],
    ['hall/status/input:0', { state: null }],
    ['hall/status/switch:0', { state: true }],
    ['hall/status/switch:0', { apower: '5' }],
  ])('on %s %o is no item', (topic, status) => {
    expect(read([topic, status]).proposals).toStrictEqual([]);
  });

  it.each(['hall/status/switch:x', 'hall/status/switch:0/more', 'hall/status/teapot:0', 'status/switch:0'])(
    'does not speak on %s',
    topic => {
      expect(read([topic, { output: true }])).toStrictEqual(NOTHING);
    },
  );

  it('whose status cannot be read is not one', () => {
    expect(read(['hall/status/switch:0', 'x'])).toStrictEqual(NOTHING);
  });

  it('that sends only what has changed is told of, with what to do', () => {
    const topic = 'hall/events/rpc';
    const why = 'a Shelly that sends only what has changed: turn on "Generic status update over MQTT" in its settings';
    expect(read([topic, { method: 'NotifyStatus' }])).toStrictEqual({
      ...{ proposals: [], devices: [], untaken: [{ topic, why }], explained: [topic, 'hall/online'] },
    });
    expect(read([topic, { method: 'NotifyStatus' }], ['hall/status/switch:0', { output: true }]).untaken).toStrictEqual(
      [],
    );
    expect(read([topic, { method: 'NotifyEvent' }]).untaken).toStrictEqual([]);
    expect(read([topic, 'x']).untaken).toStrictEqual([]);
    expect(read(['hall/events/rpc/more', { method: 'NotifyStatus' }]).untaken).toStrictEqual([]);
    expect(read(['events/rpc', { method: 'NotifyStatus' }]).untaken).toStrictEqual([]);
  });
});
