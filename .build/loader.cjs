// dist/hometui.cjs: what Node reads and scans at each start. The program's parts stand in the file beside it, and are read
// and compiled one by one when they are first needed, with the code cache of an earlier start of the same kind.
const fs = require('node:fs');
const path = require('node:path');
const vm = require('node:vm');

/**
 * The parts stand in groups of those that are needed together. Of each group: the numbers of its parts, its place in the
 * file of the parts (bytes), its length, the line it begins on.
 */
const GROUPS = JSON.parse('__TABLE__');
/** What the file of the parts begins with. */
const SIGN = '__SIGN__';
/**
 * The words that make a start another kind of start. A code cache has the functions that ran before it was made: `get` with
 * the one of a console would compile a tenth of its time, and `status` takes functions along that only a console runs.
 */
const KINDS = JSON.parse('__KINDS__');
/** As many cache files as several kinds of start and versions of the program need; older ones are removed. */
const MAX_CACHE_FILES = 40;
const CACHE_PREFIX = 'code-';
/** What its table of contents at the beginning may be long, bytes: a dozen for each group. */
const CACHE_TABLE_BYTES = 8_192;
/** What most groups and caches fit in, bytes: it is used for all, one after the other. */
const SCRATCH_BYTES = 262_144;
/** The flags of V8 that the program sets, each with what it is when Node starts. */
const USUAL_FLAGS = { '--semi-space-growth-factor=1': '--semi-space-growth-factor=2' };
/** What is thrown where a part cannot be had any more: src/cli/report-error.ts says it in words. */
const REPLACED = 'HOMETUI_REPLACED';
/** Late enough to be out of the way of the first pictures, early enough for a console that is ended by a signal. */
const SAVE_AFTER_MS = 4_000;

const partsName = path.join(__dirname, 'hometui.parts');
/** Kept open: a program that runs goes on with its own parts when another one is installed in its place. */
const file = openParts();
/** How that file is: files that are copied over ours, and not put in their place, change it under us. */
let version = versionOf(file);
/** By the numbers of the parts: what each gives to others, once it has run; its function before that. */
const given = [];
const functions = [];
/** The flag of V8 that the program has set, one of USUAL_FLAGS. */
let flag = null;
const builtin = lazyBuiltins(JSON.parse('__BUILTINS__'));
const scratch = Buffer.allocUnsafeSlow(SCRATCH_BYTES);
const cacheFolder = findCacheFolder();
const cacheName =
  cacheFolder && path.join(cacheFolder, `${CACHE_PREFIX}${kindOfStart()}-__BUILD__-${process.version}-${process.arch}`);
/** The cache as it was found: its file, kept open, and the place of each group in it. */
const cache = cacheFolder === null ? null : openCache();
/** What has been compiled by now, by the numbers of the groups. */
const scripts = new Map();
let willSave = false;

function kindOfStart() {
  const word = process.argv.slice(2).find(one => KINDS.includes(one)) ?? 'console';
  return word.replace(/^-+/, '');
}

function openParts() {
  let opened;
  try {
    opened = fs.openSync(partsName, 'r');
  } catch ({ code }) {
    refuse(`${partsName} cannot be read: ${code}`);
  }
  if (!isOurs(opened)) refuse(`${partsName} is of another build`);
  return opened;
}

function isOurs(opened) {
  const sign = Buffer.alloc(SIGN.length);
  fs.readSync(opened, sign, 0, sign.length, 0);
  return sign.latin1Slice() === SIGN;
}

function refuse(why) {
  process.stderr.write(`hometui: ${why}\n  Install hometui again: hometui.cjs and hometui.parts belong together.\n`);
  process.exit(70);
}

function loadPart(number) {
  if (number in given) return given[number];
  if (!(number in functions)) compileGroup(GROUPS.findIndex(({ parts }) => parts.includes(number)));
  const run = functions[number];
  functions[number] = null;
  given[number] = undefined;
  const give = exported => {
    given[number] = exported;
  };
  run(give, loadPart, loadLater, builtin, require, __filename, __dirname);
  return given[number];
}

/** As import() does: not before who asks for it has gone on. */
function loadLater(number) {
  return Promise.resolve(number).then(loadPart);
}

/** Node's own modules as imports see them, their names and themselves as `default`; each is loaded at its first use. */
function lazyBuiltins(names) {
  const all = {};
  for (const name of names) {
    const get = () => {
      const module = require(name);
      const value = Object.create(module, { default: { value: module } });
      if (name === 'node:v8') value.setFlagsFromString = setFlag;
      Object.defineProperty(all, name, { value });
      return value;
    };
    Object.defineProperty(all, name, { get, configurable: true });
  }
  return all;
}

/** Sets a flag of V8, for what runs but not for what is compiled. */
function setFlag(wanted) {
  if (USUAL_FLAGS[wanted] === undefined) throw new Error(`${wanted}: say in .build/loader.cjs what it is at the start`);
  flag = wanted;
  require('node:v8').setFlagsFromString(wanted);
}

/** V8 takes no code cache that was made under other flags: the program's is put aside meanwhile. */
function underUsualFlags(work) {
  if (flag === null) return work();
  const { setFlagsFromString } = require('node:v8');
  setFlagsFromString(USUAL_FLAGS[flag]);
  try {
    return work();
  } finally {
    setFlagsFromString(flag);
  }
}

