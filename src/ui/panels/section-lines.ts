import { cutText } from '../../core/fit-text.ts';
import { groupText } from '../../core/home/journal-groups.ts';
import { freshnessOfClient } from '../../core/home/select.ts';
import type { Denial } from '../../core/home/state/broker.ts';
import { textWidth } from '../../core/text-width.ts';
import type { OverviewPage } from '../state/app-state.ts';
import { chosenEvent, newestEvents } from '../state/overview-focus.ts';
import type { HouseView, Lines } from '../text/house-view.ts';
import { blank, fitLine, type Line, lineWidth, span } from '../text/line.ts';
import { clientLines, clientsSummaryLine } from './client-lines.ts';
import { denialLines, denialWithRemedy } from './denial-lines.ts';
import { eventLines } from './event-line.ts';

/** Rows of one entry at the most: a reason is read, a whole list of topics is not. */
const MOST_ROWS = 3;
/** Rows of the newest denial with what to do about it. */
const MOST_REMEDY_ROWS = 5;
/** So many clients and denials at the most are measured: more than the overview ever shows. */
const WISHES = 12;

/** The heading of a section, with a remark behind it. */
export function headingLine(view: HouseView, title: string, remark: string, width: number, indent = 1): Line {
  const rule = view.glyphs.frame.horizontal;
  const tail = remark === '' ? '' : `${remark} `;
  const name = cutText(title, width - 2 * indent - 1 - textWidth(tail));
  const words: Line = [blank(indent), span(name, 'title'), span(' '), span(tail, 'muted')];
  const used = lineWidth(words);
  return fitLine([...words, span(rule.repeat(Math.max(0, width - used - indent)), 'frame')], width);
}

/** The clients in so many rows, heading included; one row holds all of them. Those that are not live come first. */
export function clientsSection(view: HouseView, rows: number, width: number): Lines {
  if (rows <= 0) return [];
  if (rows === 1) return [clientsSummaryLine(view, width)];
  const { ids } = view.home.clients;
  const room = rows - 1;
  const isLive = (id: string): boolean => freshnessOfClient(view.home, id).freshness === 'live';
  const sorted = ids.length <= room ? ids : [...ids.filter(id => !isLive(id)), ...ids.filter(isLive)];
  const hidden = Math.max(0, ids.length - room);
  const remark = hidden === 0 ? '' : `${room} of ${ids.length}`;
  const shown = sorted.slice(0, room);
  const lines: Line[] = [];
  for (const [place, id] of shown.entries()) {
    // One row for each of the others first.
    const left = room - lines.length - (shown.length - 1 - place);
    lines.push(...clientLines(view, id, width, Math.min(MOST_ROWS, left)));
  }
  return [headingLine(view, 'Clients', remark, width), ...lines];
}

/** How many rows clients and denials would take, as far as the overview has so many. */
export function wishedRows(view: HouseView, width: number): { readonly clients: number; readonly denials: number } {
  const { clients, denials } = view.home;
  const sum = (parts: readonly Lines[]): number => parts.reduce((rows, lines) => rows + lines.length, 0);
  const first = clients.ids.slice(0, WISHES);
  const most = (place: number): number => (place === 0 ? MOST_REMEDY_ROWS : MOST_ROWS);
  const newest = denials.slice(0, WISHES);
  return {
    clients: sum(first.map(id => clientLines(view, id, width, MOST_ROWS))) + clients.ids.length - first.length,
    denials: sum(newest.map((denial, place) => overviewDenial(view, denial, width, most(place)))),
  };
}

/** The newest denial says what to do about it; the others say it on their own screen. */
function overviewDenial(view: HouseView, denial: Denial, width: number, most: number): Lines {
  const isNewest = denial === view.home.denials[0];
  return isNewest ? denialWithRemedy(view, denial, width, most) : denialLines(view, denial, width, most);
}

/** The newest denials in so many rows, heading included. */
export function denialsSection(view: HouseView, rows: number, width: number): Lines {
  if (rows <= 0) return [];
  const { denials } = view.home;
  const { lines, count } = inFull(denials, rows - 1, (denial, most) => overviewDenial(view, denial, width, most));
  const remark =
    denials.length === 0 ? 'nothing' : denials.length > count ? `${count} of ${denials.length}: press d` : '';
  return [headingLine(view, 'Denied', remark, width), ...lines];
}

/** The newest events in so many rows, heading included, newest first; filled with blank rows. */
export function eventsSection(view: HouseView, rows: number, width: number, page: OverviewPage): Lines {
  if (rows <= 0) return [];
  const { home } = view;
  const all = newestEvents(home, page.on === undefined ? rows - 1 : Number.POSITIVE_INFINITY);
  const chosen = chosenEvent(all, page);
  const newest = all.slice(Math.max(0, chosen - rows + 2), Math.max(0, chosen - rows + 2) + rows - 1);
  const remark = newest.length === 0 ? 'none yet' : '';
  const { lines } = inFull(newest, rows - 1, (group, most) => {
    const [entry] = group.entries;
    if (entry === undefined) return [];
    const text = group.entries.length === 1 ? entry.text : groupText(group, home.house);
    return eventLines(view, { ...entry, text }, width, most, group === all[chosen]);
  });
  return fillRows([headingLine(view, 'Events', remark, width), ...lines], rows, width);
}

/** Entries from the first on, each in full, as many as fit into so many rows; only the first one may be cut. */
function inFull<Entry>(
  entries: readonly Entry[],
  rows: number,
  draw: (entry: Entry, most: number) => Lines,
): { readonly lines: Lines; readonly count: number } {
  const lines: Line[] = [];
  let count = 0;
  for (const entry of entries) {
    const drawn = draw(entry, count === 0 ? rows : rows + 1);
    if (lines.length + drawn.length > rows) break;
    lines.push(...drawn);
    count += 1;
  }
  return { lines, count };
}

/** So many rows: the lines, and blank ones below them. */
export function fillRows(lines: Lines, rows: number, width: number): Lines {
  const missing = Math.max(0, rows - lines.length);
  return [...lines.slice(0, rows), ...Array.from({ length: missing }, () => [blank(width)])];
}
