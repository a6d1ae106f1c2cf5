import { describe, expect, it } from 'vitest';
import type { HomeState } from '../../../src/core/home/state/state.ts';
import { summaryOf, unwellOf } from '../../../src/core/home/summary.ts';
import type { HouseConfig } from '../../../src/core/house/schema.ts';
import { connected, emptyHome, houseOf, livingHome, message, START, tick, withEvents } from '../../helpers/ui/home.ts';

const config: HouseConfig = {
  name: 'H',
  sensors: {
    kept: { label: 'Kept', topic: 'k', unit: '', retained: true, warning: { high: 50 }, every: 5 },
    plain: { label: 'Plain', topic: 'p', unit: '', critical: { high: 90 }, every: 5 },
  },
  states: {
    mode: { label: 'Mode', topic: 'm', words: { fine: {}, odd: { level: 'warning' }, bad: { level: 'critical' } } },
  },
  binaries: { door: { label: 'Door', topic: 'd', on: '1', off: '0', words: { on: 'open', off: 'shut' } } },
  switches: { lamp: { label: 'Lamp', command: 'c', feedback: 'f', on: '1', off: '0', key: 'l' } },
  clients: {},
  panels: [],
};
const listening = withEvents(emptyHome(config), connected(START));
const homeAt = (seconds: number, ...said: readonly (readonly [topic: string, payload: string, isRetained?: true])[]) =>
  withEvents(
    listening,
    ...said.flatMap(([topic, payload, isRetained = false]) => [
      message(START + 1_000, topic, payload, isRetained),
      message(START + 1_100, topic, payload, isRetained),
    ]),
    tick(START + seconds * 1_000),
  );
const brief = (home: HomeState) => {
  const { total, heard, kept, trouble } = summaryOf(home);
  return [total, heard, kept, trouble?.id ?? null];
};

describe('what the broker keeps', () => {
  it.each([
    ['nothing', [], [2, 0, 0, 'kept']],
    ['one that is kept', [['k', '20', true]], [2, 1, 1, 'plain']],
    ['one that is not meant to be kept', [['p', '20', true]], [2, 0, 0, 'kept']],
    ['one beyond its limit', [['k', '60', true]], [2, 0, 0, 'kept']],
    ['one that cannot be read', [['k', '?', true]], [2, 0, 0, 'kept']],
    ['one that is said besides', [['k', '20']], [2, 1, 0, 'plain']],
    [
      'both',
      [
        ['k', '20', true],
        ['p', '20'],
      ],
      [2, 2, 1, null],
    ],
  ] as const)('is counted: %s', (_, said, expected) => {
    expect(brief(homeAt(2, ...said))).toEqual(expected);
  });

  it('is not unwell for its age, and is for its value', () => {
    expect([...unwellOf(homeAt(20, ['k', '20', true])).keys()]).toEqual(['plain']);
    expect(unwellOf(homeAt(20, ['k', '60', true])).get('kept')).toBe('warning');
    expect(unwellOf(homeAt(20, ['k', '?', true])).get('kept')).toBe('warning');
  });
});

describe('the worst value', () => {
  it.each([
    ['the first of two that are silent', [], 'kept'],
    ['a warning before a silence', [['k', '60']], 'kept'],
    [
      'a critical one before a warning',
      [
        ['k', '60'],
        ['p', '95'],
      ],
      'plain',
    ],
    ['a critical one before a silence', [['p', '95']], 'plain'],
  ] as const)('is %s', (_, said, id) => {
    expect(summaryOf(homeAt(2, ...said)).trouble?.id).toBe(id);
  });

  it('is found in whichever part of a large house it is', () => {
    const sensors = Object.fromEntries(
      Object.entries(houseOf(1_000, 1).sensors).map(([id, sensor]) => [
        id,
        { ...sensor, warning: { high: 50 }, critical: { high: 90 } },
      ]),
    );
    const large = withEvents(emptyHome({ ...houseOf(1_000, 1), sensors }), connected(START));
    const say = (home: HomeState, number: number, value: string) =>
      withEvents(home, message(START + 1, `house/s${number}`, value), message(START + 2, `house/s${number}`, value));
    const worstOf = (home: HomeState) => summaryOf(home).trouble?.id;
    expect(worstOf(say(large, 900, '60'))).toBe('s900');
    expect(worstOf(say(say(large, 900, '60'), 100, '95'))).toBe('s100');
    expect(worstOf(say(say(large, 900, '95'), 100, '60'))).toBe('s900');
    expect(worstOf(say(say(large, 900, '60'), 100, '60'))).toBe('s100');
  });
});

