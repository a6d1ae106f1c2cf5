import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createHouse } from '../../../../src/core/house/house.ts';
import type { HouseConfig } from '../../../../src/core/house/schema.ts';
import { flowOfHouse } from '../../../../src/core/node-red/export/flow-of-house.ts';
import { article } from '../../../helpers/ui/home.ts';

/** One item of each kind, with limits on either side and both. */
const kinds: HouseConfig = {
  ...article(),
  name: 'Kinds',
  sensors: {
    low: {
      label: 'Low',
      topic: 'low',
      unit: 'V',
      range: { min: 10, max: 14 },
      warning: { low: 12 },
      critical: { low: 11 },
    },
    both: {
      ...{ label: 'Both', topic: 'both', path: 'a.b', unit: '%', range: { min: 0, max: 100 }, decimals: 0 },
      ...{ warning: { low: 20, high: 80 }, critical: { low: 10, high: 90 } },
    },
    bare: { label: 'Bare', topic: 'bare', unit: '', scale: 0.1, offset: -5 },
  },
  derived: {},
  switches: {
    mute: { label: 'Mute', command: 'mute/set', on: '1', off: '0' },
    lamp: {
      ...{ label: 'Lamp', command: 'lamp/set', feedback: 'lamp', path: 'state', on: 'ON', off: 'OFF' },
      template: '{"state":"%s"}',
    },
  },
  states: { mode: { label: 'Mode', topic: 'mode' } },
  numbers: {
    target: { label: 'Target', command: 'target/set', feedback: 'target', unit: '°C', min: 15, max: 25, step: 0.5 },
  },
  selects: {
    program: {
      ...{ label: 'Program', command: 'program/set', feedback: 'program', options: ['Day', 'Night'] },
      payloads: { Day: '1', Night: '2' },
    },
  },
  buttons: { reset: { label: 'Reset', command: 'reset', payload: 'now' } },
  clients: {},
  panels: [
    { label: 'One', items: ['low', 'both', 'bare', 'mode'] },
    { label: 'Two', items: ['mute', 'lamp', 'target', 'program', 'reset', 'low'] },
  ],
};

/** Node-RED lays out what it is given: a field that is missing or another is a widget that looks or works otherwise. */
test.each([
  ['article', article()],
  ['kinds', kinds],
] as const)('the flow of the house %s has each field of each node', async (name, config) => {
  for (const version of [1, 2] as const) {
    const flow = flowOfHouse(createHouse(config), version, { url: 'mqtts://pi.local:8883', protocolVersion: '5' });
    const file = fileURLToPath(new URL(`../../../fixtures/node-red/exported-${name}-${version}.txt`, import.meta.url));
    await expect(`${JSON.stringify(flow, null, 2)}\n`).toMatchFileSnapshot(file);
  }
});
