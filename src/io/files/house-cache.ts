import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { HouseConfig } from '../../core/house/schema.ts';
import { makeFolder } from './folder.ts';
import { hashText } from './hash-text.ts';
import { fileVersion, writeTextFile } from './text-file.ts';
import { cacheFolder } from './xdg-folder.ts';

/** The houses of files that were found to be right, so that they need not be checked at each start. */
export interface HouseCache {
  /** What the text of a house file says; `null` where it has not been checked by this program. */
  readonly read: (text: string) => HouseConfig | null;
  /** Keeps what it says, and the newest of the others. Where that cannot be done, the next start checks it again. */
  readonly keep: (text: string, config: HouseConfig) => void;
}

/** A person has few houses, and changes one of them now and then. */
const KEPT_HOUSES = 4;
const PREFIX = 'house-';

/** Kept in the cache of the user, for this program only: another version may ask for other fields. */
export function openHouseCache(env: Readonly<Record<string, string | undefined>>): HouseCache {
  const folder = cacheFolder(env);
  if (folder === null) return { read: () => null, keep: () => {} };
  const program = fileVersion(process.argv[1] ?? '');
  const fileOf = (text: string): string => join(folder, `${PREFIX}${hashText(`${program}\n${text.length}\n${text}`)}`);
  return {
    read: text => {
      try {
        const file = fileOf(text);
        const { uid, mode } = statSync(file);
        // Nobody but its user may have written it.
        if (uid !== process.geteuid?.() || (mode & 0o022) !== 0) return null;
        return JSON.parse(readFileSync(file, 'utf8'));
      } catch {
        return null;
      }
    },
    keep: (text, config) => {
      try {
        makeFolder(folder);
        if (writeTextFile(fileOf(text), JSON.stringify(config), 0o600).ok) removeOldest(folder);
      } catch {
        // A cache without a place is an empty one.
      }
    },
  };
}

function removeOldest(folder: string): void {
  const houses = readdirSync(folder).filter(name => name.startsWith(PREFIX));
  const dated = houses.map(name => ({ path: join(folder, name), at: statSync(join(folder, name)).mtimeMs }));
  const old = dated.sort((a, b) => b.at - a.at).slice(KEPT_HOUSES);
  for (const { path } of old) rmSync(path, { force: true });
}
