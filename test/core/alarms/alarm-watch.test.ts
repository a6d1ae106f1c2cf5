import { describe, expect, it } from 'vitest';
import { type AlarmRun, runAlarms } from '../../helpers/house/alarm-run.ts';
import { NOON } from '../../helpers/house/house-run.ts';

const well = { 'heating/flow': '54', 'heating/return': '41', 'cellar/temperature': '14', 'cellar/humidity': '70' };
const hot = { ...well, 'heating/flow': '84' };

function live(): AlarmRun {
  const run = runAlarms();
  run.connect();
  run.speak(60_000, well);
  expect(run.changes).toEqual([]);
  return run;
}

describe('the limits of a sensor', () => {
  it('are an alarm when the value was beyond them for 30 s, and over when it was back for 60 s', () => {
    const run = live();
    run.speak(29_000, hot);
    expect(run.alarm('flow-high')).toMatchObject({ phase: 'normal', dueSince: NOON + 60_000 });
    expect(run.news()).toEqual([]);
    run.pass(1_000);
    expect(run.news()).toEqual(['raised flow-high']);
    expect(run.alarm('flow-high')).toMatchObject({
      ...{ label: 'Flow above 80.0 °C', priority: 'warning', phase: 'active', raisedAt: NOON + 90_000 },
      ...{ raisedValue: '84.0 °C', value: '84.0 °C', detail: '84.0 °C, the limit is 80.0 °C', order: 1, count: 1 },
      ...{ dueSince: null, about: ['flow'] },
    });
    expect(run.texts().at(-1)).toBe('warning raised: Flow above 80.0 °C (84.0 °C, the limit is 80.0 °C)');
    // Within a kelvin of the limit it is not over.
    run.speak(120_000, { ...well, 'heating/flow': '79.5' });
    expect(run.alarm('flow-high')).toMatchObject({ phase: 'active', value: '79.5 °C', quietSince: null });
    run.speak(59_000, { ...well, 'heating/flow': '79' });
    expect(run.alarm('flow-high')).toMatchObject({ phase: 'active', quietSince: NOON + 210_000 });
    run.pass(1_000);
    expect(run.news()).toEqual(['returned flow-high']);
    expect(run.alarm('flow-high')).toMatchObject({ phase: 'returned', returnedAt: NOON + 270_000, value: '79.0 °C' });
    expect(run.texts().at(-1)).toBe('warning over, not acknowledged: Flow above 80.0 °C (79.0 °C, it was 84.0 °C)');
  });

  it('are no alarm of a retained value, and none of the last value of a sensor that died', () => {
    const run = runAlarms();
    run.connect();
    run.receive('heating/flow', '84', { retained: true });
    run.pass(120_000);
    expect(run.changes).toEqual([]);
    run.speak(20_000, hot);
    run.speak(300_000, { 'heating/return': '41', 'cellar/temperature': '14', 'cellar/humidity': '70' });
    expect(run.news()).toEqual(['raised flow-stale']);
    expect(run.state.alarms?.unwatched).toContainEqual({ why: 'Flow is stale', ids: ['flow-high', 'flow-too-high'] });
  });

  it('stay an alarm while their sensor is silent, and say that nobody watches', () => {
    const run = live();
    run.speak(60_000, hot);
    run.pass(120_000);
    expect(run.alarm('flow-high')).toMatchObject({ phase: 'active', unwatched: 'Flow is stale' });
    expect(run.news()).toEqual(['raised flow-high', 'raised heating-silent', 'raised dhtclient-silent']);
  });

  it('are one alarm where the value is beyond both', () => {
    const run = live();
    run.speak(60_000, { ...well, 'heating/flow': '95' });
    expect(run.news()).toEqual(['raised flow-too-high']);
    run.speak(40_000, hot);
    expect(run.news()).toEqual(['raised flow-high']);
  });
});

describe('a house whose link is lost', () => {
  it('has one alarm, and blames nobody', () => {
    const run = live();
    run.disconnect();
    run.pass(29_000);
    expect(run.news()).toEqual([]);
    run.pass(1_000);
    expect(run.news()).toEqual(['raised broker']);
    run.pass(3_600_000);
    expect(run.news()).toEqual([]);
    expect(run.alarm('broker')).toMatchObject({
      priority: 'alarm',
      cure: 'Start the broker, or name another host with -h',
    });
    run.connect();
    run.speak(60_000, well);
    expect(run.news()).toEqual(['returned broker']);
  });

  it('has none where it is back within half a minute, nor after a sleep', () => {
    const run = live();
    run.disconnect();
    run.pass(20_000);
    run.connect();
    run.speak(60_000, well);
    run.dispatch({ type: 'time-skipped', at: run.state.at + 28_800_000, skippedMs: 28_800_000 });
    expect(run.changes).toEqual([]);
  });
});

describe('a person', () => {
  it('acknowledges what goes on, which is over then without a word more', () => {
    const run = live();
    run.speak(60_000, hot);
    run.watch.act(['flow-high', 'no-such'], { kind: 'acknowledge', by: 'master' }, run.state.at);
    expect(run.alarm('flow-high')).toMatchObject({ phase: 'acknowledged', acknowledgedBy: 'master' });
    expect(run.texts().at(-1)).toBe('warning acknowledged by master: Flow above 80.0 °C');
    run.speak(61_000, well);
    expect(run.news()).toEqual(['raised flow-high', 'acknowledged flow-high', 'cleared flow-high']);
  });

  it('puts one aside, and hears nothing of it until then', () => {
    const run = live();
    const shelve = { kind: 'shelve', by: 'master', forMs: 600_000, reason: 'the chimney sweep is here' } as const;
    run.watch.act(['flow-high'], shelve, run.state.at);
    expect(run.texts().at(-1)).toBe(
      'warning shelved by master for 10 min (the chimney sweep is here): Flow above 80.0 °C',
    );
    run.speak(599_000, hot);
    expect(run.news()).toEqual(['shelved flow-high', 'quietly raised flow-high']);
    run.speak(1_000, hot);
    expect(run.news()).toEqual(['unshelved flow-high']);
    expect(run.texts().at(-1)).toBe('warning shelved no more: Flow above 80.0 °C, it goes on');
  });
});
