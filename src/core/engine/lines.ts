import { escapeTag, historyLineProtocol, readingRow } from '../format/history/history-row.ts';
import type { HistoryItem } from '../history/query/query.ts';
import { clipSpans, lengthOf, type Span } from '../history/spans.ts';

/** How finely it is told when somebody listened, seconds. What is sent begins and ends at whole ones. */
export const LISTENING_STEP_S = 60;

/** One value as a line; `second` since 1970. */
export function readingLine(
  house: string,
  item: Pick<HistoryItem, 'id' | 'unit'>,
  second: number,
  value: number,
): string {
  return historyLineProtocol(readingRow(item, second, value), house);
}

/**
 * A line for each minute in which somebody listened, and for the last one always: so that it is there says that all before
 * it has arrived. `heard` is merged; `span` begins and ends at whole minutes.
 */
export function listeningLines(house: string, heard: readonly Span[], span: Span): readonly string[] {
  const lines: string[] = [];
  for (let from = span.from; from < span.until; from += LISTENING_STEP_S) {
    const until = from + LISTENING_STEP_S;
    const seconds = lengthOf(clipSpans(heard, { from, until }));
    if (seconds > 0 || until >= span.until) lines.push(listeningLine(house, from, seconds));
  }
  return lines;
}

function listeningLine(house: string, from: number, seconds: number): string {
  return `hometui_listening,house=${escapeTag(house)} seconds=${seconds} ${from}000000000\n`;
}
