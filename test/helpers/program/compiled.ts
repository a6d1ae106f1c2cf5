import { linkSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Reporter } from 'vitest/node';

/** Where a run of the tests has what the program compiled, by the process id of Vitest. */
export const compiledFolder = (): string => join(tmpdir(), `hometui-compiled-${process.pid}`);

/** Takes it away at the end. */
export class CompiledReporter implements Reporter {
  onInit(): void {
    process.once('exit', () => rmSync(compiledFolder(), { recursive: true, force: true }));
  }
}

/** What the loader calls it in `~/.cache/hometui`: its name tells the build, so that it is never of another one. */
const isCompiled = (name: string): boolean => name.startsWith('code-');
const cacheOf = (home: string): string => join(home, '.cache', 'hometui');

/**
 * Puts what a start before has compiled into a new HOME, as it is there in daily life from the second start on: a start
 * without it takes a quarter more of a processor. Only where the tests run, not in the benchmarks.
 */
export function lendCompiled(home: string): void {
  const store = process.env.HOMETUI_TEST_COMPILED;
  if (store === undefined) return;
  const names = namesIn(store);
  if (names.length > 0) mkdirSync(cacheOf(home), { recursive: true, mode: 0o700 });
  for (const name of names) linkSync(join(store, name), join(cacheOf(home), name));
}

/** Keeps what a start in a HOME that goes away has compiled, where there was none or less. */
export function keepCompiled(home: string): void {
  const store = process.env.HOMETUI_TEST_COMPILED;
  if (store === undefined) return;
  for (const name of namesIn(cacheOf(home))) {
    const [from, to] = [join(cacheOf(home), name), join(store, name)];
    if (sizeOf(from) <= sizeOf(to)) continue;
    mkdirSync(store, { recursive: true, mode: 0o700 });
    const half = join(store, `new-${process.pid}-${name}`);
    linkSync(from, half);
    renameSync(half, to);
  }
}

/** In a folder that need not be there. */
function namesIn(folder: string): readonly string[] {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(folder).filter(isCompiled) : [];
}

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
