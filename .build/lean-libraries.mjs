// What the bundle changes in libraries so that they start fast. Each edit must fit its library's text exactly once:
// when a library's new version reads otherwise, the build fails here and says where to look.
import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';

const lean = name => resolve(import.meta.dirname, 'lean', name);
const GRAPHEMES = JSON.stringify(lean('graphemes.mjs'));

/** Packages that are replaced as a whole, for every importer. */
const STAND_INS = {
  // Node's own streams are what readable-stream is made from; it brings its own copy and a dozen polyfills.
  'readable-stream': 'node:stream',
  debug: lean('debug.cjs'),
  'lru-cache': lean('lru-cache.cjs'),
  'worker-timers': lean('timers.cjs'),
  // conf checks a schema with it when it is given one; our settings are checked by our own schema.
  'ajv/dist/2020.js': lean('missing.cjs'),
  'ajv-formats': lean('missing.cjs'),
  // conf compares versions with it for its migrations, which we do not use.
  semver: lean('missing.cjs'),
  // Starts other programs to ask for a size that our own output stream knows.
  'terminal-size': lean('terminal-size.mjs'),
  // Its CommonJS form hides what it requires from bundlers.
  'jsonc-parser': resolve(import.meta.dirname, '../node_modules/jsonc-parser/lib/esm/main.js'),
};

