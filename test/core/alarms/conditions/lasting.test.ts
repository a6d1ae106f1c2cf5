import { expect, it } from 'vitest';
import { lasting } from '../../../../src/core/alarms/conditions/lasting.ts';
import { createHouse } from '../../../../src/core/house/house.ts';
import { openCondition, type Said } from '../../../helpers/alarms/one-condition.ts';
import { articleHouse, NOON } from '../../../helpers/house/house-run.ts';

const house = createHouse(articleHouse());
const open = (first: Said) => openCondition(house, lasting({ of: 'pump', is: 'on', forMs: 60_000 }, {}), first);

it('is so from its time on, to the millisecond', () => {
  const run = () => open({ pump: 'off' }).at(1_000, { pump: 'on' });
  expect(run().at(60_999).judge()).toEqual({ kind: 'not-so', value: 'on', againAt: NOON + 61_000 });
  expect(run().at(61_000).judge()).toEqual({ kind: 'so', value: 'on', detail: 'on for 60 s and longer' });
});

it('counts from the begin where the change was not seen, and anew where it was', () => {
  expect(open({ pump: 'on' }).at(59_999).judge()).toMatchObject({ kind: 'not-so', againAt: NOON + 60_000 });
  expect(open({ pump: 'on' }).at(60_000).judge().kind).toBe('so');
  const twice = open({ pump: 'on' }).at(20_000, { pump: 'off' }).at(30_000, { pump: 'on' });
  expect(twice.at(70_000).judge()).toMatchObject({ kind: 'not-so', againAt: NOON + 90_000 });
});

it('counts from the end of a silence, however long it stood there before', () => {
  const gap = open({ pump: 'off' }).at(1_000, { pump: 'on' }).at(30_000, { pump: null });
  expect(gap.judge()).toEqual({ kind: 'unwatched', why: 'Pump was not heard since the link came' });
  expect(gap.at(40_000, { pump: 'on' }).at(70_000).judge()).toMatchObject({ againAt: NOON + 100_000 });
  const silent = open({ pump: 'off' }).at(1_000, { pump: 'on' }).at(300_000, {}, { isSilent: true });
  expect(silent.judge().kind).toBe('unwatched');
  // It has not changed since, as far as anybody saw.
  expect(silent.at(310_000, { pump: 'on' }).judge()).toMatchObject({ kind: 'not-so', againAt: NOON + 370_000 });
  expect(silent.at(370_000).judge().kind).toBe('so');
  // What changes at a moment is seen by who looks at that moment, too.
  expect(open({ pump: null }).at(5_000, { pump: 'on' }).judge()).toMatchObject({ againAt: NOON + 65_000 });
});

it('is not so of another word', () => {
  expect(open({ pump: 'off' }).at(90_000).judge()).toEqual({ kind: 'not-so', value: 'off' });
});
