import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fail, ok, type Result } from '../../core/result.ts';
import type { Clock } from '../clock.ts';
import { brokerUser } from './mosquitto-program.ts';

/** Where a rehearsal takes place. */
export interface Stage {
  /** A new folder of the system's for temporary files, absolute. */
  readonly folder: string;
  /** Loopback ports that nobody listens on. */
  readonly ports: readonly number[];
}

/** A broker that runs for a rehearsal. */
export interface RehearsalBroker extends Stage {
  /** What it has said so far. */
  readonly said: () => string;
  /** Ends it and removes its folder. */
  readonly close: () => Promise<void>;
}

export interface RehearsalOptions {
  /** The broker's program. */
  readonly program: string;
  /** How many ports it needs. */
  readonly ports: number;
  /** The files by their names in the folder; the conf is the one that the broker is started with. */
  readonly filesFor: (stage: Stage) => ReadonlyMap<string, Uint8Array>;
  readonly conf: string;
  /** The user that a broker started by root becomes; `null` for its usual one. */
  readonly user: string | null;
  readonly clock: Clock;
}

/** Why it did not start: in its own words. */
export interface StartFailure {
  /** `null` where it did not end, and did not come up in 10 s either. */
  readonly exitCode: number | null;
  readonly said: string;
}

/**
 * Runs a broker, and ends it and removes its folder when standard input ends: so no broker outlasts us, however we end.
 * Its own end is ours to see: the shell's code is the broker's. The shell says how the broker ended, to nobody by then.
 */
const SCRIPT = `trap '' PIPE; exec 3<&0; folder=$1; shift; (trap - PIPE; exec "$@") 3<&- & broker=$!
{ read -r _ <&3; kill "$broker"; } 2>/dev/null & reader=$!
wait "$broker"; code=$?; kill "$reader" 2>/dev/null; rm -rf -- "$folder"; exit "$code"`;

const START_LIMIT_MS = 10_000;
const END_LIMIT_MS = 3_000;
const LOOK_MS = 20;
const TRIES = 5;

/** Starts it and resolves when it listens. */
export async function startRehearsal(options: RehearsalOptions): Promise<Result<RehearsalBroker, StartFailure>> {
  for (let tried = 1; ; tried++) {
    const started = await startOnce(options);
    // Between finding a free port and using it somebody else may have taken it.
    const isTaken = !started.ok && started.error.said.includes('Address already in use');
    if (!isTaken || tried === TRIES) return started;
  }
}

async function startOnce(options: RehearsalOptions): Promise<Result<RehearsalBroker, StartFailure>> {
  const stage = await setStage(options);
  const conf = join(stage.folder, options.conf);
  const child = spawn('/bin/sh', ['-c', SCRIPT, 'sh', stage.folder, options.program, '-c', conf], {
    stdio: ['pipe', 'pipe', 'pipe'],
    // Ctrl-C is for us: we end it, in our order.
    detached: true,
  });
  let said = '';
  const hear = (chunk: unknown): void => {
    said = `${said}${String(chunk)}`.slice(-100_000);
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  child.stdin.on('error', () => {});
  const closed = once(child, 'close');
  const close = async (): Promise<void> => {
    child.stdin.end();
    const limit = options.clock.after(END_LIMIT_MS, () => killGroup(child));
    await closed;
    limit.cancel();
    rmSync(stage.folder, { recursive: true, force: true });
  };
  const isUp = (): boolean => / running$/m.test(said);
  for (let waitedMs = 0; waitedMs < START_LIMIT_MS && child.exitCode === null && !isUp(); waitedMs += LOOK_MS) {
    await new Promise<void>(resolve => options.clock.after(LOOK_MS, resolve));
  }
  if (child.exitCode === null && isUp()) return ok({ ...stage, said: () => said, close });
  // What ends now is ended by us.
  const { exitCode } = child;
  await close();
  return fail({ exitCode, said });
}

/** The folder with its files; a disk that takes only a part of them is left without it. */
async function setStage({ ports, filesFor, user }: RehearsalOptions): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'hometui-rehearsal-'));
  try {
    const stage: Stage = { folder, ports: await freePorts(ports) };
    writeFiles(folder, filesFor(stage), user);
    return stage;
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

function killGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** As the broker's own user may read them, and nobody else: hashes stand in them. */
function writeFiles(folder: string, files: ReadonlyMap<string, Uint8Array>, user: string | null): void {
  const owner = process.getuid?.() === 0 ? brokerUser(user ?? undefined) : null;
  const give = (path: string): void => {
    if (owner !== null) chownSync(path, owner.uid, owner.gid);
  };
  for (const [name, content] of files) {
    const path = join(folder, name);
    for (let above = dirname(path); above.length > folder.length; above = dirname(above)) {
      mkdirSync(above, { recursive: true, mode: 0o700 });
      give(above);
    }
    writeFileSync(path, content, { mode: 0o600 });
    chmodSync(path, 0o600);
    give(path);
  }
  give(folder);
}

/** All held at once, so that no two are the same. */
async function freePorts(count: number): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  await Promise.all(servers.map(listen));
  const ports = servers.map(portOf);
  await Promise.all(servers.map(server => new Promise(resolve => server.close(resolve))));
  return ports;
}

function listen(server: Server): Promise<unknown> {
  server.listen(0, '127.0.0.1');
  return once(server, 'listening');
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
