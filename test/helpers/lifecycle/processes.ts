import { readdirSync, readFileSync } from 'node:fs';

/** A process that is to be gone within two seconds gets more on a machine that is busy with other tests, ms. */
const GONE_WITHIN_MS = 8_000;

/** The session (setsid) that a process belongs to. Linux only: /proc. */
export function sessionOf(pid: number): number {
  return Number(statOf(pid)?.[3] ?? -1);
}

/** The processes that live in a session: what runs in one terminal. */
export function processesOfSession(session: number): readonly number[] {
  return allProcesses().filter(pid => sessionOf(pid) === session && !isZombie(pid));
}

/** The processes that a process has started and that still run. */
export function childrenOf(pid: number): readonly number[] {
  return allProcesses().filter(candidate => Number(statOf(candidate)?.[1] ?? -1) === pid && !isZombie(candidate));
}

/** Whether a process is there and has not ended. */
export function isRunning(pid: number): boolean {
  return statOf(pid) !== null && !isZombie(pid);
}

/** Whether a process is stopped, as by SIGSTOP, with all its threads: the shell is told of it only when the last one is. */
export function isStopped(pid: number): boolean {
  try {
    return readdirSync(`/proc/${pid}/task`).every(thread => statOf(`${pid}/task/${thread}`)?.[0] === 'T');
  } catch {
    return false;
  }
}

/** Resolves when all that is so is true; rejects with what was waited for. */
export async function until(
  isTrue: () => boolean,
  what: string,
  timeoutMs = GONE_WITHIN_MS,
  everyMs = 10,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!isTrue()) {
    if (performance.now() > deadline) throw new Error(`waited ${timeoutMs} ms for ${what}`);
    await new Promise(resolve => setTimeout(resolve, everyMs));
  }
}

/** So many looks in a row find a process that does nothing, 20 ms apart. */
const IDLE_LOOKS = 10;

/** Resolves when a process has done all that it can do, and sleeps until something comes. */
export async function untilIdle(pid: number): Promise<void> {
  let [looks, before] = [0, ''];
  await until(
    () => {
      const [state, , , , , , , , , , , user, system] = statOf(pid) ?? [];
      const now = `${state} ${user} ${system}`;
      looks = state === 'S' && now === before ? looks + 1 : 0;
      before = now;
      return looks >= IDLE_LOOKS;
    },
    `process ${pid} to have nothing to do`,
    20_000,
    20,
  );
}

function allProcesses(): readonly number[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(Number);
}

function isZombie(pid: number): boolean {
  const state = statOf(pid)?.[0];
  return state === 'Z' || state === 'X';
}

/** The fields of /proc/PID/stat, or of a thread's, from the state on: state, parent, group, session, terminal, … */
function statOf(pid: number | string): readonly string[] | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}
