import { beforeAll, describe, expect, it } from 'vitest';
import { openHouseAlarms } from '../../../src/app/alarms/house-alarms.ts';
import type { AlarmChange } from '../../../src/core/home/alarms/alarm.ts';
import { type ArrangedFault, arrangeMonth } from '../../helpers/alarms/arranged-month.ts';
import { liveFast } from '../../helpers/alarms/fast-house.ts';
import { createFakeClock } from '../../helpers/fake-clock.ts';
import { article } from '../../helpers/ui/home.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Over the end of summer time. */
const START = Date.UTC(2026, 9, 10);
/** The boards of the article speak each 5 s: the same takes six times as long then, and is no other. */
const CADENCE_MS = Number(process.env.HOMETUI_TEST_MONTH_CADENCE_S ?? 30) * 1_000;

/** Lets the month live; gives what was raised, with its time since the begin, ms. */
function live(month: ReturnType<typeof arrangeMonth>) {
  const changes: AlarmChange[] = [];
  liveFast({
    config: { ...article(), cadence: CADENCE_MS / 1_000 },
    startAt: START,
    forMs: 30 * DAY_MS,
    acts: month.acts,
    seed: 4,
    cadenceMs: CADENCE_MS,
    onStore: store => {
      const clock = { ...createFakeClock(START), now: () => store.getState().at };
      openHouseAlarms({ store, clock, folder: null, onChanges: news => changes.push(...news) });
    },
  });
  return changes.filter(({ kind }) => kind === 'raised').map(({ id, at, text }) => ({ id, at: at - START, text }));
}

describe('a month with 40 faults and 200 oddities that harm nobody', () => {
  const month = arrangeMonth(30 * DAY_MS, CADENCE_MS);
  let raised: ReturnType<typeof live> = [];
  beforeAll(() => {
    raised = live(month);
  }, 600_000);
  const isWithin = ({ from, until }: ArrangedFault, at: number): boolean => at >= from && at <= until;

  it('has them', () => {
    expect([month.faults.length, month.oddities]).toEqual([40, 200]);
  });

  it.each(month.faults.map((fault, place) => ({ ...fault, place })))('$place: $name', fault => {
    const found = raised.find(({ id, at }) => fault.alarms.includes(id) && isWithin(fault, at));
    expect(found, `nothing of ${fault.alarms.join()} was raised`).toBeDefined();
    expect((found?.at ?? 0) - fault.at).toBeLessThanOrEqual(fault.withinMs + CADENCE_MS);
  });

  it('raises nothing that is not so', () => {
    const isSo = ({ id, at }: (typeof raised)[number]): boolean =>
      month.faults.some(fault => isWithin(fault, at) && [...fault.alarms, ...fault.also].includes(id));
    expect(raised.filter(one => !isSo(one))).toEqual([]);
  });

  it('raises nothing more than twice an hour', () => {
    const again = raised.filter(
      ({ id, at }) => raised.filter(other => other.id === id && other.at <= at && at - other.at < HOUR_MS).length > 2,
    );
    expect(again).toEqual([]);
  });
});
