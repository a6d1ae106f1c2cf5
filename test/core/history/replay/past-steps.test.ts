import { describe, expect, it } from 'vitest';
import { orderPast, type PastStep } from '../../../../src/core/history/replay/past-steps.ts';
import { createHouse } from '../../../../src/core/house/house.ts';
import { article } from '../../../helpers/ui/home.ts';

const house = createHouse(article());
const SECOND = 1_700_000_000;
const AT = SECOND * 1_000;

const message = (at: number, topic: string, text: string): PastStep => {
  const payload = new TextEncoder().encode(text);
  return {
    kind: 'event',
    at,
    commandId: null,
    event: { type: 'message-received', at, topic, payload, isRetained: false },
  };
};
const tick = (at: number): PastStep => ({ kind: 'event', at, commandId: null, event: { type: 'ticked', at } });
const valuesOf = (id: string, ...pairs: readonly (readonly [second: number, value: number])[]) =>
  new Map([[id, pairs.map(([second, value]) => ({ second: SECOND + second, value }))]]);

const told = (steps: readonly PastStep[]) =>
  steps.map(step => {
    if (step.kind === 'moment') return ['moment', step.at - AT];
    const { event } = step;
    return [event.type === 'value-recalled' ? event.value : event.type, step.at - AT];
  });

describe('the past in its order', () => {
  it('has each value within its second, at even distances, in the order of time', () => {
    const steps = orderPast([], valuesOf('flow', [0, 50], [2, 51], [5, 52], [7, 53]), house);
    expect(told(steps).map(([what]) => what)).toEqual([50, 51, 52, 53]);
    for (const [place, second] of [0, 2, 5, 7].entries()) {
      expect(Math.floor(((steps[place]?.at ?? 0) - AT) / 1_000)).toBe(second);
    }
  });

  it('has a value that was kept as a step only once, at its very moment', () => {
    const steps = orderPast([message(AT + 640, 'heating/flow', '51')], valuesOf('flow', [0, 51], [5, 52]), house);
    expect(told(steps)[0]).toEqual(['message-received', 640]);
    expect(told(steps)).toHaveLength(2);
    // Of two in one second the last one is the step.
    const both = orderPast([message(AT + 640, 'heating/flow', '51')], valuesOf('flow', [0, 50], [0, 51]), house);
    expect(told(both).map(([what]) => what)).toEqual([50, 'message-received']);
  });

  it('has the values of a second before what else came in it', () => {
    const steps = orderPast([tick(AT + 5_100)], valuesOf('flow', [0, 50], [5, 51]), house);
    expect(told(steps).map(([what]) => what)).toEqual([50, 51, 'ticked']);
    expect((steps[1]?.at ?? 0) - AT).toBeLessThanOrEqual(5_100);
  });

  it('goes on from the very moment of a value that was kept as a step', () => {
    const steps = orderPast(
      [message(AT + 640, 'heating/flow', '50')],
      valuesOf('flow', [0, 50], [2, 51], [4, 52], [6, 53]),
      house,
    );
    expect(told(steps)).toEqual([
      ['message-received', 640],
      [51, 2_640],
      [52, 4_640],
      [53, 6_640],
    ]);
  });

  // By their even distance the second value would come 2333 ms after the first.
  const moment = { kind: 'moment', at: AT + 2_100, moment: {} } as PastStep;
  it.each<[string, readonly PastStep[], number]>([
    ['a tick', [tick(AT + 2_100)], 2_100],
    ['the first of two ticks', [tick(AT + 2_200), tick(AT + 2_100), tick(AT + 2_300)], 2_100],
    ['a tick that comes later', [tick(AT + 2_400)], 2_333],
    ['a tick of another second', [tick(AT + 1_100)], 2_333],
    ['what was known at a moment', [moment], 2_100],
    ['what a relay says', [message(AT + 2_100, 'heating/pump/done', 'on')], 2_100],
    ['a value of another sensor', [message(AT + 2_100, 'heating/return', '40')], 2_333],
    [
      'one that nobody believed',
      [{ ...message(AT + 2_100, 'heating/return', '99'), doubted: ['return'] } as PastStep],
      2_100,
    ],
    ['a topic that is no longer in the house', [message(AT + 2_100, 'attic/temperature', '40')], 2_333],
  ])('lets a value come at the latest with %s', (_, steps, at) => {
    const past = orderPast(steps, valuesOf('flow', [0, 50], [2, 51], [5, 52], [7, 53]), house);
    expect(told(past).find(([what]) => what === 51)).toEqual([51, at]);
    expect(past).toHaveLength(4 + steps.length);
  });

  it('takes what the broker had kept for no value of then', () => {
    const [kept] = [message(AT + 640, 'heating/flow', '51')];
    const retained = { ...kept, event: { ...(kept.kind === 'event' ? kept.event : {}), isRetained: true } } as PastStep;
    expect(told(orderPast([retained], valuesOf('flow', [0, 51]), house)).map(([what]) => what)).toEqual([
      51,
      'message-received',
    ]);
  });

  it('keeps what came in one moment as it was written', () => {
    const steps = [message(AT + 9, 'heating/pump/done', 'on'), tick(AT + 9), message(AT + 9, 'cellar/fan/done', 'off')];
    expect(orderPast(steps, new Map(), house)).toEqual(steps);
  });

  it('takes no message for a value that nobody believed', () => {
    const held: PastStep = { ...message(AT + 640, 'heating/flow', '95'), doubted: ['flow'] } as PastStep;
    const steps = orderPast([held], valuesOf('flow', [0, 51], [5, 95]), house);
    expect(told(steps).map(([what]) => what)).toEqual([51, 'message-received', 95]);
    const other: PastStep = { ...held, doubted: ['return'] } as PastStep;
    expect(told(orderPast([other], valuesOf('flow', [0, 95]), house))).toEqual([['message-received', 640]]);
  });

  it('holds no message against a value that it is none of', () => {
    const rubbish = message(AT + 300, 'heating/flow', 'n/a');
    expect(told(orderPast([rubbish], valuesOf('flow', [0, 50]), house)).map(([what]) => what)).toEqual([
      50,
      'message-received',
    ]);
  });
});
