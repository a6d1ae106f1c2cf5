import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openMarkFile } from '../../../src/io/sealed/mark-file.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-mark-file-'));
  mkdirSync(join(folder, 'hometui'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Another process that has read the file and is about to write what it knows of its own house. */
const OTHER = `const { rmSync, writeFileSync } = require('fs');
  const [, path] = process.argv;
  writeFileSync(path + '.lock', '', { flag: 'wx' });
  process.stdout.write('read');
  setTimeout(() => {
    writeFileSync(path, JSON.stringify({ Other: { fan: { boot: 1, counter: 2, keyId: 'k' } } }));
    rmSync(path + '.lock');
  }, 300);`;

it('keeps what another process writes of its house at the same moment, and is not lost to it', async () => {
  const marksOf = (house: string) => openMarkFile({ XDG_STATE_HOME: folder }, house);
  const child = spawn(process.execPath, ['-e', OTHER, join(folder, 'hometui/seals.json')]);
  await once(child.stdout, 'data');
  marksOf('Home')?.write(new Map([['heating', { boot: 3, counter: 4, keyId: 'h' }]]));
  if (child.exitCode === null) await once(child, 'exit');
  expect(marksOf('Home')?.read().get('heating')).toEqual({ boot: 3, counter: 4, keyId: 'h' });
  expect(marksOf('Other')?.read().get('fan')).toEqual({ boot: 1, counter: 2, keyId: 'k' });
});
