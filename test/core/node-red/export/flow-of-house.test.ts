import { describe, expect, it } from 'vitest';
import { createHouse } from '../../../../src/core/house/house.ts';
import { newHouse } from '../../../../src/core/house/merge.ts';
import { parseHouse } from '../../../../src/core/house/parse.ts';
import { presets } from '../../../../src/core/house/presets.ts';
import type { HouseConfig } from '../../../../src/core/house/schema.ts';
import { flowOfHouse } from '../../../../src/core/node-red/export/flow-of-house.ts';
import { parseExport } from '../../../../src/core/node-red/flow/parse-export.ts';
import { importFlow } from '../../../../src/core/node-red/import/import-flow.ts';
import { placeImport } from '../../../../src/core/node-red/import/to-house.ts';

const broker = { url: 'mqtt://pi.local:1883', protocolVersion: 'auto' } as const;

const hard: HouseConfig = {
  name: 'Hard',
  sensors: {
    power: {
      ...{ label: 'Power', topic: 'tele/plug/SENSOR', path: 'ENERGY["1-0:1.8.0"].0', unit: 'W' },
      ...{ range: { min: 0, max: 3_000 }, critical: { high: 2_500 } },
    },
    voltage: {
      ...{
        label: 'Voltage',
        topic: 'tele/plug/SENSOR',
        path: 'ENERGY.Voltage',
        unit: 'V',
        range: { min: 200, max: 260 },
      },
      ...{ warning: { low: 215, high: 245 }, critical: { low: 210, high: 250 } },
    },
    tank: { label: 'Tank', topic: 'tank', unit: 'l', scale: 0.1, offset: -5, range: { min: 0, max: 100 } },
    bare: { label: 'Bare', topic: 'bare', unit: '' },
  },
  switches: {
    lamp: {
      ...{
        label: 'Lamp',
        command: 'lamp/set',
        feedback: 'lamp/state',
        path: 'light.state',
        on: '1',
        off: '0',
        key: 'm',
      },
      answers: { on: ['leuchtet'], off: ['dunkel'] },
    },
    siren: { label: 'Siren', command: 'siren/set', on: 'ON', off: 'OFF', template: '{"state":"%s"}' },
  },
  states: { mode: { label: 'Mode', topic: 'boiler/mode', path: 'mode' } },
  numbers: {
    target: {
      ...{ label: 'Target', command: 'boiler/set', feedback: 'boiler/target', unit: '°C', min: 15, max: 25, step: 0.5 },
      template: '{"target":%s,"by":"100%%"}',
    },
  },
  selects: {
    program: {
      ...{ label: 'Program', command: 'boiler/program/set', feedback: 'boiler/program', options: ['Day', 'Night'] },
      payloads: { Day: '1', Night: '2' },
    },
  },
  buttons: { reset: { label: 'Reset', command: 'boiler/reset', payload: 'now' } },
  clients: {},
  panels: [
    { label: 'Plug', items: ['power', 'voltage', 'lamp', 'siren', 'target', 'program', 'reset'] },
    { label: 'More', items: ['bare', 'power', 'tank', 'mode'] },
  ],
  tabs: [
    { label: 'One', panels: ['Plug'] },
    { label: 'Two', panels: ['More'] },
  ],
};

function roundTrip(config: HouseConfig, version: 1 | 2): HouseConfig {
  const { nodes } = flowOfHouse(createHouse(config), version, broker);
  const parsed = parseExport(JSON.stringify(nodes));
  const flow = importFlow(parsed.ok ? parsed.value : []);
  expect(flow.leftOut).toEqual([]);
  const text = newHouse(placeImport(flow, null).additions, 'x');
  const back = parseHouse(text.ok ? text.value : '', 'x');
  if (!back.ok) throw new Error(JSON.stringify(back.error));
  return back.value;
}

describe.each([1, 2] as const)('a flow for dashboard %i', version => {
  it('comes back as the house that it was made of', () => {
    const back = roundTrip(hard, version);
    const { range, ...bare } = { range: null, ...hard.sensors.bare };
    const siren = { ...hard.switches.siren, on: '{"state":"ON"}', off: '{"state":"OFF"}' };
    const { template, key, ...plain } = { key: 'i', ...siren };
    expect(back.switches).toEqual({ ...hard.switches, siren: { ...plain, key } });
    const { states, numbers, selects, buttons } = hard;
    expect(back).toMatchObject({ states, numbers, selects, buttons });
    expect(back.panels).toEqual(hard.panels);
    expect(back.tabs).toEqual(hard.tabs);
    expect(back.sensors).toMatchObject({ power: hard.sensors.power, tank: hard.sensors.tank, bare });
    // The first dashboard has three colours: of limits on both sides the high ones are shown.
    const high = { warning: { high: 245 }, critical: { high: 250 } };
    expect(back.sensors.voltage).toEqual(version === 1 ? { ...hard.sensors.voltage, ...high } : hard.sensors.voltage);
  });

  it('has each node once, with wires that lead somewhere, and is the same each time', () => {
    for (const config of [hard, ...Object.values(presets)]) {
      const { nodes } = flowOfHouse(createHouse(config), version, broker);
      const ids = nodes.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const { id, wires } of nodes) {
        expect(id).toMatch(/^[0-9a-f]{16}$/);
        for (const target of ((wires ?? []) as string[][]).flat()) expect(ids).toContain(target);
      }
      expect(flowOfHouse(createHouse(config), version, broker).nodes).toEqual(nodes);
    }
  });

  it('says what it does not have', () => {
    const sealed = { ...hard, clients: { one: { publishes: ['tank', 'lamp'], sealed: true } } };
    const shut = flowOfHouse(createHouse(sealed), version, broker);
    expect(JSON.stringify(shut.nodes)).not.toMatch(/tank|lamp/i);
    expect(shut.notes).toContain('Tank is not in it: its device seals what it says');
    const motion = { label: 'Hall', topic: 'hall', words: { on: 'motion', off: 'quiet' }, offAfter: 90 };
    const [panel] = hard.panels;
    const fading = { ...hard, binaries: { hall: motion }, panels: [{ label: panel?.label ?? '', items: ['hall'] }] };
    expect(flowOfHouse(createHouse(fading), version, broker).notes).toContain(
      'Hall stays motion there once it was: quiet is not presumed',
    );
    const { article } = presets;
    expect(flowOfHouse(createHouse(article as HouseConfig), version, broker).notes).toEqual([
      'Spread is not in it: hometui computes it',
      'Burner is commanded without a question there',
      'Dew point is not in it: hometui computes it',
    ]);
  });
});

it.each([
  ['mqtt://pi.local:1884', { broker: 'pi.local', port: '1884', usetls: false }],
  ['mqtts://pi.local', { broker: 'pi.local', port: '8883', usetls: true }],
  ['mqtt://[fe80::1]:1883', { broker: 'fe80::1', port: '1883', usetls: false }],
  ['wss://pi.local:443/mqtt', { broker: 'wss://pi.local:443/mqtt', usetls: true }],
])('the broker %s is one that Node-RED reaches, and without a login', (url, fields) => {
  const { nodes } = flowOfHouse(createHouse(hard), 2, { url, protocolVersion: '5' });
  const node = nodes.find(({ type }) => type === 'mqtt-broker');
  expect(node).toMatchObject({ ...fields, protocolVersion: '5' });
  expect(node).not.toHaveProperty('credentials');
  const secure = nodes.filter(({ type }) => type === 'tls-config').map(({ id }) => id);
  expect(secure).toEqual(fields.usetls ? [node?.tls] : []);
});
