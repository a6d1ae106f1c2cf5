import { fitText } from '../../core/fit-text.ts';
import { textWidth } from '../../core/text-width.ts';
import { focusMark, type HouseView } from '../text/house-view.ts';
import type { Line } from '../text/line.ts';
import { span } from '../text/line.ts';
import type { Metrics } from './metrics.ts';

/**
 * The columns of an item's row: mark, sign, label, number, unit, and the rest for trend, history or words.
 * `width = 1 + 1 + 1 + label + 1 + number + 1 + unit + 1 + rest + 1`.
 */
export interface ItemColumns {
  readonly width: number;
  readonly label: number;
  readonly integer: number;
  readonly fraction: number;
  readonly unit: number;
  readonly rest: number;
}

/** The room that the rest should have at least: with it `confirmed 186 ms` of a switch has room too. */
const REST = 11;
/** What it has where only then all labels are whole, or can be told from each other: `retained` and a short history. */
const REST_LEAST = 8;
/** Columns in which labels can be told from each other. */
export const LABEL_LEAST = 10;

/** The columns that an item's row takes besides its label and the rest. */
const fixedColumns = ({ integer, fraction, unit }: Metrics): number => 7 + integer + fraction + unit;

/** The width from which on nothing of an item's row has to give way but the end of a long label. */
export function comfortableWidth(metrics: Metrics): number {
  return fixedColumns(metrics) + Math.min(metrics.label, LABEL_LEAST) + REST;
}

/** A word for what is the matter where there is room for no more: `stale`, `above`. */
const WORD = 5;

/** The narrowest column of values where as many as can be are to be seen: without trend and history. */
export function denseWidth({ label, integer, fraction, unit }: Metrics): number {
  return 3 + Math.min(label, LABEL_LEAST) + 1 + integer + fraction + 1 + Math.max(unit, WORD);
}

/** Shares a width out; labels are cut to no less than six columns where there is not enough of it. */
export function itemColumns(width: number, metrics: Metrics): ItemColumns {
  const { integer, fraction, unit } = metrics;
  const fixed = fixedColumns(metrics);
  const isWholeWith = (rest: number): boolean => metrics.label <= width - fixed - rest;
  const isTight = !isWholeWith(REST) && width - fixed - REST < LABEL_LEAST;
  const rest = isTight || (!isWholeWith(REST) && isWholeWith(REST_LEAST)) ? REST_LEAST : REST;
  const label = Math.max(6, Math.min(metrics.label, width - fixed - rest));
  return { width, label, integer, fraction, unit, rest: Math.max(0, width - fixed - label) };
}

/** Where a row begins: the mark of the focus, a sign or a key, and the label. */
export function itemHead(
  view: HouseView,
  item: { readonly label: string; readonly isFocused: boolean; readonly sign: Line[number] },
  columns: ItemColumns,
): Line {
  return [
    focusMark(view.glyphs, item.isFocused),
    item.sign,
    span(' '),
    span(fitText(item.label, columns.label), item.isFocused ? 'strong' : 'label'),
    span(' '),
  ];
}

/** The longest of the texts that fits a width; the last one where none does. */
export function pickText(texts: readonly string[], width: number): string {
  return texts.find(text => textWidth(text) <= width) ?? texts.at(-1) ?? '';
}
