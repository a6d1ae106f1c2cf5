import { describe, expect, it } from 'vitest';
import { parseLogLine } from '../../../../src/core/mosquitto/log/log-line.ts';
import { runAlarms } from '../../../helpers/house/alarm-run.ts';

function live() {
  const run = runAlarms();
  run.connect();
  const log = (words: string, isPast = false): void => {
    const entry = parseLogLine(`${Math.floor(run.state.at / 1_000)}: ${words}`);
    if (entry === null) throw new Error(words);
    run.dispatch({ type: 'log-line-read', at: run.state.at, entry, source: 'file', isPast });
  };
  const deny = (topic: string): void => log(`Denied PUBLISH from heating (d0, q1, r0, m1, '${topic}', ... (1 bytes))`);
  log("New client connected from 10.0.0.1:40102 as heating (p5, c1, k60, u'heating').");
  return { run, log, deny };
}

describe('a denial', () => {
  it('is an alarm at once, for ten minutes and the minute after', () => {
    const { run, deny } = live();
    deny('x');
    expect(run.news()).toEqual(['raised denial']);
    expect(run.alarm('denial')).toMatchObject({ value: 'once', cure: expect.stringContaining('topic write x') });
    run.pass(659_000);
    expect(run.news()).toEqual([]);
    run.pass(1_000);
    expect(run.news()).toEqual(['returned denial']);
  });

  it('that was acknowledged is told again where it is another one, and not where it is the same', () => {
    const { run, deny } = live();
    deny('x');
    run.watch.act(['denial'], { kind: 'acknowledge', by: 'me' }, run.state.at);
    run.news();
    run.pass(5_000);
    deny('x');
    run.pass(1_000);
    expect(run.news()).toEqual([]);
    expect(run.alarm('denial')).toMatchObject({ phase: 'acknowledged', value: '2 times' });
    deny('y');
    expect(run.news()).toEqual(['repeated denial']);
    expect(run.changes.at(-1)?.text).toMatch(/^warning goes on: The broker denied somebody something \(.*y/);
  });
});

describe('a login that is refused', () => {
  it('is an alarm of its own, but for ours, which is that of the link', () => {
    const { run, log } = live();
    log('Client evil disconnected, not authorised.');
    expect(run.news()).toEqual(['raised login']);
    const failure = { kind: 'login-refused', message: 'refused', cure: 'C', code: 135 } as const;
    const own = live().run;
    own.dispatch({ type: 'link-changed', at: own.state.at, link: { phase: 'refused', failure, refusals: 1 } });
    own.pass(30_000);
    expect(own.news()).toEqual(['raised broker']);
    expect(own.alarm('broker')).toMatchObject({ detail: 'refused', cure: 'C' });
  });
});

describe('an access control list that is not in force', () => {
  it('is an alarm at once, until the broker has it again', () => {
    const { run, log } = live();
    log('Error: Unable to open acl_file "acl".');
    expect(run.news()).toEqual(['raised acl']);
    expect(run.alarm('acl')).toMatchObject({ priority: 'alarm', cure: expect.stringContaining('Mend the acl_file') });
    run.pass(5_000);
    log('Reloading config.');
    // A second after the reload the broker has not complained again.
    run.pass(60_000);
    expect(run.news()).toEqual([]);
    run.pass(1_000);
    expect(run.news()).toEqual(['returned acl']);
  });
});

describe('the link', () => {
  it('says nothing before the first attempt failed, and goes on while the next one is made', () => {
    const run = runAlarms();
    run.pass(120_000);
    expect(run.changes).toEqual([]);
    run.dispatch({ type: 'link-changed', at: run.state.at, link: { phase: 'connecting', attempt: 1 } });
    run.pass(120_000);
    expect(run.changes).toEqual([]);
    run.disconnect();
    run.pass(20_000);
    run.dispatch({ type: 'link-changed', at: run.state.at, link: { phase: 'connecting', attempt: 2 } });
    run.pass(9_000);
    expect(run.news()).toEqual([]);
    run.pass(1_000);
    expect(run.news()).toEqual(['raised broker']);
    run.dispatch({ type: 'link-changed', at: run.state.at, link: { phase: 'closed' } });
    run.pass(120_000);
    expect(run.alarm('broker')).toMatchObject({ phase: 'active', unwatched: 'there was no attempt to connect yet' });
  });
});

describe('a switch', () => {
  it('that says another position than it was told is an alarm, until it is told or moved anew', () => {
    const { run } = live();
    run.receive('heating/pump/done', 'off');
    run.publish('pump', 'on');
    run.pass(6_000);
    run.receive('heating/pump/done', 'off');
    expect(run.verdict('pump')?.kind).toBe('not-confirmed');
    run.speak(40_000, { 'heating/flow': '54', 'cellar/temperature': '14' });
    expect(run.news()).toEqual(['raised pump-elsewhere']);
    expect(run.alarm('pump-elsewhere')).toMatchObject({ value: 'off', detail: 'Pump was told on, and says off' });
    run.receive('heating/pump/done', 'on');
    run.speak(61_000, { 'heating/flow': '54', 'cellar/temperature': '14' });
    expect(run.news()).toEqual(['returned pump-elsewhere']);
  });

  it('that somebody else moves stands where it was told to', () => {
    const { run } = live();
    run.receive('heating/pump/done', 'off');
    run.publish('pump', 'on');
    run.receive('heating/pump/done', 'on');
    run.receive('heating/pump/done', 'off');
    run.speak(120_000, { 'heating/flow': '54', 'cellar/temperature': '14' });
    expect(run.changes).toEqual([]);
  });
});
