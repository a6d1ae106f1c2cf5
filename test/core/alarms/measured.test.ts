import { describe, expect, it } from 'vitest';
import { type Limit, limitCondition } from '../../../src/core/alarms/conditions/limit.ts';
import { deafness, measure, say } from '../../../src/core/alarms/measured.ts';
import type { HouseConfig } from '../../../src/core/house/schema.ts';
import { connected, emptyHome, message, START, tick, withEvents } from '../../helpers/ui/home.ts';

const config: HouseConfig = {
  name: 'H',
  sensors: {
    flow: { label: 'Flow', topic: 'f', unit: '°C', every: 5, decimals: 1 },
    back: { label: 'Back', topic: 'b', unit: '°C', every: 10 },
  },
  derived: { gap: { kind: 'difference', label: 'Gap', unit: 'K', minuend: 'flow', subtrahend: 'back' } },
  states: { mode: { label: 'Mode', topic: 'm', words: { eco: { text: 'Economy' } } } },
  switches: { lamp: { label: 'Lamp', command: 'c', feedback: 'l', on: '1', off: '0', key: 'l' } },
  numbers: { level: { label: 'Level', command: 'n', feedback: 'g', unit: 'W', min: 0, max: 99, decimals: 0 } },
  clients: { box: { publishes: ['back'], availability: { topic: 'here' } } },
  panels: [],
} as unknown as HouseConfig;
type Said = readonly [topic: string, payload: string, isRetained?: true];
const homeAt = (seconds: number, ...said: readonly Said[]) =>
  withEvents(
    withEvents(emptyHome(config), connected(START)),
    ...said.map(([topic, payload, isRetained]) => message(START + 1_000, topic, payload, isRetained ?? false)),
    tick(START + seconds * 1_000),
  );
const unwatched = (why: string) => ({ kind: 'unwatched', why });

describe('a value of now', () => {
  it.each<[string, readonly Said[], object]>([
    ['flow', [['f', '54.25']], { kind: 'known', value: 54.25, text: '54.3 °C', unit: '°C', decimals: 1 }],
    [
      'gap',
      [
        ['f', '54'],
        ['b', '41'],
      ],
      { kind: 'known', value: 13, text: '13.0 K', unit: 'K', decimals: undefined },
    ],
    ['level', [['g', '40']], { kind: 'known', value: 40, unit: 'W', decimals: 0, againAt: null }],
  ])('is that of %s after %o', (id, said, expected) => {
    expect(measure(homeAt(2, ...said), id)).toMatchObject(expected);
  });

  it('is one until it is stale, and a derived one until the first of its parts is', () => {
    const home = homeAt(2, ['f', '54'], ['b', '41']);
    const until = (id: string) => {
      const measured = measure(home, id);
      return measured.kind === 'known' ? measured.againAt : null;
    };
    expect(until('flow')).toBeGreaterThan(START + 6_000);
    expect(until('back')).toBeGreaterThan(until('flow') ?? 0);
    expect(until('gap')).toBe(until('flow'));
    const at = until('flow') ?? 0;
    const later = (ms: number) => measure(withEvents(home, tick(ms)), 'flow');
    expect(later(at - 1).kind).toBe('known');
    expect(later(at)).toEqual(unwatched('Flow is stale'));
  });

  it.each<[string, readonly Said[], string]>([
    ['flow', [], 'Flow was not heard since the link came'],
    ['flow', [['f', '54', true]], 'only a retained value of Flow is known'],
    [
      'back',
      [
        ['b', '5'],
        ['here', 'offline'],
      ],
      'box is offline',
    ],
    ['gap', [['f', '54']], 'Back was not heard since the link came'],
    ['level', [], 'Level was not heard since the link came'],
    ['lamp', [['l', '1']], 'Lamp is no number'],
    ['mode', [['m', '5']], 'Mode is no number'],
    ['none', [], 'none is no item of this house'],
  ])('is none of %s after %o', (id, said, why) => {
    expect(measure(homeAt(2, ...said), id)).toEqual(unwatched(why));
  });

  it('is none where it cannot be read, and none without a link', () => {
    expect(measure(homeAt(2, ['f', '5'], ['f', 'x']), 'flow')).toMatchObject({ kind: 'unwatched' });
    const deaf = deafness(emptyHome(config));
    expect(deaf?.kind).toBe('unwatched');
    expect(measure(emptyHome(config), 'flow')).toEqual(deaf);
    expect(deafness(homeAt(2))).toBeNull();
  });
});

describe('what something says', () => {
  it.each<[string, readonly Said[], object]>([
    ['lamp', [['l', '1']], { kind: 'known', word: 'on' }],
    ['mode', [['m', 'eco']], { kind: 'known', word: 'eco', text: 'Economy', changedAt: null }],
    [
      'mode',
      [
        ['m', 'day'],
        ['m', 'eco'],
      ],
      { kind: 'known', word: 'eco', changedAt: START + 1_000 },
    ],
    ['mode', [], unwatched('Mode was not heard since the link came')],
    ['mode', [['m', 'eco', true]], unwatched('only a retained value of Mode is known')],
    ['lamp', [], unwatched('Lamp was not heard since the link came')],
    ['none', [], unwatched('none is no item of this house')],
  ])('%s after %o', (id, said, expected) => {
    expect(say(homeAt(2, ...said), id)).toMatchObject(expected);
  });
});

describe('a limit', () => {
  const judge = (limit: Partial<Limit>, value: string | null, isRaised = false) =>
    limitCondition({ of: 'flow', side: 'high', limit: 80, hysteresis: 1, graver: null, ...limit }, {}).judge(
      null,
      homeAt(2, ...(value === null ? [] : ([['f', value]] as const))),
      isRaised,
    );

  it.each<[Partial<Limit>, string, boolean, string]>([
    [{}, '80', false, 'not-so'],
    [{}, '80.1', false, 'so'],
    [{}, '79.1', false, 'not-so'],
    [{}, '79.1', true, 'so'],
    [{}, '79', true, 'not-so'],
    [{ side: 'low' }, '80', false, 'not-so'],
    [{ side: 'low' }, '79.9', false, 'so'],
    [{ side: 'low' }, '80.9', true, 'so'],
    [{ side: 'low' }, '81', true, 'not-so'],
    [{ graver: 90 }, '90', false, 'so'],
    [{ graver: 90 }, '90.1', false, 'unwatched'],
    [{ graver: 90 }, '90.1', true, 'so'],
    [{ limit: 0.3, hysteresis: 0.1 }, '0.2', true, 'not-so'],
  ])('%o of %s, raised before: %s, is %s', (limit, value, isRaised, kind) => {
    expect(judge(limit, value, isRaised).kind).toBe(kind);
  });

  it('says by what it is judged', () => {
    expect(judge({}, '84')).toMatchObject({ value: '84.0 °C', detail: '84.0 °C, the limit is 80.0 °C' });
    expect(judge({}, '79.5', true)).toMatchObject({ detail: '79.5 °C; it is over from 79.0 °C down' });
    expect(judge({ side: 'low' }, '80.5', true)).toMatchObject({ detail: '80.5 °C; it is over from 81.0 °C up' });
    expect(judge({ graver: 90 }, '95')).toMatchObject({ why: 'it is beyond its graver limit, 90.0 °C, too' });
    expect(judge({}, '5', true)).toMatchObject({ value: '5.0 °C' });
    expect(judge({}, '5')).toMatchObject({ kind: 'not-so', value: null });
    expect(judge({}, null)).toEqual(unwatched('Flow was not heard since the link came'));
  });
});
