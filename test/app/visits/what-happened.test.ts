import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readHappened } from '../../../src/app/visits/what-happened.ts';
import { openNight } from '../../helpers/history/recorded-night.ts';

const EVENING = Date.UTC(2026, 0, 11, 21, 0, 0);
const MINUTE = 60_000;

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-happened-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const span = (from: number, until: number) => ({ from: from / 1_000, until: until / 1_000 });

it('tells what happened in a stretch, since when anything is kept, and for how long nobody listened', async () => {
  const night = await openNight(folder, EVENING);
  await night.pass(4);
  night.dispatch({ type: 'switch-requested', at: night.clock.now(), switchId: 'pump', target: 'off' });
  await night.pass(2);
  await night.end();
  const told = readHappened(folder, span(EVENING, EVENING + 10 * MINUTE));
  if (!told.ok) throw new Error(told.error.message);
  const { events, since, unheardMs } = told.value;
  expect(events.map(({ type }) => type)).toContain('command');
  expect(since).toBe(Date.UTC(2026, 0, 11));
  expect(unheardMs).toBeGreaterThan(3 * MINUTE);
  expect(unheardMs).toBeLessThan(5 * MINUTE);
  const before = readHappened(folder, span(EVENING - 10 * MINUTE, EVENING - MINUTE));
  expect(before).toMatchObject({ ok: true, value: { events: [], unheardMs: 9 * MINUTE } });
}, 30_000);

it('tells nothing where nothing was recorded, and why what is there cannot be read', () => {
  const nothing = { ok: true, value: { events: [], since: null, unheardMs: 0 } };
  expect(readHappened(join(folder, 'none'), span(EVENING, EVENING + MINUTE))).toEqual(nothing);
  mkdirSync(join(folder, 'newer'), { mode: 0o700 });
  expect(readHappened(join(folder, 'newer'), span(EVENING, EVENING + MINUTE))).toEqual(nothing);
  writeFileSync(join(folder, 'file'), '');
  expect(readHappened(join(folder, 'file'), span(EVENING, EVENING + MINUTE))).toMatchObject({ ok: false });
});
