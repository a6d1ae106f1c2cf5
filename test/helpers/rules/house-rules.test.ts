import { describe, expect, it } from 'vitest';
import { findBreaches, findStrayTests } from './house-rules.ts';

/** The breaches of a house with one such file, and with what it may import. */
function breaches(path: string, text: string, others: Record<string, string> = {}): readonly string[] {
  return findBreaches(new Map(Object.entries({ ...others, [path]: text })));
}

const FORBIDDEN: readonly (readonly [what: string, path: string, text: string, says: RegExp])[] = [
  ['core to io', 'src/core/a.ts', "import { x } from '../io/clock.ts';", /core may not import io.*src\/io\/clock\.ts/],
  ['core to io, types too', 'src/core/a.ts', "import type { X } from '../io/clock.ts';", /core may not import io/],
  ['core to io by re-export', 'src/core/a.ts', "export * from '../io/clock.ts';", /core may not import io/],
  ['core to io in a type', 'src/core/a.ts', "type X = import('../io/clock.ts').X;", /core may not import io/],
  ['core to io, lazily', 'src/core/a.ts', "const f = () => import('../io/clock.ts');", /core may not import io/],
  ['core to node:*', 'src/core/a.ts', "import { join } from 'node:path';", /package 'node:path'/],
  ['core to a deep package file', 'src/core/a.ts', "import 'mqtt/build/x.js';", /package 'mqtt'/],
  ['core to React', 'src/core/deep/a.tsx', "import { memo } from 'react';", /package 'react'/],
  ['io to app', 'src/io/a.ts', "import { x } from '../app/store.ts';", /io may not import app/],
  ['io to ink', 'src/io/a.ts', "import { Box } from 'ink';", /package 'ink'/],
  ['terminal to the house', 'src/terminal/a.ts', "import { x } from '../core/home/state.ts';", /nothing of the house/],
  ['terminal to files', 'src/terminal/a.ts', "import { x } from 'node:fs/promises';", /package 'node:fs'/],
  [
    'a folder to one above it',
    'src/terminal/device/a.ts',
    "import { x } from '../output/b.ts';",
    /device imports .*stands above it.*device, identity/,
  ],
  [
    'another folder to what one may use',
    'src/terminal/input/a.ts',
    "import { x } from 'node:fs';",
    /package 'node:fs'/,
  ],
  [
    'ui to terminal as code',
    'src/ui/a.tsx',
    "import { type X, y } from '../terminal/color.ts';",
    /as code.*import type/,
  ],
  ['ui to io', 'src/ui/a.tsx', "import type { Link } from '../io/mqtt-link.ts';", /ui may not import io/],
  ['ui to node:*', 'src/ui/a.tsx', "import tty from 'node:tty';", /package 'node:tty'/],
  ['app to ui', 'src/app/a.ts', "import type { X } from '../ui/app.tsx';", /app may not import ui/],
  ['app to a package', 'src/app/a.ts', "import { connect } from 'mqtt';", /no package at all/],
  ['cli to main', 'src/cli/a.ts', "import '../main.ts';", /cli may not import main/],
  ['cli to ui', 'src/cli/a.ts', "import { x } from '../ui/app.tsx';", /Only the commands console, demo and replay/],
  [
    'cli to console',
    'src/cli/a.ts',
    "import { x } from '../console/a.ts';",
    /Only the commands console, demo and replay/,
  ],
  ['console to cli', 'src/console/a.ts', "import { x } from '../cli/parse.ts';", /console may not import cli/],
  ['main to core', 'src/main.ts', "import { x } from './core/a.ts';", /main may not import core/],
  ['command to command', 'src/cli/commands/a.ts', "import { x } from './b.ts';", /one command imports another/],
  ['no room at all', 'src/utils/a.ts', "import { x } from '../core/a.ts';", /in no room/],
  ['no file ending', 'src/core/a.ts', "import { x } from './b';", /without its ending/],
  ['a computed import', 'src/cli/a.ts', 'const f = (name: string) => import(name);', /computed name/],
  ['the clock in core', 'src/core/a.ts', 'export const f = () => Date.now();', /uses Date\.now/],
  ['new Date() in core', 'src/core/a.ts', 'export const f = () => new Date();', /uses new Date\(\)/],
  ['randomness in core', 'src/core/a.ts', 'export const f = () => Math["random"]();', /uses Math\.random/],
  ['a timer outside the clock', 'src/io/a.ts', 'export const f = () => setTimeout(() => {}, 1);', /clock handed down/],
  ['the time outside the clock', 'src/ui/a.ts', 'export const f = (now = Date.now) => now();', /clock handed down/],
  ['console in core', 'src/core/a.ts', 'export function f(): void { console.log(1) }', /uses console/],
  ['process in core', 'src/core/a.ts', 'export const f = () => process.env;', /uses process/],
  ['performance in core', 'src/core/a.ts', 'export const f = () => performance.now();', /uses performance/],
  ['a clock taken as default', 'src/core/a.ts', 'export const f = (now = Date.now) => now();', /uses Date\.now/],
  [
    'a call at the top',
    'src/io/a.ts',
    'export const x = 1;\nstart(x);',
    /a\.ts:2: acts when it is imported \(start\(x\);\)/,
  ],
  ['a listener at the top', 'src/app/a.ts', "process.on('exit', () => {});", /acts when it is imported/],
  ['an await at the top', 'src/cli/a.ts', 'export const x = await Promise.resolve(1);', /acts when it is imported/],
  ['an if at the top', 'src/cli/a.ts', 'let x = 1;\nif (x) x = 2;', /a\.ts:2: acts/],
  [
    'a file read at the top',
    'src/io/a.ts',
    "import { readFileSync } from 'node:fs';\nexport const x = readFileSync('a');",
    /acts/,
  ],
  [
    'a timer at the top',
    'src/io/clock.ts',
    'export const timer = setInterval(() => {}, 1);',
    /acts when it is imported/,
  ],
];

