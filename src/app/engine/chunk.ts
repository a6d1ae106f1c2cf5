import { LISTENING_STEP_S, listeningLines, readingLine } from '../../core/engine/lines.ts';
import { unscaleValue } from '../../core/history/series.ts';
import type { Span } from '../../core/history/spans.ts';
import type { HistoryReader } from '../../io/history-store/reader.ts';

/** What was recorded in a stretch of whole minutes, as lines for an engine. */
export interface Chunk {
  readonly span: Span;
  readonly lines: readonly string[];
}

/** Reads it. Throws what the system says. */
export function readChunk(reader: HistoryReader, house: string, span: Span): Chunk {
  const series = new Map(reader.series.map(one => [one.n, one] as const));
  const lines: string[] = [];
  const { heard } = reader.read(new Set(series.keys()), span, null, {
    reading: (n, second, value) => {
      const one = series.get(n);
      if (one !== undefined) lines.push(readingLine(house, one, second, unscaleValue(value, one.scale)));
    },
    rollUp: () => {},
  });
  // Where nothing was heard nothing is sent: no line says that nobody listened.
  if (lines.length === 0 && heard.length === 0) return { span, lines };
  // Behind the values: that they are there says that the values are.
  return { span, lines: [...lines, ...listeningLines(house, heard, span)] };
}

/** The whole minutes up to a second. */
export function wholeMinutes(second: number): number {
  return Math.floor(second / LISTENING_STEP_S) * LISTENING_STEP_S;
}
