import type { JournalEntry } from '../../core/home/journal.ts';
import { freshnessOfClient } from '../../core/home/select.ts';
import { blank, fitLine, type Line, span } from '../line.ts';
import type { Lines, View } from '../view.ts';
import { clientLine, clientsSummaryLine } from './client-lines.ts';
import { denialLine } from './denial-lines.ts';
import { eventLine } from './event-line.ts';

/** The heading of a section, with a remark behind it. */
export function headingLine(view: View, title: string, remark: string, width: number, indent = 1): Line {
  const rule = view.glyphs.frame.horizontal;
  const words: Line = [
    span(' '.repeat(indent)),
    span(title, 'title'),
    span(' '),
    ...(remark === '' ? [] : [span(`${remark} `, 'muted')]),
  ];
  const used = words.reduce((sum, part) => sum + part.text.length, 0);
  return fitLine([...words, span(rule.repeat(Math.max(0, width - used - indent)), 'frame')], width);
}

/** The clients in so many rows, heading included; one row holds all of them. Those that are not live come first. */
export function clientsSection(view: View, rows: number, width: number): Lines {
  if (rows <= 0) return [];
  if (rows === 1) return [clientsSummaryLine(view, width)];
  const { ids } = view.home.clients;
  const room = rows - 1;
  const isLive = (id: string): boolean => freshnessOfClient(view.home, id).freshness === 'live';
  const sorted = ids.length <= room ? ids : [...ids.filter(id => !isLive(id)), ...ids.filter(isLive)];
  const hidden = Math.max(0, ids.length - room);
  const remark = hidden === 0 ? '' : `${room} of ${ids.length}`;
  return [headingLine(view, 'Clients', remark, width), ...sorted.slice(0, room).map(id => clientLine(view, id, width))];
}

/** The newest denials in so many rows, heading included. */
export function denialsSection(view: View, rows: number, width: number): Lines {
  if (rows <= 0) return [];
  const { denials } = view.home;
  const room = rows - 1;
  const remark = denials.length === 0 ? 'nothing' : denials.length > room ? `${room} of ${denials.length}` : '';
  return [
    headingLine(view, 'Denied', remark, width),
    ...denials.slice(0, room).map(denial => denialLine(view, denial, width)),
  ];
}

/** The newest events in so many rows, heading included, newest first; filled with blank rows. */
export function eventsSection(view: View, rows: number, width: number): Lines {
  if (rows <= 0) return [];
  const newest = newestEvents(view, rows - 1);
  const remark = newest.length === 0 ? 'none yet' : '';
  return fillRows(
    [headingLine(view, 'Events', remark, width), ...newest.map(entry => eventLine(view, entry, width))],
    rows,
    width,
  );
}

/** So many rows: the lines, and blank ones below them. */
export function fillRows(lines: Lines, rows: number, width: number): Lines {
  const missing = Math.max(0, rows - lines.length);
  return [...lines.slice(0, rows), ...Array.from({ length: missing }, () => [blank(width)])];
}

/** Without denials: these have a section of their own right above. */
function newestEvents({ home }: View, count: number): readonly JournalEntry[] {
  const found: JournalEntry[] = [];
  for (let place = home.journal.length - 1; place >= 0 && found.length < count; place -= 1) {
    const entry = home.journal[place];
    if (entry !== undefined && entry.kind !== 'denial') found.push(entry);
  }
  return found;
}
