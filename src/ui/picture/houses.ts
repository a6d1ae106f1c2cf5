import { fitText, wrapText, wrapTextTo } from '../../core/fit-text.ts';
import { textWidth } from '../../core/text-width.ts';
import { keyHints } from '../keys/key-hints.ts';
import { isFramedAt, roomInFrame, scrollTo } from '../layout/layout.ts';
import { frameLines } from '../panels/frame-lines.ts';
import { fillRows } from '../panels/section-lines.ts';
import type { HouseEntry, HouseFacts, HouseList } from '../state/house-list.ts';
import { focusMark, type HouseView, type Lines, type Size } from '../text/house-view.ts';
import { blank, fitLine, lineWidth, type Span, span } from '../text/line.ts';

type Glyphed = Pick<HouseView, 'glyphs'>;

/** Rows that what there is to say may take at the most. */
const NOTICE_ROWS = 6;
/** The longest name in a row, and the longest place: the whole of the chosen one stands below. */
const LONGEST_NAME = 18;
const LONGEST_PLACE = 26;
/** Columns of the mark and the digit before a name. */
const HEAD = 4;

/** All rows of the screen before there is a house on it: the houses that are saved, to choose one. */
export function housesLines(view: Glyphed, size: Size, list: HouseList): Lines {
  const header = fitLine([span(' hometui ', 'title'), span('  which house?', 'strong')], size.columns);
  const bottom = bottomLines(view, list, size.columns);
  const rows = Math.max(1, size.rows - 2);
  const body = listLines(view, { columns: size.columns, rows }, list);
  return [header, ...fillRows(body, rows, size.columns).slice(0, size.rows - 1 - bottom.length), ...bottom];
}

function listLines(view: Glyphed, { columns, rows }: Size, { entries, facts, focus }: HouseList): Lines {
  const room = roomInFrame(columns, rows);
  const isWide = isFramedAt(columns);
  const chosen = entries[focus];
  const below = chosen === undefined ? [] : chosenLines(chosen, facts[focus] ?? null, room.width);
  const listRows = Math.max(1, Math.min(entries.length, room.rows - below.length));
  const top = scrollTo(focus, entries.length, listRows);
  const widths = columnsOf(entries);
  const shown = entries.slice(top, top + listRows).map((entry, row) => {
    const place = top + row;
    const name = span(fitText(entry.name, widths.name), place === focus ? 'strong' : 'label');
    const head = [focusMark(view.glyphs, place === focus), digitSpan(place), name, blank(2)];
    const where = isWide
      ? [span(fitText(placeText(entry), widths.place)), blank(2), factSpan(facts[place] ?? null)]
      : [];
    return fitLine([...head, ...where], room.width);
  });
  const empty: Lines =
    entries.length === 0 ? [[span('No house is saved: hometui config save NAME saves one', 'muted')]] : [];
  const remark = entries.length > listRows ? `${focus + 1} of ${entries.length}` : `${entries.length} saved`;
  return frameLines(view, { text: 'Houses', remark }, [...shown, ...empty, ...below], { width: columns, rows });
}

interface Widths {
  readonly name: number;
  readonly place: number;
}

function columnsOf(entries: readonly HouseEntry[]): Widths {
  const widest = (texts: readonly string[], most: number): number =>
    Math.min(most, Math.max(0, ...texts.map(text => textWidth(text))));
  return {
    name: widest(
      entries.map(({ name }) => name),
      LONGEST_NAME,
    ),
    place: widest(entries.map(placeText), LONGEST_PLACE),
  };
}

/** The key that opens it at once. */
function digitSpan(place: number): Span {
  return span(place < 9 ? ` ${place + 1} ` : ' '.repeat(HEAD - 1), 'key');
}

/** In short: without what goes without saying. */
function placeText({ user, address }: HouseEntry): string {
  const host = address.replace(/^[a-z]+:\/\//i, '').replace(/(:1883|:8883)?(\/.*)?$/, '');
  return `${user ?? 'anonymous'}@${host}`;
}

function factSpan(facts: HouseFacts | null): Span {
  return facts === null ? span('') : span(facts.text, facts.isTrouble ? 'warning' : 'muted');
}

/** All that is known of the chosen one. */
function chosenLines({ user, address, isLast }: HouseEntry, facts: HouseFacts | null, width: number): Lines {
  const where = `${user ?? 'anonymous'} at ${address}${isLast ? ', as last time' : ''}`;
  const about = factSpan(facts);
  const rowsOf = ({ text, style }: Span): Lines => wrapText(text, width - 1).map(row => [blank(1), span(row, style)]);
  return [[], ...rowsOf(span(where)), ...(about.text === '' ? [] : rowsOf(about))];
}

/** What there is to say, as long as it must be, or the keys. */
function bottomLines({ glyphs }: Glyphed, { notice }: HouseList, width: number): Lines {
  if (notice !== null) {
    return wrapTextTo(notice, width - 4, NOTICE_ROWS).map((text, row) =>
      fitLine([span(` ${row === 0 ? glyphs.symbols.arrow : ' '} `, 'notice'), span(text, 'notice')], width),
    );
  }
  const keys = [
    ['Enter', 'open'],
    ['1-9', 'open at once'],
    ['j k', 'choose'],
    ['q', 'quit'],
  ] as const;
  const lines = [
    keys,
    keys.filter(([key]) => key !== '1-9'),
    keys.filter(([key]) => key === 'Enter' || key === 'q'),
  ].map(some => keyHints(some, glyphs));
  return [fitLine(lines.find(line => lineWidth(line) <= width) ?? [], width)];
}
