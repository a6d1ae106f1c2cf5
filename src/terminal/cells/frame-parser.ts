import { graphemesOf, isSimpleText, widthOf } from '../../core/text-width.ts';
import type { ColorDepth } from '../identity/evidence.ts';
import { blankRow, type Frame, type Row } from './cell.ts';
import { reduceColor } from './color.ts';
import { applySgr } from './sgr.ts';
import { PLAIN_ID, type StyleTable } from './style.ts';

/** Turns frames as Ink hands them over (text, SGR sequences, `\n`) into cells. */
export interface FrameParser {
  /** Cells of a frame, cut and filled to the size. What is neither text nor SGR is dropped. Never throws. */
  parse(text: string, columns: number, rows: number): Frame;
}

/**
 * Lines of so many frames are kept, and as many of those before: most lines of a frame are those of the frame before. A
 * line that is kept holds the text of its whole frame in memory.
 */
const FRAMES_KEPT = 3;

interface CachedLine {
  readonly row: Row;
  /** Style in which the line ends. */
  readonly endStyle: number;
}

/** A parser for one terminal: colours are brought down to its depth here, so that what looks alike is equal. */
export function createFrameParser(styles: StyleTable, depth: ColorDepth): FrameParser {
  let recent = new Map<string, CachedLine>();
  let older = new Map<string, CachedLine>();
  let cachedColumns = 0;
  let blank = blankRow(0);
  const lineOf = (line: string, startStyle: number): CachedLine => {
    if (line === '') return { row: blank, endStyle: startStyle };
    const key = startStyle === PLAIN_ID ? line : `${startStyle}\n${line}`;
    const known = recent.get(key);
    if (known !== undefined) return known;
    const parsed = older.get(key) ?? parseLine(line, cachedColumns, startStyle, styles, depth);
    recent.set(key, parsed);
    return parsed;
  };
  return {
    parse: (text, columns, rows) => {
      if (columns !== cachedColumns) {
        recent = new Map();
        older = new Map();
        cachedColumns = columns;
        blank = blankRow(columns);
      }
      if (recent.size >= FRAMES_KEPT * rows) {
        older = recent;
        recent = new Map();
      }
      let style = PLAIN_ID;
      const lines: Row[] = [];
      for (const line of text.split('\n', rows)) {
        const parsed = lineOf(line, style);
        lines.push(parsed.row);
        style = parsed.endStyle;
      }
      while (lines.length < rows) lines.push(blank);
      return { columns, rows, lines };
    },
  };
}

/** A control sequence (its SGR parameters captured), a control string, a lone escape pair, or a control character. */
const CONTROL =
  /(?:\u001b\[|\u009b)(?:([\d;:]*)m|[\u0020-\u003f]*[\u0040-\u007e]?)|(?:\u001b[\]P_^X]|[\u009d\u0090\u009f\u009e\u0098])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?|\u001b[\u0020-\u002f]*[\u0030-\u007e]?|[\u0000-\u001f\u007f-\u009f]/g;

interface RowBuilder {
  readonly characters: string[];
  readonly styles: number[];
  readonly doubtful: number[];
  readonly columns: number;
}

function parseLine(line: string, columns: number, start: number, styles: StyleTable, depth: ColorDepth): CachedLine {
  const row: RowBuilder = { characters: [], styles: [], doubtful: [], columns };
  let style = start;
  let from = 0;
  for (const match of line.matchAll(CONTROL)) {
    appendText(row, line.slice(from, match.index), style, styles);
    from = match.index + match[0].length;
    if (match[1] !== undefined) style = changedStyle(style, match[1], styles, depth);
  }
  appendText(row, line.slice(from), style, styles);
  while (row.characters.length < columns) appendCell(row, ' ', PLAIN_ID);
  return { row, endStyle: style };
}

function changedStyle(from: number, parameters: string, styles: StyleTable, depth: ColorDepth): number {
  const style = applySgr(styles.get(from), parameters);
  return styles.intern({
    foreground: reduceColor(style.foreground, depth),
    background: reduceColor(style.background, depth),
    attributes: style.attributes,
  });
}

function appendText(row: RowBuilder, text: string, style: number, styles: StyleTable): void {
  if (text === '') return;
  const blankStyle = styles.blankOf(style);
  const styleOf = (character: string) => (character === ' ' ? blankStyle : style);
  if (isSimpleText(text)) {
    for (const character of text) {
      if (row.characters.length === row.columns) return;
      appendCell(row, character, styleOf(character));
    }
    return;
  }
  for (const grapheme of graphemesOf(text)) {
    if (row.characters.length === row.columns) return;
    if (isSimpleText(grapheme)) appendCell(row, grapheme, styleOf(grapheme));
    else appendComplex(row, grapheme, style, blankStyle);
  }
}

function appendCell(row: RowBuilder, character: string, style: number): void {
  row.characters.push(character);
  row.styles.push(style);
}

function appendComplex(row: RowBuilder, grapheme: string, style: number, blankStyle: number): void {
  const width = widthOf(grapheme);
  if (width.columns === 0) return;
  // Half a wide character cannot be drawn.
  if (row.characters.length + width.columns > row.columns) {
    appendCell(row, ' ', blankStyle);
    return;
  }
  if (!width.isCertain) row.doubtful.push(row.characters.length);
  appendCell(row, grapheme, style);
  for (let column = 1; column < width.columns; column += 1) appendCell(row, '', style);
}
