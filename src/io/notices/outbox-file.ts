import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { emptyOutbox, type Outbox, parseOutbox } from '../../core/notices/outbox.ts';
import { replaceFile } from '../files/replace-file.ts';
import { syncPath } from '../files/sync-path.ts';
import { readTextFile } from '../files/text-file.ts';

/** Where notices wait, beside the history of the house. */
export function outboxFile(folder: string): string {
  return join(folder, 'notices.json');
}

/** What waits; `null` where nothing was ever kept, or it cannot be read. */
export function readOutbox(path: string): Outbox | null {
  const text = readTextFile(path);
  return text.ok ? parseOutbox(text.value) : null;
}

/** A new one with a name that no other has. */
export function newOutbox(): Outbox {
  return emptyOutbox(randomBytes(6).toString('hex'));
}

/** Keeps what waits, so that it outlasts kill -9 and a power cut. Throws what the system says. */
export function writeOutbox(path: string, outbox: Outbox): void {
  replaceFile(path, JSON.stringify(outbox), { mode: 0o600 });
  syncPath(dirname(path));
}
