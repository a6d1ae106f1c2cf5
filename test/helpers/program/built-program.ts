import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../..');

/** The program as it is installed, `dist/hometui.cjs`; built first where it is older than its sources. */
export function builtProgram(): string {
  const program = join(root, 'dist/hometui.cjs');
  const newest = Math.max(...['src', 'themes', '.build'].map(newestIn));
  if (!existsSync(program) || statSync(program).mtimeMs < newest) {
    // Builds side by side do no harm: each replaces the file in one step.
    execFileSync(process.execPath, [join(root, '.build/bundle.mjs')], { stdio: ['ignore', 'ignore', 'inherit'] });
  }
  return program;
}

function newestIn(folder: string): number {
  const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
  return Math.max(0, ...entries.map(entry => statSync(join(entry.parentPath, entry.name)).mtimeMs));
}
