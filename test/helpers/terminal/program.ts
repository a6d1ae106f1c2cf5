import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

/** A small program made of the sources, to be run by Node.js under a pty. */
export interface TerminalProgram {
  readonly path: string;
  /** Removes it. */
  close(): void;
}

const PRELUDE = `
import { readTtySettings, writeNow } from './terminal/device/tty.ts';
import { systemClock } from './io/clock.ts';
import { decideCapabilities } from './terminal/identity/capabilities.ts';
import { openFrameWriter } from './terminal/output/frame-writer.ts';
import { openTerminalInput } from './terminal/input/input.ts';
import { probeTerminal } from './terminal/identity/probe.ts';
import { openScreen } from './terminal/output/screen.ts';
import { parseUtf8Flag } from './terminal/identity/tty-flags.ts';
import { writeFileSync } from 'node:fs';
const { stdin, stdout, env } = process;
const { columns, rows, isTTY } = stdout;
const clock = systemClock();
const NO_FLAGS = { ascii: false, colors: null, glyphs: null };
const decide = (replies, iutf8) => decideCapabilities({ env, isTTY, columns, rows, flags: NO_FLAGS, replies, iutf8 });
const send = text => void writeNow(stdout.fd, text);
`;

/** Bundles a program; the names of the terminal library are there, paths count from src/. */
export function makeTerminalProgram(source: string): TerminalProgram {
  const folder = mkdtempSync(join(tmpdir(), 'hometui-program-'));
  const path = join(folder, 'program.mjs');
  buildSync({
    stdin: { contents: PRELUDE + source, resolveDir: join(import.meta.dirname, '../../../src'), loader: 'ts' },
    outfile: path,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
  });
  return { path, close: () => rmSync(folder, { recursive: true, force: true }) };
}
