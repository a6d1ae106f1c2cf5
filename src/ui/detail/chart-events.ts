import { wrapText } from '../../core/fit-text.ts';
import { MOST_TOLD, type PageEvents, type PastEvent } from '../../core/history/query/page-events.ts';
import { momentText } from '../../core/moment-text.ts';
import { eventSign } from '../charts/event-sign.ts';
import { columnAt } from '../layout/chart-time.ts';
import { headingLine } from '../panels/section-lines.ts';
import type { HouseView, Lines } from '../text/house-view.ts';
import { blank, fitLine, type Line, span } from '../text/line.ts';
import type { ChartSight } from './chart-sight.ts';

/** Columns before the text of an event: day, time and sign. */
const HEAD = 18;
const UNREADABLE =
  'Some of what happened in this time is damaged and cannot be told: hometui history check says in which file';

/** What happened in the time of a chart, newest first; at the cursor, where anything happened there. Empty where nothing did. */
export function chartEvents(view: HouseView, sight: ChartSight, width: number): Lines {
  const { past, cursor } = sight;
  if (past === null) return [];
  const here = cursor < 0 ? null : toldIn(sight, past.events, cursor, cursor + 1);
  const isHere = here !== null && (here.isDamaged || here.events.length > 0);
  const told = isHere ? here : toldIn(sight, past.events, sight.samples.first, sight.samples.begun);
  if (told.events.length === 0 && !told.isDamaged) return [];
  const { length } = told.events;
  const some = told.count > length && length >= MOST_TOLD ? `the newest ${length} of ${told.count}` : null;
  const remark = isHere ? `${some === null ? '' : `${some} `}at the cursor` : (some ?? 'newest first');
  const damage = told.isDamaged ? sentenceLines(UNREADABLE, width) : [];
  const lines = told.events.toReversed().flatMap(event => eventLines(view, event, width));
  return [headingLine(view, 'What happened', remark, width, 0), ...damage, ...lines];
}

interface Told {
  readonly events: readonly PastEvent[];
  /** How many there were. */
  readonly count: number;
  /** Whether more was kept than can be told. */
  readonly isDamaged: boolean;
}

/** What happened in the columns from one to before another. */
function toldIn({ samples, past, cursor }: ChartSight, all: PageEvents, first: number, end: number): Told {
  const { edges } = samples;
  const isIn = (at: number): boolean => columnAt(edges, at) >= first && columnAt(edges, at) < end;
  const isOfCursor = first === cursor && end === cursor + 1 && past?.question.told?.from === edges[cursor];
  const events = isOfCursor && all.told !== null ? all.told : all.newest.filter(({ at }) => isIn(at));
  const count = all.marks.reduce((sum, mark) => sum + (isIn(mark.from) ? mark.count : 0), 0);
  const [from = 0, until = 0] = [edges[first], edges[end]];
  const isLost = all.lost.some(one => one.from < until && one.until > from);
  // All that is newer than the oldest that is told was read: of less than was counted some is gone since.
  const isAll = isOfCursor ? events.length < MOST_TOLD : all.newest.length < MOST_TOLD;
  return { events, count, isDamaged: isLost || (isAll && count > events.length) };
}

function eventLines(view: HouseView, { at, mark, text }: PastEvent, width: number): Lines {
  const { timeOfDay = now => now } = view;
  return wrapText(text, Math.max(8, width - HEAD)).map((row, place): Line => {
    const time = span(`${momentText(timeOfDay(at), { hasSeconds: true })} `, 'muted');
    const head = place === 0 ? [time, eventSign(view.glyphs, mark), span(' ')] : [blank(HEAD)];
    return fitLine([...head, span(row)], width);
  });
}

function sentenceLines(text: string, width: number): Lines {
  return wrapText(text, width).map(row => fitLine([span(row, 'warning')], width));
}
