import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findRotatedLog } from '../../../src/io/log-tail/rotated-log.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-rotated-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Writes files, each a minute younger than the one before. */
function write(...names: string[]): void {
  for (const [index, name] of names.entries()) {
    writeFileSync(join(folder, name), '');
    utimesSync(join(folder, name), index * 60, index * 60);
  }
}

it.each([
  [['mosquitto.log.2', 'mosquitto.log.1'], 'mosquitto.log.1'],
  [['mosquitto.log-20260101', 'mosquitto.log-20260108'], 'mosquitto.log-20260108'],
  [['mosquitto.log.1', 'mosquitto.log.2.gz', 'other.log.1', 'mosquitto.log', 'mosquitto.logs'], 'mosquitto.log.1'],
  [['mosquitto.log.1.gz', 'mosquitto.log.2.zst'], null],
  [[], null],
])('finds the newest that is not compressed among %j', async (names, found) => {
  write(...names);
  mkdirSync(join(folder, 'mosquitto.log.d'));
  expect(await findRotatedLog(join(folder, 'mosquitto.log'))).toBe(found === null ? null : join(folder, found));
});

it('finds nothing in a folder that is not there', async () => {
  expect(await findRotatedLog(join(folder, 'none', 'mosquitto.log'))).toBeNull();
});
