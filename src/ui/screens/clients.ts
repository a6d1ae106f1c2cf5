import { formatCadence } from '../../core/duration.ts';
import { cutText, wrapText } from '../../core/fit-text.ts';
import { freshnessOfClient } from '../../core/home/select.ts';
import type { HomeState } from '../../core/home/state/state.ts';
import { getRow } from '../../core/home/state/table.ts';
import { clientLabelOf, labelOf, userOfClient } from '../../core/house/house.ts';
import { textWidth } from '../../core/text-width.ts';
import { roomInFrame, scrollTo } from '../layout/layout.ts';
import { cadenceText, clientLines, lastHeardText } from '../panels/client-lines.ts';
import { type Field, fieldLines } from '../panels/field-lines.ts';
import { frameLines } from '../panels/frame-lines.ts';
import { partOfLines } from '../panels/part-lines.ts';
import { fillRows, headingLine } from '../panels/section-lines.ts';
import { type DrawTable, type Table, tableRows, tableWidth } from '../panels/table.ts';
import { calmAge } from '../text/age-text.ts';
import { focusMark, freshnessSymbol, type HouseView, type Lines, type Size } from '../text/house-view.ts';
import { fitLine, type Line, type Span, span, withSpot } from '../text/line.ts';
import { freshnessStyle } from '../text/state-style.ts';

/** Rows that the list of clients has at the least. */
const LIST_ROWS = 3;

/** The clients in the rows between header and footer: a table where it fits, else rows; below the chosen one in full. */
export function clientsLines(
  view: HouseView,
  size: Size,
  page: { readonly focus: number; readonly part?: number },
  drawTable: DrawTable,
): Lines {
  const { focus } = page;
  const { ids } = view.home.clients;
  const table = clientsTable(view, focus, size.columns);
  const turned = (page.part ?? 0) > 0;
  const below = factLines(view, ids[focus], turned ? 'shown in full' : '', size.columns);
  const left = size.rows - tableRows(table);
  if (ids.length === 0 || below.length > left || tableWidth(table) > size.columns) {
    return plainLines(view, size, focus, page.part ?? 0);
  }
  // Every second line is a rule, and the first of the others the heading.
  const drawn = drawTable(table, view.glyphs.frame).map((line, row) =>
    withSpot(fitLine(line, size.columns), 'row', Math.max(0, (row - 3) >> 1)),
  );
  return [...drawn, ...fillRows(below, left, size.columns)];
}

const HEADING = ['Client', 'State', 'Last message', 'Cadence', 'Serves'] as const;

/** The last column takes what the others leave; what has no room there stands below for the chosen client. */
function clientsTable(view: HouseView, focus: number, columns: number): Table {
  const { ids } = view.home.clients;
  const narrow = ids.map((id, place) => clientRow(view, id, place === focus));
  const others = tableWidth({ heading: HEADING.slice(0, -1), rows: narrow }) + 3;
  const rows = ids.map((id, place) => {
    const serves = namesWithin(view, id, Math.max(9, columns - others));
    return [...(narrow[place] ?? []), span(textWidth(serves) === serves.length ? serves : '')];
  });
  return { heading: HEADING, rows };
}

/** As many names as fit of what a client serves, whole, and how many there are besides. */
function namesWithin({ home: { house } }: HouseView, id: string, width: number): string {
  const items = house.clients.get(id)?.publishes ?? [];
  // Each takes three columns or more.
  const names = items.slice(0, Math.ceil(width / 3)).map(item => labelOf(house, item));
  for (let count = names.length; count > 0; count -= 1) {
    const left = items.length - count;
    const text = `${names.slice(0, count).join(', ')}${left === 0 ? '' : ` and ${left} more`}`;
    if (text.length <= width) return text;
  }
  return `${items.length} values`;
}

/** So many of what a client serves are named in full; the search finds the others. */
const MOST_NAMED = 200;

/** The names of what a client serves. */
function servedText({ home: { house } }: HouseView, id: string): string {
  const items = house.clients.get(id)?.publishes ?? [];
  const named = items.slice(0, MOST_NAMED).map(item => labelOf(house, item));
  const left = items.length - named.length;
  return `${named.join(', ')}${left === 0 ? '' : ` and ${left} more`}`;
}

