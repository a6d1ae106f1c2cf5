import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { findProgram } from '../require-program.ts';

const LIMIT_MS = 5_000;

/** What became of a broker that was started on a conf. */
export interface StartOutcome {
  readonly starts: boolean;
  /** `null` where it started: it was killed then. */
  readonly exitCode: number | null;
  readonly log: string;
}

/** The broker that tests try: `HOMETUI_TEST_MOSQUITTO`, else the one that is installed; empty where there is none. */
export function mosquittoProgram(): string {
  return process.env.HOMETUI_TEST_MOSQUITTO ?? findProgram('mosquitto') ?? '';
}

/** Which line of mosquitto that is. */
export function mosquittoLine(): '2.0' | '2.1' {
  const { stdout } = spawnSync(mosquittoProgram(), ['-h'], { encoding: 'utf8' });
  return / version 2\.1\./.test(stdout ?? '') ? '2.1' : '2.0';
}

/** Starts the broker on a conf, which must log to standard error, and ends it again. */
export async function tryStart(conf: string): Promise<StartOutcome> {
  const child = spawn(mosquittoProgram(), ['-c', conf], { stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  const closed = once(child, 'close');
  const running = new Promise<boolean>(resolve => {
    const read = (chunk: unknown): void => {
      log += String(chunk);
      if (/mosquitto version \S+ running/.test(log)) resolve(true);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
  });
  try {
    const starts = await Promise.race([running, closed.then(() => false), timeout(() => log)]);
    // A SIGTERM between the line and the broker's loop is lost: it sets a flag that the loop sets anew.
    if (starts) child.kill('SIGKILL');
    await closed;
    return { starts, exitCode: child.exitCode, log };
  } finally {
    child.kill('SIGKILL');
  }
}

function timeout(log: () => string): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`mosquitto neither runs nor ends: ${log()}`)), LIMIT_MS).unref();
  });
}
