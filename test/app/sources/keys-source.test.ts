import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Seals } from '../../../src/app/sealed/seals.ts';
import { keysSource } from '../../../src/app/sources/keys-source.ts';
import type { HomeEvent } from '../../../src/core/home/state/event.ts';
import type { Issue } from '../../../src/core/issue.ts';
import { createFakeClock } from '../../helpers/fake-clock.ts';

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-keys-source-'));
  path = join(folder, 'keys.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function open() {
  const clock = createFakeClock();
  const events: HomeEvent[] = [];
  const world = { fault: null as Issue | null, seals: {} as Seals | null };
  const readAgain = vi.fn(async () => world.fault);
  const source = keysSource(path, { now: () => world.seals, readAgain }, clock)(event => events.push(event));
  const told = (): readonly string[] =>
    events.map(event => {
      if (event.type === 'issue-found') return `${event.issue.severity}: ${event.issue.message}`;
      return event.type === 'issue-settled' ? `settled: ${event.news}` : event.type;
    });
  return { clock, world, source, told, readAgain };
}

it('reads the keys again when their file is there, is another one, and is gone', async () => {
  const { clock, source, told, readAgain } = open();
  clock.advance(10_000);
  expect(readAgain).not.toHaveBeenCalled();
  for (const [place, change] of [
    () => writeFileSync(path, '{}'),
    () => writeFileSync(path, '{"heating": 1}'),
    () => rmSync(path),
  ].entries()) {
    change();
    clock.advance(3_000);
    expect(readAgain).toHaveBeenCalledTimes(place + 1);
  }
  await source.close();
  writeFileSync(path, '{}');
  clock.advance(3_000);
  expect(readAgain).toHaveBeenCalledTimes(3);
  expect(told()).toEqual([]);
});

it('tells keys that cannot be read, and when they can, by their mode too', async () => {
  const { clock, world, told } = open();
  world.fault = { severity: 'error', message: 'others can read them', cure: 'chmod 600' };
  writeFileSync(path, '{}', { mode: 0o644 });
  clock.advance(1_000);
  await expect.poll(told).toEqual(['warning: others can read them']);
  world.fault = null;
  chmodSync(path, 0o600);
  clock.advance(1_000);
  await expect.poll(() => told()[1]).toBe('settled: the keys of sealed payloads are read again');
});

it('looks at nothing where nobody seals', () => {
  const { clock, world, readAgain } = open();
  world.seals = null;
  writeFileSync(path, '{}');
  clock.advance(3_000);
  expect(readAgain).not.toHaveBeenCalled();
  world.seals = {} as Seals;
  clock.advance(1_000);
  expect(readAgain).toHaveBeenCalledTimes(1);
});
