import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** What tells a process from all others, for who finds something that belongs to it. */
export interface ProcessMark {
  readonly pid: number;
  /** When that process was started, as the system counts it: a number that is given out again is another process. */
  readonly startedAt: string;
  /** Which start of the machine, and which set of process numbers, these are from. */
  readonly bootId: string;
  readonly pids: string;
  readonly host: string;
}

/** The mark of this process. */
export function ownMark(): ProcessMark {
  const { pid } = process;
  return { pid, startedAt: processStart(pid) ?? '', bootId: bootId(), pids: pidSpace(), host: hostname() };
}

/** What became of a process; `unseen` where it is of another machine or container, and cannot be seen from here. */
export function fateOf(mark: ProcessMark): 'running' | 'gone' | 'unseen' {
  const isOfThisMachine = mark.host === hostname() || mark.bootId === bootId();
  if (!isOfThisMachine || (mark.bootId === bootId() && mark.pids !== pidSpace())) return 'unseen';
  if (mark.bootId !== bootId()) return 'gone';
  const startedAt = processStart(mark.pid);
  return startedAt !== null && startedAt === mark.startedAt ? 'running' : 'gone';
}

/** When a process was started (proc(5), stat, field 22); '' where the system does not tell, `null` where it is not there. */
export function processStart(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name before it may hold blanks and brackets.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return isRunning(pid) ? '' : null;
  }
}

/** Whether there is a process of this number; another user's counts too. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return '';
  }
}

function pidSpace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}
