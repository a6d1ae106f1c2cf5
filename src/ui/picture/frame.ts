import { wrapText } from '../../core/fit-text.ts';
import type { Keymap } from '../keys/keymap.ts';
import { fillRows } from '../panels/section-lines.ts';
import { type AppState, topPage } from '../state/app-state.ts';
import type { HouseView, Lines, Size } from '../text/house-view.ts';
import { fitLine, type Line, span } from '../text/line.ts';
import { footerLines, hasNotice } from './footer-line.ts';
import { headerLine } from './header-line.ts';
import { statusLines } from './status-line.ts';

/** The parts of every screen from top to bottom. */
export interface Frame {
  readonly top: Lines;
  /** The size of what is between. */
  readonly body: Size;
  readonly bottom: Lines;
  /** Rows of the body that the bottom lies over: a long answer must not move what is above it. */
  readonly covered: number;
}

/** What a screen draws whose part of the program is loaded when it is first asked for. */
export interface ScreenPane {
  /** All rows between header and footer; `null` until it is open. */
  readonly lines: (view: HouseView, size: Size) => Lines | null;
  /** What the keys do while something is typed in it, in place of the footer; `null` else. */
  readonly keys: (view: HouseView, width: number) => Line | null;
}

/** What is the same on every screen: the header, the one thing to know first, and the keys. */
export function frameOf(
  view: HouseView,
  app: AppState,
  keymap: Keymap,
  size: Size,
  pane: ScreenPane | null = null,
): Frame {
  const page = topPage(app);
  const isChosen = page.screen === 'overview' && page.on === 'headline' && app.search === null;
  const place = { size, screen: page.screen, isChosen };
  const top = [headerLine(view, size.columns), ...statusLines(view, place)];
  // The login shows its own keys.
  const isBlank = app.login !== null && !hasNotice(view, app);
  const typing = app.dialog === null && !hasNotice(view, app) ? (pane?.keys(view, size.columns) ?? null) : null;
  const keys = typing === null ? footerLines(view, app, keymap, size.columns) : [typing];
  const bottom = isBlank ? fillRows([], 1, size.columns) : keys;
  const rows = Math.max(1, size.rows - top.length - 1);
  return { top, bottom, body: { columns: size.columns, rows }, covered: bottom.length - 1 };
}

/** All rows of a terminal that is too small for a console. */
export function tooSmallLines(size: Size): Lines {
  const words = `hometui needs 30 columns and 8 rows, this terminal has ${size.columns} and ${size.rows}. Ctrl-C leaves.`;
  const rows = wrapText(words, size.columns).map(row => fitLine([span(row)], size.columns));
  return fillRows(rows, size.rows, size.columns);
}
