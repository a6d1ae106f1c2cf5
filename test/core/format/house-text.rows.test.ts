import { describe, expect, it } from 'vitest';
import { countHouse, houseText } from '../../../src/core/format/house-text.ts';
import { createHouse } from '../../../src/core/house/house.ts';
import type { HouseConfig } from '../../../src/core/house/schema.ts';

const EMPTY: HouseConfig = { name: 'H', sensors: {}, switches: {}, clients: {}, panels: [] };

/** The lines below the heading of the first group, each without the blanks between its columns. */
function rows(groups: Partial<HouseConfig>, may: boolean | null = null): readonly string[] {
  const rights = may === null ? null : () => may;
  const text = houseText(createHouse({ ...EMPTY, ...groups }), { rights, columns: 200 });
  const [, , ...lines] = text.split('\n').slice(1);
  return lines.slice(0, lines.indexOf('')).map(line => line.trim().replace(/ {2,}/g, ' | '));
}

const sensor = { label: 'S', topic: 't', unit: '' };

describe('a line', () => {
  it.each([
    [
      { warning: { low: 1, high: 2 }, critical: { low: 0, high: 3 } },
      'S | t | warning below 1, warning above 2, critical below 0, critical above 3',
    ],
    [{ path: 'a.b', unit: 'W' }, 'S | W | t | at a.b'],
    [{}, 'S | t'],
  ])('of a sensor with %o', (more, line) => {
    expect(rows({ sensors: { s: { ...sensor, ...more } } })).toEqual([line]);
  });

  it.each([
    [true, 'S | t | may be read, at p'],
    [false, 'S | t | may not be read, at p'],
  ])('of a sensor that may be read: %s', (may, line) => {
    expect(rows({ sensors: { s: { ...sensor, path: 'p' } } }, may)).toEqual([line]);
  });

  it('of what says words says which', () => {
    const words = { on: 'open', off: 'shut' };
    const things = {
      states: { a: { label: 'A', topic: 'a', path: 'p' } },
      binaries: { b: { label: 'B', topic: 'b', words } },
      events: { c: { label: 'C', topic: 'c' }, d: { label: 'D', topic: 'd', snapshot: 'pic' } },
      counters: { e: { label: 'E', topic: 'e' } },
    } as unknown as Partial<HouseConfig>;
    expect(rows(things)).toEqual([
      ...['A | a | at p, a state in words', 'B | b | open or shut', 'C | c | happens now and then'],
      ...['D | d | happens now and then, its picture on pic', 'E | e | is counted'],
    ]);
    expect(rows(things, true)[1]).toBe('B | b | may be read, open or shut');
    expect(rows(things, false)[1]).toBe('B | b | may not be read, open or shut');
  });

  it('of what is commanded says what it takes, and whether it answers', () => {
    const things = {
      switches: { a: { label: 'A', command: 'a', feedback: 'f', on: '1', off: '0', key: 'x' } },
      numbers: { b: { label: 'B', command: 'b', unit: '°C', min: 5, max: 30 } },
      buttons: { c: { label: 'C', command: 'c', payload: 'go', ask: true } },
    } as unknown as Partial<HouseConfig>;
    expect(rows(things)).toEqual([
      'A | key x | a | answers on f',
      expect.stringMatching(/^B \| b \| takes .*5.*30.*, gives no feedback$/),
      expect.stringMatching(/^C \| c \| takes .*, gives no feedback, asks first$/),
    ]);
    expect(rows(things, true)[0]).toBe('A | key x | a | may be switched, answers on f');
    expect(rows(things, false)[0]).toBe('A | key x | a | may not be seen or switched, answers on f');
    expect(rows(things, false)[2]).toMatch(/^C \| c \| may be seen, and not be switched, takes /);
  });

  it('of what is computed says from what', () => {
    const things = {
      sensors: { s: sensor, t: { ...sensor, label: 'T' } },
      derived: {
        gap: { kind: 'difference', label: 'Gap', unit: 'K', minuend: 's', subtrahend: 't' },
        dew: { kind: 'dewPoint', label: 'Dew', temperature: 's', humidity: 't' },
      },
      panels: [{ label: 'P', items: ['gap', 'dew'] }],
    } as unknown as Partial<HouseConfig>;
    expect(rows(things)).toEqual(['Gap | K | S less T', 'Dew | °C | the dew point of S and T']);
  });

  it('of items of which it is said alone whether they are there', () => {
    const here = { availabilities: { topics: [{ topic: 'h' }, { topic: 'i' }] } };
    const things = {
      sensors: { s: { ...sensor, ...here } },
      states: { m: { label: 'Mode', topic: 'm', availability: { topic: 'h' } } },
      buttons: { b: { label: 'Boost', command: 'c', payload: 'go', availability: { topic: 'h' } } },
      panels: [{ label: 'P', items: ['s', 'm', 'b'] }],
    } as unknown as Partial<HouseConfig>;
    const told = rows(things);
    expect(told[0]).toMatch(/h, i says whether it is there$/);
    expect(told[1]).toMatch(/a state in words, h says whether it is there$/);
    expect(told[2]).toMatch(/gives no feedback, h says whether it is there$/);
  });

  it.each([
    [{ publishes: ['s'] }, 'box | serves S'],
    [{ publishes: ['s'], user: 'box' }, 'box | serves S'],
    [{ publishes: ['s'], user: 'u', label: 'Box' }, 'Box | user u, serves S'],
    [{ publishes: ['s'], availability: { topic: 'h' } }, 'box | h | serves S'],
    [
      { publishes: ['s'], availabilities: { mode: 'all', topics: [{ topic: 'h' }, { topic: 'i' }] } },
      'box | h, i | serves S',
    ],
  ])('of the client %o', (client, line) => {
    const house = createHouse({ ...EMPTY, sensors: { s: sensor }, clients: { box: client } } as HouseConfig);
    const text = houseText(house, { rights: null, columns: 200 });
    const after = text.slice(text.indexOf('\nClients\n') + 9).split('\n')[0] ?? '';
    expect(after.trim().replace(/ {2,}/g, ' | ')).toBe(line);
  });
});

