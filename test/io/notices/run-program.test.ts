import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock } from '../../../src/io/clock.ts';
import { runNoticeProgram } from '../../../src/io/notices/run-program.ts';
import { isRunning } from '../../helpers/lifecycle/processes.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-program-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(script: string, { words = [] as string[], env = {}, limitMs = 5_000, input = '{"a":1}\n' } = {}) {
  const path = join(folder, 'notice');
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return runNoticeProgram({ command: [path, ...words], input, env, limitMs }, systemClock());
}

it('gets facts on standard input and in its environment, and words that no shell reads', async () => {
  const out = join(folder, 'out');
  const script = 'printf "%s|%s|%s|" "$1" "$HOMETUI_TITLE" "$SECRET" > "$OUT"; cat >> "$OUT"';
  const env = { OUT: out, HOMETUI_TITLE: '$(id) `id`' };
  const outcome = await run(script, { words: ['$(id); a b'], env });
  expect(outcome).toEqual({ isDelivered: true, answer: 'exit code 0' });
  expect(readFileSync(out, 'utf8')).toBe('$(id); a b|$(id) `id`||{"a":1}\n');
});

it('may leave its input alone, even a long one', async () => {
  expect(await run('exit 0', { input: 'x'.repeat(1e6) })).toMatchObject({ isDelivered: true });
});

it.each([
  ['exit 3', 'it ended with exit code 3', false],
  ['echo "no modem" >&2; exit 1', 'it ended with exit code 1: no modem', false],
  ['kill -TERM $$', 'it was ended by SIGTERM', true],
])('%s: %s', async (script, why, mayBeDone) => {
  expect(await run(script)).toEqual({ isDelivered: false, why, mayBeDone });
});

it.each([
  ['that is not there', 'nothing', 'there is no such file'],
  ['whose folder is a file', 'file/nothing', 'a part of its path is no folder'],
  ['that may not be run', 'file', 'your user has no permission'],
])('one %s is told, and nothing was done', async (_, name, why) => {
  writeFileSync(join(folder, 'file'), '', { mode: 0o600 });
  const command = [join(folder, name)];
  const outcome = await runNoticeProgram({ command, input: '', env: {}, limitMs: 1_000 }, systemClock());
  expect(outcome).toEqual({ isDelivered: false, why, mayBeDone: false });
});

it('that is given more words than the system takes is told', async () => {
  const command = ['/bin/true', 'x'.repeat(4e6)];
  const outcome = await runNoticeProgram({ command, input: '', env: {}, limitMs: 1_000 }, systemClock());
  const why = 'its words and its environment are too long';
  expect(outcome).toEqual({ isDelivered: false, why, mayBeDone: false });
});

it('that takes too long is ended with all that it has started', async () => {
  const pids = join(folder, 'pids');
  const script = 'sleep 60 & echo "$! $$" > "$PIDS"; wait';
  const running = run(script, { env: { PIDS: pids, PATH: process.env.PATH ?? '' }, limitMs: 600 });
  expect(await running).toEqual({ isDelivered: false, why: 'it did not end within 0.6 s', mayBeDone: true });
  expect(existsSync(pids)).toBe(true);
  const started = readFileSync(pids, 'utf8').trim().split(' ').map(Number);
  await expect.poll(() => started.filter(isRunning)).toEqual([]);
});
