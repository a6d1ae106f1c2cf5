import { describe, expect, it } from 'vitest';
import { takeHouse } from '../../../src/core/home/update-house.ts';
import { createHouse } from '../../../src/core/house/house.ts';
import type { HouseConfig } from '../../../src/core/house/schema.ts';
import { connected, emptyHome, message, START, tick, withEvents } from '../../helpers/ui/home.ts';

const sensor = (label: string, topic = label.toLowerCase()) => ({ label, topic, unit: '' });
const houseOf = (groups: object): HouseConfig =>
  ({ ...{ name: 'H', sensors: {}, switches: {}, clients: {}, panels: [] }, ...groups }) as unknown as HouseConfig;
const abc = { a: sensor('A'), b: sensor('B'), c: sensor('C'), d: sensor('D') };

/** What the journal says of a house that takes the place of another. */
function told(before: object, after: object): string | undefined {
  const { state } = takeHouse(emptyHome(houseOf(before)), createHouse(houseOf(after)), 'my.json');
  return state.journal.at(-1)?.text;
}

describe('what is told of a house file that was changed', () => {
  it.each<[object, object, string]>([
    [{ sensors: { a: sensor('A') } }, { sensors: { a: { ...sensor('A'), unit: 'W' } } }, 'the same items'],
    [{}, { sensors: { a: sensor('A') } }, '1 new one (A)'],
    [{}, { sensors: { a: abc.a, b: abc.b, c: abc.c } }, '3 new ones (A, B, C)'],
    [{}, { sensors: abc }, '4 new ones (A, B, C and 1 more)'],
    [{ sensors: abc }, { sensors: { a: abc.a } }, '3 gone (B, C, D)'],
    [{ sensors: { a: abc.a } }, { clients: { box: { publishes: [] } } }, '1 new one (box), 1 gone (A)'],
    [{}, { name: 'Other' }, 'what is recorded goes on under its old name, H, until the next start'],
  ])('%o to %o', (before, after, text) => {
    expect(told(before, after)).toBe(`my.json was changed and is in use: ${text}`);
  });
});

describe('what is known of an item', () => {
  const before = houseOf({ sensors: { a: sensor('A') }, states: { w: { label: 'W', topic: 'w' } } });
  const home = withEvents(
    emptyHome(before),
    connected(START),
    message(START + 1, 'a', '5'),
    message(START + 2, 'w', 'x'),
    tick(START + 9),
  );
  const valueAfter = (more: object) => {
    const after = houseOf({ sensors: { a: { ...sensor('A'), ...more } }, states: { w: { label: 'W', topic: 'w' } } });
    const { state } = takeHouse(home, createHouse(after), 'x');
    return state.readings.chunks.flat()[0]?.value;
  };

  it.each([
    { label: 'New' },
    { warning: { high: 9 } },
    { critical: { low: 1 } },
    { range: { min: 0, max: 9 } },
    { decimals: 0 },
    { every: 60 },
    { expireAfter: 60 },
    { retained: true },
  ])('stays where %o is another', more => {
    expect(valueAfter(more)).toBe(5);
  });

  it.each([{ topic: 'other' }, { path: 'p' }, { unit: 'W' }, { scale: 2 }])('is forgotten where %o is', more => {
    expect(valueAfter(more)).toBeNull();
  });

  it('is the very same state where the file says the same', () => {
    expect(takeHouse(home, createHouse({ ...before }), 'x')).toEqual({ state: home, effects: [] });
  });

  it('of what is heard from now on counts from now', () => {
    const after = houseOf({ sensors: { a: sensor('A'), b: sensor('B') }, states: { w: { label: 'W', topic: 'w' } } });
    const { state, effects } = takeHouse(home, createHouse(after), 'x');
    expect([...state.laterTopics]).toEqual([['b', START + 9]]);
    expect(effects.map(({ type }) => type)).toEqual(['listen-to']);
    expect([...takeHouse(emptyHome(before), createHouse(after), 'x').state.laterTopics]).toEqual([]);
  });
});
