import { describe, expect, it } from 'vitest';
import { heatedHouse, minutes, runHeating, running, warmth } from '../../helpers/heating/heating-run.ts';

/** The house without limits of its own. */
function unlimited(heating = {}) {
  const house = heatedHouse(heating, { outside: warmth('outside'), room: warmth('room') });
  const bare = Object.entries(house.sensors).map(([id, { warning: _, critical: __, ...sensor }]) => [id, sensor]);
  return { ...house, sensors: Object.fromEntries(bare) as typeof house.sensors };
}

const raisedAt = (config: ReturnType<typeof unlimited>, payloads: Readonly<Record<string, string>>) => {
  const run = runHeating(config);
  run.speak(minutes(1), payloads);
  return run.raised();
};

describe('a flow that is too hot', () => {
  it.each([
    ['85', {}, []],
    ['85.1', {}, ['flow-hot']],
    ['95', {}, ['flow-hot']],
    ['95.1', {}, ['flow-too-hot']],
    ['45', { underfloor: true }, []],
    ['45.1', { underfloor: true }, ['flow-hot']],
    ['55.1', { underfloor: true }, ['flow-too-hot']],
    ['70.1', { limits: { flowHigh: 70 } }, ['flow-hot']],
  ])('is one of %s °C', (flow, heating, raised) => {
    expect(raisedAt(unlimited(heating), { 'heating/flow': flow, 'heating/return': '40' })).toEqual(raised);
  });

  it('is watched by the limits of the house file where it has some, but for a floor', () => {
    expect(raisedAt(heatedHouse() as never, { 'heating/flow': '96', 'heating/return': '40' })).toEqual([]);
    expect(raisedAt(heatedHouse({ underfloor: true }) as never, { 'heating/flow': '56' })).toEqual(['flow-too-hot']);
  });
});

describe('what the house file says of a rule', () => {
  it('is another hysteresis, and the graver step turned off: then the milder one stands in for it', () => {
    const config = { ...unlimited(), alarms: { 'flow-too-hot': { off: true }, 'flow-hot': { hysteresis: 5 } } };
    const run = runHeating(config);
    run.speak(minutes(1), { 'heating/flow': '96', 'heating/return': '40' });
    expect(run.raised()).toEqual(['flow-hot']);
    run.speak(minutes(2), { 'heating/flow': '80.1', 'heating/return': '40' });
    expect(run.alarm('flow-hot')?.detail).toBe('80.1 °C; it is over from 80.0 °C down');
    run.speak(minutes(2), { 'heating/flow': '80', 'heating/return': '40' });
    expect(run.raised()).toEqual([]);
  });

  it('is named as the source of a threshold that it sets, and of no other', () => {
    const run = runHeating(unlimited({ limits: { flowHigh: 70 } }));
    run.speak(minutes(1), { 'heating/flow': '96', 'heating/return': '1' });
    expect(run.alarm('flow-too-hot')?.source).toMatch(/^a rule of thumb/);
    run.speak(minutes(3), { 'heating/flow': '71', 'heating/return': '1' });
    expect(run.alarm('flow-hot')?.source).toBe('the house file: heating.limits.flowHigh');
  });
});

describe('frost', () => {
  it.each([
    ['6', []],
    ['5.9', ['room-frost']],
    ['3', ['room-frost']],
    ['2.9', ['room-hard-frost']],
  ])('is a room of %s °C', (room, raised) => {
    expect(raisedAt(unlimited(), { 'garden/room': room })).toEqual(raised);
  });

  it('is water of that temperature, and no cellar', () => {
    expect(raisedAt(unlimited(), { 'heating/flow': '5', 'heating/return': '2', 'cellar/temperature': '1' })).toEqual([
      'flow-frost',
      'return-hard-frost',
    ]);
  });

  it('outside is a note after half an hour without a pump', () => {
    const run = runHeating(unlimited());
    const off = { ...running('off', '20', '20'), 'heating/pump/done': 'off' };
    run.speak(minutes(29), { ...off, 'garden/outside': '0.9' });
    expect(run.raised()).toEqual([]);
    run.speak(minutes(2), { ...off, 'garden/outside': '0.9' });
    expect(run.alarm('heat-frost-outside')).toMatchObject({
      ...{ phase: 'active', priority: 'note', value: '0.9 °C' },
      detail: '0.9 °C outside, below 1 °C, and Pump says off',
    });
    run.speak(minutes(2), { ...off, 'garden/outside': '1.9' });
    expect(run.raised()).toEqual(['heat-frost-outside']);
    expect(run.alarm('heat-frost-outside')?.detail).toBe(
      '1.9 °C outside, and Pump says off; it is over from 2.0 °C up',
    );
    run.speak(minutes(2), { ...off, 'garden/outside': '2' });
    expect(run.raised()).toEqual([]);
    const mild = runHeating(unlimited());
    mild.speak(minutes(40), { ...off, 'garden/outside': '1' });
    expect(mild.raised()).toEqual([]);
    const moved = runHeating(unlimited());
    moved.speak(minutes(40), { ...off, 'heating/pump/done': 'on', 'garden/outside': '-5' });
    expect(moved.raised()).toEqual([]);
  });
});
