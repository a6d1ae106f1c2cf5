import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { RunningBroker } from '../../core/doctor/running.ts';

/** What the kernel counts times of processes in (proc(5), sysconf(_SC_CLK_TCK)), per second: 100 on all Linux of today. */
const TICKS_PER_S = 100;

/** Every mosquitto that runs on this machine, by proc(5); `null` where there is no such folder. */
export function findRunningBrokers(proc = '/proc'): readonly RunningBroker[] | null {
  const bootedAt = bootTime(proc);
  if (bootedAt === null) return null;
  const sockets = listeningSockets(proc);
  return readdirSync(proc)
    .filter(name => /^\d+$/.test(name))
    .flatMap(pid => readBroker(join(proc, pid), Number(pid), bootedAt, sockets));
}

function readBroker(
  folder: string,
  pid: number,
  bootedAt: number,
  sockets: ReadonlyMap<string, number>,
): readonly RunningBroker[] {
  const words = textOf(join(folder, 'cmdline'))?.split('\0') ?? [];
  // mosquitto_sub and the like are no brokers; a build of one's own may bear its version.
  if (!/^mosquitto(?![_a-z])/.test(basename(words[0] ?? ''))) return [];
  const cwd = linkOf(join(folder, 'cwd'));
  const place = words.findIndex(word => word === '-c' || word === '--config-file');
  const named = place < 0 ? undefined : words[place + 1];
  const conf = named === undefined || named === '' ? null : cwd === null ? named : resolve(cwd, named);
  const root = linkOf(join(folder, 'root'));
  const startedAt = startTime(folder, bootedAt);
  const ports = portsOf(folder, sockets);
  return [{ pid, conf, cwd, startedAt, isContained: root !== null && root !== '/', ports }];
}

/** ms since 1970; `null` without proc(5). */
function bootTime(proc: string): number | null {
  const [, seconds] = /^btime (\d+)$/m.exec(textOf(join(proc, 'stat')) ?? '') ?? [];
  return seconds === undefined ? null : Number(seconds) * 1_000;
}

/** The 22nd field; the second, the program's name, may hold blanks and brackets. */
function startTime(folder: string, bootedAt: number): number | null {
  const fields = (textOf(join(folder, 'stat')) ?? '').replace(/^.*\) /s, '').split(' ');
  const ticks = Number(fields[19]);
  return Number.isFinite(ticks) ? bootedAt + (ticks * 1_000) / TICKS_PER_S : null;
}

/** The ports that something listens on, by the inode of the socket. */
function listeningSockets(proc: string): ReadonlyMap<string, number> {
  const lines = ['net/tcp', 'net/tcp6'].flatMap(name => (textOf(join(proc, name)) ?? '').split('\n'));
  const listening = lines.map(line => line.trim().split(/\s+/)).filter(fields => fields[3] === '0A');
  return new Map(
    listening.map(fields => [fields[9] ?? '', Number.parseInt((fields[1] ?? '').split(':')[1] ?? '', 16)] as const),
  );
}

/** `null` where the process is not ours to look into. */
function portsOf(folder: string, sockets: ReadonlyMap<string, number>): readonly number[] | null {
  try {
    const links = readdirSync(join(folder, 'fd')).map(name => linkOf(join(folder, 'fd', name)));
    return links.flatMap(link => sockets.get(/^socket:\[(\d+)\]$/.exec(link ?? '')?.[1] ?? '') ?? []);
  } catch {
    return null;
  }
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // It ended meanwhile, or is not ours.
    return null;
  }
}

function linkOf(file: string): string | null {
  try {
    return readlinkSync(file);
  } catch {
    return null;
  }
}
