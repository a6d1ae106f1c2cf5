import { describe, expect, it } from 'vitest';
import { presets } from '../../../src/core/house/presets.ts';
import type { HouseConfig } from '../../../src/core/house/schema.ts';
import { describeDevice, isDeviceName } from '../../../src/core/simulation/device-description.ts';

const article = presets.article as HouseConfig;

describe('describeDevice', () => {
  it('takes topics, words, user and cadence from the house', () => {
    const house: HouseConfig = {
      ...article,
      cadence: 2,
      clients: { heating: { publishes: ['flow'], user: 'boiler' } },
    };
    const heating = describeDevice('heating', house);
    expect(heating).toMatchObject({ user: 'boiler', cadenceMs: 2_000 });
    expect(heating.sensors).toEqual([
      { quantity: 'flow', topic: 'heating/flow' },
      { quantity: 'return', topic: 'heating/return' },
    ]);
    expect(heating.relays.map(relay => relay.command)).toEqual(['heating/pump', 'heating/burner']);
  });

  it('leaves out what the house does not have', () => {
    const { fan: _fan, ...switches } = article.switches;
    const cellar = describeDevice('dhtclient', { ...article, switches });
    expect(cellar.relays).toEqual([]);
    expect(cellar.sensors).toHaveLength(2);
  });
});

describe('isDeviceName', () => {
  it('knows the devices, by their exact names', () => {
    expect(isDeviceName('heating')).toBe(true);
    expect(isDeviceName('dhtclient')).toBe(true);
    expect(isDeviceName('Heating')).toBe(false);
  });
});
