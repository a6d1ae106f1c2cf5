import { posix } from 'node:path';
import type { SourceRead } from './read-source.ts';

/**
 * The folders inside a room from the bottom up: each may import those that stand before it, types too. The files at the
 * top of the room come last, unless `.` has a place among the folders.
 */
export type FolderOrder = Readonly<Record<string, readonly string[]>>;

/** The rooms that are in order inside; a folder that is new in one of them needs a place here. */
export const FOLDERS_IN_ORDER: FolderOrder = {
  'src/app': [
    'sealed',
    '.',
    'sources',
    'explorer',
    'engine',
    'history',
    'alarms',
    'visits',
    'notices',
    'replay',
    'daemon',
    'setup',
  ],
  'src/cli': [
    ...['stdio', 'files', 'link', 'args', 'settings', 'help'],
    ...[
      'acl',
      'notices',
      'daemon',
      'alarms',
      'history',
      'users',
      'keys',
      'setup',
      'doctor',
      'house',
      'discover',
      'set',
      'simulate',
      'console',
      'commands',
    ],
  ],
  'src/console': ['rights', 'explorer', 'screens', 'drawing', 'first-paint'],
  'src/core': [
    '.',
    'schema',
    'settings',
    'mqtt',
    'house',
    'node-red',
    'mosquitto',
    'device-files',
    'sealed',
    'home',
    'alarms',
    'heating',
    'notices',
    'history',
    'simulation',
    'explorer',
    'discover',
    'format',
    'engine',
    'export',
    'daemon',
    'doctor',
  ],
  'src/core/format': ['.', 'status', 'history', 'watch'],
  'src/core/history': ['bytes', '.', 'query', 'import', 'replay'],
  'src/core/house': ['items', '.', 'values'],
  'src/core/home': ['alarms', 'readings', 'state', 'sealed', 'access', 'clients', 'switches', 'broker-log'],
  'src/core/node-red': ['flow', 'trace', 'widgets', 'import', 'export'],
  'src/core/mosquitto': ['.', 'log', 'conf', 'dynsec', 'lint', 'edit', 'trial', 'setup'],
  'src/io': [
    '.',
    'files',
    'file-set',
    'broker-files',
    'preferences',
    'sealed',
    'mqtt-options',
    'log-tail',
    'history-store',
    'alarms',
    'engine',
    'notices',
    'machine',
    'broker',
    'daemon-socket',
    'user-service',
    'mqtt-connection',
    'mqtt-link',
    'rights-trial',
    'examine',
    'broker-setup',
  ],
  'src/terminal': ['device', 'identity', 'cells', 'input', 'output'],
  'src/ui': [
    'theme',
    'text',
    'layout',
    'keys',
    'state',
    'reducers',
    'charts',
    'items',
    'panels',
    'detail',
    'screens',
    'explorer',
    'alarms',
    'visitors',
    'picture',
    'hosts',
  ],
};

/** No folder has more files than this: what has more holds two things. */
export const MOST_FILES = 15;

/** No file is longer than this, in lines. */
export const MOST_LINES = 300;

type Read = ReadonlyMap<string, SourceRead>;

/** Every import that goes up inside a room, as sentences to act on. */
export function judgeFolders(read: Read, order: FolderOrder): readonly string[] {
  return Object.entries(order).flatMap(([room, folders]) => {
    const inside = [...read].filter(([path]) => path.startsWith(`${room}/`));
    return inside.flatMap(([path, source]) =>
      targetsOf(path, source).flatMap(({ target, line }) => judgeArrow(`${path}:${line}`, path, target, room, folders)),
    );
  });
}

/** The files that hold more lines than a person reads in one go. */
export function judgeLengths(sources: ReadonlyMap<string, string>): readonly string[] {
  return [...sources].flatMap(([path, text]) => {
    const lines = text.split('\n').length - 1;
    return lines <= MOST_LINES ? [] : [`${path}:1: has ${lines} lines. Give a part of it another file.`];
  });
}

/** The folders that hold more files than a person keeps in mind. */
export function judgeSizes(paths: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const path of paths) counts.set(posix.dirname(path), (counts.get(posix.dirname(path)) ?? 0) + 1);
  return [...counts].flatMap(([folder, count]) =>
    count <= MOST_FILES ? [] : [`${folder} has ${count} files. Give some of them another folder.`],
  );
}

function judgeArrow(
  place: string,
  path: string,
  target: string,
  room: string,
  folders: readonly string[],
): readonly string[] {
  if (!target.startsWith(`${room}/`)) return [];
  const [from, to] = [folderOf(path, room), folderOf(target, room)];
  const unknown = [from, to].find(folder => folder !== '.' && !folders.includes(folder));
  if (unknown !== undefined) {
    return [`${place}: ${room}/${unknown} has no place among ${folders.join(', ')}. Give it one in folder-rules.ts.`];
  }
  if (heightOf(to, folders) <= heightOf(from, folders)) return [];
  const cure = `In ${room}/ the order is: ${folders.join(', ')}. Hand the value down, or move the code.`;
  return [`${place}: ${from === '.' ? 'the top' : from} imports ${target}, which stands above it. ${cure}`];
}

function folderOf(path: string, room: string): string {
  const [folder = '', ...rest] = path.slice(room.length + 1).split('/');
  return rest.length === 0 ? '.' : folder;
}

function heightOf(folder: string, folders: readonly string[]): number {
  const place = folders.indexOf(folder);
  return place < 0 ? folders.length : place;
}

function targetsOf(
  path: string,
  { imports }: SourceRead,
): readonly { readonly target: string; readonly line: number }[] {
  return imports.flatMap(({ specifier, line }) =>
    specifier.startsWith('.') ? [{ target: posix.join(posix.dirname(path), specifier), line }] : [],
  );
}

/** Files that reach themselves again, by types too: each circle once, as the way around it. */
export function judgeCircles(read: Read): readonly string[] {
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (path: string, way: readonly string[]): void => {
    const start = way.indexOf(path);
    if (start >= 0) found.push(`${path}:1: a circle: ${[...way.slice(start), path].join(' → ')}. Take one part out.`);
    const source = read.get(path);
    if (start >= 0 || done.has(path) || source === undefined) return;
    for (const { target } of targetsOf(path, source)) visit(target, [...way, path]);
    done.add(path);
  };
  for (const path of read.keys()) visit(path, []);
  return found;
}
