import { fitText, wrapText } from '../../core/fit-text.ts';
import { helpColumns, helpTable, signTable } from '../keys/help-table.ts';
import { keysText } from '../keys/key-hints.ts';
import type { Keymap } from '../keys/keymap.ts';
import { roomInFrame } from '../layout/layout.ts';
import { frameLines } from '../panels/frame-lines.ts';
import { headingLine } from '../panels/section-lines.ts';
import type { HouseView, Lines, Size } from '../text/house-view.ts';
import { blank, fitLine, type Line, span } from '../text/line.ts';
import type { StyleName } from '../theme/theme.ts';

/** All keys and what they do, then all signs and what they mean; scrolled by its first row. */
export function helpLines(view: HouseView, size: Size, keymap: Keymap, focus: number): Lines {
  const room = roomInFrame(size.columns, size.rows);
  const keys = helpTable(keymap).flatMap(row =>
    entryLines(keysText(row.keys, view.glyphs), 'key', row.help, room.width),
  );
  const signs = signTable.flatMap(row => entryLines(row.sign(view.glyphs), row.style, row.meaning, room.width));
  const rows = [...keys, [], headingLine(view, 'Signs', '', room.width, 0), ...signs];
  const top = Math.min(focus, Math.max(0, rows.length - room.rows));
  const more = rows.length - top - room.rows;
  const remark = more > 0 ? `${more} more below` : '';
  const frame = { width: size.columns, rows: size.rows };
  return frameLines(view, { text: 'Keys', remark }, rows.slice(top, top + room.rows), frame);
}

function entryLines(name: string, style: StyleName, meaning: string, width: number): Lines {
  const { left, right } = helpColumns(width);
  return wrapText(meaning, right).map((text, row): Line => {
    const head = row === 0 ? span(fitText(name, left), style) : blank(left);
    return fitLine([head, span(text)], width);
  });
}
