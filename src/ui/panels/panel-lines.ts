import { cutText } from '../../core/fit-text.ts';
import { textWidth } from '../../core/text-width.ts';
import { denseLine } from '../items/dense-line.ts';
import { switchLine } from '../items/switch-line.ts';
import { derivedLine, sensorLine } from '../items/value-line.ts';
import { wordLine } from '../items/word-line.ts';
import type { ShownPanel } from '../layout/arrangement.ts';
import { type GridLook, itemRows, shareWidth } from '../layout/grid.ts';
import { type ItemColumns, itemColumns } from '../layout/item-columns.ts';
import { itemsOf } from '../layout/items.ts';
import { metricsOf } from '../layout/metrics.ts';
import type { HouseView } from '../text/house-view.ts';
import { blank, fitLine, type Line, type Span, span, withSpot } from '../text/line.ts';

/** How items are drawn besides the view. */
interface ItemLook {
  /** The id of the item that the arrow keys have chosen. */
  readonly focusedId: string | null;
  /** The key of each switch that has one. */
  readonly keys: ReadonlyMap<string, string>;
}

/** What a panel is drawn with besides the view. */
export interface PanelLook extends ItemLook {
  readonly width: number;
  /** Its own height, or that of its tallest neighbour. */
  readonly height: number;
  /** In how many columns its items stand. */
  readonly columns: number;
  readonly look: GridLook;
  /** What is said in its edge; '' for nothing. */
  readonly remark: string;
}

/**
 * One row of a panel, `row` counted from its title at 0. Single rows, so that of a thousand only those are made that are on
 * the screen.
 */
export function panelLine(view: HouseView, panel: ShownPanel, row: number, look: PanelLook): Line {
  const { width, remark } = look;
  const isFramed = look.look === 'framed';
  if (row === 0)
    return isFramed ? topEdge(view, panel.label, width, remark) : titleRule(view, panel.label, width, remark);
  if (isFramed && row === look.height - 1) return bottomEdge(view, width, remark);
  const items = itemsInRow(view, panel, row - 1, isFramed ? width - 2 : width, look);
  if (!isFramed) return items;
  const edge = span(view.glyphs.frame.vertical, 'frame');
  return [edge, ...items, edge];
}

/** The items that stand side by side in a row of a panel: they go down its first column, then down the next. */
function itemsInRow(view: HouseView, panel: ShownPanel, row: number, width: number, look: PanelLook): Line {
  const { ids } = itemsOf(view.home.house);
  const rows = itemRows(panel, look.columns);
  const line: Span[] = [];
  for (const [column, part] of shareWidth(width, look.columns).entries()) {
    const place = row < rows ? panel.places[column * rows + row] : undefined;
    const id = place === undefined ? undefined : ids[place];
    if (id === undefined || place === undefined) line.push(blank(part));
    else {
      const item = look.look === 'dense' ? denseItem(view, id, part, look) : itemLine(view, id, part, look);
      line.push(...withSpot(item, 'item', place));
    }
  }
  return line;
}

function denseItem(view: HouseView, id: string, width: number, look: ItemLook): Line {
  const { house } = view.home;
  const isValue = house.sensors.has(id) || house.derived.has(id);
  return isValue ? denseLine(view, id, id === look.focusedId, width) : itemLine(view, id, width, look);
}

/** The row of any item of a house. */
export function itemLine(view: HouseView, id: string, width: number, look: ItemLook): Line {
  const { house } = view.home;
  const columns: ItemColumns = itemColumns(width, metricsOf(house));
  const isFocused = id === look.focusedId;
  if (house.sensors.has(id)) return sensorLine(view, id, isFocused, columns);
  if (house.switches.has(id)) return switchLine(view, id, isFocused, columns, look.keys.get(id) ?? null);
  if (house.words.has(id)) return wordLine(view, id, isFocused, columns);
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

/** The lower edge of a frame, with a remark in it. */
export function bottomEdge(view: Pick<HouseView, 'glyphs'>, width: number, remark = ''): Line {
  const { bottomLeft, bottomRight, horizontal } = view.glyphs.frame;
  const room = Math.max(0, width - 2);
  const tail = remark === '' ? '' : cutText(` ${remark} `, room - 1);
  if (tail === '') return [span(`${bottomLeft}${horizontal.repeat(room)}${bottomRight}`, 'frame')];
  const rule = horizontal.repeat(Math.max(0, room - 1 - textWidth(tail)));
  return [span(`${bottomLeft}${rule}`, 'frame'), span(tail, 'accent'), span(`${horizontal}${bottomRight}`, 'frame')];
}

/** A title with a rule and a remark behind it, for where there is no room for frames. */
export function titleRule(view: Pick<HouseView, 'glyphs'>, title: string, width: number, remark = ''): Line {
  const tail = remark === '' ? '' : ` ${remark}`;
  const name = cutText(title, Math.max(1, width - 2 - textWidth(tail)));
  const rule = view.glyphs.frame.horizontal.repeat(Math.max(0, width - textWidth(name) - 3 - textWidth(tail)));
  return fitLine([span(' '), span(name, 'title'), span(' '), span(rule, 'frame'), span(tail, 'accent')], width);
}
