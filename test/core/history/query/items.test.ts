import { expect, it } from 'vitest';
import { readItems } from '../../../../src/core/history/query/items.ts';
import { createHouse } from '../../../../src/core/house/house.ts';
import { article } from '../../../helpers/ui/home.ts';

const config = article();
const { flow } = config.sensors;
if (flow === undefined) throw new Error('the article has no flow');
const house = createHouse({
  ...config,
  sensors: { ...config.sensors, flow: { ...flow, every: 7, expireAfter: 90 } },
});
const series = (n: number, id: string, unit = '°C', scale = 2) => ({ n, id, unit, scale });
const ids = (items: ReturnType<typeof readItems>) => items.map(({ id, unit }) => `${id} ${unit}`);

it('is in the order of the house, what it no longer has behind it', () => {
  const kept = [
    series(0, 'gone'),
    series(1, 'humidity', '%'),
    series(2, 'old'),
    series(3, 'return'),
    series(4, 'flow'),
  ];
  expect(ids(readItems(kept, house, null))).toEqual(['flow °C', 'return °C', 'humidity %', 'gone °C', 'old °C']);
  expect(readItems([], house, null)).toEqual([]);
});

it('is one for a sensor with one unit, however often its digits were changed', () => {
  const kept = [series(0, 'flow'), series(1, 'flow', '°F'), series(2, 'flow', '°C', 3)];
  const items = readItems(kept, house, null);
  expect(ids(items)).toEqual(['flow °C', 'flow °F']);
  expect(items.map(({ series: own }) => own.map(({ n }) => n))).toEqual([[0, 2], [1]]);
});

it('has what the house says of how often it speaks', () => {
  const [own, other, gone] = readItems([series(0, 'flow'), series(1, 'return'), series(2, 'gone')], house, null);
  expect(own).toMatchObject({ everyS: 7, expireAfterS: 90 });
  expect(other).toMatchObject({ everyS: null, expireAfterS: null });
  expect(gone).toMatchObject({ everyS: null, expireAfterS: null });
});

it('is what is asked for only', () => {
  const kept = [series(0, 'flow'), series(1, 'return'), series(2, 'gone')];
  expect(ids(readItems(kept, house, new Set(['return', 'gone', 'nobody'])))).toEqual(['return °C', 'gone °C']);
  expect(readItems(kept, house, new Set())).toEqual([]);
});
