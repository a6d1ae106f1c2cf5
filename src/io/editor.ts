import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** A copy of a file that somebody works on, in a folder that only we may read. */
export interface Draft {
  readonly path: string;
  /** Removes it. */
  readonly close: () => void;
}

/** Makes a draft with the name of the file, so that an editor knows its kind. Throws what the system says. */
export function openDraft(file: string, content: Uint8Array): Draft {
  const folder = mkdtempSync(join(tmpdir(), 'hometui-edit-'));
  const path = join(folder, basename(file));
  writeFileSync(path, content, { mode: 0o600 });
  return { path, close: () => rmSync(folder, { recursive: true, force: true }) };
}

/**
 * Opens a file in a person's editor, a command line as `VISUAL` and `EDITOR` hold it, on this terminal. Resolves with its
 * exit code when it has ended, 127 where there is no such program; a signal that ended it counts as 1.
 */
export async function runEditor(commandLine: string, file: string): Promise<number> {
  // Through a shell, as others do it: the command may have options and quotes in it. The file is no part of its text.
  const child = spawn('/bin/sh', ['-c', `${commandLine} "$1"`, 'sh', file], { stdio: 'inherit' });
  const [code] = (await once(child, 'close')) as [number | null];
  return code ?? 1;
}
