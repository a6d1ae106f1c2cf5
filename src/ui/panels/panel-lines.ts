import { cutText } from '../../core/fit-text.ts';
import type { PanelConfig } from '../../core/house/schema.ts';
import { textWidth } from '../../core/text-width.ts';
import { type ItemColumns, itemColumns } from '../layout/item-columns.ts';
import { metricsOf } from '../layout/metrics.ts';
import type { HouseView } from '../text/house-view.ts';
import { blank, fitLine, type Line, span } from '../text/line.ts';
import { switchLine } from './switch-line.ts';
import { derivedLine, sensorLine } from './value-line.ts';

/** What a panel is drawn with besides the view. */
export interface PanelLook {
  readonly width: number;
  readonly isFramed: boolean;
  /** The id of the item that the arrow keys have chosen. */
  readonly focusedId: string | null;
  /** The key of each switch that has one. */
  readonly keys: ReadonlyMap<string, string>;
}

/**
 * One row of a panel, `row` counted from its title at 0; `height` is the panel's own or that of its tallest
 * neighbour. Single rows, so that of a thousand only those are made that are on the screen.
 */
export function panelLine(view: HouseView, panel: PanelConfig, row: number, height: number, look: PanelLook): Line {
  if (row === 0)
    return look.isFramed ? topEdge(view, panel.label, look.width) : titleRule(view, panel.label, look.width);
  if (look.isFramed && row === height - 1) return bottomEdge(view, look.width);
  const id = panel.items[row - 1];
  const width = look.isFramed ? look.width - 2 : look.width;
  const item = id === undefined ? [blank(width)] : itemLine(view, id, width, look);
  if (!look.isFramed) return item;
  const edge = span(view.glyphs.frame.vertical, 'frame');
  return [edge, ...item, edge];
}

/** The row of any item of a house: sensor, derived value or switch. */
export function itemLine(
  view: HouseView,
  id: string,
  width: number,
  look: Pick<PanelLook, 'focusedId' | 'keys'>,
): Line {
  const { house } = view.home;
  const columns: ItemColumns = itemColumns(width, metricsOf(house));
  const isFocused = id === look.focusedId;
  if (house.sensors.has(id)) return sensorLine(view, id, isFocused, columns);
  if (house.switches.has(id)) return switchLine(view, id, isFocused, columns, look.keys.get(id) ?? null);
  return derivedLine(view, id, isFocused, columns);
}

/** The upper edge of a frame with a title in it: `╭ Heating ───╮`. */
export function topEdge(view: Pick<HouseView, 'glyphs'>, title: string, width: number, right = ''): Line {
  const { topLeft, topRight, horizontal } = view.glyphs.frame;
  const tail = right === '' ? '' : ` ${right} `;
  const edges = tail === '' ? 4 : 5;
  const name = cutText(title, width - edges - 1 - textWidth(tail));
  const used = edges + textWidth(name) + textWidth(tail);
  const rule = horizontal.repeat(Math.max(0, width - used));
  return [
    span(topLeft, 'frame'),
    span(` ${name} `, 'title'),
    span(rule, 'frame'),
    ...(tail === '' ? [] : [span(tail, 'muted'), span(horizontal, 'frame')]),
    span(topRight, 'frame'),
  ];
}

/** The lower edge of a frame. */
export function bottomEdge(view: Pick<HouseView, 'glyphs'>, width: number): Line {
  const { bottomLeft, bottomRight, horizontal } = view.glyphs.frame;
  return [span(`${bottomLeft}${horizontal.repeat(Math.max(0, width - 2))}${bottomRight}`, 'frame')];
}

/** A title with a rule behind it, for where there is no room for frames. */
export function titleRule(view: Pick<HouseView, 'glyphs'>, title: string, width: number): Line {
  const name = cutText(title, width - 2);
  const rule = view.glyphs.frame.horizontal.repeat(Math.max(0, width - textWidth(name) - 3));
  return fitLine([span(' '), span(name, 'title'), span(' '), span(rule, 'frame')], width);
}
