import { DAY_S, HOUR_S } from '../../core/history/calendar.ts';
import type { HistoryEvent } from '../../core/history/history-event.ts';
import { gapsOf } from '../../core/history/query/query.ts';
import { writtenSpan } from '../../core/history/query/written.ts';
import { lengthOf, type Span } from '../../core/history/spans.ts';
import type { Issue } from '../../core/issue.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { fileFaultOf } from '../../io/files/text-file.ts';
import { openHistoryReader } from '../../io/history-store/reader.ts';
import { historyTrouble } from '../../io/history-store/trouble.ts';

/** What happened in a stretch of time, as the history has it. */
export interface Happened {
  /** In the order of time. */
  readonly events: readonly HistoryEvent[];
  /** From when on anything at all is kept, ms; `null` where nothing is. */
  readonly since: number | null;
  /** For how long of the stretch nobody listened, ms. */
  readonly unheardMs: number;
}

/** What happened in a stretch, from the history in a folder; it never throws. */
export function readHappened(folder: string, span: Span): Result<Happened, Issue> {
  try {
    const reader = openHistoryReader(folder);
    const range = reader.range();
    if (range === null) return ok({ events: [], since: null, unheardMs: 0 });
    const since = range.first * DAY_S;
    const within = { from: Math.max(span.from, since), until: Math.max(span.until, since) };
    const listening = reader.read(new Set(), within, HOUR_S, { reading: () => {}, rollUp: () => {} });
    const unheardMs = lengthOf(gapsOf(listening, writtenSpan(reader, listening, within, within.until))) * 1_000;
    return ok({ events: reader.events(span), since: since * 1_000, unheardMs });
  } catch (error) {
    if (fileFaultOf(error).code === 'ENOENT') return ok({ events: [], since: null, unheardMs: 0 });
    return fail(historyTrouble(folder, error, 'read'));
  }
}
