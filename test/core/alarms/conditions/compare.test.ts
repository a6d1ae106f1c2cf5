import { expect, it } from 'vitest';
import { type Comparison, compared } from '../../../../src/core/alarms/conditions/compare.ts';
import { createHouse } from '../../../../src/core/house/house.ts';
import { openCondition } from '../../../helpers/alarms/one-condition.ts';
import { articleHouse, NOON } from '../../../helpers/house/house-run.ts';

const { sensors, ...others } = articleHouse();
const { flow, ...rest } = sensors;
/** A flow that may be silent for longer than the others: the earlier of two times is told. */
const house = createHouse({
  ...others,
  sensors: { ...rest, ...(flow === undefined ? {} : { flow: { ...flow, expireAfter: 60 } }) },
});
const RULE: Comparison = { of: 'flow', side: 'above', other: 'return', by: 20, hysteresis: 2 };
const judge = (one: number | null, two: number | null, isRaised = false, rule: Partial<Comparison> = {}) =>
  openCondition(house, compared({ ...RULE, ...rule }, {}), { flow: one, return: two }).judge(isRaised);

it.each([
  [60, false, 'not-so'],
  [60.1, false, 'so'],
  [58.1, true, 'so'],
  [58, true, 'not-so'],
])('a flow of %d °C above 40 °C, raised before: %s', (value, isRaised, kind) => {
  const found = judge(value, 40, isRaised);
  expect(found).toMatchObject({ kind, value: `${value.toFixed(1)} °C`, againAt: NOON + 15_000 });
  const under = judge(40, value, isRaised, { side: 'below' });
  expect(under).toMatchObject({ kind, value: '40.0 °C' });
});

it('says by how much, and where it is over', () => {
  expect(judge(60.1, 40)).toMatchObject({ detail: '60.1 °C, 20.1 K above Return with 40.0 °C' });
  expect(judge(40, 60.1, false, { side: 'below' })).toMatchObject({
    detail: '40.0 °C, 20.1 K below Return with 60.1 °C',
  });
  expect(judge(59, 40, true)).toMatchObject({
    detail: '59.0 °C, and Return 40.0 °C; it is over from 18.0 K above it on',
  });
});

it('is not known where one of them is not', () => {
  expect(judge(null, 40)).toEqual({ kind: 'unwatched', why: 'Flow was not heard since the link came' });
  expect(judge(60, null)).toEqual({ kind: 'unwatched', why: 'Return was not heard since the link came' });
});

it('has the unit of what is no temperature', () => {
  const humid = openCondition(
    house,
    compared({ of: 'humidity', side: 'above', other: 'flow', by: 1, hysteresis: 0 }, {}),
    { humidity: 60, flow: 50 },
  );
  expect(humid.judge()).toMatchObject({ detail: '60.0 %, 10.0 % above Flow with 50.0 °C' });
});
