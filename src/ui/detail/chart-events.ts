import { wrapText } from '../../core/fit-text.ts';
import { momentText } from '../../core/moment-text.ts';
import { eventSign } from '../charts/event-sign.ts';
import { columnAt } from '../layout/chart-time.ts';
import { headingLine } from '../panels/section-lines.ts';
import type { HouseView, Lines } from '../text/house-view.ts';
import { blank, fitLine, type Line, span } from '../text/line.ts';
import type { ChartSight } from './chart-sight.ts';

/** Columns before the text of an event: day, time and sign. */
const HEAD = 18;

/** What happened in the time of a chart, newest first; at the cursor, where anything happened there. Empty where nothing did. */
export function chartEvents(view: HouseView, { past, samples, cursor }: ChartSight, width: number): Lines {
  const { edges, first, begun } = samples;
  const shown = (past?.events ?? []).filter(({ at }) => {
    const column = columnAt(edges, at);
    return column >= first && column < begun;
  });
  const here = shown.filter(({ at }) => columnAt(edges, at) === cursor);
  const told = here.length > 0 ? here : shown;
  if (told.length === 0) return [];
  const { timeOfDay = at => at } = view;
  const remark = here.length > 0 ? 'at the cursor' : 'newest first';
  const lines = told.toReversed().flatMap(({ at, mark, text }) =>
    wrapText(text, Math.max(8, width - HEAD)).map((row, place): Line => {
      const time = span(`${momentText(timeOfDay(at), { hasSeconds: true })} `, 'muted');
      const head = place === 0 ? [time, eventSign(view.glyphs, mark), span(' ')] : [blank(HEAD)];
      return fitLine([...head, span(row)], width);
    }),
  );
  return [headingLine(view, 'What happened', remark, width, 0), ...lines];
}
