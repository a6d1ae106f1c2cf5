import { wrapText } from '../../core/fit-text.ts';
import { aclDoubtOf } from '../../core/home/broker-log/acl-doubt.ts';
import { placesAround, roomInFrame } from '../layout/layout.ts';
import { denialBlock } from '../panels/denial-lines.ts';
import { eventLines } from '../panels/event-line.ts';
import { frameLines } from '../panels/frame-lines.ts';
import { partOfLines } from '../panels/part-lines.ts';
import type { HouseView, Lines, Size } from '../text/house-view.ts';
import { type Line, span } from '../text/line.ts';

/** The journal, newest first, around the chosen entry; each entry stands there in full. */
export function logLines(view: HouseView, size: Size, focus: number, part: number): Lines {
  const room = roomInFrame(size.columns, size.rows);
  const { journal } = view.home;
  const draw = (place: number): Lines => {
    const entry = journal[journal.length - 1 - place];
    return entry === undefined ? [] : eventLines(view, entry, room.width, Number.POSITIVE_INFINITY, place === focus);
  };
  const chosen = draw(focus);
  const places = placesAround(focus, journal.length, room.rows, place => draw(place).length);
  const lines = chosen.length > room.rows ? partOfLines(chosen, room, part) : places.flatMap(draw);
  const isAsked = part > 0 && chosen.length <= room.rows;
  const remark = journal.length === 0 ? 'nothing happened yet' : remarkOf(focus, journal.length, isAsked);
  return frameLines(view, { text: 'Log', remark }, lines, { width: size.columns, rows: size.rows });
}

/** Where in a list the chosen one is; and where Enter was to show the rest of it, that there is none. */
function remarkOf(focus: number, count: number, isWhole: boolean): string {
  return `${focus + 1} of ${count}, ${isWhole ? 'shown in full' : 'newest first'}`;
}

/** All denials, newest first, each with its evidence and its remedy; one that is higher than the screen in parts. */
export function denialsLines(view: HouseView, size: Size, focus: number, part: number): Lines {
  const room = roomInFrame(size.columns, size.rows);
  const { denials } = view.home;
  const frame = { width: size.columns, rows: size.rows };
  if (denials.length === 0)
    return frameLines(
      view,
      { text: 'Denied', remark: '' },
      partOfLines(nothingDenied(view, room.width), room, part),
      frame,
    );
  const draw = (place: number): Lines => {
    const denial = denials[place];
    return denial === undefined ? [] : denialBlock(view, denial, place === focus, room.width);
  };
  const chosen = draw(focus);
  const remark = remarkOf(focus, denials.length, part > 0 && chosen.length <= room.rows);
  if (chosen.length > room.rows) {
    return frameLines(view, { text: 'Denied', remark }, partOfLines(chosen, room, part), frame);
  }
  // A blank row between them, and none below the last one.
  const places = placesAround(focus, denials.length, room.rows + 1, place => draw(place).length + 1);
  const lines = places.flatMap((place, index): Lines => [...(index === 0 ? [] : [[]]), ...draw(place)]);
  return frameLines(view, { text: 'Denied', remark }, lines, frame);
}

/** Why this screen is empty, and how it could see more. */
function nothingDenied(view: HouseView, width: number): Lines {
  const doubt = aclDoubtOf(view.home);
  const said = (text: string, style: Line[number]['style']): Lines =>
    wrapText(text, width).map(row => [span(row, style)]);
  return [
    ...said('Nothing was denied since hometui was started, as far as it can see.', 'muted'),
    [],
    ...said(
      'It sees what is denied to itself, and what the broker tells: with --broker-log FILE, with --broker-log journal, or as a user who may read $SYS/broker/log/#.',
      'muted',
    ),
    ...(doubt === null ? [] : [[], ...said(doubt.message, 'text'), ...said(doubt.cure ?? '', 'text')]),
  ];
}
