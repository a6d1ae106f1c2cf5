import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { historyFolder } from '../../src/io/history-store/place.ts';
import { listenOnLoopback } from '../helpers/brokers/tcp-server.ts';
import { closeAfterEach } from '../helpers/close-after-each.ts';
import { openNight } from '../helpers/history/recorded-night.ts';
import { PROGRAM, runHometui } from '../helpers/program/hometui.ts';
import { type PtyProgram, startInPty } from '../helpers/terminal/pty.ts';

process.env.TZ = 'UTC';

/** When the evening began that is seen again; an hour of it was recorded. */
const EVENING = Date.UTC(2026, 0, 11, 21, 0, 0);

const keep = closeAfterEach();
let home = '';
/** Where the broker would be. */
let port = 0;
/** Whoever connects there. */
let callers = 0;
const broker = createServer(socket => {
  callers += 1;
  socket.destroy();
});

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'hometui-replayed-'));
  port = await listenOnLoopback(broker);
  const folder = historyFolder({ XDG_STATE_HOME: home }, 'Home', { host: '127.0.0.1', port }) ?? '';
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const night = await openNight(folder, EVENING);
  await night.pass(20);
  night.setVoice('dhtclient', false);
  await night.pass(2);
  night.setVoice('dhtclient', true);
  night.dispatch({ type: 'switch-requested', at: night.clock.now(), switchId: 'pump', target: 'off' });
  await night.pass(10);
  night.dispatch({ type: 'filter-answered', at: night.clock.now(), filter: 'heating/return', code: 0x87 });
  await night.pass(10);
  await night.end();
  await night.pass(10);
  await night.begin();
  await night.pass(8);
  await night.end();
}, 60_000);
afterAll(async () => {
  await new Promise(resolve => broker.close(resolve));
  rmSync(home, { recursive: true, force: true });
});

const env = (): Record<string, string> => ({ XDG_STATE_HOME: home, TZ: 'UTC' });
const where = (): readonly string[] => ['-h', '127.0.0.1', '-p', String(port)];

async function replay(...args: readonly string[]): Promise<PtyProgram> {
  return replayOf(env(), ...args);
}

async function replayOf(of: Record<string, string>, ...args: readonly string[]): Promise<PtyProgram> {
  const options = { args: [PROGRAM, 'replay', ...where(), ...args], env: of };
  return keep(await startInPty(process.execPath, options));
}

const headerOf = (screen: string): string => screen.split('\n')[0] ?? '';
/** `21:10:00` of the header, in seconds of the day. */
function secondOf(screen: string): number {
  const [, hours, minutes, seconds] = /REPLAY .*?(\d\d):(\d\d):(\d\d)/.exec(headerOf(screen)) ?? [];
  return 3_600 * Number(hours) + 60 * Number(minutes) + Number(seconds);
}

async function goTo(program: PtyProgram, when: string): Promise<void> {
  program.write('g');
  await program.waitFor('Go to: ');
  program.write(when);
  await program.waitFor(`Go to: ${when}`);
  program.write('\r');
}

