import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SEAL_MODULE } from '../../../src/core/device-files/seal-module.ts';
import { COMMAND_AGE, type SealedText } from '../../../src/core/sealed/sealed-text.ts';
import { HEADER } from '../../../src/core/sealed/token.ts';
import { createCipher } from '../../../src/io/sealed/cipher.ts';
import vectors from '../../fixtures/sealed/vectors.json' with { type: 'json' };
import { requireMicroPython } from '../../helpers/house/micropython.ts';
import { type SealOnBoard, startSeal } from '../../helpers/sealed/micropython-seal.ts';

const micropython = requireMicroPython();
const KEY = Uint8Array.from(Buffer.from(vectors.key, 'hex'));
const cipher = createCipher(KEY);
const hex = (text: string): string => Buffer.from(text).toString('hex');
const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Past the time of a command, also where more than ten messages a second let the counter run ahead. */
const LATER_MS = (COMMAND_AGE + 100) * 100;

let folder: string;
let board: SealOnBoard;

const start = async (): Promise<number> => {
  board = startSeal(micropython ?? '', folder);
  const { boot } = (await board.ask({ do: 'start', key: vectors.key })) as { boot: number };
  return boot;
};
const seal = async (topic: string, value: string, id = '0'): Promise<SealedText | null> =>
  cipher.open(topic, ascii((await board.ask({ do: 'seal', topic, value, id })) as string));
const openOn = (topic: string, token: string): Promise<unknown> => board.ask({ do: 'open', topic, hex: hex(token) });

it('is small enough for a board', () => {
  expect(SEAL_MODULE.length).toBeLessThanOrEqual(3_000);
  expect(SEAL_MODULE).toMatch(/^[\n\t -~]+$/);
});

describe.runIf(micropython !== null)('seal.py on a real MicroPython', () => {
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hometui-seal-'));
    await start();
  });
  afterEach(async () => {
    await board.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(vectors.tokens)('makes the vector of $topic', async ({ topic, text, token }) => {
    expect(await board.ask({ do: 'token', topic, text, iv: vectors.iv })).toBe(HEADER + token);
  });

  it('and Node read what the other has sealed', async () => {
    for (let round = 0; round < 100; round += 1) {
      const value = 'x'.repeat(round);
      const text = await seal('heating/flow', value, String(round));
      expect(text).toMatchObject({ boot: 1, id: String(round), value });
      const { counter } = text as SealedText;
      const command = cipher.seal('heating/pump', { boot: 1, counter, id: String(5_000 + round), value });
      // Eight at a time, as many as it remembers; those before are forgotten when they are too old to be taken.
      if (round % 8 === 0) await board.ask({ do: 'later', topic: '', ms: LATER_MS });
      const fresh = (await seal('heating/flow', 'x')) as SealedText;
      const again = cipher.seal('heating/pump', { boot: 1, counter: fresh.counter, id: String(5_000 + round), value });
      expect(await openOn('heating/pump', again)).toEqual([String(5_000 + round), value]);
      expect(await openOn('heating/pump', again)).toBeNull();
      expect(await openOn('heating/pump', command)).toBeNull();
    }
  });

  it('counts each start, tells the time in its counter, and never the same twice', async () => {
    const first = (await seal('heating/flow', '1')) as SealedText;
    const second = (await seal('heating/flow', '1')) as SealedText;
    await board.ask({ do: 'later', topic: '', ms: 60_000 });
    const third = (await seal('heating/flow', '1')) as SealedText;
    expect(second.counter).toBeGreaterThan(first.counter);
    expect(third.counter - second.counter).toBeGreaterThanOrEqual(598);
    for (const boot of [2, 3, 4]) {
      await board.close();
      expect(await start()).toBe(boot);
    }
  });

  it.each(['', 'x', '3 and more', '-1'])(
    'goes on from the file that is whole where a power cut left %j in the other',
    async text => {
      await board.close();
      expect(await start()).toBe(2);
      await board.close();
      const newest = join(folder, 'boot0');
      expect(readFileSync(newest, 'utf8')).toBe('2');
      writeFileSync(newest, text);
      expect(await start()).toBe(2);
    },
  );

  it.each<readonly [string, (now: SealedText) => SealedText, number]>([
    ['for another start', now => ({ ...now, boot: now.boot + 1 }), 0],
    ['for the start before', now => ({ ...now, boot: now.boot - 1 }), 0],
    ['that names a message that was never sent', now => ({ ...now, counter: now.counter + 50 }), 0],
    ['more than 30 s after the message that it names', now => now, LATER_MS],
  ])('takes no command %s', async (_, make, laterMs) => {
    const now = { ...((await seal('heating/flow', '1')) as SealedText), id: '77', value: 'on' };
    await board.ask({ do: 'later', topic: '', ms: laterMs });
    expect(await openOn('heating/pump', cipher.seal('heating/pump', make(now)))).toBeNull();
  });

  it('takes a command up to the last tenth of its time, once, and only on its topic', async () => {
    const now = { ...((await seal('heating/flow', '1')) as SealedText), id: '78', value: 'off' };
    const token = cipher.seal('heating/pump', now);
    await board.ask({ do: 'later', topic: '', ms: (COMMAND_AGE - 20) * 100 });
    expect(await openOn('heating/burner', token)).toBeNull();
    expect(await openOn('heating/pump', token)).toEqual(['78', 'off']);
    expect(await openOn('heating/pump', token)).toBeNull();
  });

  it.each(['', '.', 'on', '....', `${HEADER}....`, `${HEADER}..AA.AA.AA`, `${HEADER}..\u0000.ä.x`, '.'.repeat(300)])(
    'is not brought down by %j',
    async text => {
      expect(await openOn('heating/pump', text)).toBeNull();
    },
  );

  it('costs a board little', async () => {
    const cost = (await board.ask({ do: 'cost', topic: 'heating/flow' })) as {
      readonly module: number;
      readonly seal: { readonly us: number; readonly bytes: number };
      readonly open: { readonly us: number; readonly bytes: number };
    };
    process.stdout.write(`seal.py, ${SEAL_MODULE.length} bytes, on this MicroPython: ${JSON.stringify(cost)}\n`);
    // With words of 64 bits: on a board half of it.
    expect(cost.module).toBeLessThan(6_000);
    expect(cost.seal.bytes).toBeLessThan(4_096);
    expect(cost.open.bytes).toBeLessThan(5_000);
  });
});
