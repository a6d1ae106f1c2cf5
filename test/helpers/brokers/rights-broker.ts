import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdtemp, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrokerUsers } from './broker-rights.ts';
import { freePort } from './mosquitto.ts';

const START_TIMEOUT_MS = 30_000;

/** A broker of test/fixtures/brokers: it reads users and rights anew at each question. */
export interface RightsBroker {
  readonly port: number;
  readonly url: string;
  /** Other users and rights; they hold from now on, and connections stay. */
  readonly change: (users: BrokerUsers) => Promise<void>;
  /** Ends it as a power cut would, and starts it again on the same port. */
  readonly restart: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts `COMMAND… PORT RIGHTS` on a free loopback port. Always `await broker.close()`. */
export async function startRightsBroker(command: readonly string[], users: BrokerUsers): Promise<RightsBroker> {
  const folder = await mkdtemp(join(tmpdir(), 'hometui-rights-'));
  const rights = join(folder, 'rights.json');
  const port = await freePort();
  const change = async (next: BrokerUsers): Promise<void> => {
    // Never half a file under the broker's eyes.
    await writeFile(`${rights}.new`, JSON.stringify(next));
    await rename(`${rights}.new`, rights);
  };
  await change(users);
  let child = await launch([...command, String(port), rights]);
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const closed = once(child, 'close');
    child.kill('SIGKILL');
    await closed;
  };
  return {
    port,
    url: `mqtt://127.0.0.1:${port}`,
    change,
    restart: async () => {
      await stop();
      child = await launch([...command, String(port), rights]);
    },
    close: async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Resolves when the program has said `ready`. */
async function launch([program = '', ...args]: readonly string[]): Promise<ChildProcess> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  child.once('close', () => running.delete(child));
  let said = '';
  await new Promise<void>((resolve, reject) => {
    const fail = (): void => {
      clearTimeout(limit);
      child.kill('SIGKILL');
      reject(new Error(`${program} does not start:\n${said}`));
    };
    const limit = setTimeout(fail, START_TIMEOUT_MS);
    const listen = (chunk: Buffer): void => {
      said = `${said}${chunk}`.slice(-4_000);
      if (!/^ready$/m.test(said)) return;
      clearTimeout(limit);
      child.off('close', fail);
      resolve();
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.once('close', fail);
    child.once('error', fail);
  });
  return child;
}
