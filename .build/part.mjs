// Makes a function of each part that esbuild made. A part takes what it needs of others as variables of its own when it
// begins, and gives what it exports when it ends. The modules of CommonJS that esbuild can make would get each name through
// two getters at each use, which a start does thousands of times.
import { isBuiltin } from 'node:module';
import { basename } from 'node:path';
import { transform } from 'esbuild';

/** Where a part's lines are broken, so that a stack trace's line number says something. */
const LINE_LIMIT = 160;
/** What a part is called with, by .build/loader.cjs. */
const PARAMETERS = '__part, __load, __loadLater, builtin, require, __filename, __dirname';

const IMPORT = /^import (?:\{([^}]*)\} from )?"\.\/([\w-]+\.js)";\n/gm;
const EXPORT = /^export (?:\{([^}]*)\}|default (.+));\n/gm;

/**
 * What each part imports, by their names. esbuild names besides what is to run before, that one part may rely on what another one
 * does when it begins; here none does, and what others load anyway is not loaded once more: `needed` has what is left.
 */
export function importsOfParts(outputs) {
  const found = new Map();
  const texts = new Map(outputs.map(({ path, text }) => [basename(path), text]));
  const visit = name => {
    if (found.has(name)) return found.get(name);
    const loaded = new Set();
    const load = part => {
      for (const one of [part, ...visit(part).loaded]) loaded.add(one);
    };
    found.set(name, { loaded, needed: new Set() });
    const imports = [...texts.get(name).matchAll(IMPORT)];
    for (const [, names, part] of imports) if (names !== undefined) load(part);
    const needed = new Set(
      imports.filter(([, names, part]) => names === undefined && !loaded.has(part)).map(it => it[2]),
    );
    for (const part of needed) load(part);
    if (loaded.has(name)) throw new Error(`${name} needs itself: what it exports is taken when it ends`);
    found.set(name, { loaded, needed });
    return found.get(name);
  };
  for (const name of texts.keys()) visit(name);
  return new Map([...texts.keys()].map(name => [name, found.get(name)]));
}

/**
 * The code of a part. `output` is one of an esbuild build with splitting as ES modules, `imports` what `importsOfParts` found
 * of all of them, in whose order they are numbered; `isLibrary` tells whether nearly all of it is other people's code.
 */
export async function codeOfPart({ path, text }, imports, isLibrary) {
  const name = basename(path);
  if (/\b__(part|load|loadLater)\b/.test(text)) throw new Error(`${name} has a name of ours: see .build/part.mjs`);
  const { code } = await transform(withOwnImports(name, text, imports), {
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    supported: { 'dynamic-import': false },
    minifyWhitespace: true,
    minifySyntax: true,
    // Our own names stay: stack traces are read by people.
    minifyIdentifiers: isLibrary,
    lineLimit: LINE_LIMIT,
    legalComments: 'none',
    // In the bundle it would be empty.
    logOverride: { 'empty-import-meta': 'error' },
    logLevel: 'error',
  });
  if (/String\.raw`[^`]*[^\0-\x7f]/.test(code))
    throw new Error(`${name} has String.raw that is not ASCII: it would change`);
  return `function (${PARAMETERS}) {${shareBuiltins(toAscii(code))}\n}`;
}

/** Imports and exports of parts, as esbuild prints them, in our own words; what is imported of Node stays. */
function withOwnImports(name, text, imports) {
  const { needed } = imports.get(name);
  const numbers = [...imports.keys()];
  const own = text
    .replace(IMPORT, (_, names, part) => {
      const load = `__load(${numbers.indexOf(part)});\n`;
      if (names !== undefined) return `var {${names.replaceAll(' as ', ': ')}} = ${load}`;
      return needed.has(part) ? load : '';
    })
    .replace(/\bimport\("\.\/([\w-]+\.js)"\)/g, (_, part) => `__loadLater(${numbers.indexOf(part)})`);
  const exported = [...own.matchAll(EXPORT)];
  if (exported.length > 1) throw new Error(`${name} exports in ${exported.length} places: see part.mjs`);
  const [[statement, list = '', whole] = ['']] = exported;
  if (statement === '') return own;
  // What Node gives to an import() of CommonJS: its names, and the whole as `default`.
  if (whole !== undefined)
    return own.replace(statement, () => `let whole = ${whole};\n__part({ ...whole, default: whole });\n`);
  refuseChanging(name, own, list);
  const given = list.replaceAll(/([\w$]+) as ([\w$]+)/g, '$2: $1');
  return own.replace(statement, () => `__part({${given}});\n`);
}

/** What a part exports is taken when it ends. */
function refuseChanging(name, text, list) {
  for (const exported of list.split(',').map(entry => entry.trim().replace(/ as .*/, ''))) {
    const escaped = exported.replaceAll('$', '\\$');
    const changes = new RegExp(`(?<![.\\w$])${escaped}\\s*(?:=(?![=>])|[-+*|&?]{1,2}=|\\+\\+|--)`, 'g');
    if ((text.match(changes) ?? []).length > 1) throw new Error(`${name} exports ${exported}, which it changes`);
  }
}

/** Code in which bytes and characters agree: esbuild leaves regular expressions as they are. */
function toAscii(code) {
  return code.replace(/[^\0-\x7f]/g, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/**
 * Node's own modules are loaded when they are first used: a plain connection needs no TLS and no crypto. esbuild writes
 * `import_tls = require("tls")`, or `__toESM(require("tls"))`, which also copies all names for each importing file.
 */
function shareBuiltins(code) {
  const isOfNode = ([, , module]) => isBuiltin(module);
  const imports = [
    ...code.matchAll(/\b(import_\w+)\s*=\s*(?:__toESM\()?require\("([\w:/]+)"\)(?:(?:,\s*1)?\))?(?=[,;])/g),
  ].filter(isOfNode);
  const places = [...code.matchAll(/\b(import_\w+)\s*=[^;,]{0,40}\brequire\("([\w:/]+)"\)/g)].filter(isOfNode);
  if (imports.length !== places.length)
    throw new Error(
      `${places.length} imports of Node's modules, of which ${imports.length} can be put off: see part.mjs`,
    );
  return imports.reduce((text, [declaration, name, module]) => {
    const place = `builtin["${module}"]`;
    const rest = text.replace(declaration, () => '\0');
    const isAlwaysMember = (rest.match(new RegExp(`\\b${name}\\b.?`, 'gs')) ?? []).every(use => use.endsWith('.'));
    if (!isAlwaysMember) return text.replace(declaration, () => `${name}=${place}`);
    return rest.replaceAll(new RegExp(`\\b${name}\\.`, 'g'), () => `${place}.`).replace('\0', () => `${name}`);
  }, code);
}
