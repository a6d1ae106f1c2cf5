import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../files/folder.ts';
import { hashText } from '../files/hash-text.ts';
import { fileVersion, writeTextFile } from '../files/text-file.ts';
import { cacheFolder } from '../files/xdg-folder.ts';

/** Which text of the settings has been found to be sound, so that it need not be checked at each start. */
export interface CheckedText {
  readonly isSound: (text: string) => boolean;
  /** Keeps that it is. Where that cannot be kept, the next start checks it again. */
  readonly noteSound: (text: string) => void;
}

/** Kept in the cache of the user, for this program only: another version may ask for other settings. */
export function openCheckedText(env: Readonly<Record<string, string | undefined>>): CheckedText {
  const folder = cacheFolder(env);
  if (folder === null) return { isSound: () => false, noteSound: () => {} };
  const file = join(folder, 'checked-settings');
  const markOf = (text: string): string => hashText(`${fileVersion(process.argv[1] ?? '')}\n${text}`);
  return {
    isSound: text => {
      try {
        return readFileSync(file, 'latin1') === markOf(text);
      } catch {
        return false;
      }
    },
    noteSound: text => {
      try {
        makeFolder(folder);
        writeTextFile(file, markOf(text), 0o600);
      } catch {
        // A cache without a place is an empty one.
      }
    },
  };
}
