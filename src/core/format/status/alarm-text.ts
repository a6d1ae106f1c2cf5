import { cleanWhole } from '../../clean-text.ts';
import { countText } from '../../count-text.ts';
import { formatAge } from '../../duration.ts';
import { wrapText } from '../../fit-text.ts';
import { clockText } from '../../moment-text.ts';
import type { AlarmSnapshot, AlarmsSnapshot } from '../alarm-snapshot.ts';
import type { Role, Style } from '../style.ts';

const WIDTH = 80;
/** The longest word before an alarm, and a space beside it. */
const COLUMN = 14;

/** The alarms for people, a block of lines with its title; none where nothing is raised and all can be judged. */
export function alarmBlock(alarms: AlarmsSnapshot, at: string, style: Style): readonly string[] {
  const lines = [...floodLines(alarms, at), ...alarms.active.flatMap(alarm => alarmLines(alarm, at, style))];
  const unwatched = alarms.unwatched.flatMap(({ why, ids }) =>
    indented(`not judged: ${countText(ids.length, 'alarm')}, ${why}`, 2),
  );
  return lines.length + unwatched.length === 0 ? [] : [style('Alarms', 'title'), ...lines, ...unwatched];
}

/** How a raised alarm, one that is over and one that is shelved are called. */
export function stateWord({ state, priority, shelved }: AlarmSnapshot): string {
  if (shelved !== null) return 'shelved';
  if (state === 'active') return priority;
  return state === 'returned' ? 'over' : state;
}

function alarmLines(alarm: AlarmSnapshot, at: string, style: Style): readonly string[] {
  const word = stateWord(alarm);
  const first = [`${cleanWhole(alarm.label)}${sinceText(alarm, at)}`, valuesText(alarm)].filter(part => part !== '');
  const [head = '', ...rest] = wrapText(first.join(': '), WIDTH - COLUMN - 2);
  const more = [
    personText(alarm),
    alarm.unwatched === null ? '' : `it cannot be judged now: ${alarm.unwatched}`,
    alarm.cure ?? '',
  ]
    .filter(part => part !== '')
    .flatMap(part => wrapText(cleanWhole(part), WIDTH - COLUMN - 2));
  const padded = word.padEnd(COLUMN);
  return [
    `  ${style(padded, roleOf(alarm))}${head}`,
    ...[...rest, ...more].map(line => `  ${' '.repeat(COLUMN)}${line}`),
  ];
}

function roleOf({ state, priority, shelved }: AlarmSnapshot): Role {
  if (state !== 'active' || shelved !== null || priority === 'note') return 'quiet';
  return priority === 'alarm' ? 'critical' : 'warning';
}

function sinceText({ state, raisedAt, quietSince, returnedAt }: AlarmSnapshot, at: string): string {
  if (raisedAt === null || state === 'normal') return '';
  const quiet = quietSince === null ? '' : `, but not so for ${ageText(quietSince, at)}`;
  if (state !== 'returned') return `, for ${ageText(raisedAt, at)}${quiet}`;
  return `, over for ${ageText(returnedAt ?? raisedAt, at)}`;
}

function valuesText({ state, raisedValue, value, detail, unwatched }: AlarmSnapshot): string {
  if (state === 'normal') return '';
  if (raisedValue === null) return cleanWhole(detail ?? '');
  // The value of an alarm that is over, or that cannot be judged, may be hours old.
  const when = state === 'returned' ? 'over at' : unwatched === null ? 'now' : 'last';
  return cleanWhole(value === null || value === raisedValue ? raisedValue : `it was ${raisedValue}, ${when} ${value}`);
}

function personText({ state, acknowledgedBy, shelved }: AlarmSnapshot): string {
  if (shelved !== null) {
    const by = shelved.by === null ? '' : ` by ${shelved.by}`;
    return `shelved until ${clockText(Date.parse(shelved.until))}${by}${shelved.reason === null ? '' : `: ${shelved.reason}`}`;
  }
  return state === 'acknowledged' && acknowledgedBy !== null ? `acknowledged by ${acknowledgedBy}` : '';
}

function floodLines({ flood }: AlarmsSnapshot, at: string): readonly string[] {
  if (flood === null) return [];
  const { count, since, first } = flood;
  return indented(
    `${countText(count, 'alarm')} within ${ageText(since, at)}: the first was "${first}", look there first`,
    2,
  );
}

function ageText(from: string, to: string): string {
  return formatAge(Math.max(0, Date.parse(to) - Date.parse(from)));
}

function indented(text: string, by: number): readonly string[] {
  return wrapText(cleanWhole(text), WIDTH - by).map(line => `${' '.repeat(by)}${line}`);
}
