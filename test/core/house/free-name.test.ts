import { describe, expect, it } from 'vitest';
import { freeKey } from '../../../src/core/house/free-name.ts';

describe('a key for a switch', () => {
  it.each([
    ['Pump', [], 'p'],
    ['Pump', ['p', 'm'], 'a'],
    // The console's own, u, is never given, and that of the topics only where nothing else is left.
    ['Ue', [], 'a'],
    ['Ue', [...'abcfghijklmnopqrstuvwxyz0123456789'], 'e'],
    ['Ue', [...'abcdefghijklmnopqrstuvwxyz0123456789'], null],
    ['Küche 2', [], '2'],
  ] as const)('of %j beside %j is %j', (label, taken, key) => {
    const start = label === 'Küche 2' ? new Set([...taken, ...'kche']) : new Set<string>(taken);
    expect(freeKey(label, start)).toBe(key);
  });
});
