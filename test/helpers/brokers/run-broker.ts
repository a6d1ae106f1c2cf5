import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mosquittoProgram } from './try-start.ts';

export { mosquittoProgram };

const LIMIT_MS = 5_000;

/** A broker that runs on a conf of its own. */
export interface RunningBroker {
  /** What it has said so far. */
  readonly log: () => string;
  readonly close: () => Promise<void>;
}

/** Starts the broker that the tests are run with on a conf that is there, and resolves when it runs. */
export async function runBroker(conf: string): Promise<RunningBroker> {
  const child = spawn(mosquittoProgram(), ['-c', conf], { stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  const closed = once(child, 'close');
  await new Promise<void>((resolve, reject) => {
    const fail = (): void => reject(new Error(`mosquitto does not run on ${conf}:\n${log}`));
    const limit = setTimeout(fail, LIMIT_MS);
    const read = (chunk: unknown): void => {
      log += String(chunk);
      if (!/mosquitto version \S+ running/.test(log)) return;
      clearTimeout(limit);
      resolve();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('close', fail);
  });
  return {
    log: () => log,
    close: async () => {
      // A SIGTERM between its word and its loop would be lost.
      child.kill('SIGKILL');
      await closed;
    },
  };
}
