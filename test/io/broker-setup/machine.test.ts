import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { closedFolder, machineNames } from '../../../src/io/broker-setup/machine.ts';

it('names this machine, and nothing twice', () => {
  const names = machineNames();
  expect(names).toEqual(expect.arrayContaining(['localhost', '127.0.0.1', '::1']));
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter(name => /^fe80|^169\.254/.test(name))).toEqual([]);
});

it('finds the first folder on the way that a user may not enter', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hometui-closed-'));
  const inner = join(folder, 'a/b');
  mkdirSync(inner, { recursive: true });
  const nobody = { uid: 65_534, gid: 65_534 };
  chmodSync(folder, 0o755);
  expect(closedFolder(inner, nobody)).toBe(null);
  chmodSync(join(folder, 'a'), 0o750);
  expect(closedFolder(inner, nobody)).toBe(join(folder, 'a'));
  expect(closedFolder(inner, { uid: process.getuid?.() ?? 0, gid: 0 })).toBe(null);
  chmodSync(folder, 0o700);
  expect(closedFolder(inner, nobody)).toBe(folder);
  rmSync(folder, { recursive: true });
});
