import { join } from 'node:path';
import { parseSentUntil, sentUntilText } from '../../core/engine/sent-until.ts';
import { replaceFile } from '../files/replace-file.ts';
import { readTextFile } from '../files/text-file.ts';

const FILE = 'engine.json';

/** Up to when the history in a folder was sent to an engine, seconds since 1970; `null` where it never was, as far as is known. */
export function readSentUntil(folder: string, writeUrl: string): number | null {
  const text = readTextFile(join(folder, FILE), { isFileOnly: true });
  return text.ok ? parseSentUntil(text.value, writeUrl) : null;
}

/** Notes it. What cannot be noted is sent once more by the next run. */
export function writeSentUntil(folder: string, writeUrl: string, sentUntil: number): void {
  try {
    replaceFile(join(folder, FILE), sentUntilText(writeUrl, sentUntil), { mode: 0o600 });
  } catch {
    // The disk is full, or it can only be read: the recorder says so.
  }
}
