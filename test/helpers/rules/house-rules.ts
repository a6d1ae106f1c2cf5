import { posix } from 'node:path';
import { FOLDERS_IN_ORDER, judgeCircles, judgeFolders } from './folder-rules.ts';
import { type ImportFound, readSource, type SourceRead } from './read-source.ts';

/** A folder of src/, or a file at its top. `themes` is the folder beside src/. */
type Room = 'core' | 'io' | 'terminal' | 'ui' | 'app' | 'console' | 'cli' | 'main' | 'themes';

interface Row {
  /** Rooms whose code it may use. Its own room goes without saying. */
  readonly rooms: readonly Room[];
  /** Rooms of which it may use the types only: the values are handed to it. */
  readonly typesOf?: readonly Room[];
  /** Packages, `node:` modules among them; `node:*` is all of these. */
  readonly packages: readonly string[];
  /** More packages for one of its folders. */
  readonly packagesOf?: Readonly<Record<string, readonly string[]>>;
}

/** "Who may import whom" of src/README.md. What is not in its row is not allowed. */
export const WHO_MAY_IMPORT_WHOM: Readonly<Record<Exclude<Room, 'themes'>, Row>> = {
  core: { rooms: [], packages: ['valibot', 'jsonc-parser'] },
  io: { rooms: ['core'], packages: ['node:*', 'mqtt', 'aedes', 'conf', 'ws'] },
  terminal: {
    rooms: ['core'],
    packages: ['node:tty', 'node:stream', 'node:events', 'node:string_decoder', 'string-width'],
    // Writing at once, the flags of the tty and job control: Node.js has no other way to the device.
    packagesOf: { device: ['node:fs', 'node:child_process'] },
  },
  ui: {
    rooms: ['core', 'themes'],
    typesOf: ['app', 'terminal'],
    packages: ['ink', 'react', 'ink-table', 'asciichart', 'valibot'],
  },
  app: { rooms: ['core', 'io'], packages: [] },
  console: { rooms: ['core', 'io', 'terminal', 'ui', 'app', 'themes'], packages: [] },
  // Paths are computed and a given stream is cut into lines: neither opens anything.
  cli: {
    rooms: ['core', 'io', 'terminal', 'ui', 'app', 'console', 'themes'],
    packages: ['meow', 'node:path', 'node:readline'],
  },
  // The first paint comes before all that the words of the command line need.
  main: { rooms: ['cli', 'console'], packages: [] },
};

/** terminal/ knows nothing of the house: of core it may use the small helpers only, the files at core's top. */
const SMALL_HELPER = /^src\/core\/[^/]+\.ts$/;
/** The commands that draw. Every other one must run without React and Ink. */
const DRAWING_COMMAND = /^src\/cli\/commands\/(console|demo|replay)\.tsx?$/;
/** Draws one table, on a terminal only: it may load ui/ when it comes to that, and never at its start. */
const LAZILY_DRAWING_COMMAND = /^src\/cli\/commands\/broker\/acl\.tsx?$/;
const COMMAND = /^src\/cli\/commands\/(?:(?:broker|house)\/)?[^/]+\.tsx?$/;

/** A broken rule, as a sentence a person can act on: `src/core/x.ts:3: …`. */
export type Breach = string;

/** Source texts by their path from the project's root, `src/core/duration.ts`. */
export type Sources = ReadonlyMap<string, string>;

/** Every breach of the house's rules in the sources under src/. */
export function findBreaches(sources: Sources): readonly Breach[] {
  const read = new Map([...sources].map(([path, text]) => [path, readSource(text, path)] as const));
  return [
    ...[...read].flatMap(([path, source]) => [
      ...source.imports.flatMap(found => judgeImport(path, found)),
      ...judgePurity(path, source),
      ...judgeTime(path, source),
      ...judgeActs(path, source),
    ]),
    ...judgeReach(read),
    ...judgeFolders(read, FOLDERS_IN_ORDER),
    ...judgeCircles(read),
  ];
}

