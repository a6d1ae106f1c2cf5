import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder } from './folder.ts';
import { hashText } from './hash-text.ts';
import { fileVersion, writeTextFile } from './text-file.ts';
import { cacheFolder } from './xdg-folder.ts';

/** The first picture of a start as the terminal was sent it, kept for the next start of the same kind. */
export interface KeptFirstPaint {
  /** What is sent before the frame: it takes the terminal and asks it what it is. */
  readonly opening: string;
  /** The frame, rows joined by `\n`, without anything that the next start cannot know. */
  readonly frame: string;
  /** What paints the frame after the opening. */
  readonly painted: string;
  /** What gives the terminal back. */
  readonly closing: string;
  /** The files that the frame was made from, each with its `fileVersion` of then. */
  readonly files: readonly (readonly [path: string, version: string | null])[];
}

/** What a start is known by before anything of it was looked at. */
export interface StartFacts {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** The program's own file. */
  readonly program: string;
  readonly columns: number;
  readonly rows: number;
}

/** What the first picture depends on in the environment, by value. */
const VALUES = [
  ...['TERM', 'COLORTERM', 'NO_COLOR', 'FORCE_COLOR', 'LC_ALL', 'LC_CTYPE', 'LANG'],
  ...['HOME', 'XDG_CONFIG_HOME', 'HOMETUI_URL', 'HOMETUI_USER', 'HOMETUI_HOUSE', 'HOMETUI_THEME'],
];
/** What it depends on by being there: these hold another number in each session. */
const PRESENCES = ['TMUX', 'STY'];

/** Each is a few kB, and there is one for each size of the terminal and each way to call the program. */
const KEPT_PICTURES = 16;
const PREFIX = 'picture-';

/** Where the first picture of such a start is kept: the cache of the XDG base directories; `null` without a home. */
export function firstPaintFile(start: StartFacts): string | null {
  const folder = cacheFolder(start.env);
  return folder === null ? null : join(folder, `${PREFIX}${hashText(describe(start))}`);
}

function describe({ argv, env, cwd, program, columns, rows }: StartFacts): string {
  const values = VALUES.map(name => env[name] ?? null);
  const presences = PRESENCES.map(name => Boolean(env[name]));
  return JSON.stringify([argv, values, presences, cwd, fileVersion(program), columns, rows]);
}

/**
 * The picture in that file; `null` where there is none that fits: not ours alone to write, damaged, or made from files
 * that have changed since.
 */
export function readFirstPaint(file: string): KeptFirstPaint | null {
  try {
    const found = statSync(file);
    const { uid, mode } = found;
    // It goes to the terminal as it is: nobody but its user may have written it. A pipe would be waited for.
    if (!found.isFile() || uid !== process.geteuid?.() || (mode & 0o022) !== 0) return null;
    const picture: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return isPicture(picture) && picture.files.every(([path, version]) => fileVersion(path) === version)
      ? picture
      : null;
  } catch {
    return null;
  }
}

function isPicture(value: unknown): value is KeptFirstPaint {
  const { opening, frame, painted, closing, files } = (value ?? {}) as Record<string, unknown>;
  return [opening, frame, painted, closing].every(text => typeof text === 'string') && Array.isArray(files);
}

/** Keeps a picture, and the newest of the others. One that cannot be kept is no fault: the next start paints its own. */
export function saveFirstPaint(file: string, picture: KeptFirstPaint): void {
  try {
    const folder = dirname(file);
    makeFolder(folder);
    const written = writeTextFile(file, JSON.stringify(picture), 0o600);
    if (written.ok) removeOldest(folder);
  } catch {
    // A cache without a place is an empty one.
  }
}

function removeOldest(folder: string): void {
  const pictures = readdirSync(folder).filter(name => name.startsWith(PREFIX));
  const dated = pictures.map(name => ({ path: join(folder, name), at: statSync(join(folder, name)).mtimeMs }));
  const old = dated.sort((a, b) => b.at - a.at).slice(KEPT_PICTURES);
  for (const { path } of old) rmSync(path, { force: true });
}
