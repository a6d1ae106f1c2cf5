import { wrapTextTo } from '../../core/fit-text.ts';
import { bottomEdge, topEdge } from '../panels/panel-lines.ts';
import type { HouseView, Lines } from '../text/house-view.ts';
import { fitLine, type Line, span } from '../text/line.ts';
import type { StyleName } from '../theme/theme.ts';

/** Something that is asked, in a frame over a screen. */
export interface Box {
  readonly title: string;
  readonly text: Lines;
  /** The keys that mean something. */
  readonly answers: Line;
}

/** A frame around a question and its answers; blank rows above and below where there is room. */
export function boxed(view: HouseView, { title, text, answers }: Box, width: number, rows: number): Lines {
  const gap: Lines = rows - text.length - 3 >= 2 ? [[]] : [];
  const lines: Lines = [...gap, ...text.slice(0, Math.max(1, rows - 3)), ...gap, answers];
  const edge = span(view.glyphs.frame.vertical, 'frame');
  const framed = lines.map((line): Line => [edge, span('  '), ...fitLine(line, width - 5), span(' '), edge]);
  return [topEdge(view, title, width), ...framed, bottomEdge(view, width)];
}

/** `Enter or y yes` */
export function keysLine(keys: readonly string[], word: string): Line {
  const named = keys.flatMap((key, index) => [...(index === 0 ? [] : [span(' or ')]), span(key, 'key')]);
  return [...named, span(` ${word}`)];
}

/** A text on as many rows as it takes, and no more than `most`. */
export const rowsOf = (text: string, style: StyleName, width: number, most: number): Lines =>
  wrapTextTo(text, width, most).map(row => [span(row, style)]);
