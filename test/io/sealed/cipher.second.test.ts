import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { sealedText } from '../../../src/core/sealed/sealed-text.ts';
import { createCipher } from '../../../src/io/sealed/cipher.ts';
import { requireProgram } from '../../helpers/require-program.ts';

const SCRIPT = new URL('second.py', import.meta.url).pathname;
/** `HOMETUI_SEALED_ROUNDS=100000` tries more of them. */
const ROUNDS = Number(process.env.HOMETUI_SEALED_ROUNDS ?? 2_000);

const python = requireProgram('python3');
const hasLibrary = python !== null && spawnSync(python, ['-c', 'import cryptography']).status === 0;
if (python !== null && !hasLibrary) requireProgram('python3-cryptography');

describe.runIf(hasLibrary)('a second implementation, in Python by its cryptography', () => {
  it('makes the same tokens of random keys, topics and texts, and opens ours', { timeout: 600_000 }, async () => {
    const child = spawn(python ?? '', [SCRIPT], { stdio: ['pipe', 'pipe', 'inherit'] });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    let different = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const key = randomBytes(32);
      const iv = randomBytes(16);
      const topic = `room ${randomBytes(round % 7).toString('hex')}/ä${round}`;
      const made = {
        boot: round,
        counter: round * 7,
        id: String(round % 5),
        value: randomBytes(round % 90).toString('base64'),
      };
      const text = sealedText(made);
      const token = createCipher(key, () => iv).seal(topic, made);
      child.stdin.write(
        `${JSON.stringify({ key: key.toString('hex'), iv: iv.toString('hex'), topic, text, token })}\n`,
      );
      const { value } = await lines.next();
      const [theirs, opened] = JSON.parse(value ?? '[]') as [string, string | null];
      if (theirs !== token || opened !== text) different += 1;
    }
    child.stdin.end();
    expect(different).toBe(0);
  });
});
