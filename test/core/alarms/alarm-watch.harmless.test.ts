import { describe, expect, it } from 'vitest';
import { type AlarmRun, runAlarms } from '../../helpers/house/alarm-run.ts';

const well = { 'heating/flow': '54', 'heating/return': '41', 'cellar/temperature': '14', 'cellar/humidity': '70' };
/** Beyond a limit each, as a broker may have kept them. */
const bad = { 'heating/flow': '95', 'heating/return': '90', 'cellar/temperature': '0', 'cellar/humidity': '99' };

const harmless: Readonly<Record<string, (run: AlarmRun) => void>> = {
  'a lost link of 20 s': run => {
    run.disconnect();
    run.pass(20_000);
    run.connect();
  },
  'a lost link that comes and goes': run => {
    for (let time = 0; time < 20; time += 1) {
      run.disconnect();
      run.pass(4_000);
      run.connect();
      run.speak(10_000, well);
    }
  },
  'a replay of what the broker had kept': run => {
    run.reconnect();
    for (const [topic, value] of Object.entries(bad)) run.receive(topic, value, { retained: true });
  },
  'a sleep of a night': run => {
    const at = run.state.at + 28_800_000;
    run.dispatch({ type: 'time-skipped', at, skippedMs: 28_800_000 });
    run.dispatch({ type: 'backlog-began', at, since: at - 28_800_000 });
    // What was sent at its begin, of which nobody knows when.
    for (const [topic, value] of Object.entries(bad)) run.receive(topic, value);
    run.dispatch({ type: 'backlog-ended', at });
  },
  'a clock that is set back': run => run.dispatch({ type: 'time-skipped', at: run.state.at, skippedMs: 0 }),
  'a device that starts anew': run => run.speak(12_000, { 'cellar/temperature': '14', 'cellar/humidity': '70' }),
  'a message that is lost': run => run.pass(5_000),
  'a value that is wrong once': run => {
    run.receive('heating/flow', 'err');
    run.pass(5_000);
  },
  'a value that is beyond a limit for 25 s': run => run.speak(25_000, { ...well, 'heating/flow': '95' }),
};

describe('no alarm is raised by', () => {
  it.each(Object.entries(harmless))('%s', (_, happen) => {
    const run = runAlarms();
    run.connect();
    run.speak(60_000, well);
    happen(run);
    run.speak(180_000, well);
    expect(run.changes.map(({ text }) => text)).toEqual([]);
  });

  it('a restart: what is known is neither forgotten nor told again', () => {
    const first = runAlarms();
    first.connect();
    first.speak(60_000, well);
    first.speak(40_000, { ...well, 'heating/flow': '84' });
    expect(first.news()).toEqual(['raised flow-high']);
    const kept = first.watch.keep();
    const second = runAlarms(undefined, { kept, startAt: first.state.at + 10_000 });
    expect(second.alarm('flow-high')).toMatchObject({ phase: 'active', count: 1, order: 1 });
    second.connect();
    second.speak(60_000, { ...well, 'heating/flow': '84' });
    expect(second.changes).toEqual([]);
  });

  it('what goes up and down about a limit: it is raised twice an hour at the most', () => {
    const run = runAlarms();
    run.connect();
    for (let minute = 0; minute < 240; minute += 2) {
      run.speak(60_000, { ...well, 'heating/flow': '81' });
      run.speak(60_000, { ...well, 'heating/flow': '78' });
    }
    const raised = run.changes.filter(({ kind }) => kind === 'raised').map(({ at }) => at);
    for (const [place, at] of raised.entries())
      expect(at - (raised[place - 2] ?? at - 3_600_000)).toBeGreaterThanOrEqual(3_600_000);
    expect(raised.length).toBe(2);
    expect(run.alarm('flow-high')).toMatchObject({ isHeld: true, phase: 'active' });
  });
});
