import type { Frame } from '../../../src/terminal/cells/cell.ts';
import type { StyleTable } from '../../../src/terminal/cells/style.ts';
import type { Capabilities } from '../../../src/terminal/identity/capabilities.ts';
import { decideCapabilities } from '../../../src/terminal/identity/capabilities.ts';
import { NO_REPLIES } from '../../../src/terminal/identity/probe-replies.ts';
import type { Random } from '../random/terminal-random.ts';
import type { Emulator } from './emulator.ts';

/** Capabilities of a terminal by its TERM, with all colours. */
export function capabilitiesOf(term: string, changes: Partial<Capabilities> = {}): Capabilities {
  const decided = decideCapabilities({
    env: { TERM: term, LANG: 'en_US.UTF-8' },
    isTTY: true,
    columns: 80,
    rows: 24,
    flags: { ascii: false, colors: 24, glyphs: null },
    replies: { ...NO_REPLIES, version: 'XTerm(390)', isComplete: true },
    iutf8: true,
  });
  return { ...decided, ...changes };
}

const STYLES = ['', '1', '2', '31', '32;1', '44', '7', '4', '38;5;208', '48;2;10;20;30', '97;41', '9;36', '2;1;90'];
const SIMPLE = ['a', 'Z', '9', '.', '─', '│', '█', '▁', '▇', '°', 'é', ' ', ' ', ' ', ' '];
const WIDE = ['漢', '字', '한'];
const DOUBTFUL = ['😀', 'e\u0301', '⚠\ufe0f', '👨‍👩‍👧', 'ש', '\u0300'];

/** Text of a screen in cells, to be changed at random. */
export type Canvas = { character: string; style: string }[][];

/** An empty canvas. */
export function createCanvas(columns: number, rows: number): Canvas {
  return Array.from({ length: rows }, () => Array.from({ length: columns }, () => ({ character: ' ', style: '' })));
}

/** The canvas as Ink would hand it over: each line closed in itself, blanks at its end cut. */
export function frameText(canvas: Canvas): string {
  return canvas.map(lineText).join('\n');
}

function lineText(line: Canvas[number]): string {
  let text = '';
  let style = '';
  for (const cell of line) {
    if (cell.style !== style) {
      text += `\u001b[0m${cell.style === '' ? '' : `\u001b[${cell.style}m`}`;
      style = cell.style;
    }
    text += cell.character;
  }
  return (style === '' ? text : `${text}\u001b[0m`).trimEnd();
}

/** Changes the canvas as screens change: letters, runs, cleared ends, rows that scroll, bars that shift. */
export function disturb(canvas: Canvas, random: Random, characters: readonly string[] = SIMPLE): void {
  const times = 1 + random.below(4);
  for (let time = 0; time < times; time += 1) random.pick(DISTURBANCES)(canvas, random, characters);
  if (random.oneIn(2)) tickClock(canvas, random);
}

/** What changes in the same place again and again, where a painter may have the terminal keep the cursor. */
function tickClock(canvas: Canvas, random: Random): void {
  const row = canvas[Math.floor(canvas.length / 3)];
  if (row !== undefined) row[0] = { character: String(random.below(10)), style: '97;41' };
}

/** Characters of every kind, those that terminals disagree about among them. */
export const ANY_CHARACTERS: readonly string[] = [...SIMPLE, ...WIDE, ...DOUBTFUL];
/** Characters whose width is beyond doubt. */
export const CERTAIN_CHARACTERS: readonly string[] = [...SIMPLE, ...WIDE];

type Disturbance = (canvas: Canvas, random: Random, characters: readonly string[]) => void;

const rowOf = (canvas: Canvas, random: Random) => canvas[random.below(canvas.length)] ?? [];

const DISTURBANCES: readonly Disturbance[] = [
  (canvas, random, characters) => {
    const row = rowOf(canvas, random);
    row[random.below(row.length)] = { character: random.pick(characters), style: random.pick(STYLES) };
  },
  (canvas, random, characters) => {
    const row = rowOf(canvas, random);
    const start = random.below(row.length);
    const style = random.pick(STYLES);
    for (let x = start; x < Math.min(row.length, start + 12); x += 1)
      row[x] = { character: random.pick(characters), style };
  },
  (canvas, random, characters) => {
    const row = rowOf(canvas, random);
    row.fill(
      { character: random.pick(characters), style: random.pick(STYLES) },
      random.below(row.length),
      random.below(row.length + 1),
    );
  },
  (canvas, random) => {
    const row = rowOf(canvas, random);
    row.fill({ character: ' ', style: '' }, random.below(row.length));
  },
  (canvas, random) => {
    const row = rowOf(canvas, random);
    const start = random.below(row.length);
    const end = start + random.below(row.length - start + 1);
    if (end - start < 3) return;
    row.copyWithin(start, start + 1 + random.below(3), end);
    row[end - 1] = { character: random.pick(['▂', '▅']), style: random.pick(STYLES) };
  },
  (canvas, random) => {
    const top = random.below(canvas.length);
    const bottom = top + random.below(canvas.length - top + 1);
    if (bottom - top < 2) return;
    const band = canvas.slice(top, bottom);
    const moved = random.oneIn(2) ? [...band.slice(1), band[0] ?? []] : [band.at(-1) ?? [], ...band.slice(0, -1)];
    for (const [index, row] of moved.entries()) canvas[top + index] = [...row];
  },
];

/** Places where the terminal shows something else than the frame; empty when all is well. */
export function differences(frame: Frame, styles: StyleTable, emulator: Emulator): string[] {
  const found: string[] = [];
  for (const [y, row] of frame.lines.entries()) {
    for (let x = 0; x < frame.columns; x += 1) {
      // Terminals disagree about these and the cells they reach into.
      if (row.doubtful.some(column => x >= column - 1 && x <= column + 2)) continue;
      const shown = emulator.cellAt(x, y);
      const style = styles.intern(shown.style);
      const seen = shown.character === ' ' ? styles.blankOf(style) : style;
      if (shown.character !== row.characters[x] || seen !== row.styles[x]) {
        const [wanted, got] = [styles.get(row.styles[x] ?? 0), styles.get(seen)];
        found.push(
          `${x},${y}: "${row.characters[x]}" ${JSON.stringify(wanted)} but shows "${shown.character}" ${JSON.stringify(got)}`,
        );
      }
    }
  }
  return found;
}
