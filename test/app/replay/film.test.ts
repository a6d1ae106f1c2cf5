import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Film, openFilm } from '../../../src/app/replay/film.ts';
import { openPast } from '../../../src/app/replay/past.ts';
import { emptySeries } from '../../../src/core/home/readings/series.ts';
import type { HomeState } from '../../../src/core/home/state/state.ts';
import { mapRows } from '../../../src/core/home/state/table.ts';
import { openHistoryReader } from '../../../src/io/history-store/reader.ts';
import type { Page } from '../../../src/ui/state/app-state.ts';
import { openNight, type RecordedNight } from '../../helpers/history/recorded-night.ts';
import { emptyHome, message } from '../../helpers/ui/home.ts';
import { appAt, SIZES, screenOf, textsOf } from '../../helpers/ui/pages.ts';

/** An evening, before midnight UTC. */
const EVENING = Date.UTC(2026, 10, 28, 22, 0, 0);

/** A screen that was shown while the night was recorded. */
interface Shown {
  readonly what: string;
  readonly home: HomeState;
  /** Its charts begin with the console, and those of a replay with what was recorded before it, too. */
  readonly hasPast: boolean;
}

const shown: Shown[] = [];
let folder: string;
let film: Film;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-replay-'));
  const night = await openNight(folder, EVENING);
  await liveThrough(night, what => {
    const hasPast = shown.some(({ what: before }) => before === 'midnight is over');
    shown.push({ what, home: night.state(), hasPast });
    // What comes in this same millisecond was not on that screen.
    night.clock.advance(1);
  });
  const { house, session } = emptyHome();
  film = openFilm(openPast(openHistoryReader(folder), house), house, session);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A night with all that a house may have in it; `show` notes what is on the screen. */
async function liveThrough(night: RecordedNight, show: (what: string) => void): Promise<void> {
  const { clock, dispatch } = night;
  await night.pass(30);
  show('all is well');
  dispatch({ type: 'switch-requested', at: clock.now(), switchId: 'pump', target: 'off' });
  await night.pass(1);
  show('a switch was confirmed');
  night.setVoice('dhtclient', false);
  clock.advance(12_300);
  show('a client is late');
  await night.pass(3);
  show('a client is stale');
  night.setVoice('dhtclient', true);
  await night.pass(20);
  dispatch(message(clock.now(), 'heating/flow', '93.4'));
  clock.advance(2_345);
  show('a limit is crossed');
  await night.pass(7);
  dispatch(message(clock.now(), 'cellar/humidity', 'nan?'));
  clock.advance(1_000);
  show('a value cannot be read');
  dispatch({ type: 'filter-answered', at: clock.now(), filter: 'heating/return', code: 0x87 });
  await night.pass(10);
  show('a subscription was denied');
  night.setLine(false);
  clock.advance(20_000);
  dispatch({
    type: 'link-changed',
    at: clock.now(),
    link: {
      phase: 'waiting',
      attempt: 1,
      retryAt: clock.now() + 600_000,
      failure: { kind: 'closed', message: 'the broker closed the connection', cure: 'Wait.', code: null },
    },
  });
  await night.pass(3);
  show('the link is lost');
  await night.pass(5);
  dispatch({
    type: 'link-changed',
    at: clock.now(),
    link: { phase: 'connected', protocol: '5', connectedAt: clock.now() },
  });
  night.setLine(true);
  await night.pass(50);
  show('midnight is over');
  await night.end();
  await night.pass(30);
  await night.begin();
  await night.pass(15);
  show('another console has begun');
  // It wakes within a second: each second is a tick of the replay.
  clock.advance(10_000 - (clock.now() % 10_000) + 300);
  clock.suspend(1_200_000);
  dispatch({ type: 'time-skipped', at: clock.now(), skippedMs: 1_200_000 });
  await night.pass(5);
  show('the machine has slept');
  await night.end();
}

function goTo(at: number): HomeState {
  film.rewind(at);
  while (film.advance(at, 10_000));
  return film.state();
}

const pages: readonly Page[] = [
  { screen: 'overview', focus: 0 },
  ...[0, 1, 2, 3].map((window): Page => ({ screen: 'detail', focus: 0, id: 'flow', window })),
  { screen: 'detail', focus: 2, id: 'temperature', window: 0 },
  { screen: 'detail', focus: 4, id: 'pump', window: 0 },
  { screen: 'clients', focus: 1 },
  { screen: 'denials', focus: 0 },
  { screen: 'log', focus: 0, anchor: null },
];

/**
 * All screens but their header, which has the time and the word REPLAY. Of a value only the second is kept, so that a
 * cadence that was learned may differ by a tenth of one: it is compared in whole seconds.
 */
function picturesOf(home: HomeState): readonly string[] {
  const inSeconds = (picture: string): string =>
    picture.replace(/(every|cadence is|│) (\d+\.\d) s/g, (_, words, cadence) => `${words} ${Math.round(cadence)}   s`);
  const drawn = SIZES.flatMap(size => pages.map(page => textsOf(screenOf(home, appAt(page), size))));
  return drawn.map(rows => inSeconds(rows.slice(1).join('\n')));
}

function withoutCharts(home: HomeState): HomeState {
  return { ...home, readings: mapRows(home.readings, row => ({ ...row, series: emptySeries })) };
}

describe('a night that is taken again', () => {
  it('shows at eleven moments, on each screen, what the console showed then', () => {
    expect(shown).toHaveLength(11);
    for (const { what, home: then, hasPast } of shown) {
      const home = hasPast ? withoutCharts(then) : then;
      const again = picturesOf(hasPast ? withoutCharts(goTo(then.at)) : goTo(then.at));
      for (const [place, picture] of picturesOf(home).entries()) expect(again[place], what).toBe(picture);
    }
  });
});
