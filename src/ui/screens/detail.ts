import { labelOf } from '../../core/home/house.ts';
import { chartWindows, type Page } from '../app-state.ts';
import { isFramedAt } from '../layout.ts';
import { frameLines, roomInFrame } from '../lines/frame-lines.ts';
import type { Lines, Size, View } from '../view.ts';
import { derivedDetail } from './derived-detail.ts';
import { sensorDetail, windowChoice } from './sensor-detail.ts';
import { switchDetail } from './switch-detail.ts';

/** One item in full, in the rows between header and footer. */
export function detailLines(view: View, size: Size, page: Extract<Page, { screen: 'detail' }>): Lines {
  const { house } = view.home;
  const room = roomInFrame(size.columns, size.rows);
  const frame = { width: size.columns, rows: size.rows };
  const panel = house.config.panels.find(one => one.items.includes(page.id))?.label ?? '';
  const text = panel === '' ? labelOf(house, page.id) : `${labelOf(house, page.id)} · ${panel}`;
  if (house.sensors.has(page.id)) {
    const window = chartWindows[page.window] ?? { label: '10 min', ms: 600_000 };
    const lines = sensorDetail(view, page.id, window, room.width, room.rows);
    return frameLines(
      view,
      { text, remark: isFramedAt(size.columns) ? windowChoice(window) : window.label },
      lines,
      frame,
    );
  }
  const lines = house.switches.has(page.id)
    ? switchDetail(view, page.id, room.width, room.rows)
    : derivedDetail(view, page.id, room.width);
  return frameLines(view, { text, remark: '' }, lines, frame);
}
