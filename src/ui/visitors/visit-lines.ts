import { sizeText, timesText } from '../../core/count-text.ts';
import { cutText, fitText } from '../../core/fit-text.ts';
import { type Occurrence, type OccurrenceDay, occurrenceDays } from '../../core/history/query/occurrences.ts';
import { clockText, momentText, WEEKDAYS } from '../../core/moment-text.ts';
import { textWidth } from '../../core/text-width.ts';
import { pickText } from '../layout/item-columns.ts';
import { headingLine } from '../panels/section-lines.ts';
import type { HouseView, Lines } from '../text/house-view.ts';
import { fitLine, type Line, lineWidth, span } from '../text/line.ts';

/** The longest label in a row. */
const LONGEST_LABEL = 24;
/** `14:00 to 14:15`, and what is there of it where there is little room. */
const [TIME, SHORT_TIME] = [14, 8];
const WIDE = 60;
/** Where there is little room a label has so much of it. */
const SHORT_LABEL = 14;
/** What is counted has rested when nothing came for so long, ms. */
const REST_MS = 900_000;
/** So many things are counted in the heading of a day. */
const MOST_COUNTED = 4;

/** What happened, the newest day first, and in each the newest first: a heading for each day, and a row for each of them. */
export function visitLines(view: HouseView, occurrences: readonly Occurrence[], now: number, width: number): Lines {
  const label = Math.min(LONGEST_LABEL, Math.max(0, ...occurrences.map(one => textWidth(one.label))));
  return occurrenceDays(occurrences)
    .toReversed()
    .flatMap(day => [
      dayLine(view, day, now, width),
      ...mergeCounted(day.occurrences)
        .toReversed()
        .map(occurrence => visitLine(occurrence, label, width)),
    ]);
}

function dayLine(view: HouseView, { occurrences, counts }: OccurrenceDay, now: number, width: number): Line {
  const at = occurrences[0]?.at ?? now;
  const named = counts.slice(0, MOST_COUNTED).map(({ label, count }) => `${label} ${count}`);
  const more = counts.length > MOST_COUNTED ? [`${counts.length - MOST_COUNTED} more`] : [];
  const title = dayText(at, now);
  return headingLine(
    view,
    title,
    cutText([...named, ...more].join(', '), Math.max(0, width - title.length - 3)),
    width,
    0,
  );
}

/** `today, Sun 29 Nov`, or with its year where that is another one. */
function dayText(at: number, now: number): string {
  const [then, today] = [new Date(at), new Date(now)];
  const hasYear = then.getFullYear() !== today.getFullYear();
  const day = `${WEEKDAYS[then.getDay()]} ${momentText(at, { hasYear }).slice(0, hasYear ? 11 : 6)}`;
  return then.toDateString() === today.toDateString() ? `Today, ${day}` : day;
}

/** What is counted without a rest is one row: it must not drown who rang. */
function mergeCounted(occurrences: readonly Occurrence[]): readonly Occurrence[] {
  const merged: Occurrence[] = [];
  const open = new Map<string, number>();
  for (const one of occurrences) {
    const place = open.get(one.id);
    const before = place === undefined ? undefined : merged[place];
    if (one.kind === 'counter' && place !== undefined && before !== undefined && one.at - before.until <= REST_MS) {
      merged[place] = { ...before, until: one.until, count: before.count + one.count };
    } else {
      open.set(one.id, merged.length);
      merged.push(one);
    }
  }
  return merged;
}

function visitLine(occurrence: Occurrence, labelWidth: number, width: number): Line {
  const { kind, label, word, count } = occurrence;
  const isWide = width >= WIDE;
  const said = kind === 'counter' ? timesText(count) : (word ?? '');
  const head: Line = [
    span(`  ${fitText(timeOf(occurrence, isWide), isWide ? TIME : SHORT_TIME)}  `, 'muted'),
    span(`${fitText(label, isWide ? labelWidth : Math.min(labelWidth, SHORT_LABEL))}  `, 'label'),
    span(said, 'value'),
  ];
  const tail = pickText(tailsOf(occurrence), Math.max(0, width - lineWidth(head) - 2));
  return fitLine([...head, span(tail === '' ? '' : `  ${tail}`, 'muted')], width);
}

function timeOf({ at, until, kind }: Occurrence, isWide: boolean): string {
  if (kind === 'event') return clockText(at);
  const [from, to] = [at, until].map(moment => clockText(moment).slice(0, 5));
  return from === to || !isWide ? `${from}` : `${from} to ${to}`;
}

/** What there is to say besides, the longest first. */
function tailsOf({ snapshotBytes, note }: Occurrence): readonly string[] {
  const size = snapshotBytes === null ? [] : [sizeText(snapshotBytes)];
  const notes = note === null ? [] : [note];
  return [[...size.map(text => `picture, ${text}`), ...notes].join('; '), size.join(''), ''];
}
