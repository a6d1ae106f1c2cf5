import { join } from 'node:path';
import { replaceFile } from '../files/replace-file.ts';
import { readTextFile } from '../files/text-file.ts';
import { makeHistoryFolder } from '../history-store/place.ts';

/** Where the alarms of a house are kept from one run to the next, beside its history. */
export interface AlarmFile {
  /** What it holds; `null` where there is none that can be read. */
  readonly read: () => string | null;
  /** Puts this in its place at once, and on the disk. Throws what the system says. */
  readonly write: (text: string) => void;
}

/** The file of a history's folder. */
export function alarmFile(folder: string): AlarmFile {
  const path = join(folder, 'alarms.json');
  return {
    read: () => {
      const text = readTextFile(path, { isFileOnly: true });
      return text.ok ? text.value : null;
    },
    write: text => {
      makeHistoryFolder(folder);
      replaceFile(path, text, { mode: 0o600 });
    },
  };
}
