import type { JournalEntry } from '../../core/home/state/journal.ts';
import { eventLines } from '../panels/event-line.ts';
import { headingLine } from '../panels/section-lines.ts';
import type { HouseView, Lines } from '../text/house-view.ts';
import { fitLine, type Line } from '../text/line.ts';

/** Rows of an item's history at the least, where all else takes more than the screen. */
const HISTORY_ROWS = 4;

/** What is to be said of an item, and below it what happened to it, as far as the rows of the screen reach. */
export function withHistory(
  view: HouseView,
  id: string,
  top: Lines,
  { width, rows }: { readonly width: number; readonly rows: number },
): Lines {
  const room = Math.max(HISTORY_ROWS, rows - top.length - 1);
  const history = view.home.journal.filter(entry => entry.subject === id).slice(-room);
  const remark = history.length === 0 ? 'nothing happened yet' : '';
  return [...top, headingLine(view, 'History', remark, width, 0), ...wholeEvents(view, history, width, room)].map(
    line => fitLine(line, width),
  );
}

/** The newest events first, as many as fit in full; the log has the others. */
function wholeEvents(view: HouseView, history: readonly JournalEntry[], width: number, rows: number): Lines {
  const lines: Line[] = [];
  for (const entry of history.toReversed()) {
    const drawn = eventLines(view, entry, width, rows);
    if (lines.length + drawn.length > rows) break;
    lines.push(...drawn);
  }
  return lines;
}
