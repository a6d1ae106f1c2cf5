import type { ReplayStatus } from '../../app/replay/player.ts';
import type { Freshness } from '../../core/home/state/client.ts';
import type { HomeState } from '../../core/home/state/state.ts';
import { clockText } from '../../core/moment-text.ts';
import type { Glyphs } from '../../terminal/identity/glyphs.ts';
import { type Line, type Span, span } from './line.ts';

/** How big the screen is, in cells. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** What every line is made from: the house as it is and the characters to draw with. */
export interface HouseView {
  readonly home: HomeState;
  readonly glyphs: Glyphs;
  /** The time of day of an event's `at`, both ms since 1970; without it they are the same. */
  readonly timeOfDay?: (at: number) => number;
  /** Where what is shown is the past: how it goes by. */
  readonly replay?: ReplayStatus | null;
}

/** The time of day of an event's `at`, in the local time zone: `14:32:05`. */
export function timeText({ timeOfDay }: HouseView, at: number): string {
  return clockText(timeOfDay === undefined ? at : timeOfDay(at));
}

/** Rows of a part of the screen, each exactly as wide as that part. */
export type Lines = readonly Line[];

/** The sign of a freshness; the word always stands beside it. */
export function freshnessSymbol(glyphs: Glyphs, freshness: Freshness): string {
  const { symbols } = glyphs;
  switch (freshness) {
    case 'live':
      return symbols.live;
    case 'late':
      return symbols.late;
    case 'stale':
      return symbols.stale;
    case 'offline':
      return symbols.offline;
    case 'forged':
    case 'replayed':
    case 'unsealed':
      return symbols.critical;
    case 'waiting':
    case 'retained':
      return symbols.off;
  }
}

/** What the terminal can show, as far as drawing goes; it may change once, when the terminal has answered. */
export interface TerminalLook {
  readonly glyphs: Glyphs;
  /** False: everything is written in ASCII. */
  readonly isUnicode: boolean;
}

/** The mark at what the arrow keys have chosen, one column wide; a plain blank elsewhere. */
export function focusMark(glyphs: Glyphs, isFocused: boolean): Span {
  return isFocused ? span(glyphs.symbols.selected, 'focus') : span(' ');
}
