// dist/hometui.cjs: what Node reads and scans at each start. The program's parts stand in the file beside it, and are read
// and compiled one by one when they are first needed, with the code cache of an earlier start.
const fs = require('node:fs');
const path = require('node:path');
const vm = require('node:vm');

/**
 * The parts stand in groups of those that are needed together. Of each group: the name of its first part, the numbers of all,
 * its place in the file of the parts (bytes), its length, the line it begins on, the hash of its text.
 */
const GROUPS = JSON.parse('__TABLE__');
/** What the file of the parts begins with. */
const SIGN = '__SIGN__';
/** As many cache files as several versions of the program need; older ones are removed. */
const MAX_CACHE_FILES = 128;
/** The flags of V8 that the program sets, each with what it is when Node starts. */
const USUAL_FLAGS = { '--semi-space-growth-factor=1': '--semi-space-growth-factor=2' };
/** Late enough to be out of the way of the first pictures, early enough for a console that is ended by a signal. */
const SAVE_AFTER_MS = 4_000;

const partsName = path.join(__dirname, 'hometui.parts');
/** Kept open: a program that runs goes on with its own parts when another one is installed in its place. */
const file = openParts();
/** By the numbers of the parts: what each gives to others, once it has run; its function before that. */
const given = [];
const functions = [];
/** The flag of V8 that the program has set, one of USUAL_FLAGS. */
let flag = null;
const builtin = lazyBuiltins(JSON.parse('__BUILTINS__'));
const uncached = [];
const cacheFolder = findCacheFolder();

function openParts() {
  let opened;
  try {
    opened = fs.openSync(partsName, 'r');
  } catch ({ code }) {
    refuse(`${partsName} cannot be read: ${code}`);
  }
  const sign = Buffer.alloc(SIGN.length);
  fs.readSync(opened, sign, 0, sign.length, 0);
  if (sign.latin1Slice() !== SIGN) refuse(`${partsName} is of another build`);
  return opened;
}

function refuse(why) {
  process.stderr.write(`hometui: ${why}\n  Install hometui again: hometui.cjs and hometui.parts belong together.\n`);
  process.exit(70);
}

function loadPart(number) {
  if (number in given) return given[number];
  if (!(number in functions)) compileGroup(GROUPS.find(({ parts }) => parts.includes(number)));
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

function compileGroup(group) {
  const compiled = underUsualFlags(() => scriptOf(group)).runInThisContext();
  for (const [index, number] of group.parts.entries()) functions[number] = compiled[index];
}

function scriptOf(group) {
  const bytes = Buffer.allocUnsafeSlow(group.length);
  fs.readSync(file, bytes, 0, group.length, group.start);
  const cachedData = readCache(group);
  const script = new vm.Script(bytes.latin1Slice(), { filename: partsName, lineOffset: group.line, cachedData });
  if (cachedData === undefined || script.cachedDataRejected) willSave(group, script);
  return script;
}

function findCacheFolder() {
  const { HOME, XDG_CACHE_HOME, NODE_DISABLE_COMPILE_CACHE } = process.env;
  if (NODE_DISABLE_COMPILE_CACHE) return null;
  // The XDG base directory specification: a relative path is invalid.
  if (XDG_CACHE_HOME && path.isAbsolute(XDG_CACHE_HOME)) return path.join(XDG_CACHE_HOME, 'hometui');
  return HOME && path.isAbsolute(HOME) ? path.join(HOME, '.cache', 'hometui') : null;
}

function cacheFile({ name, hash }) {
  return path.join(cacheFolder, `${name}-${hash}-${process.version}-${process.arch}`);
}

function readCache(group) {
  if (cacheFolder === null) return undefined;
  let cache;
  try {
    cache = fs.openSync(cacheFile(group), 'r');
    const { size, uid, mode } = fs.fstatSync(cache);
    // It is code: nobody but its user may have written it.
    if (uid !== process.geteuid?.() || (mode & 0o022) !== 0) return undefined;
    const bytes = Buffer.allocUnsafeSlow(size);
    return fs.readSync(cache, bytes, 0, size, 0) === size ? bytes : undefined;
  } catch {
    return undefined;
  } finally {
    if (cache !== undefined) fs.closeSync(cache);
  }
}

function willSave(group, script) {
  if (cacheFolder === null || process.geteuid === undefined) return;
  if (uncached.push({ group, script }) > 1) return;
  process.once('exit', saveCache);
  setTimeout(saveCache, SAVE_AFTER_MS).unref();
}

/** Saves what was compiled by now, functions that have run included. A cache that cannot be kept is no fault. */
function saveCache() {
  const toSave = uncached.splice(0);
  if (toSave.length === 0) return;
  try {
    for (const folder of [path.dirname(cacheFolder), cacheFolder]) makeFolder(folder);
    for (const { group, script } of toSave)
      replaceFile(
        cacheFile(group),
        underUsualFlags(() => script.createCachedData()),
      );
    const files = fs.readdirSync(cacheFolder).map(name => path.join(cacheFolder, name));
    if (files.length > MAX_CACHE_FILES) removeOldest(files);
  } catch {}
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
