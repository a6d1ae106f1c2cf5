import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { endOfLineAt, readSinceLastStart, type SearchedPart } from '../../../src/io/log-tail/last-start.ts';

const RELOAD = '1795364453: Reloading config.';
const BROKEN = '1795364453: Error: Invalid line in acl_file "/etc/mosquitto/acl": Topic x.';
const BROKEN_TOO = '1795364453: Error opening acl file "/etc/mosquitto/acl".';
/** About 70 bytes each. */
const traffic = (lines: number): string[] =>
  Array.from({ length: lines }, (_, index) => `1795364454: Sending PINGRESP to a-client-with-a-name-${index}`);

let folder: string;
let handle: FileHandle | null = null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-words-'));
});
afterEach(async () => {
  await handle?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function read(lines: readonly string[], end?: number, part?: SearchedPart): Promise<readonly string[] | null> {
  const file = join(folder, 'log');
  const text = `${lines.join('\n')}\n`;
  writeFileSync(file, text);
  handle = await open(file, 'r');
  return readSinceLastStart(handle, end ?? Buffer.byteLength(text), part);
}

it('finds the words about the files wherever they stand, also on the edge of what is read at once', async () => {
  for (const after of [0, 10, 4_750, 4_760, 4_770, 4_780, 4_790, 20_000]) {
    const words = await read([...traffic(300), RELOAD, BROKEN, BROKEN_TOO, ...traffic(after)]);
    expect(words?.slice(0, 3), `${after} lines after`).toEqual([RELOAD, BROKEN, BROKEN_TOO]);
    await handle?.close();
    handle = null;
  }
});

it('finds them where the edge of what is read at once goes through the line', async () => {
  const tail = `${RELOAD}\n${BROKEN}\n`;
  for (let before = 0; before <= RELOAD.length + 1; before++) {
    const filler = 'x'.repeat(262_144 + before - Buffer.byteLength(tail) - 1);
    const words = await read([...traffic(300), RELOAD, BROKEN, filler]);
    expect(words?.slice(0, 2), `${before} bytes of the line before the edge`).toEqual([RELOAD, BROKEN]);
    await handle?.close();
    handle = null;
  }
});

it('tells that there is nothing from that it has not searched all', async () => {
  const lines = [RELOAD, BROKEN, ...traffic(9_000)];
  const size = Buffer.byteLength(`${lines.join('\n')}\n`);
  expect(await read(lines, size, { to: 1_000 })).toBeNull();
  expect((await read(lines, size, { from: 1_000 }))?.slice(0, 2)).toEqual([RELOAD, BROKEN]);
  expect(await read(lines, size, { isWanted: () => false })).toBeNull();
});

it('finds the end of a line, wherever in it one is', async () => {
  await read(['one', 'x'.repeat(9_000), 'three']);
  if (handle === null) throw new Error('no file is open');
  expect(await endOfLineAt(handle, 2, 9_011)).toBe(4);
  expect(await endOfLineAt(handle, 5, 9_011)).toBe(9_005);
  expect(await endOfLineAt(handle, 9_006, 9_008)).toBe(9_008);
});

it('takes the last start or reload, and nothing behind the end', async () => {
  const mended = [RELOAD, BROKEN, ...traffic(300), RELOAD, ...traffic(300)];
  expect((await read(mended))?.slice(0, 3)).toEqual([RELOAD, ...traffic(2)]);
  const started = [RELOAD, BROKEN, ...traffic(300), '1795364460: mosquitto version 2.0.11 running'];
  expect(await read(started)).toEqual(['1795364460: mosquitto version 2.0.11 running']);
  const first = [RELOAD, BROKEN, ...traffic(300)];
  const length = Buffer.byteLength(`${first.join('\n')}\n`);
  expect((await read([...first, RELOAD], length))?.slice(0, 2)).toEqual([RELOAD, BROKEN]);
});

it('is not fooled by a name that looks like a line', async () => {
  const client = 'x Reloading config.';
  const fake = [`1795364454: Client ${client} disconnected.`, '1795364454: Denied PUBLISH from 1: Reloading config.'];
  const words = await read([RELOAD, BROKEN, ...fake, ...traffic(20), ...fake]);
  expect(words?.slice(0, 2)).toEqual([RELOAD, BROKEN]);
});

it('finds nothing in an empty log and in one without such words', async () => {
  expect(await read([])).toEqual([]);
  expect(await read(traffic(5_000))).toEqual([]);
});
