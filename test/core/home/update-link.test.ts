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
