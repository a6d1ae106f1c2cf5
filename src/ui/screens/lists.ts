import type { Keymap } from '../keymap.ts';
import { scrollTo } from '../layout.ts';
import { fitLine, fitText, type Line, span } from '../line.ts';
import { denialBlock } from '../lines/denial-lines.ts';
import { eventLine } from '../lines/event-line.ts';
import { frameLines, roomInFrame } from '../lines/frame-lines.ts';
import type { Lines, Size, View } from '../view.ts';

/** The journal, newest first, around the chosen entry. */
export function logLines(view: View, size: Size, focus: number): Lines {
  const room = roomInFrame(size.columns, size.rows);
  const { journal } = view.home;
  const top = scrollTo(focus, journal.length, room.rows);
  const lines: Line[] = [];
  for (let place = top; place < Math.min(top + room.rows, journal.length); place += 1) {
    const entry = journal[journal.length - 1 - place];
    if (entry !== undefined) lines.push(eventLine(view, entry, room.width, place === focus));
  }
  const remark = journal.length === 0 ? 'nothing happened yet' : `${focus + 1} of ${journal.length}, newest first`;
  return frameLines(view, { text: 'Log', remark }, lines, { width: size.columns, rows: size.rows });
}

/** All denials, newest first, each with its evidence and its remedy. */
export function denialsLines(view: View, size: Size, focus: number): Lines {
  const room = roomInFrame(size.columns, size.rows);
  const { denials } = view.home;
  const frame = { width: size.columns, rows: size.rows };
  if (denials.length === 0) {
    const words = [
      'Nothing was denied since hometui was started, as far as it can see.',
      '',
      'It sees what is denied to itself, and what the broker tells: with --broker-log FILE,',
      'with --broker-log journal, or as a user who may read $SYS/broker/log/#.',
    ];
    return frameLines(
      view,
      { text: 'Denied', remark: '' },
      words.map(text => [span(text, 'muted')]),
      frame,
    );
  }
  const lines: Line[] = [];
  // Each takes four rows or so: from the one before the chosen one on there is always enough to fill the screen.
  for (let place = Math.max(0, focus - 1); place < denials.length && lines.length < room.rows; place += 1) {
    const denial = denials[place];
    if (denial !== undefined) lines.push(...denialBlock(view, denial, place === focus, room.width), []);
  }
  return frameLines(view, { text: 'Denied', remark: `${focus + 1} of ${denials.length}, newest first` }, lines, frame);
}

/** All keys and what they do. */
export function helpLines(view: View, size: Size, keymap: Keymap, focus: number): Lines {
  const room = roomInFrame(size.columns, size.rows);
  const rows = helpTable(keymap);
  const top = Math.min(focus, Math.max(0, rows.length - room.rows));
  const lines = rows
    .slice(top, top + room.rows)
    .map(({ keys, help }): Line => fitLine([span(fitText(keys, 11), 'key'), span(help)], room.width));
  const more = rows.length - top - room.rows;
  const remark = more > 0 ? `${more} more below` : '';
  return frameLines(view, { text: 'Keys', remark }, lines, { width: size.columns, rows: size.rows });
}

/** The key table as help and README show it, each meaning once. */
export function helpTable(keymap: Keymap): readonly { readonly keys: string; readonly help: string }[] {
  const seen = new Set<string>();
  return keymap.bindings.flatMap(({ shown, help, places }) => {
    const key = `${shown}: ${help}`;
    if (seen.has(key) || places.every(place => place === 'dialog')) return [];
    seen.add(key);
    return [{ keys: shown, help }];
  });
}
