import { join } from 'node:path';
import { readFrames } from '../../../core/history/bytes/frame.ts';
import { DAY_S } from '../../../core/history/calendar.ts';
import { decodeEvent, type HistoryEvent, peekEventAt } from '../../../core/history/history-event.ts';
import type { Span } from '../../../core/history/spans.ts';
import { readBytes } from '../disk-file.ts';
import { listEvents } from '../file-names.ts';

/** What happened in a stretch, in the order of time. Throws what the system says. */
export function readEvents(folder: string, span: Span): readonly HistoryEvent[] {
  const isIn = (at: number): boolean => at >= span.from * 1_000 && at < span.until * 1_000;
  const events = eventFilesOf(folder, span).flatMap(name =>
    readFrames(readBytes(join(folder, name)) ?? new Uint8Array()).frames.flatMap(({ payload }) => {
      const at = peekEventAt(payload);
      return at === null || isIn(at) ? (decodeEvent(payload) ?? []) : [];
    }),
  );
  return events.filter(({ at }) => isIn(at)).sort((one, other) => one.at - other.at);
}

/** The names of the files in which events of a stretch may stand. Throws what the system says. */
export function eventFilesOf(folder: string, { from, until }: Span): readonly string[] {
  const month = (second: number): string => new Date(second * 1_000).toISOString().slice(0, 7);
  // One that came with the last ones of the month before stands in its file.
  const [first, last] = [month(from - DAY_S), month(until)];
  return listEvents(folder).filter(name => name.slice(0, 7) >= first && name.slice(0, 7) <= last);
}
