import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPast as openChartPast } from '../../../src/app/history/past.ts';
import { openFilm } from '../../../src/app/replay/film.ts';
import { openPast } from '../../../src/app/replay/past.ts';
import { openPlayer, type ReplayPlayer } from '../../../src/app/replay/player.ts';
import type { PastQuestion } from '../../../src/core/history/query/past-question.ts';
import type { AlarmBook, AlarmChange } from '../../../src/core/home/alarms/alarm.ts';
import { openHistoryReader } from '../../../src/io/history-store/reader.ts';
import { createKeymap } from '../../../src/ui/keys/keymap.ts';
import { createFakeClock } from '../../helpers/fake-clock.ts';
import { openNight } from '../../helpers/history/recorded-night.ts';
import { turns } from '../../helpers/terminal/fake-tty.ts';
import { bookOf, tooHot } from '../../helpers/ui/alarms-home.ts';
import { openTestConsole, type TestConsole } from '../../helpers/ui/console.ts';
import { emptyHome } from '../../helpers/ui/home.ts';

const EVENING = Date.UTC(2026, 0, 11, 21, 0, 0);
const MINUTE = 60_000;
/** What is shown first. */
const AT = EVENING + 25 * MINUTE;
const SIZES = [
  [80, 24],
  [120, 40],
  [40, 15],
] as const;

let folder = '';
const asked: PastQuestion[] = [];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-replay-frames-'));
  const night = await openNight(folder, EVENING);
  await night.pass(12);
  night.setVoice('dhtclient', false);
  await night.pass(4);
  night.setVoice('dhtclient', true);
  night.dispatch({ type: 'switch-requested', at: night.clock.now(), switchId: 'pump', target: 'off' });
  const judged = (book: AlarmBook, changes: readonly AlarmChange[]): void =>
    night.dispatch({ type: 'alarms-changed', at: night.clock.now(), book, changes });
  await night.pass(12);
  judged(bookOf([]), []);
  await night.pass(2);
  const at = night.clock.now();
  const change = { number: 1, id: tooHot.id, kind: 'raised', at, by: null, isQuiet: true, priority: 'alarm' } as const;
  judged(bookOf([{ ...tooHot, raisedAt: at }]), [{ ...change, text: 'alarm raised: Flow above 75 °C' }]);
  await night.pass(6);
  await night.end();
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Replayed {
  readonly console: TestConsole;
  readonly player: ReplayPlayer;
}

/** The console over the recorded evening, standing still at a moment. */
async function replayAt(at: number, columns: number, rows: number): Promise<Replayed> {
  const { house, session } = emptyHome();
  const past = openPast(openHistoryReader(folder), house);
  const clock = createFakeClock(EVENING + 86_400_000);
  const film = openFilm(past, house, session);
  const player = openPlayer({ film, past, clock, speed: 60, inWords: () => '' });
  const charts = openChartPast({ house: () => house, folder, clock });
  const readPast = async (question: PastQuestion) => {
    asked.push(question);
    return charts(question);
  };
  await player.goTo(at);
  const home = player.getState();
  const open = async (): Promise<ReplayPlayer> => player;
  const console = await openTestConsole({ home, columns, rows, readPast, replay: { open, first: { player, at } } });
  await turns(20);
  await console.press(' ');
  // What the past brings is drawn at its pace.
  await console.wait(200);
  return { console, player };
}

async function frameOf(keys: string, columns: number, rows: number): Promise<string> {
  const { console } = await replayAt(AT, columns, rows);
  await console.press(keys);
  await turns(20);
  const screen = await console.screen();
  await console.press('<ctrl+c>');
  await console.ended;
  return screen;
}

