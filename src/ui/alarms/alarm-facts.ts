import { timesText } from '../../core/count-text.ts';
import { formatDuration } from '../../core/duration.ts';
import type { AlarmState, Priority } from '../../core/home/alarms/alarm.ts';
import { notSoSince } from '../../core/home/alarms/not-so-since.ts';
import type { Field } from '../panels/field-lines.ts';
import { sinceText } from '../text/age-text.ts';
import type { HouseView } from '../text/house-view.ts';
import { type Span, span } from '../text/line.ts';
import { nearMoment } from '../text/near-moment.ts';
import type { StyleName } from '../theme/theme.ts';
import { type Standing, standingOf } from './alarm-rows.ts';

const STYLES: Readonly<Record<Priority, StyleName>> = { alarm: 'critical', warning: 'warning', note: 'accent' };

/** How an alarm looks: bright only where somebody is wanted. */
export function alarmStyle(alarm: AlarmState): StyleName {
  const standing = standingOf(alarm);
  return standing === 'active' || standing === 'over' ? STYLES[alarm.priority] : 'muted';
}

/** The sign of an alarm; the word for how it stands is always near it. */
export function alarmSign({ glyphs }: HouseView, alarm: AlarmState): Span {
  const { symbols } = glyphs;
  const high = { alarm: glyphs.symbols.critical, warning: symbols.warning, note: symbols.bullet }[alarm.priority];
  const signs: Readonly<Record<Standing, string>> = {
    active: high,
    over: high,
    acknowledged: symbols.confirmed,
    shelved: symbols.off,
  };
  return span(signs[standingOf(alarm)], alarmStyle(alarm));
}

/** Where the facts stand: on a page of their own, below a list that has the values, or below one that has no room for them. */
type Place = 'page' | 'beside' | 'short';

/** What is known of an alarm; where there is little room what to do comes first. */
export function alarmFields(view: HouseView, alarm: AlarmState, place: Place): readonly Field[] {
  const { detail, shelf, unwatched, count, cure, source } = alarm;
  const [isPage, isShort] = [place === 'page', place === 'short'];
  const standing: Field = { name: 'State', text: stateText(view, alarm), style: alarmStyle(alarm) };
  const value = place === 'beside' ? null : valueText(alarm);
  const toDo: Field | null = cure === null ? null : { name: 'To do', text: cure, style: 'accent' };
  const fields: readonly (Field | null)[] = [
    isShort ? toDo : standing,
    value === null ? null : { name: 'Value', text: value },
    detail === null ? null : { name: 'Why', text: detail },
    isShort ? standing : toDo,
    unwatched === null ? null : { name: 'Unwatched', text: unwatched, style: 'warning' },
    shelf === null ? null : { name: 'Shelved', text: shelfText(view, shelf) },
    isPage && count > 1 ? { name: 'Came', text: timesText(count) } : null,
    isPage && source !== null ? { name: 'Source', text: source, style: 'muted' } : null,
  ];
  return fields.filter(field => field !== null);
}

/** How it stands, since when, and who knows of it. */
function stateText(view: HouseView, alarm: AlarmState): string {
  const { raisedAt, returnedAt, phase } = alarm;
  const quietSince = notSoSince(alarm);
  if (phase === 'normal') return 'not so at this time';
  const since = raisedAt === null ? '' : ` since ${nearMoment(view, raisedAt)}, ${sinceText(view.home.at - raisedAt)}`;
  const quiet = quietSince !== null ? `, but not so since ${nearMoment(view, quietSince)}: over when that lasts` : '';
  if (phase !== 'returned' || returnedAt === null) return `active${since}${quiet}; ${acknowledgedText(view, alarm)}`;
  const lasted = raisedAt === null ? '' : `, it was so for ${formatDuration(returnedAt - raisedAt)}`;
  return `over since ${nearMoment(view, returnedAt)}${lasted}; ${acknowledgedText(view, alarm)}`;
}

function acknowledgedText(view: HouseView, { phase, acknowledgedAt, acknowledgedBy }: AlarmState): string {
  const isAgain = phase === 'returned' && acknowledgedAt !== null;
  if (phase !== 'acknowledged' && !isAgain) return 'nobody has acknowledged it';
  const by = acknowledgedBy === null ? '' : ` by ${acknowledgedBy}`;
  const when = acknowledgedAt === null ? '' : ` at ${nearMoment(view, acknowledgedAt)}`;
  return `acknowledged${by}${when}${isAgain ? ', and to be so again' : ''}`;
}

function valueText({ phase, raisedValue, value, unwatched }: AlarmState): string | null {
  const then = raisedValue === null ? [] : [`${raisedValue} when it came`];
  const isOver = phase === 'returned';
  const now =
    value === null || (unwatched !== null && !isOver) ? [] : [`${value} ${isOver ? 'when it was over' : 'now'}`];
  const parts = [...then, ...now];
  return parts.length === 0 ? null : parts.join(', ');
}

function shelfText(view: HouseView, { untilAt, by, reason }: NonNullable<AlarmState['shelf']>): string {
  const who = by === null ? '' : ` by ${by}`;
  return `until ${nearMoment(view, untilAt)}${who}${reason === null ? '' : `: ${reason}`}`;
}
