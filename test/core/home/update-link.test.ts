import { describe, expect, it } from 'vitest';
import { bannerOf, lockOf, mayWrite } from '../../../src/core/home/select.ts';
import { articleHouse, type HouseRun, runHouse } from '../../helpers/house/house-run.ts';
import {
  connected,
  deny,
  linkLost,
  livingHome,
  lockedHome,
  message,
  START,
  withEvents,
} from '../../helpers/ui/home.ts';

const asMaster = { type: 'login-changed', at: START + 700_000, user: 'master' } as const;

describe('another user', () => {
  it('is who we are from then on', () => {
    const home = withEvents(livingHome(10), asMaster);
    expect(home.session).toEqual({ ...livingHome(10).session, user: 'master' });
  });

  it('has the rights of its own: nothing proven of the one before counts', () => {
    const home = deny(livingHome(600), 'fan');
    expect(mayWrite(home, 'fan')).toBe(false);
    expect(mayWrite(withEvents(home, asMaster), 'fan')).toBeNull();
    expect(mayWrite(withEvents(home, { ...asMaster, user: 'monitor' }), 'fan')).toBe(false);
  });

  it('is whom the access control list is asked about', () => {
    expect(lockOf(lockedHome(), 'fan')).toContain('monitor may not write cellar/fan');
    expect(lockOf(withEvents(lockedHome(), asMaster), 'pump')).toContain('master may not write heating/pump');
  });
});

describe('a retained command', () => {
  it('is forgotten with the connection that found it: the next one looks again', () => {
    const found = withEvents(livingHome(10), message(START + 11_000, 'heating/pump', 'on', true));
    expect(bannerOf(found)?.text).toContain('A retained "on" on heating/pump');
    const lost = linkLost(found, 1_000);
    expect(bannerOf(lost)).toBeNull();
    const connecting = { type: 'link-changed', at: lost.at, link: { phase: 'connecting', attempt: 1 } } as const;
    const removed = withEvents(lost, connecting, connected(lost.at + 50));
    expect(bannerOf(removed)).toBeNull();
    const there = message(lost.at + 40, 'heating/pump', 'on', true);
    expect(bannerOf(withEvents(lost, connecting, there, connected(lost.at + 50)))?.cure).toContain('mosquitto_pub');
  });
});

describe('a refused topic filter', () => {
  const refuse = (run: HouseRun, filter: string): void =>
    run.dispatch({ type: 'filter-answered', at: run.state.at, filter, code: 0x87 });

  it("counts against us where the house needs it, and not for the broker's log", () => {
    const house = articleHouse();
    const { flow } = house.sensors;
    if (flow === undefined) throw new Error('the house has no flow');
    const run = runHouse({ ...house, sensors: { ...house.sensors, flow: { ...flow, topic: '$SYS/broker/uptime' } } });
    run.connect();
    refuse(run, '$SYS/broker/log/#');
    expect(run.state.denials).toEqual([]);
    refuse(run, '$SYS/broker/uptime');
    expect(run.state.denials).toMatchObject([{ access: 'subscribe', topic: '$SYS/broker/uptime' }]);
  });

  it('is no denial where it was left out, since a line that was cut twice looks the same', () => {
    const run = runHouse();
    run.connect();
    for (const filter of ['heating/pump/done', 'heating/flow', '$SYS/broker/log/#'])
      run.dispatch({ type: 'filter-left-out', at: run.state.at, filter });
    expect(run.state.denials).toEqual([]);
    expect(run.texts().filter(text => text.includes('is not heard'))).toEqual([
      'heating/pump/done is not heard: two connections were closed while it was asked for, by a broker that refuses it so or by the line; it is asked for again on the next connection',
      'heating/flow is not heard: two connections were closed while it was asked for, by a broker that refuses it so or by the line; it is asked for again on the next connection',
    ]);
    run.publish('pump', 'on');
    run.pass(5_000);
    expect(run.verdict('pump')).toMatchObject({ kind: 'not-confirmed' });
    expect(run.verdict('pump')?.cure).toBe(
      'No answer can be heard: heating/pump/done is left out, since two connections were closed while it was asked for',
    );
    run.reconnect();
    expect(run.state.unheardFilters.size).toBe(0);
  });
});

describe('the answer to a subscription', () => {
  it.each([
    [0, false],
    [2, false],
    [0x7f, false],
    [0x80, true],
    [0x87, true],
  ])('%i is a refusal: %s', (code, isRefusal) => {
    const run = runHouse();
    run.connect();
    run.dispatch({ type: 'filter-answered', at: run.state.at, filter: 'heating/flow', code });
    expect([run.state.denials.length, run.state.unheardFilters.get('heating/flow')]).toEqual(
      isRefusal ? [1, code] : [0, undefined],
    );
  });
});

describe('an attempt that fails', () => {
  const fail = (run: HouseRun, message: string): void => {
    const failure = { kind: 'unreachable', message, cure: 'Look.', code: null } as const;
    const link = { phase: 'waiting', failure, attempt: 1, retryAt: run.state.at } as const;
    run.dispatch({ type: 'link-changed', at: run.state.at, link });
  };
  const told = (run: HouseRun): readonly string[] =>
    run.state.journal.filter(({ kind }) => kind === 'link').map(({ text }) => text);

  it('as the one before is no news, and another way of failing is', () => {
    const run = runHouse();
    for (const message of ['refused', 'refused', 'no answer', 'refused']) fail(run, message);
    expect(told(run)).toEqual(['refused', 'no answer', 'refused']);
  });

  it('is news after a success, and whatever else was told meanwhile is none', () => {
    const run = runHouse();
    fail(run, 'refused');
    run.dispatch({ type: 'issue-found', at: run.state.at, issue: { severity: 'warning', message: 'other' } });
    fail(run, 'refused');
    expect(told(run)).toEqual(['refused']);
    run.connect();
    fail(run, 'refused');
    expect(told(run)).toHaveLength(3);
  });
});

describe('time that was skipped', () => {
  it('begins the listening anew where there is a link, and none where there is not', () => {
    const run = runHouse();
    const skip = (at: number) => run.dispatch({ type: 'time-skipped', at, skippedMs: 1_000 });
    skip(run.state.at + 1_000);
    expect(run.state.listeningSince).toBeNull();
    run.connect();
    skip(run.state.at + 60_000);
    expect(run.state.listeningSince).toBe(run.state.at);
  });

  it('is listened to again from the millisecond after the end of what was sent meanwhile', () => {
    const run = runHouse();
    run.dispatch({ type: 'backlog-ended', at: run.state.at });
    expect(run.state.listeningSince).toBeNull();
    run.connect();
    run.dispatch({ type: 'backlog-ended', at: run.state.at + 5 });
    expect(run.state.listeningSince).toBe(run.state.at + 1);
  });
});