describe('hometui replay', () => {
  it('says that its history is gone when somebody removes it, and goes on when it is back', async () => {
    const other = join(home, 'other');
    cpSync(join(home, 'hometui'), join(other, 'hometui'), { recursive: true });
    const gone = 'The folder of the history is gone; Space goes on when it is back';
    const program = await replayOf({ ...env(), XDG_STATE_HOME: other }, '--at', '2026-01-11 21:35', '--speed', '30');
    await program.waitFor(screen => secondOf(screen) > 0);
    renameSync(join(other, 'hometui'), join(other, 'away'));
    // What is in the memory is shown to its end.
    await program.waitFor(gone, 40_000);
    const stands = secondOf(program.screen());
    // The next key takes the words away, and Space tries again.
    program.write('[');
    await program.waitFor(screen => !screen.includes(gone));
    program.write(' ');
    await program.waitFor(gone);
    expect(secondOf(program.screen())).toBe(stands);
    renameSync(join(other, 'away'), join(other, 'hometui'));
    program.write(' ');
    await program.waitFor(screen => secondOf(screen) > stands);
    program.write('q');
    expect(await program.exit).toMatchObject({ code: 0 });
  }, 90_000);

  it('shows what was, stops, goes on, goes faster, and to a moment; its keys switch nothing and reach nobody', async () => {
    const program = await replay('--at', '2026-01-11 21:10', '--speed', '1');
    await program.waitFor(screen =>
      /^ REPLAY {2}Sun 11 Jan 2026 21:10:\d\d {2}×1 {2}monitor@localhost/.test(headerOf(screen)),
    );
    await program.waitFor('All 4 values and 2 clients are live');
    program.write('p');
    await program.waitFor('This is the past: nothing can be switched in it');
    program.write('e');
    const told = await program.waitFor('A replay has no link to the broker: no topic is heard in it. q ends it');
    expect(headerOf(told)).toContain('REPLAY');
    program.write(' ');
    const paused = await program.waitFor(screen => headerOf(screen).includes('paused'));
    program.write(']]]]');
    program.write(' ');
    await program.waitFor(screen => headerOf(screen).includes('×30') && secondOf(screen) > secondOf(paused) + 20);
    program.write('[ ');
    await program.waitFor(screen => headerOf(screen).includes('paused'));
    await goTo(program, '2026-01-11 21:05');
    await program.waitFor(screen => headerOf(screen).includes(' 21:05:00'));
    program.write('!');
    await program.waitFor(screen => headerOf(screen).includes(' 21:20:') && screen.includes('dhtclient is stale'));
    program.write('l;');
    await program.waitFor('Pump off: confirmed');
    program.write(';');
    await program.waitFor('dhtclient is live again');
    program.write('l!');
    await program.waitFor('above 80');
    await goTo(program, '2026-01-11 21:31');
    await program.waitFor(screen => headerOf(screen).includes(' 21:31:00'));
    program.write('!');
    await program.waitFor(screen => headerOf(screen).includes(' 21:32:'));
    program.write('d');
    await program.waitFor('may not subscribe to heating/return');
    await goTo(program, '2026-01-11T21:46Z');
    await program.waitFor('Nobody listened here until 2');
    await goTo(program, 'soon');
    await program.waitFor('"soon" is not understood');
    // It stays to be mended: four letters are taken away.
    program.write('\u007f'.repeat(4));
    program.write('2026-01-11 20:00');
    await program.waitFor('Go to: 2026-01-11 20:00');
    program.write('\r');
    await program.waitFor('This is where the record begins');
    program.write('q');
    expect((await program.exit).code).toBe(0);
    expect(callers).toBe(0);
  });

  it('stands still where the record ends', async () => {
    const program = await replay('--at', '2026-01-11T22:00Z', '--speed', '1000');
    await program.waitFor(screen => headerOf(screen).includes('the record ends here'));
    // The header says so when the way there begins. A key that is pressed on it counts, and is another one.
    await program.waitFor('All 4 values and 2 clients are live');
    program.write(' ');
    await program.waitFor('This is where the record ends');
    program.write('\u001b');
    expect((await program.exit).code).toBe(0);
  });

  it('is seen from the console by H, and q leads back to the living house, where it was', async () => {
    const program = keep(await startInPty(process.execPath, { args: [PROGRAM, ...where()], env: env() }));
    await program.waitFor('no link');
    program.write('c');
    await program.waitFor('Serves');
    program.write('H');
    // The header says so when the way there begins; the line below is written when it is done, and would hide the next.
    await program.waitFor('This is where the record ends');
    program.write('p');
    await program.waitFor('This is the past: nothing can be switched in it');
    program.write('e');
    await program.waitFor('A replay has no link to the broker: no topic is heard in it. q ends it');
    program.write('q');
    await program.waitFor(screen => !headerOf(screen).includes('REPLAY') && screen.includes('Serves'));
    program.write('q');
    expect((await program.exit).code).toBe(0);
  });

  it('says so in a small terminal without colours, too', async () => {
    const options = {
      args: [PROGRAM, 'replay', ...where(), '--at', '2026-01-11 21:10', '--ascii'],
      env: { ...env(), NO_COLOR: '1' },
    };
    const program = keep(await startInPty(process.execPath, { ...options, columns: 40, rows: 15 }));
    await program.waitFor(screen => /^ REPLAY {2}Sun 11 Jan 21:1\d:\d\d {2}x60/.test(headerOf(screen)));
    program.write('\u0003');
    expect((await program.exit).code).toBe(0);
  });

  it.each([
    [['--at', 'soon'], 64, '--at does not understand "soon"'],
    [['--at', '2126-01-01'], 64, 'That is yet to come'],
    [['--speed', '0'], 64, '--speed'],
    [['now'], 64, 'does not know what to do with "now"'],
    [['-h', 'nowhere'], 3, 'nothing was recorded into'],
  ] as const)('%j is refused', async (args, code, words) => {
    const run = await runHometui(['replay', ...args], { env: env() });
    expect([run.code, run.stderr]).toEqual([code, expect.stringContaining(words)]);
  });
});
