import { describe, expect, it } from 'vitest';
import { allAlarms } from '../../../src/core/alarms/house-file.ts';
import { createHouse } from '../../../src/core/house/house.ts';
import type { HouseConfig } from '../../../src/core/house/schema.ts';
import { type AlarmRun, plainHouse, runAlarms } from '../../helpers/house/alarm-run.ts';
import { NOON } from '../../helpers/house/house-run.ts';

type Alarms = NonNullable<HouseConfig['alarms']>;

const well = { 'heating/flow': '54', 'heating/return': '41', 'cellar/temperature': '14', 'cellar/humidity': '70' };

function live(alarms: Alarms, more: Partial<HouseConfig> = {}): AlarmRun {
  const run = runAlarms({ ...plainHouse(), ...more, alarms });
  run.connect();
  run.speak(30_000, well);
  expect(run.news()).toEqual([]);
  return run;
}

describe('what a house file says of alarms that each house has', () => {
  const definitionOf = (alarms: Alarms, id: string) =>
    allAlarms(createHouse({ ...plainHouse(), alarms }), []).find(one => one.id === id);

  it('changes them, and turns them off', () => {
    const texts = { label: 'L', cure: 'C', tell: ['me'] };
    const told: Alarms[string] = { onDelay: 5, offDelay: 7, priority: 'note', latched: true, ...texts };
    expect(definitionOf({ 'flow-high': told }, 'flow-high')).toMatchObject({
      ...{
        onDelayMs: 5_000,
        offDelayMs: 7_000,
        priority: 'note',
        cure: 'C',
        tell: ['me'],
        isLatched: true,
        label: 'L',
      },
    });
    expect(definitionOf({ 'flow-high': {} }, 'flow-high')).toMatchObject({
      ...{ onDelayMs: 30_000, offDelayMs: 60_000, priority: 'warning', cure: null, tell: null, isLatched: false },
    });
    expect(definitionOf({ 'flow-high': { off: true } }, 'flow-high')).toBeUndefined();
    expect(definitionOf({ 'flow-high': { off: false } }, 'flow-high')).toBeDefined();
  });

  it('has its own cure hold against that of the moment', () => {
    const run = live({ broker: { cure: 'Ring Ada' } });
    run.disconnect();
    run.pass(31_000);
    expect(run.alarm('broker')).toMatchObject({ phase: 'active', cure: 'Ring Ada' });
  });

  it('turns a graver one off, and the milder one stands in for it', () => {
    const run = live({ 'flow-too-high': { off: true } });
    run.speak(31_000, { ...well, 'heating/flow': '95' });
    expect(run.news()).toEqual(['raised flow-high']);
  });

  it('gives a limit another hysteresis', () => {
    const run = live({ 'flow-high': { onDelay: 0, offDelay: 0, hysteresis: 5 } });
    run.receive('heating/flow', '81');
    run.receive('heating/flow', '75.1');
    expect(run.news()).toEqual(['raised flow-high']);
    run.receive('heating/flow', '75');
    expect(run.news()).toEqual(['returned flow-high']);
  });
});

