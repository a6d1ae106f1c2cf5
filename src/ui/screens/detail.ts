import { labelOf } from '../../core/house/house.ts';
import { textWidth } from '../../core/text-width.ts';
import { isFramedAt, roomInFrame } from '../layout/layout.ts';
import { fieldLines } from '../panels/field-lines.ts';
import { frameLines } from '../panels/frame-lines.ts';
import { partOf, partsOf } from '../panels/part-lines.ts';
import { chartWindows, type Page } from '../state/app-state.ts';
import type { HouseView, Lines, Size } from '../text/house-view.ts';
import { derivedDetail } from './derived-detail.ts';
import { sensorParts, windowChoice } from './sensor-detail.ts';
import { switchDetail } from './switch-detail.ts';

type DetailPage = Extract<Page, { screen: 'detail' }>;

/** One item in full, in the rows between header and footer; in parts where they are few. */
export function detailLines(view: HouseView, size: Size, page: DetailPage): Lines {
  const { house } = view.home;
  const room = roomInFrame(size.columns, size.rows);
  const label = labelOf(house, page.id);
  const panel = house.config.panels.find(one => one.items.includes(page.id))?.label ?? '';
  const remark = remarkOf(view, size, page);
  const full = panel === '' ? label : `${label} · ${panel}`;
  const isWhole = textWidth(full) + textWidth(remark) + 8 <= size.columns;
  const name = isWhole
    ? []
    : fieldLines([{ name: 'Name', text: panel === '' ? label : `${label}, in ${panel}` }], room.width);
  const parts = partsOfItem(view, page, name, room);
  // A key that can do nothing says why.
  const said = parts.length === 1 && (page.part ?? 0) > 0 ? ', in full' : '';
  const text = isWhole ? full : label;
  const hasRoom = textWidth(text) + said.length + textWidth(remark) + 8 <= size.columns;
  const title = { text: hasRoom ? `${text}${said}` : text, remark };
  return frameLines(view, title, partOf(parts, room, page.part ?? 0), { width: size.columns, rows: size.rows });
}

/** What the title has besides the name: the time of the chart, where there is one. */
function remarkOf({ home }: HouseView, { columns }: Size, page: DetailPage): string {
  if (!home.house.sensors.has(page.id)) return '';
  const window = windowOf(page);
  return isFramedAt(columns) ? windowChoice(window) : window.label;
}

function partsOfItem(
  view: HouseView,
  page: DetailPage,
  name: Lines,
  room: { readonly width: number; readonly rows: number },
): readonly Lines[] {
  const { house } = view.home;
  if (house.sensors.has(page.id)) return sensorParts(view, page.id, windowOf(page), name, room);
  const lines = house.switches.has(page.id)
    ? switchDetail(view, page.id, name, room)
    : derivedDetail(view, page.id, name, room.width);
  return partsOf(lines, room.rows);
}

const windowOf = (page: DetailPage): (typeof chartWindows)[number] =>
  chartWindows[page.window] ?? { label: '10 min', ms: 600_000 };
