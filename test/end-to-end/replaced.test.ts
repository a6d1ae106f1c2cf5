import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listenOnLoopback } from '../helpers/brokers/tcp-server.ts';
import { builtProgram } from '../helpers/program/built-program.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-replaced-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A status that waits for a broker in vain, and has to load the form of its output after `change` of the program's parts. */
async function statusAfter(change: (parts: Buffer) => Uint8Array) {
  for (const name of ['hometui.cjs', 'hometui.parts']) {
    copyFileSync(join(dirname(builtProgram()), name), join(folder, name));
  }
  const parts = join(folder, 'hometui.parts');
  const server = createServer(socket => {
    socket.on('error', () => {});
    // CONNECT: all that a connection takes is loaded by now. In place, as scp and cp write.
    socket.once('data', () => writeFileSync(parts, change(readFileSync(parts))));
  });
  const port = await listenOnLoopback(server);
  const words = ['status', '-p', String(port), '-V', '5', '-t', '2', '--format', 'csv'];
  const env = { PATH: process.env.PATH, HOME: folder };
  const child = spawn(process.execPath, [join(folder, 'hometui.cjs'), ...words], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', chunk => {
    said += String(chunk);
  });
  child.stdout.resume();
  const [code] = await once(child, 'close');
  server.close();
  return { code, said };
}

const anotherBuild = (parts: Buffer): Buffer => {
  const other = Buffer.from(parts);
  other.write('another build', 3, 'latin1');
  return other;
};

describe('a program whose files are written over while it runs', () => {
  it.each([
    ['by those of another build', anotherBuild],
    ['by longer ones', (parts: Buffer) => Buffer.concat([anotherBuild(parts), Buffer.alloc(9, 'x')])],
    ['by a part of themselves', (parts: Buffer) => parts.subarray(0, 1_000)],
  ])(
    'says so where it needs more of them: %s',
    async (_, change) => {
      expect(await statusAfter(change)).toEqual({
        code: 70,
        said: 'hometui: another version was put in its place while it ran, and the rest of this one cannot be loaded\n  Start it again.\n',
      });
    },
    30_000,
  );

  it('goes on where they are the same', async () => {
    expect(await statusAfter(parts => parts)).toMatchObject({ code: 3, said: '' });
  }, 30_000);
});