describe('the screens of a replay', () => {
  const SCREENS = { overview: '', detail: '<enter>', switch: 'jjj<enter>', log: 'l' };
  for (const [columns, rows] of SIZES) {
    for (const [name, keys] of Object.entries(SCREENS)) {
      it(`${name} at ${columns}x${rows}`, async () => {
        const screen = await frameOf(keys, columns, rows);
        expect(screen.split('\n')[0]).toContain('REPLAY');
        await expect(screen).toMatchFileSnapshot(`../../frames/replay-${name}-${columns}x${rows}.txt`);
      });
    }
  }

  it('show the alarms that stood there then, and change nothing of them', async () => {
    const { console } = await replayAt(AT + 6 * MINUTE, 80, 24);
    await console.press('a');
    await console.until('to acknowledge');
    expect(await console.screen()).toMatch(/! Flow above 75 °C, since 21:30/);
    await console.press('A');
    expect(await console.screen()).toContain('This is the past: nothing can be acknowledged or shelved in it');
    await console.press('<enter>');
    await turns(20);
    expect(await console.screen()).toMatch(/Flow, °C 1 h, it came at 21:30/);
    await console.press('<ctrl+c>');
    await console.ended;
    for (const [minutes, said] of [
      [4, 'Nothing that was watched was wrong'],
      [0, 'of alarms nothing is known'],
    ] as const) {
      const earlier = await replayAt(AT + minutes * MINUTE, 80, 24);
      await earlier.console.press('a');
      await earlier.console.until(said);
      await earlier.console.press('<ctrl+c>');
      await earlier.console.ended;
    }
  });

  it('keep a moment that is not understood, to be mended', async () => {
    const { console, player } = await replayAt(AT, 80, 24);
    await console.press('g2026-02-30<enter>');
    expect(await console.screen()).toContain('"2026-02-30" is not understood. There is no such time.');
    await console.press('<backspace><backspace>');
    expect(await console.screen()).toContain('Go to: 2026-02- ');
    await console.press('<ctrl+u>2026-01-11 21:10<enter>');
    await turns(20);
    expect(player.status().at).toBe(EVENING + 10 * MINUTE);
    await console.press('<ctrl+c>');
    await console.ended;
  });

  it('say of what was not denied no more than was recorded, and of favourites no key that is another here', async () => {
    const denied = await frameOf('d', 80, 24);
    expect(denied).toContain('Up to this moment nothing was denied, as far as it was recorded.');
    expect(denied).not.toContain('hometui was started');
    const marked = await frameOf('*', 80, 24);
    expect(marked).toMatch(/Flow is a favourite now +$/m);
  });

  it('name the keys in help as they are there, and the way out in the last row of the narrowest', async () => {
    const { bindings } = createKeymap(emptyHome().house, { isReplay: true });
    const helps = bindings.filter(({ places }) => places.includes('overview'));
    for (const { keys, shown } of helps)
      for (const key of shown.split(' ')) {
        const name = key === 'Space' ? ' ' : key;
        if (name.length === 1) expect([key, keys.includes(name) || '↑↓→←'.includes(name)]).toEqual([key, true]);
      }
    for (const keys of ['', '<enter>', 'l', 'a']) {
      expect((await frameOf(keys, 40, 15)).trimEnd().split('\n').at(-1), keys).toContain('q end');
    }
  });

  it('have charts that can be paged, as of the moment that is shown', async () => {
    const before = await frameOf('<enter>', 80, 24);
    asked.length = 0;
    const paged = await frameOf('<enter><left>', 80, 24);
    await expect(paged).toMatchFileSnapshot('../../frames/replay-paged-80x24.txt');
    expect(paged.split('\n')[0]).toBe(before.split('\n')[0]);
    expect(paged).toContain('11 Jan 2026 21:05 to');
    expect(asked.length).toBeGreaterThan(0);
    for (const { endsAt } of asked) expect(endsAt).toBeLessThanOrEqual(AT);
  });

  it('tell of the time that is yet to come nothing', async () => {
    const screen = await frameOf('<enter><right>', 80, 24);
    expect(screen).toContain('later is yet to come');
    const { house } = emptyHome();
    const charts = openChartPast({ house: () => house, folder, clock: createFakeClock(EVENING + 86_400_000) });
    const edges = Array.from({ length: 37 }, (_, minute) => EVENING + minute * MINUTE);
    const { result } = charts({ sensorId: 'flow', edges, first: 0, comparedEdges: null, asOf: 0, endsAt: AT });
    if (!result.ok) throw new Error(result.error.message);
    const { columns, events } = result.value;
    expect(columns.slice(1, 24).every(({ n }) => n > 0)).toBe(true);
    expect(columns.slice(25).map(({ n, gap }) => [n, gap])).toEqual(columns.slice(25).map(() => [0, null]));
    expect(events.newest.length).toBeGreaterThan(0);
    expect(events.newest.every(({ at }) => at <= AT)).toBe(true);
  });
});
