import { labelOf } from '../../core/house/house.ts';
import { textWidth } from '../../core/text-width.ts';
import { chartWindows } from '../layout/chart-time.ts';
import { isFramedAt, roomInFrame } from '../layout/layout.ts';
import { fieldLines } from '../panels/field-lines.ts';
import { frameLines } from '../panels/frame-lines.ts';
import { partOf, partsOf } from '../panels/part-lines.ts';
import type { DetailPage, PastState } from '../state/app-state.ts';
import type { HouseView, Lines, Size } from '../text/house-view.ts';
import { derivedDetail } from './derived-detail.ts';
import { sensorParts } from './sensor-detail.ts';
import { switchDetail } from './switch-detail.ts';
import { wordDetail } from './word-detail.ts';

/** One item in full, in the rows between header and footer; in parts where they are few. */
export function detailLines(view: HouseView, size: Size, page: DetailPage, past: PastState): Lines {
  const { house } = view.home;
  const room = roomInFrame(size.columns, size.rows);
  const label = labelOf(house, page.id);
  const panel = house.config.panels.find(one => one.items.includes(page.id))?.label ?? '';
  const full = panel === '' ? label : `${label} · ${panel}`;
  const remark = remarkOf(view, size, page, textWidth(full));
  const isWhole = textWidth(full) + textWidth(remark) + 8 <= size.columns;
  const name = isWhole
    ? []
    : fieldLines([{ name: 'Name', text: panel === '' ? label : `${label}, in ${panel}` }], room.width);
  const parts = partsOfItem(view, page, past, name, room);
  // A key that can do nothing says why.
  const said = parts.length === 1 && (page.part ?? 0) > 0 ? ', in full' : '';
  const text = isWhole ? full : label;
  const hasRoom = textWidth(text) + said.length + textWidth(remark) + 8 <= size.columns;
  const title = { text: hasRoom ? `${text}${said}` : text, remark };
  return frameLines(view, title, partOf(parts, room, page.part ?? 0), { width: size.columns, rows: size.rows });
}

/** What the title has besides the name: the time of the chart, where there is one; all of them where there is room. */
function remarkOf({ home }: HouseView, { columns }: Size, page: DetailPage, nameWidth: number): string {
  if (!home.house.sensors.has(page.id)) return '';
  const window = chartWindows[page.window];
  const label = window?.label ?? '';
  const all = chartWindows.map(one => (one === window ? `[${one.label}]` : one.label)).join('  ');
  const [wide, narrow] = [nameWidth + textWidth(all) + 8, nameWidth + textWidth(label) + 8];
  // Where the name has no room beside either it stands below.
  const hasRoom = wide <= columns || (narrow > columns && textWidth(all) * 2 <= columns);
  return isFramedAt(columns) && hasRoom ? all : label;
}

function partsOfItem(
  view: HouseView,
  page: DetailPage,
  past: PastState,
  name: Lines,
  room: { readonly width: number; readonly rows: number },
): readonly Lines[] {
  const { house } = view.home;
  if (house.sensors.has(page.id)) return sensorParts(view, page, past, name, room);
  const lines = house.switches.has(page.id)
    ? switchDetail(view, page.id, name, room)
    : house.words.has(page.id)
      ? wordDetail(view, page.id, name, room)
      : derivedDetail(view, page.id, name, room.width);
  return partsOf(lines, room.rows);
}
