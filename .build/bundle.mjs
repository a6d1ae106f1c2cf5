// Builds dist/hometui.cjs and dist/hometui.parts, which are what users install. How it is made to start fast stands in
// lean-libraries.mjs (what is left out of libraries) and loader.cjs (parts that are compiled when needed, with a code cache).
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { build } from 'esbuild';
import { leanLibraries, leanNames } from './lean-libraries.mjs';
import { licenseTexts } from './licenses.mjs';
import { toProgramFiles } from './program-files.mjs';

const root = resolve(import.meta.dirname, '..');
const inRoot = path => resolve(root, path);
const { name, version, license } = JSON.parse(await readFile(inRoot('package.json'), 'utf8'));

const used = new Set();
const result = await build({
  absWorkingDir: root,
  entryPoints: ['src/main.ts'],
  outdir: 'dist',
  write: false,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  jsx: 'automatic',
  minifySyntax: true,
  legalComments: 'none',
  metafile: true,
  define: { 'process.env.NODE_ENV': '"production"' },
  plugins: [leanLibraries(used)],
  logLevel: 'warning',
});
refuseUnused(leanNames.filter(name => !used.has(name)));

const { program, parts } = await toProgramFiles({
  outputs: result.outputFiles,
  metafile: result.metafile,
  entry: 'main.js',
  stages: [
    ['src/main.ts'],
    ['src/cli/start.ts'],
    ['src/cli/commands/console.ts'],
    ['src/app/session.ts', 'src/console/run-console.ts'],
    ['src/io/mqtt-link/mqtt-link.ts'],
    ['node_modules/mqtt/build/index.js'],
    ['src/cli/commands/status.ts', 'src/app/session.ts'],
    ['src/cli/commands/history.ts'],
  ],
  kinds: [...commandNames(result.metafile), '--version', '--help'],
  title: `${name} ${version}, ${license} licence; those of the libraries in it: THIRD-PARTY-LICENSES.txt`,
});
await mkdir(inRoot('dist'), { recursive: true });
await replaceFile('dist/THIRD-PARTY-LICENSES.txt', await licenseTexts(inputsInUse(result.metafile)), 0o644);
await replaceFile('dist/hometui.parts', parts, 0o644);
await replaceFile('dist/hometui.cjs', program, 0o755);
if (process.argv.includes('--metafile'))
  await replaceFile('dist/metafile.json', JSON.stringify(result.metafile), 0o644);
console.log(
  `dist/hometui.cjs: ${kilobytes(program)} kB, dist/hometui.parts: ${kilobytes(parts)} kB in ${result.outputFiles.length} parts`,
);

function kilobytes(text) {
  return Math.round(text.length / 1000);
}

/** Several builds may run side by side, and a running program reads its parts from the file that it was started from. */
async function replaceFile(path, content, mode) {
  const temporary = inRoot(`${path}.${process.pid}`);
  await writeFile(temporary, content);
  await chmod(temporary, mode);
  await rename(temporary, inRoot(path));
}

/** Each command is a file of its own name. */
function commandNames({ outputs }) {
  const entries = Object.values(outputs).map(({ entryPoint = '' }) => entryPoint);
  return entries.flatMap(entry => /^src\/cli\/commands\/(?:.*\/)?([\w-]+)\.ts$/.exec(entry)?.[1] ?? []);
}

function inputsInUse({ outputs }) {
  const used = Object.values(outputs).flatMap(({ inputs }) => Object.entries(inputs));
  return [...new Set(used.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => inRoot(path)))];
}

function refuseUnused(names) {
  if (names.length === 0) return;
  throw new Error(`not in the bundle, so they are to go from .build/lean-libraries.mjs: ${names.join(', ')}`);
}
