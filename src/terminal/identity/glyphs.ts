import type { Capabilities } from './capabilities.ts';

/** Corners, edges and joints of a frame. */
export interface FrameGlyphs {
  readonly topLeft: string;
  readonly topRight: string;
  readonly bottomLeft: string;
  readonly bottomRight: string;
  readonly horizontal: string;
  readonly vertical: string;
  readonly teeLeft: string;
  readonly teeRight: string;
  readonly teeTop: string;
  readonly teeBottom: string;
  readonly cross: string;
}

/** Signs with a meaning; each is one column wide. */
export interface SymbolGlyphs {
  readonly live: string;
  readonly off: string;
  readonly late: string;
  readonly stale: string;
  readonly offline: string;
  readonly denied: string;
  readonly confirmed: string;
  readonly warning: string;
  readonly critical: string;
  readonly up: string;
  readonly flat: string;
  readonly down: string;
  readonly lock: string;
  readonly selected: string;
  readonly arrow: string;
  readonly bullet: string;
}

/** The drawing characters of one rung of the ladder. */
export interface Glyphs {
  /** Levels of a sparkline from the lowest to the highest. */
  readonly sparkline: readonly string[];
  /** A column of a sparkline in which nothing was heard; a blank where a dot would look like a level. */
  readonly silence: string;
  readonly frame: FrameGlyphs;
  readonly symbols: SymbolGlyphs;
  /** The ten `symbols` of asciichart: zero axis, axis, left and right end, line, four corners, vertical line. */
  readonly chart: readonly string[];
  /** What fills a part of a chart of which nothing is known, in which all was quiet, and that is damaged. */
  readonly gaps: { readonly unknown: string; readonly quiet: string; readonly damaged: string };
  /** Whether `▀` and `▄` are there: big digits are made of them. */
  readonly hasHalfBlocks: boolean;
}

const SQUARE: FrameGlyphs = {
  topLeft: '┌',
  topRight: '┐',
  bottomLeft: '└',
  bottomRight: '┘',
  horizontal: '─',
  vertical: '│',
  teeLeft: '├',
  teeRight: '┤',
  teeTop: '┬',
  teeBottom: '┴',
  cross: '┼',
};

const FULL: Glyphs = {
  sparkline: ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'],
  silence: '·',
  frame: { ...SQUARE, topLeft: '╭', topRight: '╮', bottomLeft: '╰', bottomRight: '╯' },
  symbols: {
    live: '●',
    off: '○',
    late: '△',
    stale: '▲',
    offline: '✗',
    denied: '✗',
    confirmed: '✓',
    warning: '▲',
    critical: '!',
    up: '↗',
    flat: '→',
    down: '↘',
    lock: '■',
    selected: '▶',
    arrow: '→',
    bullet: '•',
  },
  chart: ['┼', '┤', '╶', '╴', '─', '╰', '╭', '╮', '╯', '│'],
  gaps: { unknown: '░', quiet: '·', damaged: '?' },
  hasHalfBlocks: true,
};

/** Only characters of Windows Glyph List 4, which the usual fonts of PuTTY on Windows have. */
const WGL4: Glyphs = {
  sparkline: ['_', '▄', '█'],
  silence: '·',
  frame: SQUARE,
  symbols: {
    ...FULL.symbols,
    late: '▼',
    offline: '×',
    denied: '×',
    confirmed: '√',
    up: '↑',
    down: '↓',
    selected: '►',
  },
  chart: ['┼', '┤', '─', '─', '─', '└', '┌', '┐', '┘', '│'],
  gaps: FULL.gaps,
  hasHalfBlocks: true,
};

/**
 * What Debian's fonts for the Linux console (console-setup: Lat15, Lat2, Uni2, Uni3) and the kernel's own have in
 * common: lines, arrows and few signs. Debian's lack `▄ ▀ ○ ► √`, the kernel's `● × ▶`.
 */
const LINUX: Glyphs = {
  sparkline: ['_', '■', '█'],
  silence: '·',
  frame: SQUARE,
  symbols: {
    ...WGL4.symbols,
    live: '•',
    off: 'o',
    offline: 'x',
    denied: 'x',
    confirmed: 'v',
    selected: '>',
    bullet: '·',
  },
  chart: WGL4.chart,
  gaps: { unknown: '/', quiet: '·', damaged: '?' },
  hasHalfBlocks: false,
};

const ASCII: Glyphs = {
  sparkline: ['_', '.', '-', '=', '#'],
  silence: ' ',
  frame: {
    topLeft: '+',
    topRight: '+',
    bottomLeft: '+',
    bottomRight: '+',
    horizontal: '-',
    vertical: '|',
    teeLeft: '+',
    teeRight: '+',
    teeTop: '+',
    teeBottom: '+',
    cross: '+',
  },
  symbols: {
    live: '*',
    off: 'o',
    late: '~',
    stale: '!',
    offline: 'x',
    denied: 'x',
    confirmed: 'v',
    warning: '!',
    critical: 'X',
    up: '/',
    flat: '-',
    down: '\\',
    lock: '#',
    selected: '>',
    arrow: '>',
    bullet: '*',
  },
  chart: ['+', '|', '-', '-', '-', '`', '.', '.', "'", '|'],
  gaps: { unknown: '/', quiet: '.', damaged: '?' },
  hasHalfBlocks: false,
};

const LADDER = { full: FULL, wgl4: WGL4, linux: LINUX, ascii: ASCII } as const;

/** The drawing characters for a terminal. */
export function glyphsFor(capabilities: Pick<Capabilities, 'glyphs'>): Glyphs {
  return LADDER[capabilities.glyphs];
}
