import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPast } from '../../../src/app/history/past.ts';
import type { ReadPast } from '../../../src/app/history/past-reader.ts';
import { recall } from '../../../src/app/history/recall.ts';
import { createStore } from '../../../src/app/store.ts';
import type { PastQuestion } from '../../../src/core/history/query/past-question.ts';
import { createFakeClock } from '../../helpers/fake-clock.ts';
import { pastEvent, usualFlow, writeHousePast } from '../../helpers/history/house-past.ts';
import { openTestConsole } from '../../helpers/ui/console.ts';
import { connected, deviceMessages, emptyHome, livingHome, START, tick, withEvents } from '../../helpers/ui/home.ts';

const HOUR = 3_600;
const DAY = 24 * HOUR;
const BEGIN = START / 1_000;
const home = livingHome(600);

let folder = '';
let readPast: ReadPast;
beforeAll(async () => {
  folder = join(mkdtempSync(join(tmpdir(), 'hometui-past-')), 'history');
  const ago = (hours: number): number => BEGIN - hours * HOUR;
  await writeHousePast(folder, {
    ...{ from: BEGIN - 40 * DAY, until: BEGIN },
    absences: [
      { from: ago(6), until: ago(4) },
      { from: ago(3 * 24), until: ago(2 * 24 + 12) },
    ],
    silences: [{ from: ago(13), until: ago(11) }],
    flowAt: second => usualFlow(second) + 3 * Math.floor((second - BEGIN) / DAY + 40) * 0.1,
    events: [
      { ...pastEvent(ago(26), 'switch', 'info', 'Fan is off', 'fan'), detail: { state: 'off' } },
      pastEvent(ago(13), 'client', 'warning', 'heating is stale: silent for 15 s, its cadence is 5.0 s', 'heating'),
      pastEvent(ago(9), 'denial', 'critical', 'monitor may not publish to cellar/fan: refused'),
      { ...pastEvent(ago(2), 'switch', 'info', 'Pump is on', 'pump'), detail: { state: 'on' } },
      pastEvent(ago(2), 'verdict', 'good', 'Pump on: confirmed in 84 ms', 'pump'),
    ],
  });
  const clock = createFakeClock(home.at);
  const read = openPast({ house: () => home.house, folder, clock });
  readPast = async question => read(question);
});
afterAll(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

type Look = Partial<Parameters<typeof openTestConsole>[0]>;

async function frameOf(keys: string, look: Look): Promise<string> {
  const console = await openTestConsole({ home, readPast, ...look });
  for (const key of keys.match(/<[^>]+>|./g) ?? []) await console.press(key);
  const screen = await console.screen();
  await console.press('<escape><escape><escape><escape>q');
  await console.ended;
  return screen;
}

/** The same house a second after the start, with what the history keeps of before. */
function freshHome() {
  const clock = createFakeClock(START);
  const store = createStore(emptyHome(), () => {});
  recall(store, folder, clock);
  return withEvents(store.getState(), connected(START), ...deviceMessages(1), tick(START + 1_500));
}

/** The looks of a chart by the keys that lead to them. */
const LOOKS: Readonly<Record<string, string>> = {
  'past-24h': '<enter>+++',
  'past-24h-events': '<enter>+++<enter>',
  'past-24h-earlier': '<enter>+++<left>=,,,,',
  'past-7d': '<enter>++++',
  'past-30d-date': '<enter>+++++g2026-01-02',
  'past-all': '<enter>+++++++',
};

describe('the past of a sensor', () => {
  for (const [columns, rows] of [
    [80, 24],
    [120, 40],
    [40, 15],
  ] as const) {
    for (const [name, keys] of Object.entries(LOOKS)) {
      it(`${name} at ${columns}x${rows}`, async () => {
        const screen = await frameOf(keys, { columns, rows });
        await expect(screen).toMatchFileSnapshot(`../../frames/${name}-${columns}x${rows}.txt`);
      });
    }
  }

  it.each([
    [80, 24],
    [120, 40],
    [40, 15],
  ])('is what the overview begins with, at %dx%d', async (columns, rows) => {
    const screen = await frameOf('', { columns, rows, home: freshHome() });
    expect(screen).toContain('was on, 12:22');
    await expect(screen).toMatchFileSnapshot(`../../frames/past-overview-${columns}x${rows}.txt`);
  });

  it('is told of a relay in full, and before it is switched', async () => {
    const detail = await frameOf('jjj<enter>', { home: freshHome() });
    await expect(detail).toMatchFileSnapshot('../../frames/past-switch-80x24.txt');
    const { house, ...others } = freshHome();
    const asking = new Map([...house.switches].map(([id, config]) => [id, { ...config, ask: true }]));
    const dialog = await frameOf('p', { home: { ...others, house: { ...house, switches: asking } } });
    expect(dialog).toContain('Where it stands is not known; it was on,');
  });

  it.each(['wgl4', 'linux', 'ascii'] as const)('in the signs of %s', async glyphs => {
    const screen = await frameOf('<enter>+++', { glyphs });
    if (glyphs === 'ascii') expect(screen).toMatch(/^[\n\u0020-\u007e]*$/);
    await expect(screen).toMatchFileSnapshot(`../../frames/past-24h-80x24-${glyphs}.txt`);
  });

  it('tells what is wrong with a date, and what it takes', async () => {
    const screen = await frameOf('<enter>g2026-02-30', { columns: 120, rows: 40 });
    expect(screen).toContain('Go to 2026-02-30_  There is no such time. It takes 2026-11-29');
    const begun = await frameOf('<enter>g', {});
    expect(begun).toContain('Go to _  as 2026-11-29 14:00');
    expect(begun.trimEnd().split('\n').at(-1)).toMatch(/^ Enter go there {2}Esc leave *$/);
  });

  it('keeps the old page with a calm word while another is read, and answers only the newest key', async () => {
    const waiting: (() => void)[] = [];
    const slow: ReadPast = async question => {
      const answer = await readPast(question);
      await new Promise<void>(resolve => waiting.push(resolve));
      return answer;
    };
    const console = await openTestConsole({ home, readPast: slow, rows: 40, columns: 120 });
    await console.press('<enter>+++');
    for (const go of waiting.splice(0)) go();
    const before = await console.screen();
    expect(before).not.toContain('reading');
    await console.press('<left>');
    const meanwhile = await console.screen();
    expect(meanwhile).toContain('reading …');
    const plot = (screen: string) => screen.split('\n').slice(8, 25);
    expect(plot(meanwhile)).toEqual(plot(before));
    await console.press('<left>');
    for (const go of waiting.splice(0)) go();
    const after = await console.screen();
    expect(after).not.toContain('reading');
    expect(after).toContain('Thu 08 Jan 2026 14:30 to Fri 09 Jan 2026 14:30');
    await console.press('<ctrl+c>');
    await console.ended;
  });

  it('says where there is no history, and shows what was heard since the start', async () => {
    const screen = await frameOf('<enter>++++', { readPast: async () => null });
    expect(screen).toContain('reading …');
    expect(screen).not.toContain('no history is kept');
    const none = openPast({ house: () => home.house, folder: `${folder}-not-there`, clock: createFakeClock(home.at) });
    const nothing = await frameOf('<enter>++++', { readPast: async question => none(question) });
    expect(nothing).toContain('no history is kept of it');
    expect(nothing).toMatch(/min 38\.0 {2}mean \d\d\.\d {2}max 70\.0 {2}in 7 d/);
  });

  it('says of nothing that it was not heard before it is read, or where it cannot be', async () => {
    const silent = withEvents(emptyHome(), connected(START), tick(START + 20_000));
    const waiting = await frameOf('<enter>++++,', { home: silent, readPast: async () => null });
    expect(waiting).toContain(' The history is being read ');
    expect(waiting).toContain('not heard here, and the history is not read');
    expect(waiting).not.toMatch(/nothing (was )?heard|no history/i);
    const file = `${folder}-no-folder`;
    writeFileSync(file, '');
    const broken = openPast({ house: () => home.house, folder: file, clock: createFakeClock(home.at) });
    const look = { home: silent, columns: 120, rows: 40, readPast: async (one: PastQuestion) => broken(one) };
    const unreadable = await frameOf('<enter>++++', look);
    expect(unreadable).toContain(' The history cannot be read ');
    expect(unreadable).toContain('no value is known of that time');
    expect(unreadable).not.toMatch(/nothing (was )?heard|no history/i);
    const kept = await frameOf('<enter>++++', { ...look, readPast: readPast });
    expect(kept).not.toMatch(/cannot be read|being read/);
  });

  it('says what stands in the way of reading it, where, and what to do', async () => {
    const file = `${folder}-file`;
    writeFileSync(file, '');
    const broken = openPast({ house: () => home.house, folder: file, clock: createFakeClock(home.at) });
    const screen = await frameOf('<enter>++++', {
      readPast: async question => broken(question),
      columns: 120,
      rows: 40,
    });
    expect(screen.replace(/\s*│\n│\s*/g, ' ')).toContain(
      `the history in ${file} is not used: it is no folder. Move it away.`,
    );
  });

  it('costs no byte more on a chart at rest, though it is read again each minute', async () => {
    let asked = 0;
    const counting: ReadPast = question => {
      asked += 1;
      return readPast(question);
    };
    const bytesOf = async (reads: Pick<Look, 'readPast'>): Promise<number> => {
      const console = await openTestConsole({ home, ...reads });
      await console.press('<enter>+');
      await console.press('+');
      await console.press('+');
      console.bytes();
      const before = asked;
      await console.replace({ ...home, at: home.at + 61_000 });
      const bytes = console.bytes();
      if (reads.readPast !== undefined) expect(asked).toBe(before + 1);
      await console.press('<ctrl+c>');
      await console.ended;
      return bytes;
    };
    expect(await bytesOf({ readPast: counting })).toBeLessThanOrEqual(await bytesOf({}));
  });
});