function judgeImport(path: string, found: ImportFound): readonly Breach[] {
  const say = (what: string, cure: string): readonly Breach[] => [`${path}:${found.line}: ${what}. ${cure}`];
  if (found.specifier === '(computed)') {
    return say('imports a computed name', 'Write the names out, so that the bundle and this test can see them.');
  }
  return found.specifier.startsWith('.') ? judgeArrow(path, found, say) : judgePackage(path, found, say);
}

type Say = (what: string, cure: string) => readonly Breach[];

function judgeArrow(path: string, found: ImportFound, say: Say): readonly Breach[] {
  const target = posix.normalize(posix.join(posix.dirname(path), found.specifier));
  if (!/\.(tsx?|json)$/.test(target)) {
    return say(`imports '${found.specifier}' without its ending`, "Write the file's whole name, with .ts or .tsx.");
  }
  const [from, to] = [roomOf(path), roomOf(target)];
  if (from === null || to === null) return say(`imports ${target}, which is in no room of the house`, MOVE);
  if (from === 'cli' && (to === 'ui' || to === 'console') && found.kind !== 'types' && !mayDraw(path, found)) {
    return say(
      `reaches ${target}`,
      'Only the commands console, demo and replay load console/ and ui/, and acl ui/ when it draws: the others must run without Ink.',
    );
  }
  if (COMMAND.test(path) && COMMAND.test(target)) {
    return say(`one command imports another, ${target}`, 'Move what both need to src/cli/.');
  }
  if (from === 'terminal' && to === 'core' && !SMALL_HELPER.test(target)) {
    return say(
      `terminal/ imports ${target}`,
      'It knows nothing of the house: only the helpers at the top of src/core/.',
    );
  }
  return from === to ? [] : judgeRooms(from, to, target, found, say);
}

/** The folder of a room that a file stands in, `input` of `src/terminal/input/key-event.ts`; '' at the room's top. */
function folderOf(path: string): string {
  const [, , folder = '', file] = path.split('/');
  return file === undefined ? '' : folder;
}

function mayDraw(path: string, { kind }: ImportFound): boolean {
  return DRAWING_COMMAND.test(path) || (kind === 'lazy' && LAZILY_DRAWING_COMMAND.test(path));
}

const MOVE = 'Move the file, or give it a row in test/helpers/rules/house-rules.ts and in src/README.md.';

function judgeRooms(from: Room, to: Room, target: string, found: ImportFound, say: Say): readonly Breach[] {
  const row = from === 'themes' ? { rooms: [], packages: [] } : WHO_MAY_IMPORT_WHOM[from];
  if (row.rooms.includes(to)) return [];
  const what = `${from} may not import ${to}, but imports ${target}`;
  if (!row.typesOf?.includes(to)) {
    return say(
      what,
      `${from} may import: ${row.rooms.join(', ') || 'nothing'}. Hand the value down, or move the code.`,
    );
  }
  if (found.kind === 'types') return [];
  return say(`${what} as code`, "Of that room only types: write 'import type', and have the value handed down.");
}

function judgePackage(path: string, found: ImportFound, say: Say): readonly Breach[] {
  const room = roomOf(path);
  if (room === null || room === 'themes') return say('is in no room of the house', MOVE);
  const { packages: always, packagesOf = {} } = WHO_MAY_IMPORT_WHOM[room];
  const packages = [...always, ...(packagesOf[folderOf(path)] ?? [])];
  const name = packageOf(found.specifier);
  if (packages.includes(name) || (name.startsWith('node:') && packages.includes('node:*'))) return [];
  const allowed = packages.join(', ') || 'no package at all';
  return say(
    `${room} may not import the package '${name}'`,
    `It may import: ${allowed}. What touches the world is io's.`,
  );
}

/** `@scope/name/deep/file` → `@scope/name`; `node:fs/promises` → `node:fs`. */
function packageOf(specifier: string): string {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier);
}

