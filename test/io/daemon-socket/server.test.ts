import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pauseThread, systemClock } from '../../../src/io/clock.ts';
import { askDaemonSocket } from '../../../src/io/daemon-socket/client.ts';
import { socketFile } from '../../../src/io/daemon-socket/place.ts';
import { type DaemonSocket, openDaemonSocket } from '../../../src/io/daemon-socket/server.ts';
import { closeAfterEach } from '../../helpers/close-after-each.ts';

const clock = systemClock();
const keep = closeAfterEach();
let place: string;
let folder: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'hometui-socket-'));
  folder = join(place, 'history');
  mkdirSync(folder, { mode: 0o700 });
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

const ask = (question = 'who?\n') => askDaemonSocket(folder, question, clock);

async function open(answer: (question: string) => string | null = said => `you said ${said}\n`): Promise<DaemonSocket> {
  const opened = await openDaemonSocket(folder, answer);
  if (!opened.ok) throw new Error(opened.error.issue.message);
  return keep(opened.value);
}

const refusal = async () => {
  const opened = await openDaemonSocket(folder, () => null);
  return opened.ok ? null : [opened.error.isTaken, opened.error.issue.message.replace(folder, '')];
};

describe('the socket of a daemon', () => {
  it('answers a line, is for its user alone, and goes with it', async () => {
    expect(await ask()).toEqual({ kind: 'nobody' });
    const socket = await open();
    expect(statSync(socketFile(folder)).mode & 0o777).toBe(0o600);
    expect(await ask()).toEqual({ kind: 'answered', lines: ['you said who?'] });
    expect(await Promise.all([ask('a\n'), ask('b\n')])).toEqual(
      ['a', 'b'].map(said => ({ kind: 'answered', lines: [`you said ${said}`] })),
    );
    await socket.close();
    expect(existsSync(socketFile(folder))).toBe(false);
    expect(await ask()).toEqual({ kind: 'nobody' });
  });

  it('carries an answer of some megabytes whole', async () => {
    const line = 'x'.repeat(5_000_000);
    await open(() => `${line}\n`);
    const asked = await ask();
    expect(asked.kind === 'answered' && asked.lines[0] === line).toBe(true);
  });

  it('is reached in a folder whose path is too long for an address', async () => {
    folder = join(place, 'h'.repeat(200));
    mkdirSync(folder, { mode: 0o700 });
    const socket = await open();
    expect(lstatSync(socketFile(folder)).isSocket()).toBe(true);
    expect(await ask()).toMatchObject({ kind: 'answered' });
    expect(await refusal()).toEqual([true, 'another daemon answers on /daemon.sock']);
    await socket.close();
    expect(existsSync(socketFile(folder))).toBe(false);
  });

  it('takes the place of one that a killed daemon has left, and of no other', async () => {
    const script = `require('net').createServer().listen(${JSON.stringify(socketFile(folder))}, () => process.kill(process.pid, 9))`;
    spawnSync(process.execPath, ['-e', script]);
    expect(lstatSync(socketFile(folder)).isSocket()).toBe(true);
    expect(await ask()).toEqual({ kind: 'nobody' });
    await open();
    expect(await ask()).toMatchObject({ kind: 'answered' });
    expect(await refusal()).toEqual([true, 'another daemon answers on /daemon.sock']);
  });

  it.each([
    ['a file', () => writeFileSync(socketFile(folder), 'mine')],
    ['a folder', () => mkdirSync(socketFile(folder))],
    ['a link', () => symlinkSync(join(place, 'elsewhere'), socketFile(folder))],
  ])('leaves %s where it is', async (_, make) => {
    make();
    expect(await refusal()).toEqual([false, '/daemon.sock is no socket']);
    expect(lstatSync(socketFile(folder)).isSocket()).toBe(false);
    expect(await ask()).toEqual({ kind: 'foreign' });
  });

  it.runIf(process.geteuid?.() === 0)('neither removes nor asks one of another user', async () => {
    await open();
    chownSync(socketFile(folder), 12_345, 12_345);
    expect(await refusal()).toEqual([false, '/daemon.sock belongs to another user']);
    expect(await ask()).toEqual({ kind: 'foreign' });
  });

  it('says what the system says where there can be none', async () => {
    folder = join(place, 'not-there');
    expect(await refusal()).toEqual([false, expect.stringContaining('there is no socket at /daemon.sock: ')]);
  });

  it('takes an answer that came while whoever asked was busy', async () => {
    const script = `require('net').createServer(s => s.on('data', () => s.end('yes\\n'))).listen(${JSON.stringify(socketFile(folder))}, () => console.log())`;
    const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(child, 'close');
    keep({
      close: async () => {
        child.kill('SIGKILL');
        await ended;
      },
    });
    await once(child.stdout, 'data');
    for (const turns of [0, 1, 2]) {
      const asked = ask();
      for (let turn = 0; turn < turns; turn += 1) await new Promise(resolve => setImmediate(resolve));
      pauseThread(400);
      expect(await asked, `${turns} turns`).toEqual({ kind: 'answered', lines: ['yes'] });
    }
  });

  it('does not wait for who does not answer', async () => {
    const mute = createServer(() => {}).listen(socketFile(folder));
    keep({ close: () => mute.close() });
    await new Promise(resolve => mute.once('listening', resolve));
    const startedAt = performance.now();
    expect(await ask()).toEqual({ kind: 'silent' });
    expect(performance.now() - startedAt).toBeGreaterThan(250);
  });

  it('ends the talk with who asks too much or asks nothing that it knows', async () => {
    await open(said => (said === 'known' ? 'yes\n' : null));
    expect(await ask('unknown\n')).toEqual({ kind: 'answered', lines: [] });
    const socket = connect(socketFile(folder));
    socket.on('error', () => {});
    socket.write('x'.repeat(200_000));
    await new Promise(resolve => socket.once('close', resolve));
    expect(await ask('known\n')).toEqual({ kind: 'answered', lines: ['yes'] });
  });
});
