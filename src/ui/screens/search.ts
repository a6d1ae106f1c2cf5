import { countText } from '../../core/count-text.ts';
import { cutText, wrapText } from '../../core/fit-text.ts';
import { wholeOf } from '../layout/arrangement.ts';
import { itemsOf } from '../layout/items.ts';
import { roomInFrame, scrollTo } from '../layout/layout.ts';
import { frameLines } from '../panels/frame-lines.ts';
import { itemLine } from '../panels/panel-lines.ts';
import { chosenPlace, findItems, type Search, topicsOf } from '../state/search.ts';
import type { HouseView, Lines, Size } from '../text/house-view.ts';
import { fitLine, type Line, span, withSpot } from '../text/line.ts';

/** Columns of an item where its panel and its topic stand beside it. */
const ITEM_WIDTH = 40;

/** What is found by what is typed so far, in the rows between header and footer. */
export function searchLines(view: HouseView, size: Size, search: Search, keys: ReadonlyMap<string, string>): Lines {
  const { house } = view.home;
  const room = roomInFrame(size.columns, size.rows);
  const { ids } = itemsOf(house);
  const found = findItems(view.home, search.text);
  const chosen = chosenPlace(found, search);
  const top = scrollTo(chosen, found.length, room.rows);
  const rows = found.slice(top, top + room.rows).map((place, row): Line => {
    const id = ids[place] ?? '';
    const focusedId = top + row === chosen ? id : null;
    const width = Math.min(ITEM_WIDTH, room.width);
    const item = itemLine(view, id, width, { focusedId, keys });
    return withSpot(fitLine([...item, ...whereSpans(view, place, id, room.width - width)], room.width), 'item', place);
  });
  const lines = found.length === 0 ? nothingLines(room.width) : rows;
  const total = wholeOf(house).places.length;
  const remark =
    search.text.trim() === '' ? countText(total, 'item') : `${found.length} of ${countText(total, 'item')}`;
  return frameLines(view, { text: 'Search', remark }, lines, { width: size.columns, rows: size.rows });
}

/** Where an item stands, and its topic, as far as there is room. */
function whereSpans({ home: { house } }: HouseView, place: number, id: string, width: number): Line {
  if (width < 8) return [];
  const panel = wholeOf(house).panels.find(({ places }) => places.includes(place))?.label ?? '';
  const [topic = ''] = topicsOf(house, id);
  return [span(cutText(` ${panel}${topic === '' ? '' : ` · ${topic}`}`, width), 'muted')];
}

function nothingLines(width: number): Lines {
  const text =
    'Nothing is found by that. Type parts of a label, a topic or a panel, or a state: stale, offline, waiting, warning, critical, unreadable, locked';
  return wrapText(text, width).map(row => [span(row, 'muted')]);
}