const ALLOWED: readonly (readonly [what: string, path: string, text: string])[] = [
  ['core to core', 'src/core/home/a.ts', "import { x } from '../result.ts'; export { y } from './b.ts';"],
  ['a date of a given time', 'src/core/a.ts', 'export const f = (at: number) => new Date(at).toISOString();'],
  [
    'words that look like globals',
    'src/core/a.ts',
    'type process = { performance: 1 }; export const f = (o: any) => o.process;',
  ],
  ['a parameter called process', 'src/core/a.ts', 'export const f = (process: { id: number }) => process.id;'],
  ['a schema', 'src/core/a.ts', "import * as v from 'valibot';\nexport const schema = v.object({ a: v.string() });"],
  [
    'values made at the top',
    'src/ui/a.tsx',
    "import { createContext } from 'react';\nexport const C = createContext(1);\nexport const S = new Set([1]);",
  ],
  ['io to the world', 'src/io/a.ts', "import { readFile } from 'node:fs/promises'; import mqtt from 'mqtt';"],
  [
    'ui to types of terminal',
    'src/ui/a.tsx',
    "import type { Color } from '../terminal/color.ts'; import { Box } from 'ink';",
  ],
  ['a drawing command to ui', 'src/cli/commands/demo.ts', "export const f = () => import('../../ui/app.tsx');"],
  ['main acts', 'src/main.ts', "import { run } from './cli/run.ts';\nawait run(process);"],
];

describe('findBreaches', () => {
  it.each(FORBIDDEN)('finds %s', (_, path, text, says) => {
    const found = breaches(path, text);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(says);
    expect(found[0]).toMatch(new RegExp(`^${path}:\\d+: `));
  });

  it.each(ALLOWED)('allows %s', (_, path, text) => {
    expect(breaches(path, text)).toEqual([]);
  });

  it('follows the way by which a headless command would load Ink', () => {
    const others = {
      'src/cli/draw.ts': "import { x } from './paint.ts';",
      'src/cli/paint.ts': "export const f = () => import('../ui/app.tsx');",
      'src/ui/app.tsx': "import { render } from 'ink';",
    };
    const found = breaches('src/cli/commands/status.ts', "import { x } from '../draw.ts';", others).join('\n');
    const way = 'src/cli/commands/status.ts → src/cli/draw.ts → src/cli/paint.ts → src/ui/app.tsx → ink';
    expect(found).toContain(`src/cli/commands/status.ts:1: must run without React and Ink, but reaches it: ${way}`);
  });

  it('lets acl load Ink when it draws its table, and no earlier', () => {
    const ui = { 'src/ui/table.tsx': "import { renderToString } from 'ink';" };
    const path = 'src/cli/commands/broker/acl.ts';
    const lazy = breaches(path, "export const f = () => import('../../../ui/table.tsx');", ui);
    expect(lazy).toEqual([]);
    const early = breaches(path, "import { x } from '../../../ui/table.tsx';", ui);
    expect(early.join('\n')).toContain(`${path}:1: reaches src/ui/table.tsx`);
    expect(early.join('\n')).toContain(`${path}:1: must run without React and Ink, but reaches it`);
  });

  it('finds Ink loaded by main before it is needed, and lets it come later', () => {
    const command = { 'src/cli/commands/demo.ts': "import { render } from '../../ui/app.tsx';" };
    const ui = { 'src/ui/app.tsx': "import { render } from 'ink';", ...command };
    const early = breaches('src/main.ts', "import { demo } from './cli/run.ts';", {
      ...ui,
      'src/cli/run.ts': "import { render } from './commands/demo.ts';",
    });
    expect(early.join('\n')).toContain('src/main.ts:1: must not load Ink before it is needed');
    const late = breaches('src/main.ts', "import { demo } from './cli/run.ts';", {
      ...ui,
      'src/cli/run.ts': "export const demo = () => import('./commands/demo.ts');",
    });
    expect(late).toEqual([]);
  });
});

describe('findStrayTests', () => {
  it('wants each test beside its source of the same name', () => {
    const tests = ['test/core/a.test.ts', 'test/core/a.random.test.ts', 'test/core/b.test.ts', 'test/ui/c.test.tsx'];
    const elsewhere = [
      'test/helpers/terminal/pty.test.ts',
      'test/end-to-end/demo.test.ts',
      'test/architecture.test.ts',
    ];
    const found = findStrayTests([...tests, ...elsewhere], ['src/core/a.ts', 'src/ui/c.tsx']);
    expect(found).toEqual([
      expect.stringMatching(/^test\/core\/b\.test\.ts:1: .*no src\/core\/b\.ts\. Rename or move/),
    ]);
  });
});
