import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolder } from '../../../src/io/files/folder.ts';

let home = '';

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'hometui-folder-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

describe('a folder', () => {
  it('is made with those above it, for its user alone, and left as it is where it is there', () => {
    makeFolder(join(home, '.local/state/hometui'));
    makeFolder(join(home, '.local/state/hometui'));
    for (const path of ['.local', '.local/state', '.local/state/hometui']) {
      expect(statSync(join(home, path)).mode & 0o777, path).toBe(0o700);
    }
  });

  it('throws what the system says, also where Node would try for ever', () => {
    writeFileSync(join(home, 'file'), '');
    expect(() => makeFolder(join(home, 'file/hometui'))).toThrow('ENOTDIR');
    expect(() => makeFolder('/proc/.config/hometui')).toThrow('ENOENT');
  });
});
