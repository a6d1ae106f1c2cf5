import { parsePast } from '../../core/history/query/when.ts';
import { formatValue } from '../../core/home/readings/value-text.ts';
import { decimalsOf } from '../../core/house/house.ts';
import type { SensorConfig } from '../../core/house/schema.ts';
import { momentText, WEEKDAYS } from '../../core/moment-text.ts';
import { gapCell, gapKindsIn, gapWords } from '../charts/chart-gaps.ts';
import { isShort } from '../layout/chart-time.ts';
import type { HouseView, Lines } from '../text/house-view.ts';
import { fitLine, type Line, lineWidth, type Span, span, spreadLine } from '../text/line.ts';
import { type ChartSight, isUnread } from './chart-sight.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** The row below a chart: the date that is asked for, the value at the cursor, or what is shown; empty where that is plain. */
export function chartStatus(view: HouseView, sensor: SensorConfig, sight: ChartSight, width: number): Line {
  const { entry } = sight.view;
  if (entry !== null) return entryLine(view, entry, width);
  const isRead = sight.cursor >= 0;
  const left = isRead ? cursorVariants(view, sensor, sight) : timeVariants(view, sight);
  const right: Lines = sight.isReading ? [[span('reading …', 'muted')], []] : legendVariants(view, sight);
  // A value goes before the legend, the legend before the rest of the time.
  const pairs = isRead
    ? left.flatMap(line => right.map(end => [line, end] as const))
    : right.flatMap(end => left.map(line => [line, end] as const));
  const fits = ([line, end]: readonly [Line, Line]): boolean =>
    lineWidth(line) + lineWidth(end) + (end.length === 0 ? 0 : 2) <= width;
  const [line, end] = pairs.find(fits) ?? [left.at(-1) ?? [], []];
  return lineWidth(line) + lineWidth(end) === 0 ? [] : spreadLine(line, end, width);
}

/** The input line with what it understood, or with what it takes. */
function entryLine({ home, timeOfDay = at => at }: HouseView, entry: string, width: number): Line {
  const moment = parsePast(entry, timeOfDay(home.at));
  const head: Line = [span('Go to ', 'muted'), span(`${entry}_`, 'input'), span('  ')];
  const isNew = entry.trim() === '';
  const understood = moment.ok ? dayText(moment.value) : moment.error;
  const words = isNew ? 'as 2026-11-29 14:00, 14:00, yesterday 03:00 or 2 h ago' : understood;
  return fitLine([...head, span(words, isNew || moment.ok ? 'muted' : 'warning')], width);
}

/** `Sun 29 Nov 2026 14:00`. */
function dayText(at: number): string {
  return `${WEEKDAYS[new Date(at).getDay()]} ${momentText(at, { hasYear: true })}`;
}

/** The value at the cursor with its time, in full first. */
function cursorVariants(view: HouseView, sensor: SensorConfig, sight: ChartSight): readonly Line[] {
  const { samples, cursor, comparedDays } = sight;
  const bucket = samples.buckets[cursor] ?? null;
  const time = columnTime(view, sight);
  if (bucket === null) {
    const gap = samples.gaps[cursor] ?? null;
    const unheard = isUnread(sight) ? 'not heard here, and the history is not read' : 'nothing was heard';
    const why = gap === null ? unheard : gapWords(gap);
    return [[span(`${time} `, 'muted'), span(why)], [span(why)]];
  }
  const number = (value: number): string => value.toFixed(decimalsOf(sensor));
  const value = formatValue(bucket.sum / bucket.count, sensor.unit, sensor.decimals);
  const range = bucket.min === bucket.max ? '' : `  min ${number(bucket.min)}  max ${number(bucket.max)}`;
  const other = samples.compared[cursor] ?? null;
  const beside = other === null ? '' : `  ${daysAgo(comparedDays)} ${number(other.sum / other.count)}`;
  const head = span(`${time} `, 'muted');
  return [
    [head, span(value, 'value'), span(range), span(beside, 'muted')],
    [head, span(value, 'value'), span(range)],
    [span(value, 'value'), span(range)],
    [head, span(value, 'value')],
    [span(value, 'value')],
  ];
}

const daysAgo = (days: number): string => (days === 1 ? 'yesterday' : days === 7 ? 'last week' : `${days} days before`);

/** The time of the column at the cursor: to the second, to the minute, or from when to when. */
function columnTime({ timeOfDay = at => at }: HouseView, { samples, cursor }: ChartSight): string {
  const [from = 0, until = 0] = samples.edges.slice(cursor, cursor + 2).map(timeOfDay);
  if (until - from < MINUTE_MS) return momentText(from, { hasSeconds: true });
  const isDays = until - from >= DAY_MS - 3_600_000;
  const begin = momentText(from, { hasYear: isDays });
  const end = momentText(until);
  const isSameDay = begin.slice(0, 6) === end.slice(0, 6);
  return `${begin} to ${isSameDay ? end.slice(7) : end}`;
}

/** From when to when a page is that does not end now. */
function timeVariants({ timeOfDay = at => at }: HouseView, sight: ChartSight): readonly Line[] {
  const { samples, place, past } = sight;
  const hasNothing = past === null ? !isUnread(sight) : past.since === null && past.elsewhere === undefined;
  const note = hasNothing && (place.until !== null || !isShort(place.window)) ? NOTHING_KEPT : null;
  if (place.until === null) return note === null ? [[]] : [[span(note, 'muted')], []];
  const [from = 0, until = 0] = [samples.edges[samples.first], samples.edges[samples.begun]].map(at =>
    timeOfDay(at ?? 0),
  );
  const texts = [`${dayText(from)} to ${dayText(until)}`, `${momentText(from)} to ${momentText(until)}`];
  const notes = note === null ? [] : [`${texts[1]}: ${note}`];
  return [...notes, ...texts, momentText(from)].map(text => [span(text, 'muted')]);
}

const NOTHING_KEPT = 'no history is kept of it';

/** Who else was asked, and what came of it. */
function elsewhereParts(past: ChartSight['past']): readonly Span[][] {
  const elsewhere = past?.elsewhere;
  switch (elsewhere?.kind) {
    case undefined:
    case 'nothing':
      return [];
    case 'asked':
      return [[span(`asking ${elsewhere.name} …`, 'muted')]];
    case 'told':
      return [[span(`from ${elsewhere.name}`, 'muted')]];
    case 'failed':
      return [[span(`nothing from ${elsewhere.name}`, 'warning')]];
  }
}

/** What the signs mean that are there, as many words as fit. */
function legendVariants(view: HouseView, { samples, past, comparedDays }: ChartSight): readonly Line[] {
  const shown = samples.gaps.filter((_, column) => samples.buckets[column] === null);
  const gaps = gapKindsIn(shown).map((kind): readonly Span[] => {
    if (kind === 'unknown') return [span('blank: not known', 'muted')];
    const { text, style } = gapCell(view.glyphs, kind);
    return [span(text, style), span(` ${gapWords(kind)}`, 'muted')];
  });
  const beside: readonly Span[][] =
    comparedDays > 0 ? [[span('+', 'frame'), span(` ${daysAgo(comparedDays)}`, 'muted')]] : [];
  const units: readonly Span[][] = (past?.leftOut ?? []).map(unit => [
    span(`what it said in ${unit} is left out`, 'warning'),
  ]);
  const parts = [...units, ...elsewhereParts(past), ...gaps, ...beside];
  return Array.from({ length: parts.length + 1 }, (_, less) =>
    parts.slice(0, parts.length - less).flatMap((part, place) => [...(place === 0 ? [] : [span('  ')]), ...part]),
  );
}
