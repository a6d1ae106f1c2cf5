import { wrapText } from '../../core/fit-text.ts';
import { aclDoubtOf } from '../../core/home/acl-doubt.ts';
import { scrollTo } from '../layout.ts';
import { type Line, span } from '../line.ts';
import { denialBlock } from '../lines/denial-lines.ts';
import { eventLine, eventLines } from '../lines/event-line.ts';
import { frameLines, roomInFrame } from '../lines/frame-lines.ts';
import type { Lines, Size, View } from '../view.ts';

/** The journal, newest first, around the chosen entry, which stands there in full. */
export function logLines(view: View, size: Size, focus: number): Lines {
  const room = roomInFrame(size.columns, size.rows);
  const { journal } = view.home;
  const chosen = journal[journal.length - 1 - focus];
  const inFull = chosen === undefined ? [] : eventLines(view, chosen, room.width, room.rows, true);
  const top = scrollTo(focus, journal.length, room.rows - Math.max(0, inFull.length - 1));
  const lines: Line[] = [];
  for (let place = top; place < journal.length && lines.length < room.rows; place += 1) {
    const entry = journal[journal.length - 1 - place];
    if (place === focus) lines.push(...inFull);
    else if (entry !== undefined) lines.push(eventLine(view, entry, room.width));
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
    const doubt = aclDoubtOf(view.home);
    const words = [
      'Nothing was denied since hometui was started, as far as it can see.',
      '',
      'It sees what is denied to itself, and what the broker tells: with --broker-log FILE,',
      'with --broker-log journal, or as a user who may read $SYS/broker/log/#.',
    ];
    const offer =
      doubt === null ? [] : ['', doubt.message, doubt.cure ?? ''].flatMap(text => wrapText(text, room.width));
    return frameLines(
      view,
      { text: 'Denied', remark: '' },
      [...words.map((text): Line => [span(text, 'muted')]), ...offer.map((text): Line => [span(text)])],
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