function roomOf(path: string): Room | null {
  if (/^themes\//.test(path)) return 'themes';
  const room = /^src\/(?:(core|io|terminal|ui|app|console|cli)\/|(main)\.ts$)/.exec(path);
  return ((room?.[1] ?? room?.[2]) as Room | undefined) ?? null;
}

function judgePurity(path: string, source: SourceRead): readonly Breach[] {
  if (roomOf(path) !== 'core') return [];
  return source.outsideUses.map(
    ({ what, line }) =>
      `${path}:${line}: core is pure, but uses ${what}. Time comes in with the event, randomness as a seeded parameter, ` +
      'everything else as a value or leaves as an effect.',
  );
}

/** The one place where time is read and waited for: all others are handed its clock. */
const CLOCK = 'src/io/clock.ts';
const TIME = /^(?:setTimeout|setInterval|performance|Date\.now|new Date\(\))$/;

function judgeTime(path: string, source: SourceRead): readonly Breach[] {
  if (path === CLOCK || roomOf(path) === 'core') return [];
  return source.outsideUses
    .filter(({ what }) => TIME.test(what))
    .map(({ what, line }) => `${path}:${line}: uses ${what}. Time comes from ${CLOCK}: have its clock handed down.`);
}

function judgeActs(path: string, source: SourceRead): readonly Breach[] {
  if (roomOf(path) === 'main') return [];
  return source.actsOnImport.map(
    ({ what, line }) =>
      `${path}:${line}: acts when it is imported (${what}). Only src/main.ts does that: put it into a function and call it.`,
  );
}

/** Follows the imports from each place that must stay light, and names the way to what must not be there. */
function judgeReach(read: ReadonlyMap<string, SourceRead>): readonly Breach[] {
  const light = [...read.keys()].filter(path => COMMAND.test(path) && !DRAWING_COMMAND.test(path));
  const ways = [
    ...light.map(path => ({
      path,
      way: wayToInk(path, read, LAZILY_DRAWING_COMMAND.test(path) ? ['static'] : ['static', 'lazy']),
      who: 'must run without React and Ink',
    })),
    {
      path: 'src/main.ts',
      way: wayToInk('src/main.ts', read, ['static']),
      who: 'must not load Ink before it is needed',
    },
  ];
  return ways.flatMap(({ path, way, who }) =>
    way === null
      ? []
      : [`${path}:1: ${who}, but reaches it: ${way.join(' → ')}. Cut that chain with 'await import(…)'.`],
  );
}

function wayToInk(
  start: string,
  read: ReadonlyMap<string, SourceRead>,
  kinds: readonly ImportFound['kind'][],
): readonly string[] | null {
  const seen = new Set([start]);
  const ways: (readonly string[])[] = [[start]];
  for (let way = ways.shift(); way !== undefined; way = ways.shift()) {
    const path = way.at(-1) ?? start;
    for (const { specifier, kind } of read.get(path)?.imports ?? []) {
      if (!kinds.includes(kind)) continue;
      if (/^(ink|react|ink-table)(\/|$)/.test(specifier)) return [...way, specifier];
      const target = posix.normalize(posix.join(posix.dirname(path), specifier));
      if (specifier.startsWith('.') && !seen.has(target)) ways.push([...way, target]);
      seen.add(target);
    }
  }
  return null;
}

/** Folders of test/ that test the whole program or help to; every other test stands where its source stands. */
const MIRRORS_NOTHING = /^test\/(helpers|end-to-end|bench|fixtures|frames)\/|^test\/[^/]+$/;

/** Tests that stand where no source stands: `test/core/a.test.ts` and `test/core/a.random.test.ts` want `src/core/a.ts`. */
export function findStrayTests(testPaths: readonly string[], sourcePaths: readonly string[]): readonly Breach[] {
  const places = new Set(sourcePaths.map(path => path.replace(/\.tsx?$/, '')));
  return testPaths.flatMap(path => {
    if (MIRRORS_NOTHING.test(path) || !/\.test\.tsx?$/.test(path)) return [];
    const place = path.replace(/^test\//, 'src/').replace(/(\.[^./]+)*\.test\.tsx?$/, '');
    if (places.has(place)) return [];
    return [`${path}:1: tests mirror src/ name for name, but there is no ${place}.ts. Rename or move one of the two.`];
  });
}
