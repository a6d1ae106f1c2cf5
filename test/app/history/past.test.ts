import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPast } from '../../../src/app/history/past.ts';
import { createPastReader } from '../../../src/app/history/past-reader.ts';
import type { PastAnswer, PastPage } from '../../../src/core/history/query/past-page.ts';
import { createHouse } from '../../../src/core/house/house.ts';
import { historyFolder } from '../../../src/io/history-store/place.ts';
import { parseConnectionOptions } from '../../../src/io/mqtt-options/mqtt-options.ts';
import { createFakeClock, FAKE_START } from '../../helpers/fake-clock.ts';
import { pastEvent, writeHousePast } from '../../helpers/history/house-past.ts';
import { article } from '../../helpers/ui/home.ts';

const HOUR = 3_600;
const NOW = FAKE_START / 1_000;
const house = createHouse(article());
const edges = Array.from({ length: 25 }, (_, place) => (NOW - (24 - place) * HOUR) * 1_000);
const question = { sensorId: 'flow', edges, first: 0, comparedEdges: null, asOf: FAKE_START };

let folder = '';
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'hometui-past-')), 'history');
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

function pageOf({ result }: PastAnswer): PastPage {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

const ask = () => openPast({ house: () => house, folder, clock: createFakeClock() })(question);

describe('the past of a chart', () => {
  it('tells what was heard, what was silent, and when nobody listened', async () => {
    await writeHousePast(folder, {
      ...{ from: NOW - 48 * HOUR, until: NOW - HOUR },
      absences: [{ from: NOW - 20 * HOUR, until: NOW - 18 * HOUR }],
      silences: [{ from: NOW - 10 * HOUR, until: NOW - 8 * HOUR }],
      events: [pastEvent(NOW - 5 * HOUR, 'denial', 'critical', 'monitor may not')],
    });
    const page = pageOf(ask());
    const gaps = page.columns.flatMap(({ gap }, place) => (gap === null ? [] : [[place, gap]]));
    expect(gaps).toEqual([
      [4, 'not-listening'],
      [5, 'not-listening'],
      [14, 'silent'],
      [15, 'silent'],
      [23, 'not-listening'],
    ]);
    expect(page.columns.filter(({ n }) => n === 60)).toHaveLength(19);
    expect(page.events.newest).toEqual([{ at: (NOW - 5 * HOUR) * 1_000, mark: 'denied', text: 'monitor may not' }]);
    expect(page.since).toBe(FAKE_START - 60 * HOUR * 1_000);
  });

  it('is none where nothing was recorded, and none where there is no place for it', async () => {
    expect(pageOf(ask())).toMatchObject({ columns: [], since: null });
    const link = parseConnectionOptions({ url: 'mqtt://127.0.0.1' }, Math.random);
    if (!link.ok) throw new Error('that is an address');
    const read = createPastReader({ env: {}, clock: createFakeClock(), house: () => house, link: link.value });
    expect(await read(question)).toMatchObject({ result: { ok: true, value: { since: null } } });
  });

  it('says what stands in the way, where, and what to do', async () => {
    await writeHousePast(folder, { from: NOW - 3 * HOUR, until: NOW });
    chmodSync(folder, 0o777);
    const { result } = ask();
    expect(result).toMatchObject({ ok: false, error: { message: expect.stringContaining(folder) } });
    expect(result.ok || result.error.cure).toContain('chmod 700');
  });

  it('shows what is damaged as damaged', async () => {
    await writeHousePast(folder, { from: NOW - 48 * HOUR, until: NOW });
    const [log = ''] = readdirSync(folder).filter(name => name.endsWith('.log'));
    const bytes = readFileSync(join(folder, log));
    // Of the open day nothing but the batch itself can be hit.
    bytes[Math.floor(bytes.length / 100)] = 0xff;
    writeFileSync(join(folder, log), bytes);
    const page = pageOf(ask());
    expect(page.columns.every(({ n, gap }) => n > 0 || gap === 'damaged' || gap === 'not-listening')).toBe(true);
    expect(page.columns.slice(0, 12).every(({ n }) => n > 0)).toBe(true);
  });
});

it('reads beside the one who writes, after waiting keys, and drops what was asked before the newest question', async () => {
  const link = parseConnectionOptions({ url: 'mqtt://127.0.0.1' }, Math.random);
  if (!link.ok) throw new Error('that is an address');
  const env = { XDG_STATE_HOME: join(folder, 'state') };
  const place = historyFolder(env, house.config.name, link.value.session);
  await writeHousePast(place ?? '', { from: NOW - 48 * HOUR, until: NOW - 60 });
  const read = createPastReader({ env, clock: createFakeClock(), house: () => house, link: link.value });
  const [first, second] = await Promise.all([read(question), read({ ...question, asOf: 1 })]);
  expect(first).toBeNull();
  expect(pageOf(second as PastAnswer).columns.filter(({ n }) => n > 0)).toHaveLength(24);
});