/** Edits by file, and what each is worth. */
const EDITS = {
  // Yoga's glue fetches its own data: URL, which loads Node's whole HTTP client (28 ms), and waits, which CommonJS cannot.
  'yoga-layout/dist/binaries/yoga-wasm-base64-esm.js': [
    { find: 'var _scriptDir = import.meta.url;', replace: 'var _scriptDir;' },
    { find: 'return h.instantiateWasm(d,\na)', replace: 'return h.instantiateWasm(d,a,H)' },
  ],
  'yoga-layout/dist/src/index.js': [
    {
      find: 'const Yoga = wrapAssembly(await loadYoga());',
      replace: `const assembly = {
  instantiateWasm(imports, done, dataUrl) {
    const bytes = Buffer.from(dataUrl.slice(dataUrl.indexOf(',') + 1), 'base64');
    done(new WebAssembly.Instance(new WebAssembly.Module(bytes), imports));
    return {};
  },
};
loadYoga(assembly);
const Yoga = wrapAssembly(assembly);`,
    },
  ],
  // Developers' tools, behind top-level awaits.
  'ink/build/reconciler.js': [
    {
      find: /if \(process\.env\['DEV'\] === 'true'\) \{\n {4}\/\/ Intentionally no warning[\s\S]*?\n\}\n/,
      replace: '',
    },
    { find: /async function loadPackageJson\(\) \{[\s\S]*?\n\}\n/, replace: '' },
    { find: /if \(process\.env\['DEV'\] === 'true'\) \{\n {4}try \{\n {8}const loaded[\s\S]*?\n\}\n/, replace: '' },
  ],
  // Each frame takes all rows apart again, twice; most of them are those of the frame before. Half of Ink's time.
  'ink/build/output.js': [
    {
      find: 'export default class Output {',
      replace: `let kept = new OutputCaches();
const keptCaches = () => {
  if (kept.styledChars.size > 256) kept = new OutputCaches();
  return kept;
};
export default class Output {`,
    },
    { find: 'caches = new OutputCaches();', replace: 'caches = keptCaches();' },
    {
      find: /const characterLines = \[\[\]\];\n[\s\S]*?let lines = characterLines\.map\(line => styledCharsToString\(line\)\);/,
      replace: 'let lines = this.caches.getLines(text);',
    },
    {
      find: '    getStringWidth(text) {',
      replace: `    lines = new Map();
    getLines(text) {
        let cached = this.lines.get(text);
        if (cached === undefined) {
            const characterLines = [[]];
            for (const character of this.getStyledChars(text)) {
                if (character.value === '\\n') characterLines.push([]);
                else characterLines.at(-1).push(character);
            }
            cached = characterLines.map(line => styledCharsToString(line));
            this.lines.set(text, cached);
        }
        return cached;
    }
    getStringWidth(text) {`,
    },
  ],
  'string-width/index.js': [
    {
      find: 'const segmenter = new Intl.Segmenter();',
      replace: `import { isPlainText as leanIsPlainText, segmenter as leanSegmenter } from ${GRAPHEMES};
const segmenter = leanSegmenter;
const lazyRegExp = (source, flags) => {
  let made;
  return { get regExp() { return made ??= new RegExp(source, flags); }, test(text) { return this.regExp.test(text); } };
};`,
    },
    {
      find: /const visibleCharacterRegex = \/(\[\^.*?\])\/v;/,
      replace: (_, source) => `const visibleCharacterRegex = lazyRegExp(${JSON.stringify(source)}, 'v');`,
    },
    { find: 'segment.search(visibleCharacterRegex)', replace: 'segment.search(visibleCharacterRegex.regExp)' },
    {
      find: 'const spacingMarkRegex = /\\p{Spacing_Mark}/v;',
      replace: "const spacingMarkRegex = lazyRegExp('\\\\p{Spacing_Mark}', 'v');",
    },
    // Building the set of all emoji sequences costs 15 ms.
    {
      find: 'const rgiEmojiRegex = /^\\p{RGI_Emoji}$/v;',
      replace: "const rgiEmojiRegex = lazyRegExp('^\\\\p{RGI_Emoji}$', 'v');",
    },
    {
      find: 'const extendedPictographicRegex = /\\p{Extended_Pictographic}/gu;',
      replace: "const extendedPictographicRegex = lazyRegExp('\\\\p{Extended_Pictographic}', 'gu');",
    },
    { find: 'segment.match(extendedPictographicRegex)', replace: 'segment.match(extendedPictographicRegex.regExp)' },
    {
      find: 'if (/^[\\u0020-\\u007E]*$/.test(string)) {',
      replace: 'if (ambiguousIsNarrow ? leanIsPlainText(string) : /^[\\u0020-\\u007E]*$/.test(string)) {',
    },
  ],
  // Option files and package.json are neither read nor tidied: meow is given its package, help and version are ours.
  'meow/build/dependencies.js': [
    { find: 'createRequire ? createRequire(import.meta.url) : undefined', replace: 'undefined' },
    { find: 'var normalizeExports = requireNormalize();', replace: '' },
    {
      find: 'const normalizePackageData = getDefaultExportFromCjs(normalizeExports);',
      replace: 'const normalizePackageData = () => {};',
    },
    { find: 'var libExports = requireLib$1();', replace: 'var libExports;' },
  ],
  // Its own connections (TCP, TLS, WebSocket, SOCKS): ours are made in src/io/mqtt-connection/transport.ts.
  'mqtt/build/mqtt.js': [
    {
      find: 'const connect_1 = __importStar(require("./lib/connect"));',
      replace: `const missing = require(${JSON.stringify(lean('missing.cjs'))});
const connect_1 = { default: missing, connectAsync: missing };`,
    },
  ],
  // Makes a buffer for each number up to 65,535 when the first packet is written: 20 ms, and memory that is kept.
  'mqtt-packet/writeToStream.js': [
    {
      find: 'let writeNumber = writeNumberCached\nlet toGenerate = true',
      replace: 'let writeNumber = writeNumberGenerated\nlet toGenerate = false',
    },
  ],
  'mqtt/build/lib/shared.js': [
    // The whole package.json for one number.
    {
      find: "exports.MQTTJS_VERSION = require('../../package.json').version;",
      replace: ({ version }) => `exports.MQTTJS_VERSION = ${JSON.stringify(version)};`,
      needsPackage: true,
    },
  ],
};

/** The esbuild plugin. `used` collects the names of the stand-ins and the files of the edits that found their place. */
export function leanLibraries(used) {
  return {
    name: 'lean-libraries',
    setup(build) {
      const names = Object.keys(STAND_INS).map(name => name.replace(/[-/]/g, '\\$&'));
      build.onResolve({ filter: new RegExp(`^(${names.join('|')})$`) }, ({ path }) => {
        const target = STAND_INS[path];
        used.add(path);
        return target.startsWith('node:') ? { path: target, external: true } : { path: target };
      });
      build.onLoad({ filter: /node_modules\/.*\.m?js$/ }, async ({ path }) => {
        const file = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
        const edits = EDITS[file];
        if (edits === undefined) return undefined;
        used.add(file);
        return applyEdits(file, await readFile(path, 'utf8'), edits, path);
      });
    },
  };
}

/** All that is to be used: an edit or a stand-in that nothing needs any more is to go. */
export const leanNames = [...Object.keys(STAND_INS), ...Object.keys(EDITS)];

async function applyEdits(file, text, edits, path) {
  let contents = text;
  const errors = [];
  for (const { find, replace, needsPackage } of edits) {
    const found =
      typeof find === 'string' ? contents.split(find).length - 1 : [...contents.matchAll(new RegExp(find, 'g'))].length;
    if (found !== 1) {
      const cure = `compare ${file} with its edits in .build/${basename(import.meta.filename)}`;
      errors.push({ text: `${file} changed: found ${found} times instead of once: ${find}; ${cure}` });
    }
    const info = needsPackage ? JSON.parse(await readFile(packageOf(path), 'utf8')) : undefined;
    contents = contents.replace(find, info === undefined ? asReplacer(replace) : () => replace(info));
  }
  return { contents, errors, loader: 'js' };
}

/** A string as it stands: `$` has no meaning in it. */
const asReplacer = replace => (typeof replace === 'string' ? () => replace : replace);

/** `…/node_modules/mqtt/build/x.js` → `…/node_modules/mqtt/package.json` */
function packageOf(path) {
  const [root] = /.*node_modules\/(@[^/]+\/)?[^/]+\//.exec(path) ?? [];
  return `${root}package.json`;
}
