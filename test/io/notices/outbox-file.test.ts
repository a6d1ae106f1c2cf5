import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { newOutbox, outboxFile, readOutbox, writeOutbox } from '../../../src/io/notices/outbox-file.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-outbox-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('what was written is read, by its owner alone', () => {
  const path = outboxFile(folder);
  expect(readOutbox(path)).toBeNull();
  const outbox = { ...newOutbox(), nextId: 5 };
  writeOutbox(path, outbox);
  expect(readOutbox(path)).toEqual(outbox);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

it('what is no outbox is none', () => {
  const path = outboxFile(folder);
  writeFileSync(path, '{"version":');
  expect(readOutbox(path)).toBeNull();
});

it('two have not the same name', () => {
  expect(newOutbox().seed).toMatch(/^[0-9a-f]{12}$/);
  expect(newOutbox().seed).not.toBe(newOutbox().seed);
});

it.skipIf(process.getuid?.() === 0)('what cannot be written leaves the old one', () => {
  const path = outboxFile(folder);
  writeOutbox(path, newOutbox());
  const before = readFileSync(path, 'utf8');
  chmodSync(folder, 0o500);
  try {
    expect(() => writeOutbox(path, newOutbox())).toThrow(/EACCES/);
  } finally {
    chmodSync(folder, 0o700);
  }
  expect(readFileSync(path, 'utf8')).toBe(before);
});
