import { describe, expect, it } from 'vitest';
import { freeKey } from '../../../src/core/house/free-name.ts';

describe('a key for a switch', () => {
  const letters = 'bfhimnoprwxyz';
  it.each([
    ['Pump', '', 'p'],
    ['Pump', 'p', 'm'],
    // The console's own, u, is never given; those of tabs, dates, topics, events and alarms where nothing else is left.
    ['Ue', '', 'b'],
    ['Garage', '', 'r'],
    ['Saeve 2', '', 'b'],
    ['Saeve 2', letters, '0'],
    ['Saeve 2', `${letters}0123456789`, 'g'],
    ['Saeve 2', `${letters}0123456789g`, 'e'],
    ['Saeve 2', `${letters}0123456789ge`, 'v'],
    ['Saeve 2', `${letters}0123456789gev`, 's'],
    ['Saeve 2', `${letters}0123456789gevs`, 'a'],
    ['Saeve 2', `${letters}0123456789gevsa`, null],
  ] as const)('of %j beside %j is %j', (label, taken, key) => {
    expect(freeKey(label, new Set(taken))).toBe(key);
  });
});
