import { cleanText } from '../clean-text.ts';
import { formatDuration } from '../duration.ts';
import type { AlarmChangeKind, AlarmState } from '../home/alarms/alarm.ts';

/** The longest sentence of a change, characters. */
const LONGEST = 300;

/** What became of an alarm in one sentence without a full stop; `by` is who did it. */
export function changeText(kind: Exclude<AlarmChangeKind, 'flooded'>, alarm: AlarmState, by: string | null): string {
  return cleanText(sentence(kind, alarm, by), LONGEST);
}

/** The same of a flood: how many were raised, and the one that came first. */
export function floodText(count: number, first: string): string {
  return cleanText(`${count} alarms within 10 min, the first of them: ${first}`, LONGEST);
}

function sentence(kind: Exclude<AlarmChangeKind, 'flooded'>, alarm: AlarmState, by: string | null): string {
  const { label, priority, detail, phase } = alarm;
  const evidence = detail === null ? '' : ` (${detail})`;
  const who = by === null ? '' : ` by ${by}`;
  switch (kind) {
    case 'raised':
      return `${priority} raised: ${label}${evidence}${alarm.isHeld ? OFTEN : ''}`;
    case 'repeated':
      return `${priority} goes on: ${label}${evidence}`;
    case 'returned':
      return `${priority} ${overText(alarm.acknowledgedAt !== null)}: ${label}${valueText(alarm)}`;
    case 'cleared':
      return `${priority} over: ${label}${valueText(alarm)}`;
    case 'acknowledged':
      return `${priority} acknowledged${who}: ${label}`;
    case 'shelved':
      return `${priority} shelved${who} for ${shelfText(alarm)}: ${label}`;
    case 'unshelved':
      return `${priority} shelved no more: ${label}${phase === 'active' || phase === 'acknowledged' ? ', it goes on' : ''}`;
  }
}

/** What is over and waits for an acknowledgement: a latched alarm may have got one while it was so. */
export function overText(wasAcknowledged: boolean): string {
  return wasAcknowledged ? 'over, to be acknowledged again' : 'over, not acknowledged';
}

const OFTEN = '; it comes and goes, and stays until it is quiet for an hour';

function valueText({ value, raisedValue }: AlarmState): string {
  if (value === null) return '';
  return raisedValue === null || raisedValue === value ? ` (${value})` : ` (${value}, it was ${raisedValue})`;
}

function shelfText({ shelf }: AlarmState): string {
  if (shelf === null) return formatDuration(0);
  const why = shelf.reason === null ? '' : ` (${shelf.reason})`;
  return `${formatDuration(shelf.untilAt - shelf.at)}${why}`;
}
