import { isFramedAt, roomInFrame } from '../layout/layout.ts';
import type { HouseView, Lines } from '../text/house-view.ts';
import { fitLine, type Line, span } from '../text/line.ts';
import { bottomEdge, titleRule, topEdge } from './panel-lines.ts';
import { fillRows } from './section-lines.ts';

/** Lines in a frame with a title and a remark in its upper edge; where it is narrow, below a title with a rule. */
export function frameLines(
  view: Pick<HouseView, 'glyphs'>,
  title: { readonly text: string; readonly remark: string },
  lines: Lines,
  size: { readonly width: number; readonly rows: number },
): Lines {
  const room = roomInFrame(size.width, size.rows);
  const filled = fillRows(lines, room.rows, room.width).map(line => fitLine(line, room.width));
  if (!isFramedAt(size.width)) {
    const name = title.remark === '' ? title.text : `${title.text}: ${title.remark}`;
    return [titleRule(view, name, size.width), ...filled.map((line): Line => [span(' '), ...line, span(' ')])];
  }
  const { vertical } = view.glyphs.frame;
  return [
    topEdge(view, title.text, size.width, title.remark),
    ...filled.map((line): Line => [span(`${vertical} `, 'frame'), ...line, span(` ${vertical}`, 'frame')]),
    bottomEdge(view, size.width),
  ];
}
