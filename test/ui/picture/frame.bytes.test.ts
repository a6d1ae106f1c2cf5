import { describe, expect, it } from 'vitest';
import { changeText } from '../../../src/core/alarms/change-text.ts';
import type { AlarmBook, AlarmChange } from '../../../src/core/home/alarms/alarm.ts';
import type { HomeEvent } from '../../../src/core/home/state/event.ts';
import type { HomeState } from '../../../src/core/home/state/state.ts';
import { decideCapabilities } from '../../../src/terminal/identity/capabilities.ts';
import { glyphsFor } from '../../../src/terminal/identity/glyphs.ts';
import { createFramePainter } from '../../../src/terminal/output/frame-painter.ts';
import { createKeymap } from '../../../src/ui/keys/keymap.ts';
import { chartWindows } from '../../../src/ui/layout/chart-time.ts';
import { plainTable } from '../../../src/ui/panels/table.ts';
import { picture } from '../../../src/ui/picture/picture.ts';
import { type AppState, createAppState } from '../../../src/ui/state/app-state.ts';
import { createPainter } from '../../../src/ui/text/paint.ts';
import { themeOf } from '../../../src/ui/theme/themes.ts';
import { bookOf, tooHot } from '../../helpers/ui/alarms-home.ts';
import {
  connected,
  deviceMessages,
  emptyHome,
  livingHome,
  message,
  START,
  tick,
  withEvents,
} from '../../helpers/ui/home.ts';