describe('the first seconds after a connect', () => {
  it('end after 12 of them', () => {
    expect(unwellOf(homeAt(11.999)).size).toBe(0);
    expect([...unwellOf(homeAt(12)).keys()]).toEqual(['kept', 'plain']);
  });

  it('excuse silence, and nothing else', () => {
    expect([...unwellOf(homeAt(2, ['p', '95']))]).toEqual([['plain', 'critical']]);
    expect([...unwellOf(homeAt(2, ['p', '?']))]).toEqual([['plain', 'warning']]);
    expect([...unwellOf(homeAt(2, ['p', '20', true]))]).toEqual([['plain', 'warning']]);
  });

  it('are also those without a link', () => {
    expect(unwellOf({ ...homeAt(20), listeningSince: null }).size).toBe(0);
  });
});

describe('what is said in words, and what is commanded', () => {
  const unwell = (...said: Parameters<typeof homeAt> extends [number, ...infer Rest] ? Rest : never) => [
    ...unwellOf(homeAt(2, ...said)),
  ];

  it('is unwell by its level, and where it cannot be read', () => {
    expect(unwell(['m', 'fine'], ['d', '1'])).toEqual([]);
    expect(unwell(['m', 'odd'])).toEqual([['mode', 'warning']]);
    expect(unwell(['m', 'bad'])).toEqual([['mode', 'critical']]);
    expect(unwell(['d', 'x'])).toEqual([['door', 'warning']]);
  });

  it('is unwell where its feedback cannot be read', () => {
    expect(unwell(['f', '1'])).toEqual([]);
    expect(unwell(['f', 'x'])).toEqual([['lamp', 'warning']]);
  });
});

const untouched = ({ readings, ...home }: HomeState): HomeState => ({
  ...home,
  readings: { ...readings, chunks: readings.chunks.map(chunk => [...chunk]) },
});

it('what was looked at before is what it would be if nobody had', () => {
  const expectSame = (home: HomeState): void => {
    expect(summaryOf(home)).toEqual(summaryOf(untouched(home)));
  };
  const living = livingHome(30);
  summaryOf(living);
  for (let ms = 0; ms <= 30_000; ms += 500) expectSame(withEvents(living, tick(START + 30_500 + ms)));
});

it.each([
  // Learned after four messages: shorter than what is assumed, the same, and so long that what was late is not late.
  [3, 8],
  [5, 10],
  [12, 36],
])('a pace of %i s is lent to a value of after %i s, from when it is learned', (paceS, saidS) => {
  // More than are looked at together.
  const ids = Array.from({ length: 40 }, (_, place) => `s${place}`);
  const sensors = Object.fromEntries(ids.map(id => [id, { label: id, topic: id, unit: '°C' }]));
  const config: HouseConfig = { name: 'H', sensors, switches: {}, clients: { box: { publishes: ids } }, panels: [] };
  let home = withEvents(emptyHome(config), connected(START));
  for (let second = 1; second <= 60; second++) {
    const at = START + second * 1_000;
    if (second === saidS) home = withEvents(home, message(at, 's39', '40'));
    home = withEvents(home, second % paceS === 0 ? message(at, 's0', '40') : tick(at));
    expect([...unwellOf(home)], `second ${second}`).toEqual([...unwellOf(untouched(home))]);
  }
});
