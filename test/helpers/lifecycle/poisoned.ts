import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

/** What goes wrong when SIGUSR2 comes. */
export type Poison = 'component' | 'rejection' | 'exception' | 'exception-each-turn';

/** The real console with the real terminal, but for one thing that breaks on SIGUSR2. No part of the product. */
const SOURCE = `
import { createHouse } from './core/house/house.ts';
import { loadHouseConfig } from './cli/settings/load-house.ts';
import { parseConnectionOptions } from './io/mqtt-options/mqtt-options.ts';
import { run } from './cli/run.ts';
import { runScreen } from './console/run-screen.ts';
import { reportError } from './cli/report-error.ts';
import { systemWorld } from './cli/system-world.ts';
import { skeletonFrame } from './ui/picture/skeleton.ts';
import * as themes from './ui/theme/themes.ts';

const world = systemWorld(null);
const poison = process.env.POISON;
const listeners = new Set();
let isPoisoned = false;
const poisoned = look => ({
  getState: () => {
    if (isPoisoned) throw new Error('a component that was poisoned');
    return look.getState();
  },
  subscribe: listener => {
    listeners.add(listener);
    return look.subscribe(listener);
  },
});
process.on('SIGUSR2', () => {
  if (poison === 'rejection') Promise.reject(new Error('a promise nobody kept'));
  if (poison === 'exception') throw new Error('nobody caught this');
  if (poison === 'exception-each-turn') setInterval(() => { throw new Error('again and again'); }, 1);
  isPoisoned = poison === 'component';
  for (const listener of listeners) listener();
});
const house = await loadHouseConfig('article');
const link = parseConnectionOptions({ url: 'mqtt://127.0.0.1:9', user: 'x', password: 'y' }, Math.random);
const loadConsole = async () => {
  const { runConsole } = await import('./console/run-console.ts');
  return { runConsole: options => runConsole({ ...options, look: poisoned(options.look) }) };
};
const first = { session: { connection: link.value, house: createHouse(house) }, issues: [], needsPassword: false,
  firstPaintFiles: null, openReplay: null, readPast: null, onKeepTheme: () => {} };
const screen = { flags: {}, theme: undefined, houses: null, first };
const code = await runScreen(screen, { themes, skeletonFrame, loadConsole }, world).catch(error => reportError(error, world));
process.exit(code);
`;

export interface PoisonedProgram {
  readonly path: string;
  /** Removes it. */
  close(): void;
}

/** Makes the program; run it with Node.js under a pty, with POISON in its environment. */
export function makePoisonedConsole(): PoisonedProgram {
  const root = join(import.meta.dirname, '../../..');
  // Below node_modules, so that packages are found from there.
  const folder = join(root, 'node_modules/.cache/hometui');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `poisoned-${process.pid}.mjs`);
  buildSync({
    stdin: { contents: SOURCE, resolveDir: join(root, 'src'), loader: 'ts' },
    outfile: path,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    jsx: 'automatic',
  });
  return { path, close: () => rmSync(path, { force: true }) };
}