it('what is wider than its column is cut', () => {
  const long = { label: 'L'.repeat(30), topic: 't'.repeat(50), unit: 'u'.repeat(8), path: 'p' };
  const text = houseText(createHouse({ ...EMPTY, sensors: { s: long } }), { rights: null, columns: 200 });
  expect(text.split('\n')[3]).toBe(`  ${'L'.repeat(23)}…  uuuuuuuu  ${'t'.repeat(39)}…  at p`);
});

it('what stands on a panel is not told again, and what no panel has is told once', () => {
  const house = createHouse({
    ...{ ...EMPTY, sensors: { s: sensor, o: { ...sensor, label: 'O' } } },
    panels: [{ label: 'P', items: ['s'] }],
  });
  const text = houseText(house, { rights: () => true, columns: 80 });
  expect(text.match(/^ {2}S /gm)).toHaveLength(1);
  expect(text).toContain('\nOn no panel\n  O');
  expect(text).not.toContain('\nClients\n');
});

it.each<[Partial<HouseConfig>, string]>([
  [{}, '0 sensors, 0 switches, 0 clients'],
  [{ states: { a: { label: 'A', topic: 'a' } } }, '0 sensors, 1 state or event, 0 switches, 0 clients'],
  [
    { states: { a: { label: 'A', topic: 'a' }, b: { label: 'B', topic: 'b' } } },
    '0 sensors, 2 states and events, 0 switches, 0 clients',
  ],
  [
    { buttons: { c: { label: 'C', command: 'c', payload: 'x' } }, clients: { n: { publishes: [] } } },
    '0 sensors, 0 switches, 1 other control, 1 client',
  ],
])('of %o there are %s', (groups, text) => {
  expect(countHouse(createHouse({ ...EMPTY, ...groups }))).toBe(text);
});
