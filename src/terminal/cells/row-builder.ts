import { graphemesOf, isSimpleText, widthOf } from '../../core/text-width.ts';
import type { ColorDepth } from '../identity/evidence.ts';
import type { Row } from './cell.ts';
import { reduceColor } from './color.ts';
import { applySgr } from './sgr.ts';
import { PLAIN_ID, type StyleTable } from './style.ts';

/** A row that is being made from left to right; what has no room in its columns is dropped. */
export interface RowBuilder {
  readonly characters: string[];
  readonly styles: number[];
  readonly doubtful: number[];
  readonly columns: number;
}

/** A row without anything in it yet. */
export const emptyRow = (columns: number): RowBuilder => ({ characters: [], styles: [], doubtful: [], columns });

/** The row, filled with plain blanks to its columns. */
export function finishRow(row: RowBuilder): Row {
  while (row.characters.length < row.columns) appendCell(row, ' ', PLAIN_ID);
  return row;
}

/** The number of a style after the parameters of one SGR sequence, its colours brought down to a terminal's depth. */
export function changedStyle(from: number, parameters: string, styles: StyleTable, depth: ColorDepth): number {
  const style = applySgr(styles.get(from), parameters);
  return styles.intern({
    foreground: reduceColor(style.foreground, depth),
    background: reduceColor(style.background, depth),
    attributes: style.attributes,
  });
}

/** Adds text in a style; it has no control characters in it. */
export function appendText(row: RowBuilder, text: string, style: number, styles: StyleTable): void {
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
