import { describe, expect, it } from 'vitest';
import { engineHistory, engineItems, type RunAnswer } from '../../../src/core/engine/engine-history.ts';
import { createHouse } from '../../../src/core/house/house.ts';
import { article } from '../../helpers/ui/home.ts';

const T = 1_795_910_400;
const config = article();
const house = createHouse({
  ...config,
  sensors: {
    ...config.sensors,
    flow: { label: 'Flow', topic: 'heating/flow', unit: 'l/h', decimals: 3, every: 7, expireAfter: 90 },
  },
});
const [FLOW, ...OTHERS] = engineItems(house, null);
if (FLOW === undefined) throw new Error('the house has no sensor');
const ITEM = { ...FLOW, everyS: 5, expireAfterS: null };
/** Three minutes. */
const EDGES = [T, T + 60, T + 120, T + 180];

const said = (minute: number, n = 12) => ({
  ...{ from: T + 60 * minute, n },
  sample: { min: 1, max: 3.25, mean: 2, last: 2.5 },
});
const run = (change: Partial<RunAnswer>): RunAnswer => ({ stepS: 60, items: [[said(0)]], heard: [], ...change });
const ask = (runs: readonly RunAnswer[], now = T + 180) => engineHistory([ITEM], EDGES, now, runs);
const gapsIn = (runs: readonly RunAnswer[], now?: number) =>
  ask(runs, now).items[0]?.buckets.map(({ n, gap }) => (n > 0 ? n : gap));

describe('what an engine said of a stretch', () => {
  it('is a column like one of our own', () => {
    const [first] = ask([run({ heard: [{ from: T, heardS: 60 }] })]).items[0]?.buckets ?? [];
    expect(first).toEqual({ from: T, until: T + 60, n: 12, min: 1, max: 3.25, mean: 2, last: 2.5, gap: null });
  });

  it('is silence where somebody listened, and absence where nobody did', () => {
    const heard = [
      { from: T, heardS: 60 },
      { from: T + 60, heardS: 60 },
    ];
    const { items, gaps } = ask([run({ heard })]);
    expect(gapsIn([run({ heard })])).toEqual([12, 'silent', 'not-listening']);
    expect(items[0]?.silences).toEqual([{ from: T + 60, until: T + 120 }]);
    expect(gaps).toEqual([{ from: T + 120, until: T + 180, kind: 'not-listening' }]);
  });

  it('has no reason for what is missing where it was never told when somebody listened', () => {
    const { items, gaps } = ask([run({})]);
    expect(gapsIn([run({})])).toEqual([12, null, null]);
    expect([items[0]?.silences, gaps]).toEqual([[], []]);
    expect(ask([]).gaps).toEqual([]);
    // It was told by one of two questions: that is enough to know that it is told.
    expect(gapsIn([run({}), run({ items: [], heard: [{ from: T, heardS: 60 }] })])).toEqual([
      12,
      'not-listening',
      'not-listening',
    ]);
  });

  it('was heard from its beginning, in whole seconds, and for no longer than it is', () => {
    const until = (heardS: number) => ask([run({ items: [], heard: [{ from: T, heardS }] })]).gaps[0]?.from;
    expect([until(20.4), until(20.6), until(60), until(75)]).toEqual([T + 20, T + 21, T + 60, T + 60]);
  });

  it('says nothing of what is yet to come', () => {
    const { gaps } = ask([run({ heard: [{ from: T, heardS: 60 }] })], T + 90);
    expect(gaps).toEqual([{ from: T + 60, until: T + 90, kind: 'not-listening' }]);
    expect(gapsIn([run({ heard: [{ from: T, heardS: 60 }] })], T + 60)).toEqual([12, null, null]);
  });

  it('is put to the item that it is about', () => {
    const [humidity] = OTHERS.slice(-1);
    if (humidity === undefined) throw new Error('the house has one sensor only');
    const answer = engineHistory([ITEM, humidity], EDGES, T + 180, [run({ items: [[said(0)], [said(1, 3)]] })]);
    expect(answer.items.map(({ item, buckets }) => [item.id, ...buckets.map(({ n }) => n)])).toEqual([
      ['flow', 12, 0, 0],
      ['humidity', 0, 3, 0],
    ]);
  });

  it('is nothing where nothing is asked', () => {
    expect(engineHistory([], [], T, [])).toEqual({ items: [], gaps: [], knownUntil: 0 });
  });
});

describe('what an engine is asked for', () => {
  it('is each sensor of the house, as the house file says', () => {
    expect(engineItems(house, null).map(({ id }) => id)).toEqual([...house.sensors.keys()]);
    expect(FLOW).toEqual({
      ...{ id: 'flow', unit: 'l/h', everyS: 7, expireAfterS: 90 },
      series: [{ n: 0, id: 'flow', unit: 'l/h', scale: 4 }],
    });
    expect(OTHERS[0]).toMatchObject({ id: 'return', unit: '°C', everyS: null, expireAfterS: null });
    expect(OTHERS[0]?.series).toEqual([{ n: 1, id: 'return', unit: '°C', scale: 2 }]);
  });

  it('is what was named only, each with a number of its own', () => {
    const named = engineItems(house, new Set(['humidity', 'nonsense']));
    expect(named.map(({ id, series }) => [id, series[0]?.n])).toEqual([['humidity', 3]]);
    expect(engineItems(house, new Set())).toEqual([]);
  });
});
