import { join } from 'node:path';
import { withFileLock } from '../files/file-lock.ts';
import { makeFolder } from '../files/folder.ts';
import { replaceFile } from '../files/replace-file.ts';
import { readTextFile } from '../files/text-file.ts';
import { xdgFolder } from '../files/xdg-folder.ts';

/** How far a device had counted when it was last heard, and with which key. */
export interface KeptMark {
  readonly boot: number;
  readonly counter: number;
  readonly keyId: string;
}

/** What is kept of the devices that seal, from one run to the next: without it an old message would pass for a new one. */
export interface MarkFile {
  /** By device; none where there is nothing, or nothing that can be read. */
  readonly read: () => ReadonlyMap<string, KeptMark>;
  /** Keeps them beside those of other houses. What cannot be written is not kept, and said by nobody: the next run is told. */
  readonly write: (marks: ReadonlyMap<string, KeptMark>) => void;
}

type Environment = Readonly<Record<string, string | undefined>>;
type Kept = Readonly<Record<string, Readonly<Record<string, KeptMark>>>>;

/** The file below `$XDG_STATE_HOME`; `house` names house and broker. `null` where there is no place for it. */
export function openMarkFile(env: Environment, house: string): MarkFile | null {
  const base = xdgFolder(env, 'XDG_STATE_HOME');
  if (base === null) return null;
  const folder = join(base, 'hometui');
  const path = join(folder, 'seals.json');
  return {
    read: () => new Map(Object.entries(readAll(path)[house] ?? {}).filter(([, mark]) => isMark(mark))),
    write: marks => {
      try {
        makeFolder(folder);
        // Another process may write those of its house at the same moment.
        withFileLock(path, () => {
          const all: Kept = { ...readAll(path), [house]: Object.fromEntries(marks) };
          replaceFile(path, `${JSON.stringify(all)}\n`, { mode: 0o600 });
        });
      } catch {}
    },
  };
}

function readAll(path: string): Kept {
  const text = readTextFile(path, { isFileOnly: true });
  if (!text.ok) return {};
  try {
    const read: unknown = JSON.parse(text.value);
    return typeof read === 'object' && read !== null ? (read as Kept) : {};
  } catch {
    return {};
  }
}

function isMark(mark: unknown): mark is KeptMark {
  if (typeof mark !== 'object' || mark === null) return false;
  const { boot, counter, keyId } = mark as Partial<Record<keyof KeptMark, unknown>>;
  return Number.isSafeInteger(boot) && Number.isSafeInteger(counter) && typeof keyId === 'string';
}
