import { describe, expect, it } from 'vitest';
import { orderPast, type PastStep, type PastValue } from '../../../../src/core/history/replay/past-steps.ts';
import type { HomeEvent } from '../../../../src/core/home/state/event.ts';
import { createHouse } from '../../../../src/core/house/house.ts';
import { createRandom } from '../../../helpers/random/random.ts';
import { article, message } from '../../../helpers/ui/home.ts';

/** A whole second, since 1970. */
const T = 1_795_910_400;
const house = createHouse(article());
const step = (event: HomeEvent): PastStep => ({ kind: 'event', at: event.at, event, commandId: null });
const asked = (at: number): PastStep => step({ type: 'switch-requested', at, switchId: 'pump', target: 'on' });
const values = (...pairs: readonly (readonly [second: number, value: number])[]): readonly PastValue[] =>
  pairs.map(([second, value]) => ({ second: T + second, value }));

/** What comes in, in its order: ms behind the first second, and what it is. */
function order(steps: readonly PastStep[], flow: readonly PastValue[]): readonly string[] {
  return orderPast(steps, new Map([['flow', flow]]), house).map(({ at, ...one }) => {
    const what = one.kind === 'moment' ? one.kind : one.event.type;
    const value = one.kind === 'event' && one.event.type === 'value-recalled' ? ` ${one.event.value}` : '';
    return `${at - T * 1_000} ${what}${value}`;
  });
}
const flowAt = (ms: number, payload = '54.3', isRetained = false): PastStep =>
  step(message(T * 1_000 + ms, 'heating/flow', payload, isRetained));

describe('the past in its order', () => {
  it('is what was kept as values and as steps, each in its second', () => {
    expect(order([asked(T * 1_000 + 1_500)], values([0, 54], [2, 55]))).toEqual([
      '0 value-recalled 54',
      '1500 switch-requested',
      '2000 value-recalled 55',
    ]);
    expect(order([], [])).toEqual([]);
  });

  it('names the sensor, with the very time of its event', () => {
    const [first] = orderPast([], new Map([['humidity', values([3, 66])]]), house);
    const at = (T + 3) * 1_000;
    expect(first).toEqual({
      ...{ kind: 'event', at, commandId: null },
      event: { type: 'value-recalled', at, sensorId: 'humidity', value: 66 },
    });
  });

  it('has once what was kept as both: the step says more', () => {
    expect(order([flowAt(400)], values([0, 54.3]))).toEqual(['400 message-received']);
    // Of several in one second the last ones are steps, too.
    expect(order([flowAt(700), flowAt(900)], values([0, 1], [0, 2], [0, 3]))).toEqual([
      '0 value-recalled 1',
      '700 message-received',
      '900 message-received',
    ]);
    expect(order([flowAt(1_200)], values([0, 1], [1, 2], [2, 3]))).toEqual([
      '0 value-recalled 1',
      '1200 message-received',
      expect.stringMatching(/^2\d\d\d value-recalled 3$/),
    ]);
  });

  it('has both where the step was no such value', () => {
    const both = (...steps: readonly PastStep[]) =>
      order(steps, values([0, 54.3])).filter(text => text.includes('recalled'));
    expect(both(flowAt(400, '54.3', true))).toHaveLength(1);
    expect(both(flowAt(400, 'rubbish'))).toHaveLength(1);
    expect(both(step(message(T * 1_000 + 400, 'heating/return', '54.3')))).toHaveLength(1);
    expect(both(step(message(T * 1_000 + 400, 'somebody/else', '54.3')))).toHaveLength(1);
    expect(both(flowAt(1_400))).toHaveLength(1);
    expect(both(flowAt(400))).toHaveLength(0);
  });

  it('has the values of a second before the steps in it, which were kept whole', () => {
    const recalled = (...steps: readonly PastStep[]) =>
      order(steps, values([0, 1], [0, 2], [0, 3])).filter(text => text.includes('recalled'));
    for (const text of recalled(asked(T * 1_000 + 300), asked(T * 1_000 + 90)))
      expect(Number.parseInt(text, 10)).toBeLessThanOrEqual(90);
    // A value of another sensor is none of those steps.
    const other = step(message(T * 1_000 + 90, 'heating/return', '40'));
    const pump = step(message(T * 1_000 + 90, 'heating/pump/done', 'on'));
    const later = (one: PastStep) =>
      order([one, flowAt(-500)], values([-1, 0], [0, 1], [1, 2], [2, 3])).find(text => text.endsWith('recalled 1'));
    expect(Number.parseInt(later(other) ?? '', 10)).toBeGreaterThan(90);
    expect(Number.parseInt(later(pump) ?? '', 10)).toBeLessThanOrEqual(90);
  });

  it('has what was known at a moment behind the values of that millisecond, and steps as they were written', () => {
    const moment = { kind: 'moment', at: T * 1_000, moment: { at: T * 1_000 } } as unknown as PastStep;
    expect(order([moment, asked(T * 1_000)], values([0, 1]))).toEqual([
      '0 value-recalled 1',
      '0 moment',
      '0 switch-requested',
    ]);
  });

  it('loses no value and no step, and leaves each in its second, whatever was kept', () => {
    const random = createRandom(21);
    for (let round = 0; round < 200; round++) {
      let second = 0;
      const flow = Array.from({ length: random.below(20) }, (_, place) => {
        second += random.pick([0, 1, 1, 2, 5]);
        return { second: T + second, value: place };
      });
      const steps: PastStep[] = [];
      let ms = 0;
      for (let left = random.below(10); left > 0; left--) {
        ms += random.below(4_000);
        steps.push(random.chance(0.5) ? asked(T * 1_000 + ms) : flowAt(ms));
      }
      const past = orderPast(steps, new Map([['flow', flow]]), house);
      expect(past.filter(one => steps.includes(one))).toEqual(steps);
      expect(past.every((one, place) => place === 0 || one.at >= (past[place - 1]?.at ?? 0))).toBe(true);
      const recalled = past.flatMap(one =>
        one.kind === 'event' && one.event.type === 'value-recalled' ? [[one.event.value, one.at]] : [],
      );
      for (const [value = 0, at = 0] of recalled) expect(Math.floor(at / 1_000)).toBe(flow[value]?.second);
      const inSteps = (at: number): number =>
        steps.filter(
          one => one.kind === 'event' && one.event.type === 'message-received' && Math.floor(one.at / 1_000) === at,
        ).length;
      for (const at of new Set(flow.map(one => one.second))) {
        const kept = flow.filter(one => one.second === at).length;
        const said = recalled.filter(([value = 0]) => flow[value]?.second === at).length;
        expect(said).toBe(Math.max(0, kept - inSteps(at)));
      }
    }
  });
});
