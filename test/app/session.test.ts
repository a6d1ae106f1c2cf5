import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type HomeSession, openSession, type SessionSetup, type Source } from '../../src/app/session.ts';
import { aclSource } from '../../src/app/sources/acl-source.ts';
import { logSource } from '../../src/app/sources/log-source.ts';
import type { HomeState } from '../../src/core/home/state/state.ts';
import { getRow } from '../../src/core/home/state/table.ts';
import { createHouse } from '../../src/core/house/house.ts';
import type { EmbeddedBroker } from '../../src/io/broker/broker.ts';
import { systemClock } from '../../src/io/clock.ts';
import { articleHouse, linkAs, openDemoBroker, passwordOf } from '../helpers/brokers/demo-broker.ts';
import { connected, emptyHome, message, START, withEvents } from '../helpers/ui/home.ts';

let broker: EmbeddedBroker;
let folder: string;
const open: HomeSession[] = [];

beforeAll(async () => {
  broker = await openDemoBroker();
  folder = mkdtempSync(join(tmpdir(), 'hometui-session-'));
});
afterEach(async () => {
  for (const session of open.splice(0)) await session.close();
});
afterAll(async () => {
  await broker.close();
  rmSync(folder, { recursive: true, force: true });
});

function openAs(user: string, more: Partial<SessionSetup> = {}): HomeSession {
  const connection = linkAs(broker.url, user, { protocolVersion: '311' });
  const setup = { connection, house: createHouse(articleHouse), clock: systemClock(), random: Math.random };
  const session = openSession({ ...setup, ...more });
  open.push(session);
  return session;
}

async function until(session: HomeSession, isSo: (state: HomeState) => boolean): Promise<HomeState> {
  await expect.poll(() => isSo(session.store.getState()), { timeout: 5_000, interval: 10 }).toBe(true);
  return session.store.getState();
}

describe('openSession', () => {
  it('connects, ticks, sends a command and hears of its end', async () => {
    const session = openAs('monitor');
    const { at } = await until(session, state => state.link.phase === 'connected');
    session.store.dispatch({ type: 'switch-requested', at, switchId: 'pump', target: 'on' });
    const state = await until(session, ({ switches }) => getRow(switches, 'pump')?.verdict != null);
    expect(getRow(state.switches, 'pump')?.verdict?.kind).toBe('not-confirmed');
    expect(state.at).toBeGreaterThan(at);
  });

  it('waits for the password where it is told to', async () => {
    const session = openAs('master', {
      connection: { ...linkAs(broker.url, 'master', { protocolVersion: '311' }), password: null },
      waitsForPassword: true,
    });
    await new Promise(resolve => setImmediate(resolve));
    expect(session.store.getState().link.phase).toBe('idle');
    session.setPassword('wrong');
    await until(session, state => state.link.phase === 'refused');
    session.setPassword(passwordOf('master'));
    await until(session, state => state.link.phase === 'connected');
  });

  it('logs in as another user, and knows from then on who it is', async () => {
    const { session: who, ...rest } = linkAs(broker.url, 'monitor', { protocolVersion: '311' });
    const session = openAs('monitor', {
      connection: { ...rest, session: { ...who, user: null }, password: null },
      waitsForPassword: true,
    });
    session.setPassword('wrong', 'monitor');
    const refused = await until(session, state => state.link.phase === 'refused');
    expect(refused.denials[0]).toMatchObject({ user: 'monitor', detail: expect.stringContaining('login as monitor') });
    session.setPassword(passwordOf('master'), 'master');
    const state = await until(session, ({ link }) => link.phase === 'connected');
    expect(state.session.user).toBe('master');
  });

  it('says that a command without a link was not sent, and sends it never', async () => {
    const session = openAs('master', { waitsForPassword: true });
    const { at } = session.store.getState();
    session.store.dispatch({ type: 'switch-requested', at, switchId: 'fan', target: 'on' });
    const state = await until(session, ({ switches }) => getRow(switches, 'fan')?.verdict != null);
    expect(getRow(state.switches, 'fan')?.verdict?.kind).toBe('not-sent');
  });

  it('closes its sources and its link', async () => {
    let closed = 0;
    const close = (): void => {
      closed++;
    };
    const session = openAs('monitor', { sources: [() => ({ close })] });
    await until(session, state => state.link.phase === 'connected');
    await Promise.all([session.close(), session.close()]);
    expect([closed, session.store.getState().link.phase]).toEqual([1, 'closed']);
  });

  it('reads the ACL file, again when it changes, and says when it cannot', async () => {
    const file = join(folder, 'acl');
    writeFileSync(file, 'user monitor\ntopic read #\n');
    const session = openAs('monitor', { sources: [aclSource(file, systemClock())] });
    expect(session.store.getState().acl?.sections.map(section => section.user)).toEqual(['monitor']);
    writeFileSync(file, 'user monitor\ntopic read #\nuser other\ntopic read #\n');
    await until(session, state => state.acl?.sections.length === 2);
    rmSync(file);
    const state = await until(session, ({ acl }) => acl === null);
    expect(state.issues.map(issue => issue.message)).toEqual([expect.stringContaining('there is no such file')]);
  });

  it('has caught up when each of its sources has told what stood there before', async () => {
    let tell = (): void => {};
    const log: Source = () => ({
      close: () => {},
      caughtUp: new Promise(resolve => {
        tell = resolve;
      }),
    });
    const session = openAs('monitor', { sources: [log, () => ({ close: () => {} })] });
    const later = new Promise(resolve => setTimeout(resolve, 20)).then(() => 'not yet');
    expect(await Promise.race([session.caughtUp, later])).toBe('not yet');
    tell();
    await session.caughtUp;
  });

  it('asks who listened before again where that does not answer at once, until it does', async () => {
    const heard = withEvents(emptyHome(), connected(START), message(START + 1, 'heating/flow', '54.3'));
    let asked = 0;
    const session = openAs('monitor', {
      // At the start, when we listen, and once more.
      askPast: async () => {
        asked += 1;
        return asked < 3 ? 'not-now' : { state: heard, askedAt: session.store.getState().at };
      },
    });
    const state = await until(session, ({ readings }) => getRow(readings, 'flow')?.value === 54.3);
    expect([asked, state.listeningSince]).toEqual([3, START]);
  });

  it("follows the broker's log", async () => {
    const file = join(folder, 'log');
    writeFileSync(file, '');
    const session = openAs('monitor', { sources: [logSource(file, systemClock())] });
    const line = "Denied PUBLISH from phone (d0, q1, r0, m1, 'heating/pump', ... (2 bytes))";
    writeFileSync(file, `${Math.floor(Date.now() / 1_000)}: ${line}\n`);
    const state = await until(session, ({ denials }) => denials.length > 0);
    expect(state.denials[0]).toMatchObject({ evidence: 'logged', client: 'phone', topic: 'heating/pump' });
  });
});
