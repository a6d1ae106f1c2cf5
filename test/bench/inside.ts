import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pause } from './processes.ts';

/** What a console can be asked that was started with `insideArgs`; inside.cjs says what each answer is. */
interface Answers {
  readonly heap: { readonly heapUsed: number; readonly external: number };
  readonly hurry: true;
  readonly calm: true;
  readonly blocks: readonly number[];
}

/** Stand between `node` and the program that is to be asked. */
export const insideArgs: readonly string[] = ['-r', resolve('test/bench/inside.cjs')];

const ANSWER_LIMIT_MS = 30_000;

/** Asks a console of which process identifier and HOME are told. */
export async function askInside<Question extends keyof Answers>(
  { pid, home }: { readonly pid: number; readonly home: string },
  question: Question,
): Promise<Answers[Question]> {
  const answer = join(home, 'answer');
  const deadline = performance.now() + ANSWER_LIMIT_MS;
  writeFileSync(join(home, 'question'), question);
  process.kill(pid, 'SIGUSR2');
  while (!existsSync(answer)) {
    if (performance.now() > deadline) throw new Error(`the console did not answer what was asked: ${question}`);
    await pause(10);
  }
  const text = readFileSync(answer, 'utf8');
  rmSync(answer);
  return JSON.parse(text);
}
