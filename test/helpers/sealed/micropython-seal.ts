import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { SEAL_MODULE } from '../../../src/core/device-files/seal-module.ts';

const SCRIPT = new URL('../../fixtures/sealed/on-micropython.py', import.meta.url).pathname;
/** Within this an answer comes, ms. */
const ANSWER_LIMIT_MS = 20_000;

/** `seal.py` at work on a real MicroPython, in a folder of its own that stands for the board's flash. */
export interface SealOnBoard {
  readonly ask: (question: Readonly<Record<string, unknown>>) => Promise<unknown>;
  readonly close: () => Promise<void>;
}

/** Starts it; `folder` is kept from one start to the next as the flash of a board is. */
export function startSeal(program: string, folder: string): SealOnBoard {
  writeFileSync(join(folder, 'seal.py'), SEAL_MODULE);
  const child = spawn(program, [SCRIPT], { cwd: folder, stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.on('data', chunk => {
    said += String(chunk);
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    ask: async question => {
      child.stdin.write(`${JSON.stringify(question)}\n`);
      const limit = AbortSignal.timeout(ANSWER_LIMIT_MS);
      const late = once(limit, 'abort').then(() => Promise.reject(new Error(`no answer: ${said}`)));
      const line = await Promise.race([lines.next(), late]);
      if (line.done === true) throw new Error(`it has ended: ${said}`);
      return JSON.parse(line.value);
    },
    close: async () => {
      if (child.exitCode !== null) return;
      const ended = once(child, 'close');
      child.kill('SIGKILL');
      await ended;
    },
  };
}
