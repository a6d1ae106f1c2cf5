import { describe, expect, it } from 'vitest';
import type { ReadHappened } from '../../../src/app/visits/event-reader.ts';
import type { Happened } from '../../../src/app/visits/what-happened.ts';
import type { HistoryEvent } from '../../../src/core/history/history-event.ts';
import { fail, ok } from '../../../src/core/result.ts';
import { openTestConsole } from '../../helpers/ui/console.ts';
import { livingHome, message, START, tick } from '../../helpers/ui/home.ts';
import { kindsHome } from '../../helpers/ui/kinds-home.ts';

const SIZES = [
  [80, 24],
  [120, 40],
  [40, 15],
] as const;
const [HOUR, DAY] = [3_600_000, 86_400_000];

const rung = (at: number, word: string, snapshotBytes: number | null = null): HistoryEvent => ({
  ...{ at, type: 'item', id: 'bell', severity: 'info', text: `Door bell: ${word}` },
  detail: { kind: 'event', value: word, snapshotBytes },
});
const counted = (at: number, count: number): HistoryEvent => ({
  ...{ at, type: 'item', id: 'motion', severity: 'info', text: 'Motion: 3 times' },
  detail: { kind: 'counter', count, since: new Date(at - HOUR / 4).toISOString() },
});

/** Three days of a door: the last one has a picture of who rang. */
const EVENTS: readonly HistoryEvent[] = [
  rung(START - 40 * DAY, 'single'),
  rung(START - 26 * HOUR, 'single'),
  rung(START - 25 * HOUR, 'double'),
  ...Array.from({ length: 20 }, (_, place) => counted(START - 10 * HOUR + (place * HOUR) / 4, 3 + (place % 4))),
  rung(START - 2 * HOUR, 'single', 24_300),
  rung(START - HOUR, 'double'),
];

const readFrom =
  (changes: Partial<Happened> = {}): ReadHappened =>
  async (from, until) =>
    ok({
      events: EVENTS.filter(({ at }) => at >= from && at < until),
      ...{ since: START - 90 * DAY, unheardMs: 3 * HOUR, ...changes },
    });

/** What is on the screen when it is loaded, and the history is read. */
const LOADED = /Today|Nothing|cannot/;

type Look = Omit<Parameters<typeof openTestConsole>[0], 'home'>;

async function frameOf(home: ReturnType<typeof kindsHome>, keys: readonly string[], look: Look): Promise<string> {
  const console = await openTestConsole({ home, ...look });
  await console.press('v');
  await console.until(LOADED);
  for (const key of keys) {
    await console.press(key);
    await console.wait(200);
  }
  const screen = await console.screen();
  await console.press('<ctrl+c>');
  await console.ended;
  return screen;
}

describe('the visitors', () => {
  for (const [columns, rows] of SIZES) {
    it(`stand there by day and time at ${columns}x${rows}`, async () => {
      const screen = await frameOf(kindsHome(), [], { columns, rows, readHappened: readFrom() });
      await expect(screen).toMatchFileSnapshot(`../../frames/visitors-${columns}x${rows}.txt`);
    });

    it(`of a month before are read when the end is reached, at ${columns}x${rows}`, async () => {
      const screen = await frameOf(kindsHome(), ['<end>', '<end>'], { columns, rows, readHappened: readFrom() });
      expect(screen).toContain('Tue 02 Dec');
      await expect(screen).toMatchFileSnapshot(`../../frames/visitors-end-${columns}x${rows}.txt`);
    });

    it(`are those that this console heard where no history is kept, at ${columns}x${rows}`, async () => {
      const screen = await frameOf(kindsHome(), [], { columns, rows });
      await expect(screen).toMatchFileSnapshot(`../../frames/visitors-heard-${columns}x${rows}.txt`);
    });

    it(`cannot be told of a house without a bell, at ${columns}x${rows}`, async () => {
      const screen = await frameOf(livingHome(60), [], { columns, rows, readHappened: readFrom({ events: [] }) });
      await expect(screen).toMatchFileSnapshot(`../../frames/visitors-none-${columns}x${rows}.txt`);
    });
  }

  it('say why the history cannot be read', async () => {
    const readHappened: ReadHappened = async () => fail({ severity: 'warning', message: 'the history cannot be read' });
    expect(await frameOf(kindsHome(), [], { readHappened })).toContain('the history cannot be read');
  });

  it('are read again when somebody rings, and only then', async () => {
    let reads = 0;
    const readHappened: ReadHappened = async (from, until) => {
      reads += 1;
      return readFrom()(from, until);
    };
    const home = kindsHome();
    const console = await openTestConsole({ home, readHappened });
    await console.press('v');
    await console.until(LOADED);
    await console.dispatch(message(home.at + 1_000, 'room/temperature', '22.0'));
    await console.wait(2_000);
    expect(reads).toBe(1);
    await console.dispatch(message(home.at + 2_000, 'door/bell', 'single'));
    await console.wait(2_000);
    expect(reads).toBe(2);
    await console.press('q');
  });
});

describe('a ring', () => {
  it('stands in the last row of every screen for a minute, with its time', async () => {
    const home = kindsHome();
    const console = await openTestConsole({ home });
    await console.dispatch(message(home.at + 1_000, 'door/bell', 'single'));
    for (const keys of ['', '<enter>', '<escape>c', 'd', 'l', '?', 't']) {
      await console.press(keys);
      const rows = (await console.screen()).trimEnd().split('\n');
      expect(rows.at(-1)?.trim(), keys).toBe('• Door bell: ring, at 14:34:01: press v');
    }
    await console.press('<escape>');
    await console.dispatch(tick(home.at + 60_999));
    expect(await console.screen()).toContain('Door bell: ring, at');
    await console.dispatch(tick(home.at + 61_000));
    expect(await console.screen()).not.toContain('Door bell: ring, at');
    await console.press('q');
  });

  it('leaves the row to the keys with the first one that is pressed after it was read', async () => {
    const home = kindsHome();
    const console = await openTestConsole({ home });
    await console.dispatch(message(home.at + 1_000, 'door/bell', 'single'));
    await console.dispatch(tick(home.at + 2_900));
    await console.press('c');
    expect(await console.screen()).toContain('Door bell: ring, at');
    await console.dispatch(tick(home.at + 3_000));
    await console.press('d');
    const rows = (await console.screen()).trimEnd().split('\n');
    expect(rows.at(-1)).toContain('Esc back');
    await console.dispatch(message(home.at + 4_000, 'door/bell', 'single'));
    expect(await console.screen()).toContain('• Door bell: ring, at 14:34:04: press v');
    await console.press('q');
  });

  it('leaves the row to the answer to a key and to what is typed', async () => {
    const home = kindsHome();
    const console = await openTestConsole({ home });
    await console.dispatch(message(home.at + 1_000, 'door/bell', 'single'));
    await console.press('w');
    expect(await console.screen()).toContain('w does nothing');
    await console.press('/bell');
    expect(await console.screen()).toContain('Search: bell');
    await console.press('<escape>');
    expect(await console.screen()).toContain('Door bell: ring, at 14:34:01: press v');
    await console.press('q');
  });
});
