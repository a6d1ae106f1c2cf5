import { BOLD, DIM, HIDDEN, INVERSE, ITALIC, STRIKE, type Style, UNDERLINE } from '../src/terminal/cells/style.ts';
import { type CellSize, shapeOf } from './glyph-shapes.ts';

/** One cell of a screen as an emulator gives it. */
export interface DrawnCell {
  /** '' in the right half of a wide character. */
  readonly character: string;
  readonly style: Style;
}

/** The two colours that a terminal window has of its own. */
export interface Ground {
  readonly foreground: string;
  readonly background: string;
}

const CELL: CellSize = { width: 9, height: 19 };
const MARGIN = 12;
const BASELINE = 14;

/** A screen as an SVG picture that needs no font but a monospaced one. */
export function drawSvg(rows: readonly (readonly DrawnCell[])[], ground: Ground, title: string): string {
  const columns = Math.max(...rows.map(row => row.length));
  const width = columns * CELL.width + 2 * MARGIN;
  const height = rows.length * CELL.height + 2 * MARGIN;
  const shapes = new Map<string, string>();
  const body = rows.map((row, y) => drawRow(row, y, ground, shapes)).filter(Boolean);
  const definitions = [...shapes].map(([character, shape]) => `<g id="${idOf(character)}">${shape}</g>`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    `<title>${escapeXml(title)}</title>`,
    `<style>text{font:15px ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace;white-space:pre}rect{shape-rendering:crispEdges}</style>`,
    ...(definitions.length === 0 ? [] : [`<defs>${definitions.join('')}</defs>`]),
    `<rect width="${width}" height="${height}" rx="8" fill="${ground.background}"/>`,
    `<g transform="translate(${MARGIN} ${MARGIN})">`,
    ...body,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

interface Look {
  readonly foreground: string;
  readonly background: string;
  readonly attributes: number;
}

interface Run {
  readonly x: number;
  readonly cells: readonly DrawnCell[];
  readonly look: Look;
}

function drawRow(row: readonly DrawnCell[], y: number, ground: Ground, shapes: Map<string, string>): string {
  return runsOf(row, ground)
    .map(run => drawRun(run, y * CELL.height, ground, shapes))
    .join('');
}

/** Neighbours that look the same, in one piece. */
function runsOf(row: readonly DrawnCell[], ground: Ground): readonly Run[] {
  const runs: { x: number; cells: DrawnCell[]; look: Look; key: string }[] = [];
  row.forEach((cell, x) => {
    const look = lookOf(cell.style, ground);
    const key = JSON.stringify(look);
    const last = runs.at(-1);
    if (last?.key === key) last.cells.push(cell);
    else runs.push({ x, cells: [cell], look, key });
  });
  return runs;
}

function drawRun({ x, cells, look }: Run, top: number, ground: Ground, shapes: Map<string, string>): string {
  const left = x * CELL.width;
  const size = `width="${cells.length * CELL.width}" height="${CELL.height}"`;
  const fill =
    look.background === ground.background ? '' : `<rect x="${left}" y="${top}" ${size} fill="${look.background}"/>`;
  if ((look.attributes & HIDDEN) !== 0) return fill;
  const uses = cells.flatMap(({ character }, index) => {
    const shape = shapeOf(character, CELL);
    if (shape === null) return [];
    shapes.set(character, shape);
    return [`<use href="#${idOf(character)}" x="${left + index * CELL.width}" y="${top}"/>`];
  });
  const drawn = uses.length === 0 ? '' : `<g color="${look.foreground}">${uses.join('')}</g>`;
  return fill + drawn + drawWords(cells, left, top, look);
}

/** What is left for the font: each word is held to its columns, so that a font's own widths cannot shift it. */
function drawWords(cells: readonly DrawnCell[], left: number, top: number, look: Look): string {
  const text = cells.map(({ character }) => (shapeOf(character, CELL) === null ? character || '\u200b' : ' ')).join('');
  // A zero width space stands in for a right half, so that indices are columns.
  const words = [...text.matchAll(/[^ ]+(?: [^ ]+)*/g)];
  return words
    .map(({ 0: word, index }) => {
      const place = `x="${left + index * CELL.width}" y="${top + BASELINE}" textLength="${word.length * CELL.width}"`;
      return `<text ${place} fill="${look.foreground}"${attributesOf(look.attributes)}>${escapeXml(word.replaceAll('\u200b', ''))}</text>`;
    })
    .join('');
}

function attributesOf(attributes: number): string {
  const lines = [(attributes & UNDERLINE) !== 0 && 'underline', (attributes & STRIKE) !== 0 && 'line-through'];
  const decoration = lines.filter(Boolean).join(' ');
  return [
    (attributes & BOLD) !== 0 && ' font-weight="bold"',
    (attributes & ITALIC) !== 0 && ' font-style="italic"',
    (attributes & DIM) !== 0 && ' opacity="0.6"',
    decoration !== '' && ` text-decoration="${decoration}"`,
  ]
    .filter(Boolean)
    .join('');
}

function lookOf(style: Style, ground: Ground): Look {
  const foreground = hexOf(style.foreground) ?? ground.foreground;
  const background = hexOf(style.background) ?? ground.background;
  const isInverse = (style.attributes & INVERSE) !== 0;
  return {
    foreground: isInverse ? background : foreground,
    background: isInverse ? foreground : background,
    attributes: style.attributes & ~INVERSE,
  };
}

/** PuTTY's sixteen colours, in its default settings. */
const NAMED = [
  ...['#000000', '#bb0000', '#00bb00', '#bbbb00', '#0000bb', '#bb00bb', '#00bbbb', '#bbbbbb'],
  ...['#555555', '#ff5555', '#55ff55', '#ffff55', '#5555ff', '#ff55ff', '#55ffff', '#ffffff'],
];

/** A colour of `src/terminal/cells/color.ts` in hexadecimal, `null` for the window's own. */
function hexOf(color: number): string | null {
  if (color < 0) return null;
  if (color < 16) return NAMED[color] ?? null;
  if (color > 255) return `#${(color & 0xffffff).toString(16).padStart(6, '0')}`;
  if (color >= 232) return hexOfChannels([0, 0, 0].map(() => 8 + (color - 232) * 10));
  const index = color - 16;
  return hexOfChannels(
    [Math.floor(index / 36), Math.floor(index / 6) % 6, index % 6].map(n => (n === 0 ? 0 : 55 + 40 * n)),
  );
}

function hexOfChannels(channels: readonly number[]): string {
  return `#${channels.map(channel => channel.toString(16).padStart(2, '0')).join('')}`;
}

const idOf = (character: string): string => `c${(character.codePointAt(0) ?? 0).toString(16)}`;

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
