import { helpTable } from '../help-table.ts';
import type { Keymap } from '../keymap.ts';
import { fitLine, fitText, type Line, span } from '../line.ts';
import { frameLines, roomInFrame } from '../lines/frame-lines.ts';
import { headingLine } from '../lines/section-lines.ts';
import type { StyleName } from '../theme.ts';
import { criticalSymbol, type Lines, type Size, type View } from '../view.ts';

const KEY_WIDTH = 17;

/** All keys and what they do, then all signs and what they mean; scrolled by its first row. */
export function helpLines(view: View, size: Size, keymap: Keymap, focus: number): Lines {
  const room = roomInFrame(size.columns, size.rows);
  const rows = [...keyLines(keymap, room.width), [], ...signLines(view, room.width)];
  const top = Math.min(focus, Math.max(0, rows.length - room.rows));
  const more = rows.length - top - room.rows;
  const remark = more > 0 ? `${more} more below` : '';
  const frame = { width: size.columns, rows: size.rows };
  return frameLines(view, { text: 'Keys', remark }, rows.slice(top, top + room.rows), frame);
}

function keyLines(keymap: Keymap, width: number): Lines {
  return helpTable(keymap).map(
    ({ keys, help }): Line => fitLine([span(fitText(keys, KEY_WIDTH), 'key'), span(help)], width),
  );
}

function signLines(view: View, width: number): Lines {
  const { symbols } = view.glyphs;
  const signs: readonly (readonly [string, StyleName, string])[] = [
    [`${symbols.live} live`, 'live', 'heard within twice its cadence'],
    [`${symbols.off} waiting`, 'waiting', 'not heard since the link came; its last value may be old'],
    [`${symbols.off} retained`, 'retained', 'the broker had kept this message: nobody knows how old it is'],
    [`${symbols.late} late`, 'late', 'one message is missing'],
    [`${symbols.stale} stale`, 'stale', 'two messages or more are missing'],
    [`${symbols.offline} offline`, 'offline', 'its will, its availability topic or the broker said so'],
    [`${symbols.warning} above`, 'warning', 'beyond a warning limit'],
    [`${criticalSymbol(view.glyphs)} ABOVE`, 'critical', 'beyond a critical limit'],
    [`${symbols.live} on   ${symbols.off} off`, 'on', 'where a relay stands, heard from a live device'],
    ['? was on', 'notLive', 'where it stood when it last spoke; nobody knows whether it still does'],
    [`${symbols.confirmed} 84 ms`, 'ok', 'confirmed: the broker took the command and the device answered'],
    [`${symbols.lock} locked`, 'locked', 'the access control list does not let this user switch it'],
    [symbols.up + symbols.flat + symbols.down, 'muted', 'rising, steady, falling over the last minute'],
  ];
  const rows = signs.map(
    ([sign, style, meaning]): Line => fitLine([span(fitText(sign, KEY_WIDTH), style), span(meaning)], width),
  );
  return [headingLine(view, 'Signs', '', width, 0), ...rows];
}
