import { expect, test } from 'vitest';
import { createHouse } from '../../../../src/core/house/house.ts';
import { needsOfDevices } from '../../../../src/core/mosquitto/lint/house-needs.ts';

test('a device must be allowed to say of an item alone whether it is there, on the first of its topics', () => {
  const lamp = {
    ...{ label: 'Lamp', command: 'lamp/set', on: 'on', off: 'off' },
    availabilities: { topics: [{ topic: 'lamp/here' }, { topic: 'bridge' }] },
  };
  const clients = { hall: { user: 'esp', publishes: ['lamp'] } };
  const house = createHouse({ name: 'H', sensors: {}, switches: { lamp }, clients, panels: [] });
  expect(needsOfDevices(house)).toEqual([
    { user: 'esp', access: 'read', topic: 'lamp/set', purpose: 'the command of "Lamp"' },
    { user: 'esp', access: 'write', topic: 'lamp/here', purpose: 'whether "Lamp" is there' },
  ]);
});