function compileGroup(index) {
  const compiled = underUsualFlags(() => scriptOf(index)).runInThisContext();
  for (const [place, number] of GROUPS[index].parts.entries()) functions[number] = compiled[place];
}

function scriptOf(index) {
  const { start, length, line } = GROUPS[index];
  const text = textOf(start, length);
  const place = cache?.places.get(index);
  const cachedData = place && readAt(cache.file, ...place);
  const script = new vm.Script(text, { filename: partsName, lineOffset: line, cachedData });
  scripts.set(index, script);
  if (cachedData === undefined || script.cachedDataRejected) saveLater();
  return script;
}

/** Of another build a part would be another one, or half of one. */
function textOf(start, length) {
  for (;;) {
    const text = readAt(file, start, length).latin1Slice();
    const now = versionOf(file);
    if (now.at === version.at && now.size === version.size) return text;
    if (now.size !== version.size || !isOurs(file)) throw Object.assign(new Error(REPLACED), { code: REPLACED });
    version = now;
  }
}

function versionOf(opened) {
  const { mtimeMs, size } = fs.fstatSync(opened);
  return { at: mtimeMs, size };
}

/** Good until the next call. */
function readAt(opened, start, length) {
  const bytes = length > SCRATCH_BYTES ? Buffer.allocUnsafeSlow(length) : scratch.subarray(0, length);
  fs.readSync(opened, bytes, 0, length, start);
  return bytes;
}

function findCacheFolder() {
  const { HOME, XDG_CACHE_HOME, NODE_DISABLE_COMPILE_CACHE } = process.env;
  if (NODE_DISABLE_COMPILE_CACHE) return null;
  // The XDG base directory specification: a relative path is invalid.
  if (XDG_CACHE_HOME && path.isAbsolute(XDG_CACHE_HOME)) return path.join(XDG_CACHE_HOME, 'hometui');
  return HOME && path.isAbsolute(HOME) ? path.join(HOME, '.cache', 'hometui') : null;
}

/** `null` where there is none that can be used. */
function openCache() {
  let opened;
  try {
    opened = fs.openSync(cacheName, 'r');
    const { uid, mode, size } = fs.fstatSync(opened);
    // It is code: nobody but its user may have written it.
    const isOurs = uid === process.geteuid?.() && (mode & 0o022) === 0;
    const places = isOurs ? readPlaces(opened, size) : null;
    if (places !== null) return { file: opened, places };
  } catch {}
  if (opened !== undefined) fs.closeSync(opened);
  return null;
}

/** The first line has for each group, in the order of their caches behind it, its number and how long that is; no byte is left. */
function readPlaces(opened, size) {
  const length = fs.readSync(opened, scratch, 0, CACHE_TABLE_BYTES, 0);
  const table = scratch.latin1Slice(0, scratch.subarray(0, length).indexOf(10));
  const places = new Map();
  let start = table.length + 1;
  for (const [index, length] of JSON.parse(table)) {
    places.set(index, [start, length]);
    start += length;
  }
  return start === size ? places : null;
}

function saveLater() {
  if (willSave || cacheFolder === null || process.geteuid === undefined) return;
  willSave = true;
  process.once('exit', saveCache);
  setTimeout(saveCache, SAVE_AFTER_MS).unref();
}

/** Saves what was compiled by now, functions that have run included. A cache that cannot be kept is no fault. */
function saveCache() {
  if (!willSave) return;
  willSave = false;
  try {
    for (const folder of [path.dirname(cacheFolder), cacheFolder]) makeFolder(folder);
    replaceFile(cacheName, cacheBytes());
    const files = fs.readdirSync(cacheFolder).filter(name => name.startsWith(CACHE_PREFIX));
    if (files.length > MAX_CACHE_FILES) removeOldest(files.map(name => path.join(cacheFolder, name)));
  } catch {}
}

/** The caches of all groups that were used, and of those that an earlier start has used. */
function cacheBytes() {
  const made = new Map(
    [...(cache?.places ?? [])].map(([index, place]) => [index, Buffer.from(readAt(cache.file, ...place))]),
  );
  underUsualFlags(() => {
    for (const [index, script] of scripts) made.set(index, script.createCachedData());
  });
  const table = JSON.stringify([...made].map(([index, { length }]) => [index, length]));
  return Buffer.concat([Buffer.from(`${table}\n`), ...made.values()]);
}

/** Not `recursive`, which Node.js 20 tries for ever in /proc. */
function makeFolder(folder) {
  if (fs.statSync(folder, { throwIfNoEntry: false }) === undefined) fs.mkdirSync(folder, { mode: 0o700 });
}

function replaceFile(name, bytes) {
  const temporary = `${name}.${process.pid}`;
  try {
    const target = fs.openSync(temporary, 'wx', 0o600);
    try {
      fs.writeSync(target, bytes);
      // After a power cut a renamed file may be there without its bytes, and V8 does not check them all.
      fs.fsyncSync(target);
    } finally {
      fs.closeSync(target);
    }
    fs.renameSync(temporary, name);
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    throw error;
  }
}

function removeOldest(files) {
  const dated = files.map(name => ({ name, usedAt: fs.statSync(name).mtimeMs })).sort((a, b) => b.usedAt - a.usedAt);
  for (const { name } of dated.slice(MAX_CACHE_FILES)) fs.rmSync(name, { force: true });
}

loadPart(__ENTRY__);
