import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Failure } from '../../../src/app/failure.ts';
import { openSettledEngine } from '../../../src/cli/settings/engine.ts';
import { resolveSettings } from '../../../src/cli/settings/settings.ts';
import { systemClock } from '../../../src/io/clock.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-engine-login-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What is said of this login; `null` where it is taken. */
function faultOf(login: string): string | null {
  const file = join(folder, 'login');
  writeFileSync(file, login);
  const settings = resolveSettings({ engine: 'http://pi:8086/write?db=home', engineLogin: file }, {}, {});
  if (!settings.ok) throw new Error('no settings');
  try {
    openSettledEngine(settings.value, systemClock(), new AbortController().signal);
    return null;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return `${error.exitCode} ${error.message}`.replace(file, 'FILE');
  }
}

it.each([
  ['pi:päss word\n', null],
  ['abc-123_=\nnot this\n', null],
  ['\n', "66 the engine's login FILE is empty"],
  ['s3\u0001cret', "66 the engine's login FILE holds a character that no token has, and no colon"],
  ['two words', "66 the engine's login FILE holds a character that no token has, and no colon"],
])('the login %j', (login, fault) => {
  expect(faultOf(login)).toBe(fault);
});