function clientRow(view: HouseView, id: string, isFocused: boolean): readonly Span[] {
  const { home, glyphs } = view;
  const { freshness } = freshnessOfClient(home, id);
  const mark = isFocused ? glyphs.symbols.selected : ' ';
  const label = clientLabelOf(home.house, id);
  // ink-table counts characters and not columns: wide ones would push its lines out of place.
  const name = textWidth(label) === label.length ? label : id;
  return [
    span(`${mark} ${cutText(name, 16)}`),
    span(`${freshnessSymbol(glyphs, freshness)} ${freshness}`, freshnessStyle[freshness]),
    span(lastHeardText(home, id)),
    span(cadenceInShort(home, id)),
  ];
}

/** Below the table it is said in full for the chosen one: `every 5.0 s (assumed)`. */
function cadenceInShort(home: HomeState, id: string): string {
  const cadence = getRow(home.clients, id)?.cadence;
  if (cadence === undefined) return '';
  if (home.house.unpaced.has(id)) return 'none';
  return cadence.source === 'assumed' ? 'assumed' : formatCadence(cadence.ms);
}

function plainLines(view: HouseView, size: Size, focus: number, part: number): Lines {
  const { ids } = view.home.clients;
  const room = roomInFrame(size.columns, size.rows);
  const plain = factLines(view, ids[focus], '', room.width);
  const isWhole = part > 0 && Math.min(ids.length, LIST_ROWS) + plain.length <= room.rows;
  const facts = isWhole ? factLines(view, ids[focus], 'shown in full', room.width) : plain;
  const listRows = Math.min(ids.length, Math.max(LIST_ROWS, room.rows - facts.length));
  const top = scrollTo(focus, ids.length, listRows);
  const list = ids.slice(top, top + listRows).map((id, place): Line => {
    const line = [
      focusMark(view.glyphs, top + place === focus),
      ...(clientLines(view, id, room.width - 1, 1)[0] ?? []),
    ];
    return withSpot(line, 'row', top + place);
  });
  const below = partOfLines(facts, { width: room.width, rows: room.rows - listRows }, part);
  const remark = ids.length === 0 ? 'none in the house file' : `${focus + 1} of ${ids.length}`;
  return frameLines(view, { text: 'Clients', remark }, [...list, ...below], { width: size.columns, rows: size.rows });
}

function factLines(view: HouseView, id: string | undefined, remark: string, width: number): Lines {
  if (id === undefined) return [];
  const fields = fieldLines(clientFields(view, id), width - 2).map((line): Line => [span(' '), ...line, span(' ')]);
  const label = clientLabelOf(view.home.house, id);
  // The heading cuts a name that is wider than the screen.
  const name = textWidth(label) <= width - 4 ? [] : wrapText(label, width - 2).map((row): Line => [span(` ${row}`)]);
  return [headingLine(view, label, remark, width), ...name, ...fields];
}

function clientFields(view: HouseView, id: string): readonly Field[] {
  const { home } = view;
  const { freshness, reason } = freshnessOfClient(home, id, calmAge);
  const row = getRow(home.clients, id);
  const config = home.house.clients.get(id);
  const keepalive = row?.keepaliveSeconds ?? null;
  const silent = 'keepalive 0: the broker never notices when it is gone';
  return [
    ...(reason === null ? [] : [{ name: 'Why', text: reason, style: freshnessStyle[freshness] }]),
    { name: 'Cadence', text: cadenceText(home, id) },
    { name: 'Serves', text: servedText(view, id) },
    { name: 'User', text: userOfClient(home.house, id) },
    ...(row === undefined || row.clientIds.length === 0 ? [] : [{ name: 'Client id', text: row.clientIds.join(', ') }]),
    ...(keepalive === null
      ? []
      : [
          {
            name: 'Keepalive',
            text: keepalive === 0 ? silent : `${keepalive} s`,
            style: keepalive === 0 ? ('warning' as const) : ('text' as const),
          },
        ]),
    ...(config?.availability === undefined ? [] : [{ name: 'Will', text: `on ${config.availability.topic}` }]),
  ];
}
