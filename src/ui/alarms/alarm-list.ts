import { countText } from '../../core/count-text.ts';
import { cutText, fitText } from '../../core/fit-text.ts';
import type { AlarmBook, AlarmState } from '../../core/home/alarms/alarm.ts';
import { textWidth } from '../../core/text-width.ts';
import { pickText } from '../layout/item-columns.ts';
import { roomInFrame, scrollTo } from '../layout/layout.ts';
import { fieldLines } from '../panels/field-lines.ts';
import { frameLines } from '../panels/frame-lines.ts';
import { partOfLines } from '../panels/part-lines.ts';
import { headingLine } from '../panels/section-lines.ts';
import { focusMark, type HouseView, type Lines, type Size } from '../text/house-view.ts';
import { blank, fitLine, type Line, span, withSpot } from '../text/line.ts';
import { nearMoment } from '../text/near-moment.ts';
import { alarmFields, alarmSign, alarmStyle } from './alarm-facts.ts';
import { standingOf } from './alarm-rows.ts';
import { watchedText } from './watched-lines.ts';

/** Rows that the list has at the least. */
const LIST_ROWS = 3;
/** From so many rows on there is one for the names of the columns, and one for who watches. */
const ROOMY_ROWS = 12;
/** Below this width there is no room for values. */
const WIDE = 60;
/** The longest value in a row; the page of the alarm has it whole. */
const LONGEST_VALUE = 11;
/** What is left of `28 Nov 14:32` where there is little room, and the longest word for how an alarm stands. */
const [SHORT_TIME, STANDING] = [6, 12];
/** In fewer columns a reason says nothing. */
const LEAST_WHY = 16;

/** The alarms, those first that want somebody, and below them all that is to be known at once of the chosen one. */
export function alarmList(
  view: HouseView,
  size: Size,
  book: AlarmBook,
  rows: readonly AlarmState[],
  place: number,
): Lines {
  const room = roomInFrame(size.columns, size.rows);
  const chosen = rows[place];
  const isRoomy = room.rows >= ROOMY_ROWS;
  const columns = columnsOf(view, rows, room.width);
  const head = [...floodLines(view, book, room.width), ...(isRoomy ? [headLine(columns)] : [])];
  const left = room.rows - head.length - (isRoomy ? 1 : 0);
  const facts = chosen === undefined ? [] : factLines(view, chosen, room);
  const listRows = Math.max(1, Math.min(rows.length, Math.max(LIST_ROWS, left - facts.length)));
  const top = scrollTo(place, rows.length, listRows);
  const list = rows
    .slice(top, top + listRows)
    .map((row, offset) =>
      withSpot(fitLine(rowLine(view, row, top + offset === place, columns), room.width), 'row', top + offset),
    );
  const below = partOfLines(facts, { width: room.width, rows: Math.max(1, left - list.length) }, 0);
  const spare: Lines = Array.from({ length: Math.max(0, left - list.length - below.length) }, () => []);
  const watched: Lines = isRoomy ? [[span(watchedText(view, book), 'muted')]] : [];
  const lines = [...head, ...list, ...below, ...spare, ...watched];
  return frameLines(view, { text: 'Alarms', remark: remarkOf(rows) }, lines, { width: size.columns, rows: size.rows });
}

/** How many want somebody. */
function remarkOf(rows: readonly AlarmState[]): string {
  const open = rows.filter(({ phase, shelf }) => phase !== 'acknowledged' && shelf === null).length;
  return open === 0 ? 'none to acknowledge' : `${open} to acknowledge`;
}

function floodLines(view: HouseView, { flood }: AlarmBook, width: number): Lines {
  if (flood === null) return [];
  const since = nearMoment(view, flood.sinceAt);
  const count = countText(flood.count, 'alarm');
  const texts = [
    `${count} since ${since}: a flood, told as one. What came first is above the others`,
    `${count} since ${since}`,
  ];
  return [fitLine([span(pickText(texts, width), 'warning')], width)];
}

/** How the room of a row is shared; 0 for a column that has none. */
interface Columns {
  readonly time: number;
  readonly label: number;
  readonly value: number;
  readonly standing: number;
  readonly why: number;
}

function columnsOf(view: HouseView, rows: readonly AlarmState[], width: number): Columns {
  const longest = Math.max(5, ...rows.map(({ label }) => textWidth(label)));
  if (width < WIDE) return { time: SHORT_TIME, label: width - SHORT_TIME - 5, value: 0, standing: 0, why: 0 };
  const widest = Math.max(4, ...rows.flatMap(({ raisedValue, value }) => [raisedValue, value].map(widthOf)));
  const value = Math.min(LONGEST_VALUE, widest);
  const time = Math.max(5, ...rows.map(({ raisedAt }) => (raisedAt === null ? 0 : nearMoment(view, raisedAt).length)));
  const room = width - 5 - time - 2 * (value + 2) - STANDING - 2;
  const label = Math.max(6, Math.min(longest, room));
  const why = room - label - 2;
  return { time, label, value, standing: STANDING, why: why < LEAST_WHY ? 0 : why };
}

const widthOf = (text: string | null): number => (text === null ? 0 : textWidth(text));

function headLine({ time, label, value, standing, why }: Columns): Line {
  const values = value === 0 ? '' : `  ${'then'.padStart(value)}  ${'now'.padStart(value)}`;
  const state = standing === 0 ? '' : `  ${fitText('state', standing)}`;
  const last = why === 0 ? '' : '  why';
  return [span(`   ${fitText('since', time)}  ${fitText('alarm', label)}${values}${state}${last}`, 'muted')];
}

function rowLine(view: HouseView, alarm: AlarmState, isFocused: boolean, columns: Columns): Line {
  const { raisedAt, raisedValue, value, unwatched, detail, label } = alarm;
  const style = alarmStyle(alarm);
  const at = raisedAt === null ? '' : nearMoment(view, raisedAt);
  // The day says more than the minute where there is room for one of them.
  const time = textWidth(at) > columns.time ? at.slice(0, SHORT_TIME) : at;
  const now = unwatched !== null ? '?' : (value ?? '');
  const cell = (text: string): string => cutText(text, columns.value).padStart(columns.value);
  const parts: Line = [
    span(`  ${cell(raisedValue ?? '')}`, 'muted'),
    span(`  ${cell(now)}`, now === '?' ? 'notLive' : 'value'),
    span(`  ${fitText(standingOf(alarm), columns.standing)}`, style),
    ...(columns.why === 0 ? [] : [span(`  ${cutText(unwatched ?? detail ?? '', columns.why)}`, 'muted')]),
  ];
  return [
    focusMark(view.glyphs, isFocused),
    alarmSign(view, alarm),
    span(' '),
    span(fitText(time, columns.time), 'muted'),
    blank(2),
    span(fitText(label, columns.label), isFocused ? 'strong' : style),
    ...(columns.standing === 0 ? [] : parts),
  ];
}

function factLines(view: HouseView, alarm: AlarmState, { width, rows }: { width: number; rows: number }): Lines {
  const gap: Lines = rows < ROOMY_ROWS ? [] : [[]];
  return [
    ...gap,
    headingLine(view, alarm.label, '', width, 0),
    ...fieldLines(alarmFields(view, alarm, width < WIDE ? 'short' : 'beside'), width),
  ];
}
