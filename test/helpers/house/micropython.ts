import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { requireProgram } from '../require-program.ts';
import { articlePasswords } from './article-house.ts';

const DEVICE = new URL('../../fixtures/micropython/device.py', import.meta.url).pathname;

/** The real MicroPython, of `HOMETUI_TEST_MICROPYTHON` or on PATH; `null` where it is missing, which is said loudly. */
export function requireMicroPython(): string | null {
  return process.env.HOMETUI_TEST_MICROPYTHON ?? requireProgram('micropython');
}

/** What a device of this kind does otherwise than it should. */
export type BoardBehaviour = 'normal' | 'spelling' | 'unit' | 'words' | 'retained' | 'silent' | 'resets';

/** A program that runs on MicroPython. */
export interface Board {
  readonly freeze: () => void;
  /** Cuts the power, as far as the system allows: it closes the connection. Resolves when it is gone. */
  readonly kill: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts the heating controller as the user `heating`; resolves when it has subscribed its commands. */
export async function startBoard(
  program: string,
  port: number,
  behaviour: BoardBehaviour = 'normal',
  clientId = 'esp-heating',
): Promise<Board> {
  const words = [DEVICE, String(port), 'heating', articlePasswords.heating ?? '', clientId, behaviour];
  const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  let said = '';
  child.stderr?.on('data', chunk => {
    said += String(chunk);
  });
  const ended = once(child, 'close').then(() => {
    running.delete(child);
    said += ' (it has ended)';
  });
  await Promise.race([
    once(child.stdout ?? child, 'data'),
    ended.then(() => Promise.reject(new Error(`the board did not start: ${said}`))),
  ]);
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  return { freeze: () => void child.kill('SIGSTOP'), kill, close: kill };
}