describe('an alarm of its own', () => {
  it('of a limit is raised like the limits of a sensor', () => {
    const run = live({ warm: { kind: 'limit', label: 'Flow is warm', of: 'flow', above: 60 } });
    run.speak(29_000, { ...well, 'heating/flow': '60.1' });
    expect(run.news()).toEqual([]);
    run.pass(1_000);
    expect(run.news()).toEqual(['raised warm']);
    expect(run.alarm('warm')).toMatchObject({ label: 'Flow is warm', priority: 'warning', about: ['flow'] });
    run.speak(61_000, { ...well, 'heating/flow': '59' });
    expect(run.news()).toEqual(['returned warm']);
  });

  it('of a derived value is judged with each of its parts', () => {
    const run = live({ spread: { kind: 'limit', label: 'S', of: 'spread', below: 5, onDelay: 0, offDelay: 0 } });
    run.receive('heating/return', '49');
    expect(run.news()).toEqual([]);
    run.receive('heating/return', '49.1');
    expect(run.news()).toEqual(['raised spread']);
    run.receive('heating/flow', '55');
    // 5.9 K: less than a kelvin above the limit.
    expect(run.news()).toEqual([]);
    run.receive('heating/flow', '55.1');
    expect(run.news()).toEqual(['returned spread']);
  });

  it('of a comparison is so beyond it, until it has come back by its hysteresis', () => {
    const run = live({
      ...{ a: { kind: 'compare', label: 'A', of: 'flow', above: 'return', by: 20, onDelay: 0, offDelay: 0 } },
      ...{ b: { kind: 'compare', label: 'B', of: 'flow', below: 'return', hysteresis: 0, onDelay: 0, offDelay: 0 } },
    });
    run.receive('heating/flow', '61');
    expect(run.news()).toEqual([]);
    run.receive('heating/flow', '61.1');
    expect(run.alarm('a')).toMatchObject({ phase: 'active', detail: '61.1 °C, 20.1 K above Return with 41.0 °C' });
    run.receive('heating/return', '42');
    expect(run.alarm('a')?.phase).toBe('active');
    run.receive('heating/flow', '61.9');
    run.pass(1_000);
    // Not 20 K above any more: what is held says where it is over.
    expect(run.alarm('a')?.detail).toBe('61.9 °C, and Return 42.0 °C; it is over from 19.0 K above it on');
    run.receive('heating/flow', '61.1');
    run.receive('heating/return', '42.1');
    expect(run.alarm('a')?.phase).toBe('returned');
    run.receive('heating/flow', '42.1');
    expect(run.alarm('b')).toBeUndefined();
    run.receive('heating/flow', '42');
    expect(run.alarm('b')?.phase).toBe('active');
    run.receive('heating/flow', '42.1');
    expect(run.alarm('b')?.phase).toBe('returned');
  });

  it('of a rate is so when the value moved by more within the time, and never across a lost link', () => {
    const run = live({
      ...{ up: { kind: 'rate', label: 'U', of: 'flow', rises: 10, within: 60 } },
      ...{ down: { kind: 'rate', label: 'D', of: 'flow', falls: 10, within: 60 } },
    });
    run.receive('heating/flow', '64');
    expect(run.news()).toEqual([]);
    run.pass(1_000);
    run.receive('heating/flow', '64.1');
    expect(run.alarm('up')).toMatchObject({ phase: 'active', detail: '64.1 °C, 10.1 °C more within 60 s' });
    run.disconnect();
    run.pass(1_000);
    run.connect();
    run.receive('heating/flow', '40');
    expect(run.alarm('down')).toBeUndefined();
    run.speak(20_000, { ...well, 'heating/flow': '50' });
    run.receive('heating/flow', '39.9');
    expect(run.alarm('down')).toMatchObject({ detail: '39.9 °C, 10.1 °C less within 60 s' });
  });

  it('of a rate is over when the time is', () => {
    const run = live({ up: { kind: 'rate', label: 'U', of: 'flow', rises: 10, within: 20 } });
    run.speak(15_000, { ...well, 'heating/flow': '65' });
    expect(run.news()).toEqual(['raised up']);
    run.pass(1_000);
    expect(run.news()).toEqual(['returned up']);
  });

  it('of what lasts counts from the change that was seen, and anew after a gap', () => {
    const run = live({ long: { kind: 'lasting', label: 'Long', of: 'pump', is: 'on', for: 60 } });
    run.receive('heating/pump/done', 'off');
    run.receive('heating/pump/done', 'on');
    run.speak(59_000, { ...well, 'heating/pump/done': 'on' });
    expect(run.news()).toEqual([]);
    run.pass(1_000);
    expect(run.news()).toEqual(['raised long']);
    expect(run.alarm('long')).toMatchObject({ value: 'on', detail: 'on for 60 s and longer', raisedAt: NOON + 90_000 });
    run.receive('heating/pump/done', 'off');
    expect(run.news()).toEqual(['returned long']);
    run.receive('heating/pump/done', 'on');
    run.speak(40_000, well);
    run.reconnect();
    run.speak(59_000, { ...well, 'heating/pump/done': 'on' });
    expect(run.news()).toEqual([]);
    run.speak(2_000, well);
    expect(run.news()).toEqual(['raised long']);
  });

  it('of what lasts counts no time in which its device was silent', () => {
    const run = live({ long: { kind: 'lasting', label: 'Long', of: 'pump', is: 'on', for: 60 } });
    run.receive('heating/pump/done', 'off');
    run.receive('heating/pump/done', 'on');
    run.speak(40_000, well);
    run.pass(120_000);
    run.speak(59_000, { ...well, 'heating/pump/done': 'on' });
    expect(run.alarm('long')).toBeUndefined();
    run.speak(2_000, well);
    expect(run.alarm('long')?.phase).toBe('active');
  });

  it('of a comparison is never said to be above what it is not', () => {
    const run = live({ a: { kind: 'compare', label: 'A', of: 'return', above: 'flow', onDelay: 0, offDelay: 0 } });
    run.receive('heating/flow', '40.96');
    expect(run.alarm('a')?.detail).toBe('41.0 °C, 0.04 K above Flow with 41.0 °C');
    run.receive('heating/return', '40.5');
    run.pass(1_000);
    expect(run.alarm('a')?.detail).toBe('40.5 °C, and Flow 41.0 °C; it is over from 1.0 K below it on');
  });

  it('of what happens too often counts changes, not repetitions, and forgets what is an hour past', () => {
    const run = live({ often: { kind: 'often', label: 'Often', of: 'burner', is: 'on', times: 2 } });
    const start = (): void => {
      run.receive('heating/burner/done', 'on');
      run.receive('heating/burner/done', 'on');
      run.receive('heating/burner/done', 'off');
    };
    run.receive('heating/burner/done', 'on', { retained: true });
    run.receive('heating/burner/done', 'off');
    start();
    run.speak(600_000, well);
    start();
    expect(run.news()).toEqual([]);
    start();
    expect(run.news()).toEqual(['raised often']);
    expect(run.alarm('often')).toMatchObject({ detail: 'more than 2 times within 60 min' });
    run.speak(2_999_000, well);
    expect(run.news()).toEqual([]);
    run.speak(1_000, well);
    expect(run.news()).toEqual(['returned often']);
  });

  it('of events counts each that is not retained', () => {
    const events = { bell: { label: 'Bell', topic: 'door/bell' } };
    const run = live({ bell: { kind: 'often', label: 'B', of: 'bell', is: 'ring', times: 1, within: 10 } }, { events });
    run.receive('door/bell', 'ring', { retained: true });
    run.receive('door/bell', 'knock');
    run.receive('door/bell', 'ring');
    run.pass(10_000);
    run.receive('door/bell', 'ring');
    expect(run.news()).toEqual([]);
    run.pass(9_000);
    run.receive('door/bell', 'ring');
    expect(run.news()).toEqual(['raised bell']);
  });

  it('of denials is of that user and topic only', () => {
    const run = live({ heat: { kind: 'denial', label: 'H', user: 'heating', topic: 'x' } });
    const deny = (user: string, topic: string): void => {
      const entry = { kind: 'denied-publish', clientId: user, topic, at: run.state.at } as never;
      run.dispatch({ type: 'log-line-read', at: run.state.at, entry, source: 'file', isPast: false });
    };
    deny('other', 'x');
    expect(run.alarm('heat')).toBeUndefined();
    expect(run.news()).toEqual(['raised denial']);
  });
});

it('a house file that was changed keeps what is known of the alarms that stay, and ends those that are gone', () => {
  const run = live({ warm: { kind: 'limit', label: 'Warm', of: 'flow', above: 60, onDelay: 0 } });
  run.speak(31_000, { ...well, 'heating/flow': '84' });
  expect(run.news()).toEqual(['raised warm', 'raised flow-high']);
  const house = createHouse({ ...plainHouse(), alarms: { 'flow-high': { priority: 'alarm' } } });
  run.dispatch({ type: 'house-changed', at: run.state.at, house, file: 'house.json' });
  expect(run.news()).toEqual(['cleared warm']);
  expect(run.texts().at(-1)).toBe('warning over: Warm, which the house has no more');
  expect(run.alarm('flow-high')).toMatchObject({ phase: 'active', priority: 'alarm', raisedAt: NOON + 60_000 });
  expect(run.alarm('warm')).toBeUndefined();
});