/** Gives the bytes that a terminal needs to show each state after the one before. */
function openByteCounter(
  columns: number,
  rows: number,
  theme: string,
  window: number | null = null,
): (home: HomeState) => number {
  const capabilities = decideCapabilities({
    env: { TERM: 'xterm-256color', LANG: 'C.UTF-8' },
    isTTY: true,
    columns,
    rows,
    flags: { ascii: false, colors: 24, glyphs: 'full' },
    replies: null,
    iutf8: true,
  });
  const terminal = createFramePainter(capabilities);
  const painter = createPainter(themeOf(theme).theme, true);
  const overview = createAppState({ theme, needsPassword: false, user: 'monitor' });
  const app: AppState =
    window === null
      ? overview
      : { ...overview, stack: [overview.stack[0], { screen: 'detail', id: 'flow', focus: 0, window }] };
  return home => {
    const view = { home, glyphs: glyphsFor({ glyphs: 'full' }) };
    const scene = { view, app, keymap: createKeymap(home.house), themes: [], size: { columns, rows } };
    return Buffer.byteLength(terminal.paint(picture(scene, plainTable).map(painter.dress), columns, rows));
  };
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;

/** Five minutes of the article's house: four values each five seconds, a clock each second. */
function houseSeconds(bytesOf: (home: HomeState) => number): readonly number[] {
  let home = livingHome(600);
  bytesOf(home);
  return Array.from({ length: 300 }, (_, place) => {
    const second = 601 + place;
    home = withEvents(home, ...(second % 5 === 0 ? deviceMessages(second) : []));
    const values = bytesOf(home);
    home = withEvents(home, tick(START + second * 1_000 + 500));
    return values + bytesOf(home);
  });
}

/** Five minutes of it after an hour, each of the four values in a second of its own. */
function laterSeconds(bytesOf: (home: HomeState) => number): readonly number[] {
  let home = livingHome(3_900);
  bytesOf(home);
  return Array.from({ length: 300 }, (_, place) => {
    const second = 3_901 + place;
    const event = deviceMessages(second)[(second % 5) - 1];
    home = withEvents(home, ...(event === undefined ? [] : [event]), tick(START + second * 1_000 + 500));
    return bytesOf(home);
  });
}

/** What the other sensors say meanwhile. */
const STEADY = [
  ['heating/return', '41.0'],
  ['cellar/temperature', '14.0'],
  ['cellar/humidity', '60.0'],
] as const;

/** Seconds in which one value changes, and now and then a sparkline or a chart. */
function oneValueSeconds(bytesOf: (home: HomeState) => number): readonly number[] {
  let home = livingHome(3_900);
  const counts = Array.from({ length: 310 }, (_, place) => {
    const second = 3_901 + place;
    const at = START + second * 1_000;
    home = withEvents(home, message(at, 'heating/flow', (54 + 16 * Math.sin(second / 60)).toFixed(1)));
    if (second % 5 === 0) home = withEvents(home, ...STEADY.map(([topic, value]) => message(at, topic, value)));
    home = withEvents(home, tick(at + 1));
    return bytesOf(home);
  });
  // At first the others come to what they say from then on.
  return counts.slice(10);
}

describe('bytes on a thin line', () => {
  for (const theme of ['dark', 'light', 'ansi-16', 'no-color']) {
    it(`are few at 80x24 with ${theme}`, () => {
      expect(mean(houseSeconds(openByteCounter(80, 24, theme)))).toBeLessThanOrEqual(25);
      const seconds = oneValueSeconds(openByteCounter(80, 24, theme));
      expect(median(seconds)).toBeLessThanOrEqual(30);
      expect(Math.max(...seconds)).toBeLessThanOrEqual(90);
    });
  }

  it('are few at 120x40, charts included', () => {
    expect(mean(houseSeconds(openByteCounter(120, 40, 'dark')))).toBeLessThanOrEqual(40);
    const seconds = oneValueSeconds(openByteCounter(120, 40, 'dark'));
    expect(median(seconds)).toBeLessThanOrEqual(35);
    expect(Math.max(...seconds)).toBeLessThanOrEqual(100);
  });

  for (const [columns, rows, most] of [
    [80, 24, 110],
    [120, 40, 130],
  ] as const) {
    for (const [window, { label }] of chartWindows.entries()) {
      it(`are few at ${columns}x${rows} for the chart of one sensor over ${label}`, () => {
        const seconds = laterSeconds(openByteCounter(columns, rows, 'dark', window));
        expect(mean(seconds)).toBeLessThanOrEqual(30);
        const dear = seconds.filter(count => count > 100);
        expect(dear.length, dear.join(' ')).toBeLessThanOrEqual(8);
        // But for the turned pages, whose rows are sent as shifts.
        expect(dear.filter(count => count > most).length, dear.join(' ')).toBeLessThanOrEqual(3);
        expect(Math.max(...seconds)).toBeLessThanOrEqual(650);
      });
    }
  }

  it('are few while a fresh console begins to know its house: a chart takes few new scales', () => {
    const bytesOf = openByteCounter(120, 40, 'dark');
    let home = withEvents(emptyHome(), connected(START));
    const seconds = Array.from({ length: 900 }, (_, place) => {
      const at = START + place * 1_000;
      const value = (50 + 20 * Math.sin(place / 60) + 0.3 * Math.sin(place * 1.7)).toFixed(1);
      const steady = STEADY.map(([topic, said]) => message(at, topic, said));
      const heard = place % 5 === 0 ? [message(at, 'heating/flow', value), ...steady] : [];
      home = withEvents(home, ...heard, tick(at + 500));
      return bytesOf(home);
    });
    const dear = seconds.slice(10).filter(count => count > 150);
    // One of them turns the page of the first minute.
    expect(dear.length, dear.join(' ')).toBeLessThanOrEqual(7);
  });

  it('are a few hundred when the page of a chart is turned', () => {
    const bytesOf = openByteCounter(120, 40, 'dark');
    let home = livingHome(4_700);
    bytesOf(home);
    const seconds = Array.from({ length: 400 }, (_, place) => {
      const second = 4_701 + place;
      home = withEvents(home, ...(second % 5 === 0 ? deviceMessages(second) : []), tick(START + second * 1_000 + 500));
      return bytesOf(home);
    });
    expect(Math.max(...seconds)).toBeGreaterThan(150);
    expect(Math.max(...seconds)).toBeLessThanOrEqual(400);
  });

  for (const [columns, rows] of [
    [40, 15],
    [80, 24],
    [120, 40],
  ] as const) {
    it(`are no more than 200 for an alarm that comes at ${columns}x${rows}, and none for one that goes on`, () => {
      const bytesOf = openByteCounter(columns, rows, 'dark');
      const at = START + 600_500;
      const alarm = { ...tooHot, raisedAt: at };
      const text = changeText('raised', alarm, null);
      const change = { number: 1, id: alarm.id, kind: 'raised', at, by: null, isQuiet: false, text } as const;
      const told = (book: AlarmBook, changes: readonly AlarmChange[]): HomeEvent => ({
        ...{ type: 'alarms-changed', at, book, changes },
      });
      let home = withEvents(livingHome(600), told(bookOf([]), []));
      bytesOf(home);
      home = withEvents(home, told(bookOf([alarm]), [{ ...change, priority: 'alarm' }]));
      const bytes = bytesOf(home);
      expect(bytes).toBeGreaterThan(20);
      expect(bytes).toBeLessThanOrEqual(200);
      home = withEvents(
        home,
        told(bookOf([{ ...alarm, value: '79.1 °C', detail: 'it is still so' }], { revision: 2 }), []),
      );
      expect(bytesOf(home)).toBe(0);
    });
  }

  it('are none where nothing changed', () => {
    const bytesOf = openByteCounter(80, 24, 'dark');
    const home = livingHome(60);
    expect(bytesOf(home)).toBeGreaterThan(500);
    expect(bytesOf(home)).toBe(0);
  });
});
