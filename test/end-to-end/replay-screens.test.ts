import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withDoor } from '../../src/core/simulation/door.ts';
import { historyFolder } from '../../src/io/history-store/place.ts';
import { closeAfterEach } from '../helpers/close-after-each.ts';
import { openNight, type RecordedNight } from '../helpers/history/recorded-night.ts';
import { PROGRAM } from '../helpers/program/hometui.ts';
import { type PtyProgram, startInPty } from '../helpers/terminal/pty.ts';
import { article, message } from '../helpers/ui/home.ts';

process.env.TZ = 'UTC';

const EVENING = Date.UTC(2026, 0, 11, 21, 0, 0);
const PORT = 18_841;

let home = '';
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'hometui-screens-'));
  const house = withDoor(article());
  writeFileSync(join(home, 'house.json'), JSON.stringify(house));
  const folder = historyFolder({ XDG_STATE_HOME: home }, 'Home', { host: '127.0.0.1', port: PORT }) ?? '';
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const night = await openNight(folder, EVENING, { house, watches: true });
  const ring = (): void => night.dispatch(message(night.clock.now(), 'door/bell', 'ring'));
  await night.pass(1);
  ring();
  await night.pass(3);
  ring();
  await night.pass(1);
  night.setVoice('heating', false);
  sayHot(night, 2);
  night.setVoice('heating', true);
  await night.pass(3);
  await night.end();
}, 60_000);
afterAll(() => rmSync(home, { recursive: true, force: true }));
const keep = closeAfterEach();

/** Minutes in which the flow is too hot. */
function sayHot({ clock, dispatch }: RecordedNight, minutes: number): void {
  for (let part = 0; part < 12 * minutes; part += 1) {
    dispatch(message(clock.now(), 'heating/flow', '93.4'));
    clock.advance(5_000);
  }
}

async function replayFrom(when: string): Promise<PtyProgram> {
  const args = ['replay', '-h', '127.0.0.1', '-p', String(PORT), '--house', join(home, 'house.json')];
  const options = {
    args: [PROGRAM, ...args, '--at', `2026-01-11T${when}Z`, '--speed', '1'],
    env: { XDG_STATE_HOME: home, TZ: 'UTC' },
  };
  const program = keep(await startInPty(process.execPath, options));
  await program.waitFor(screen => headerOf(screen).includes(` ${when}:`));
  program.write(' ');
  await program.waitFor(screen => headerOf(screen).includes('paused'));
  return program;
}

const headerOf = (screen: string): string => screen.split('\n')[0] ?? '';

async function goTo(program: PtyProgram, when: string): Promise<void> {
  program.write('g');
  await program.waitFor('Go to: ');
  program.write(`2026-01-11 ${when}`);
  await program.waitFor(`Go to: 2026-01-11 ${when}`);
  program.write('\r');
  await program.waitFor(screen => headerOf(screen).includes(` ${when}:00`));
}

describe('in a replay', () => {
  it('v shows who had rung by then, and nobody who rang later', async () => {
    const program = await replayFrom('21:02');
    program.write('v');
    const first = await program.waitFor(/Visitors[\s\S]*21:01:\d\d .*Door bell/);
    expect(first).not.toContain('21:04:');
    await goTo(program, '21:05');
    await program.waitFor(/21:04:\d\d .*Door bell/);
    await goTo(program, '21:03');
    const back = await program.waitFor(/Visitors[\s\S]*21:01:\d\d .*Door bell/);
    expect(back).not.toContain('21:04:');
    await goTo(program, '21:01');
    await program.waitFor(screen => !/21:(01|04):\d\d .*Door bell/.test(screen));
    program.write('q');
    expect((await program.exit).code).toBe(0);
  }, 40_000);

  it('a shows the alarms of then, which nobody can acknowledge now', async () => {
    const program = await replayFrom('21:02');
    program.write('a');
    const calm = await program.waitFor(/Alarms [\s\S]*These are the alarms of this time, as they were judged then/);
    expect(calm).toContain('Nothing was known to be wrong');
    expect(calm).not.toMatch(/watches|to acknowledge/);
    await goTo(program, '21:06');
    await program.waitFor(/2 to acknowledge[\s\S]*Flow above 90/);
    program.write('A');
    await program.waitFor(/past/);
    expect(program.screen()).toContain('2 to acknowledge');
    await goTo(program, '21:03');
    await program.waitFor(/Nothing was known to be wrong/);
    program.write('q');
    expect((await program.exit).code).toBe(0);
  }, 40_000);
});
