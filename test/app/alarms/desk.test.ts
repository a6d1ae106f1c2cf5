import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AlarmDesk, type AlarmDoor, openAlarmDesk } from '../../../src/app/alarms/desk.ts';
import { openHouseAlarms } from '../../../src/app/alarms/house-alarms.ts';
import { createStore } from '../../../src/app/store.ts';
import { createFakeClock } from '../../helpers/fake-clock.ts';
import { connected, emptyHome, message, START } from '../../helpers/ui/home.ts';

let folder: string;
const desks: AlarmDesk[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-desk-'));
});
afterEach(() => {
  for (const desk of desks.splice(0)) desk.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A console, and a daemon beside it that is asked through a door which may be shut. */
function open({ isThere = true } = {}) {
  const clock = createFakeClock(START);
  const [daemon, console] = [emptyHome(), emptyHome()].map(home => createStore(home, () => {}));
  if (daemon === undefined || console === undefined) throw new Error('there are two');
  for (const store of [daemon, console]) store.dispatch(connected(clock.now()));
  const watcher = openHouseAlarms({ store: daemon, clock, folder: null });
  const door = { isThere };
  const through: AlarmDoor = {
    ask: async known => (door.isThere ? asDaemon(watcher.replyTo(known)) : null),
    act: async (ids, act) => {
      if (!door.isThere) return null;
      watcher.act(ids, act);
      return asDaemon(watcher.replyTo({ change: null, revision: null }));
    },
  };
  const desk = openAlarmDesk({ store: console, clock, folder: null, door: through });
  desks.push(desk);
  const pass = async (seconds: number, flow: string | null = null): Promise<void> => {
    for (let second = 0; second < seconds; second += 1) {
      for (const store of [daemon, console]) {
        if (flow !== null && second % 5 === 0) store.dispatch(message(clock.now(), 'heating/flow', flow));
      }
      clock.advance(1_000);
      for (const store of [daemon, console]) store.dispatch({ type: 'ticked', at: clock.now() });
      await new Promise(resolve => setImmediate(resolve));
    }
  };
  const texts = (): readonly string[] =>
    console
      .getState()
      .journal.filter(({ kind }) => kind === 'alarm')
      .map(({ text }) => text);
  return { desk, door, pass, texts, alarms: () => console.getState().alarms, daemon };
}

function asDaemon(reply: ReturnType<ReturnType<typeof openHouseAlarms>['replyTo']>) {
  return { ...reply, book: reply.book === null ? null : ({ ...reply.book, source: 'daemon' } as const) };
}

describe('a console beside a daemon', () => {
  it('shows the alarms of the daemon within two seconds, and tells each change once', async () => {
    const { pass, texts, alarms } = open();
    await pass(5, '54');
    expect(alarms()).toMatchObject({ source: 'daemon' });
    await pass(40, '84');
    expect(alarms()?.alarms.get('flow-high')).toMatchObject({ phase: 'active' });
    expect(texts()).toEqual(['warning raised: Flow above 80.0 °C (84.0 °C, the limit is 80.0 °C)']);
  });

  it('has the daemon do what a person wants', async () => {
    const { desk, pass, texts, alarms, daemon } = open();
    await pass(45, '84');
    expect(await desk.act(['flow-high'], { kind: 'acknowledge', by: 'master' })).toBeNull();
    expect(alarms()?.alarms.get('flow-high')).toMatchObject({ phase: 'acknowledged', acknowledgedBy: 'master' });
    expect(daemon.getState().alarms?.alarms.get('flow-high')).toMatchObject({ phase: 'acknowledged' });
    await pass(5, '84');
    expect(texts().at(-1)).toBe('warning acknowledged by master: Flow above 80.0 °C');
    expect(texts().length).toBe(2);
  });

  it('judges by itself when the daemon has not answered three times, and no more when it is back', async () => {
    const { desk, door, pass, alarms } = open();
    await pass(5, '54');
    door.isThere = false;
    expect(await desk.act(['flow-high'], { kind: 'acknowledge', by: null })).toBe(
      'the daemon does not answer: nothing was done',
    );
    await pass(3, '54');
    expect(alarms()?.source).toBe('daemon');
    await pass(4, '54');
    expect(alarms()?.source).toBe('own');
    door.isThere = true;
    await pass(11, '54');
    expect(alarms()?.source).toBe('daemon');
  });
});

describe('a console without a daemon', () => {
  it('judges by itself from the begin on', async () => {
    const { desk, pass, alarms, texts } = open({ isThere: false });
    await pass(45, '84');
    expect(alarms()).toMatchObject({ source: 'own' });
    expect(await desk.act(['flow-high'], { kind: 'acknowledge', by: 'me' })).toBeNull();
    expect(alarms()?.alarms.get('flow-high')).toMatchObject({ phase: 'acknowledged' });
    expect(texts().length).toBe(2);
  });
});
