import { appendFileSync, renameSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder } from './folder.ts';
import { stateFolder } from './xdg-folder.ts';

/** Where a line is left that nobody was there to read; `null` without a place for it. */
function stateLogFile(env: Readonly<Record<string, string | undefined>>): string | null {
  const folder = stateFolder(env);
  return folder === null ? null : join(folder, 'hometui.log');
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
