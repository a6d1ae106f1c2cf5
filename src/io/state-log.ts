import { appendFileSync, renameSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder } from './files/folder.ts';

/** Where a line is left that nobody was there to read: `$XDG_STATE_HOME/hometui/hometui.log`; `null` without an absolute one. */
function stateLogFile(env: Readonly<Record<string, string | undefined>>): string | null {
  const { HOME: home, XDG_STATE_HOME: xdg } = env;
  if (xdg?.startsWith('/')) return join(xdg, 'hometui', 'hometui.log');
  // A relative one would leave a log in each folder.
  return home?.startsWith('/') ? join(home, '.local', 'state', 'hometui', 'hometui.log') : null;
}

/** A log that is longer than this, bytes, becomes `hometui.log.1`, in place of the one before it: two are kept. */
const LONGEST_LOG = 64_000;

/** Adds lines to that log, at once, so that it can be done while the process is ending. Never throws. */
export function leaveLines(env: Readonly<Record<string, string | undefined>>, lines: readonly string[]): void {
  const file = stateLogFile(env);
  if (file === null || lines.length === 0) return;
  try {
    makeFolder(dirname(file));
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LONGEST_LOG) renameSync(file, `${file}.1`);
    appendFileSync(file, lines.map(line => `${line}\n`).join(''), { mode: 0o600 });
  } catch {
    // There is neither a terminal nor a disk to tell it to.
  }
}
