// Runs a TypeScript program of the project's own, a bench or a drawing, on any Node that the project supports.
// Use: node .build/run.mjs screenshots/draw.ts [ARGUMENT…]
import { rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = resolve(import.meta.dirname, '..');
const [, , program, ...args] = process.argv;
// Below node_modules, so that packages are found from there.
const folder = resolve(root, 'node_modules/.cache/hometui');
const outfile = resolve(folder, `${basename(program, '.ts')}-${process.pid}.mjs`);
await mkdir(folder, { recursive: true });
await build({
  absWorkingDir: root,
  entryPoints: [program],
  outfile,
  bundle: true,
  packages: 'external',
  platform: 'node',
  target: 'node20',
  format: 'esm',
  jsx: 'automatic',
  logLevel: 'warning',
});
// As users run it.
process.env.NODE_ENV = 'production';
process.argv = [process.argv[0], resolve(root, program), ...args];
process.on('exit', () => rmSync(outfile, { force: true }));
await import(pathToFileURL(outfile).href);
