import { wrapText } from '../../core/fit-text.ts';
import { aclDoubtOf } from '../../core/home/broker-log/acl-doubt.ts';
import { groupText } from '../../core/home/journal-groups.ts';
import type { JournalEntry } from '../../core/home/state/journal.ts';
import { labelOf } from '../../core/house/house.ts';
import { placesAround, roomInFrame } from '../layout/layout.ts';
import { denialBlock } from '../panels/denial-lines.ts';
import { eventLines } from '../panels/event-line.ts';
import { frameLines } from '../panels/frame-lines.ts';
import { partOfLines } from '../panels/part-lines.ts';
import { type LogPage, type LogRow, logFocus, logRows } from '../state/log-rows.ts';
import type { HouseView, Lines, Size } from '../text/house-view.ts';
import { type Line, span, withSpot } from '../text/line.ts';

/** The journal, newest first, around the chosen entry; each entry stands there in full, and what is alike in one. */
export function logLines(view: HouseView, size: Size, page: LogPage): Lines {
  const room = roomInFrame(size.columns, size.rows);
  const rows = logRows(view.home, page);
  const focus = Math.max(0, logFocus(page, view.home));
  const part = page.part ?? 0;
  const draw = (place: number): Lines => {
    const row = rows[place];
    if (row === undefined) return [];
    const drawn = logRowLines(view, row, rows[place - 1], room.width, place === focus);
    return drawn.map(line => withSpot(line, 'row', place));
  };
  const chosen = draw(focus);
  const places = placesAround(focus, rows.length, room.rows, place => draw(place).length);
  const lines = chosen.length > room.rows ? partOfLines(chosen, room, part) : places.flatMap(draw);
  const isAsked = part > 0 && chosen.length <= room.rows;
  const none = view.home.journal.length === 0 ? 'nothing happened yet' : 'nothing of that happened';
  const remark = rows.length === 0 ? none : remarkOf(focus, rows.length, isAsked);
  return frameLines(view, titleOf(view, page, remark), lines, { width: size.columns, rows: size.rows });
}

/** What the log is limited to stands in its title. */
function titleOf({ home }: HouseView, { filter = {} }: LogPage, remark: string) {
  const { least, subject, words } = filter;
  const limits = [
    ...(least === undefined ? [] : [least === 'warning' ? 'warnings and worse' : 'critical only']),
    ...(subject === undefined ? [] : [`about ${labelOf(home.house, subject)}`]),
    ...(words === undefined ? [] : [`with "${words.trim()}"`]),
  ];
  return { text: limits.length === 0 ? 'Log' : `Log, ${limits.join(', ')}`, remark };
}

/** A row of the log; above the first of those that are unfolded stands what they have in common. */
function logRowLines(
  view: HouseView,
  row: LogRow,
  above: LogRow | undefined,
  width: number,
  isFocused: boolean,
): Lines {
  const { entry, group, isUnfolded } = row;
  const draw = (one: JournalEntry, isChosen: boolean): Lines =>
    eventLines(view, one, width, Number.POSITIVE_INFINITY, isChosen);
  if (group === null) return draw(entry, isFocused);
  const sum = { ...entry, text: groupText(group, view.home.house) };
  if (!isUnfolded) return draw({ ...sum, text: `${sum.text}: Enter` }, isFocused);
  const most = Number.POSITIVE_INFINITY;
  const member: Lines = eventLines(view, entry, width - 2, most, isFocused).map(line => [span('  '), ...line]);
  return above?.group === group ? member : [...draw(sum, false), ...member];
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
  if (view.replay != null) return said('Up to this moment nothing was denied, as far as it was recorded.', 'muted');
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
