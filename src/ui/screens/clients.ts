import { formatCadence } from '../../core/duration.ts';
import { cutText, wrapText } from '../../core/fit-text.ts';
import { freshnessOfClient } from '../../core/home/select.ts';
import type { HomeState } from '../../core/home/state.ts';
import { getRow } from '../../core/home/table.ts';
import { labelOf, userOfClient } from '../../core/house/house.ts';
import { textWidth } from '../../core/text-width.ts';
import { roomInFrame, scrollTo } from '../layout/layout.ts';
import { cadenceText, clientLines, lastHeardText } from '../panels/client-lines.ts';
import { type Field, fieldLines } from '../panels/field-lines.ts';
import { frameLines } from '../panels/frame-lines.ts';
import { partOfLines } from '../panels/part-lines.ts';
import { fillRows, headingLine } from '../panels/section-lines.ts';
import { calmText, freshnessStyle } from '../text/calm-words.ts';
import { focusMark, freshnessSymbol, type Lines, type Size, type View } from '../text/house-view.ts';
import { type Line, span } from '../text/line.ts';

/** One row of the table; the names of the fields are its headings. */
export interface ClientRow {
  readonly Client: string;
  readonly State: string;
  readonly 'Last message': string;
  readonly Cadence: string;
  readonly Serves: string;
}

/** The clients screen: a table where it fits, else plain rows; below it the chosen client in full. */
export type ClientsScreen =
  | { readonly kind: 'table'; readonly rows: readonly ClientRow[]; readonly below: Lines }
  | { readonly kind: 'lines'; readonly lines: Lines };

/** Rows that the list of clients has at the least. */
const LIST_ROWS = 3;

/** Lays the clients screen out in the rows between header and footer. */
export function clientsScreen(
  view: View,
  size: Size,
  page: { readonly focus: number; readonly part?: number },
): ClientsScreen {
  const { focus } = page;
  const { ids } = view.home.clients;
  const tableRows = 2 * ids.length + 3;
  const rows = withinWidth(
    ids.map((id, place) => clientRow(view, id, place === focus)),
    size.columns,
  );
  const turned = (page.part ?? 0) > 0;
  const below = factLines(view, ids[focus], turned ? 'shown in full' : '', size.columns);
  const fits = ids.length > 0 && tableRows + below.length <= size.rows && tableWidth(rows) <= size.columns;
  if (fits) return { kind: 'table', rows, below: fillRows(below, size.rows - tableRows, size.columns) };
  return { kind: 'lines', lines: plainLines(view, size, focus, page.part ?? 0) };
}

/** Columns that ink-table needs: two for the padding of each cell, one for each line. */
function tableWidth(rows: readonly ClientRow[]): number {
  const names = ['Client', 'State', 'Last message', 'Cadence', 'Serves'] as const;
  return names.reduce((sum, name) => sum + 3 + Math.max(name.length, ...rows.map(row => row[name].length)), 1);
}

/** The last column takes what the others leave; what has no room there stands below for the chosen client. */
function withinWidth(rows: readonly ClientRow[], columns: number): readonly ClientRow[] {
  const others = tableWidth(rows.map(row => ({ ...row, Serves: '' }))) - 'Serves'.length;
  return rows.map(row => ({ ...row, Serves: namesWithin(row.Serves.split(', '), Math.max(9, columns - others)) }));
}

/** As many names as fit, whole, and how many there are besides. */
function namesWithin(names: readonly string[], width: number): string {
  for (let count = names.length; count > 0; count -= 1) {
    const left = names.length - count;
    const text = `${names.slice(0, count).join(', ')}${left === 0 ? '' : ` and ${left} more`}`;
    if (text.length <= width) return text;
  }
  return `${names.length} values`;
}

function clientRow(view: View, id: string, isFocused: boolean): ClientRow {
  const { home, glyphs } = view;
  const { freshness } = freshnessOfClient(home, id);
  const mark = isFocused ? glyphs.symbols.selected : ' ';
  const label = labelOf(home.house, id);
  // ink-table counts characters and not columns: wide ones would push its lines out of place.
  const name = textWidth(label) === label.length ? label : id;
  const serves = (home.house.clients.get(id)?.publishes ?? []).map(item => labelOf(home.house, item)).join(', ');
  return {
    Client: `${mark} ${cutText(name, 16)}`,
    State: `${freshnessSymbol(glyphs, freshness)} ${freshness}`,
    'Last message': lastHeardText(home, id),
    Cadence: cadenceInShort(home, id),
    Serves: textWidth(serves) === serves.length ? serves : '',
  };
}

/** Below the table it is said in full for the chosen one: `every 5.0 s (assumed)`. */
function cadenceInShort(home: HomeState, id: string): string {
  const cadence = getRow(home.clients, id)?.cadence;
  if (cadence === undefined) return '';
  return cadence.source === 'assumed' ? 'assumed' : formatCadence(cadence.ms);
}

function plainLines(view: View, size: Size, focus: number, part: number): Lines {
  const { ids } = view.home.clients;
  const room = roomInFrame(size.columns, size.rows);
  const plain = factLines(view, ids[focus], '', room.width);
  const isWhole = part > 0 && Math.min(ids.length, LIST_ROWS) + plain.length <= room.rows;
  const facts = isWhole ? factLines(view, ids[focus], 'shown in full', room.width) : plain;
  const listRows = Math.min(ids.length, Math.max(LIST_ROWS, room.rows - facts.length));
  const top = scrollTo(focus, ids.length, listRows);
  const list = ids.slice(top, top + listRows).map((id, place): Line => {
    return [focusMark(view.glyphs, top + place === focus), ...(clientLines(view, id, room.width - 1, 1)[0] ?? [])];
  });
  const below = partOfLines(facts, { width: room.width, rows: room.rows - listRows }, part);
  const remark = ids.length === 0 ? 'none in the house file' : `${focus + 1} of ${ids.length}`;
  return frameLines(view, { text: 'Clients', remark }, [...list, ...below], { width: size.columns, rows: size.rows });
}

function factLines(view: View, id: string | undefined, remark: string, width: number): Lines {
  if (id === undefined) return [];
  const fields = fieldLines(clientFields(view, id), width - 2).map((line): Line => [span(' '), ...line, span(' ')]);
  const label = labelOf(view.home.house, id);
  // The heading cuts a name that is wider than the screen.
  const name = textWidth(label) <= width - 4 ? [] : wrapText(label, width - 2).map((row): Line => [span(` ${row}`)]);
  return [headingLine(view, label, remark, width), ...name, ...fields];
}

function clientFields({ home }: View, id: string): readonly Field[] {
  const { freshness, reason } = freshnessOfClient(home, id);
  const row = getRow(home.clients, id);
  const config = home.house.clients.get(id);
  const serves = (config?.publishes ?? []).map(item => labelOf(home.house, item)).join(', ');
  const keepalive = row?.keepaliveSeconds ?? null;
  const silent = 'keepalive 0: the broker never notices when it is gone';
  return [
    ...(reason === null ? [] : [{ name: 'Why', text: calmText(reason), style: freshnessStyle[freshness] }]),
    { name: 'Cadence', text: cadenceText(home, id) },
    { name: 'Serves', text: serves },
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
