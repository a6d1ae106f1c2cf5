import { expect, it } from 'vitest';
import { countHouse, houseText, type Rights } from '../../../src/core/format/house-text.ts';
import { createHouse } from '../../../src/core/house/house.ts';

const house = createHouse({
  name: 'Garage',
  sensors: {
    power: { label: 'Charger', topic: 'tele/charger', path: 'ENERGY.Power', unit: 'W', critical: { high: 11_000 } },
    door: { label: 'Door', topic: 'garage/door', unit: '', warning: { low: 0 } },
  },
  switches: {
    plug: { label: 'Plug', command: 'cmnd/plug', feedback: 'stat/plug', on: 'ON', off: 'OFF', key: 'p', ask: true },
  },
  clients: { charger: { user: 'tasmota', publishes: ['power', 'plug'], availability: { topic: 'tele/charger/LWT' } } },
  panels: [{ label: 'All', items: ['power', 'plug'] }],
});

it('tells each item with its topic, what is on no panel too, and whom it comes from', () => {
  expect(houseText(house, { rights: null, columns: 100 })).toBe(
    [
      'Garage: 2 sensors, 1 switch, 1 client',
      '',
      'All',
      '  Charger  W      tele/charger      at ENERGY.Power, critical above 11000',
      '  Plug     key p  cmnd/plug         answers on stat/plug, asks first',
      '',
      'On no panel',
      '  Door            garage/door       warning below 0',
      '',
      'Clients',
      '  charger         tele/charger/LWT  user tasmota, serves Charger, Plug',
      '',
      "Who may read and switch this is not told: it stands in the broker's ACL file, and none was named.",
      'As in: hometui house show --acl /etc/mosquitto/acl --user monitor',
      '',
    ].join('\n'),
  );
});

it.each<[Rights, string]>([
  [() => true, 'may be switched, answers'],
  [access => access === 'write', 'may be switched, and its answer not be read, answers'],
  [access => access === 'read', 'may be seen, and not be switched, answers'],
  [() => false, 'may not be seen or switched, answers'],
])('what somebody may with a switch: %#', (rights, words) => {
  const text = houseText(house, { rights, columns: 200 });
  expect(text).toContain(words);
  expect(text).toContain(rights('read', '') ? '  may be read' : '  may not be read');
  expect(text).not.toContain('ACL');
});

it('no line is wider than what it is printed on, and computed values are counted where there are some', () => {
  for (const columns of [20, 40, 80]) {
    for (const line of houseText(house, { rights: null, columns }).split('\n').slice(1)) {
      expect(line.length).toBeLessThanOrEqual(columns);
    }
  }
  const derived = {
    gap: { kind: 'difference', label: 'Gap', unit: 'W', minuend: 'power', subtrahend: 'door' },
  } as const;
  expect(countHouse(createHouse({ ...house.config, derived }))).toBe('2 sensors, 1 computed value, 1 switch, 1 client');
});
