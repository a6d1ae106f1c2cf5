import { statSync } from 'node:fs';
import type { Issue } from '../../core/issue.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { type Keys, keysText, parseKeys } from '../../core/sealed/keys.ts';
import { shownWord } from '../../core/to-copy.ts';
import { changeFile } from '../files/change-file.ts';
import { makeFolder } from '../files/folder.ts';
import { type FileFault, readTextFile } from '../files/text-file.ts';
import { keyFileIn } from './key-place.ts';

/** The keys of sealed payloads of this user: one JSON file beside the settings, which only its owner may read. */
export interface KeyFile {
  readonly path: string;
  /** A file that is not there has no keys; the error says what is wrong with it and what to do. */
  readonly read: () => Result<Keys, Issue>;
  /** Changes what is there at that moment, one process after the other, and replaces it at once, mode 0600. */
  readonly change: (change: (old: Keys) => Keys) => Result<Keys, Issue>;
}

/** The file in the folder of the settings. */
export function openKeyFile(folder: string): KeyFile {
  const path = keyFileIn(folder);
  return {
    path,
    read: () => readKeys(path),
    change: change => changeKeys(folder, path, change),
  };
}

function readKeys(path: string): Result<Keys, Issue> {
  const text = readTextFile(path, { isFileOnly: true });
  if (text.ok) return isOpen(path) ? fail(openIssue(path)) : parseKeys(text.value, path);
  return text.error.code === 'ENOENT' || text.error.code === 'ENOTDIR'
    ? ok({})
    : fail(faultIssue(path, 'read', text.error));
}

function changeKeys(folder: string, path: string, change: (old: Keys) => Keys): Result<Keys, Issue> {
  try {
    makeFolder(folder);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return fail(faultIssue(path, 'written', { code: 'EFOLDER', why }));
  }
  const changed = changeFile<Result<Keys, Issue>>(path, content => {
    const old = content === null ? ok({}) : parseKeys(new TextDecoder().decode(content), path);
    if (!old.ok) return { content: null, value: old };
    const keys = change(old.value);
    return { content: new TextEncoder().encode(keysText(keys)), value: ok(keys) };
  });
  return changed.ok ? changed.value : fail(faultIssue(path, 'written', changed.error));
}

/** Whether others than its owner may read it. Windows has no such modes. */
function isOpen(path: string): boolean {
  return process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0;
}

function openIssue(file: string): Issue {
  const message = 'the keys of sealed payloads are not used: others on this machine can read them';
  const cure = `chmod 600 ${shownWord(file)}, then make them anew if somebody may have: hometui keys rotate DEVICE`;
  return { severity: 'error', message, place: { file }, cure };
}

function faultIssue(file: string, done: 'read' | 'written', { why }: FileFault): Issue {
  const message = `the keys of sealed payloads cannot be ${done}: ${why}`;
  return { severity: 'error', message, place: { file }, cure: `Look at ${file} and its folder.` };
}
