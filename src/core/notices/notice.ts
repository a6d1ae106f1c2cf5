import { countText } from '../count-text.ts';
import type { AlarmBook, AlarmChange, AlarmChangeKind, Priority } from '../home/alarms/alarm.ts';
import { momentText } from '../moment-text.ts';

/** What became of one alarm, with all that a notice says of it. */
export interface NoticeEntry {
  /** The alarm. */
  readonly id: string;
  readonly kind: AlarmChangeKind;
  readonly priority: Priority;
  /** ms since 1970. */
  readonly at: number;
  /** One sentence without a full stop. */
  readonly text: string;
  readonly label: string;
  readonly value: string | null;
  readonly cure: string | null;
  /** Whom it is told to, by the names of their channels; `null` for all. */
  readonly tell: readonly string[] | null;
}

/** What leaves the house: of one alarm or several. */
export interface Notice {
  /** No other one has it: one that comes twice can be known by it. */
  readonly id: string;
  /** `limit`: so many that what comes next waits. `reminder`: nobody has acknowledged these yet. */
  readonly type: 'alarms' | 'limit' | 'reminder' | 'test';
  readonly house: string;
  /** ms since 1970. */
  readonly at: number;
  readonly priority: Priority;
  readonly title: string;
  readonly text: string;
  readonly entries: readonly NoticeEntry[];
}

/** How much each matters. */
const PRIORITIES: readonly Priority[] = ['note', 'warning', 'alarm'];

/** Whether one matters as much as another, or more. */
export function isAtLeast(priority: Priority, least: Priority): boolean {
  return PRIORITIES.indexOf(priority) >= PRIORITIES.indexOf(least);
}

/** What a change of an alarm says, at this time of day, ms. */
export function entryOf(change: AlarmChange, { alarms }: AlarmBook, at: number): NoticeEntry {
  const { id, priority, text } = change;
  const alarm = alarms.get(id);
  const { label = id, value = null, cure = null, tell = null } = alarm ?? {};
  // What was raised while it was shelved nobody was told.
  const kind = change.kind === 'unshelved' && alarm?.phase === 'active' ? 'repeated' : change.kind;
  return { id, kind, priority, at, text, label, value, cure, tell };
}

/** Whether a change says that an alarm is there. */
export function isRaising(kind: AlarmChangeKind): boolean {
  return kind === 'raised' || kind === 'repeated' || kind === 'flooded';
}

/** Whether a change says that it is over. */
export function isEnding(kind: AlarmChangeKind): boolean {
  return kind === 'returned' || kind === 'cleared';
}

/** What a notice is made of. */
export interface NoticeParts {
  readonly type: Exclude<Notice['type'], 'limit'>;
  readonly entries: readonly NoticeEntry[];
  /** Until when what comes next waits, ms since 1970; `null` where nothing does. */
  readonly waitsUntil: number | null;
}

/** The notice in words; `id` is its own, `at` ms since 1970. */
export function noticeOf(parts: NoticeParts, { id, at, house }: Pick<Notice, 'id' | 'at' | 'house'>): Notice {
  const { entries, waitsUntil } = parts;
  const type = waitsUntil === null ? parts.type : 'limit';
  const priority = PRIORITIES.findLast(one => entries.some(entry => entry.priority === one)) ?? 'note';
  const text = [...headOf(parts), ...entries.map(entryText)].join('\n');
  return { id, type, house, at, priority, title: `${house}: ${titleOf(parts)}`, text, entries };
}

function titleOf({ type, entries }: NoticeParts): string {
  const [first] = entries;
  if (type === 'test') return 'this is a test';
  if (type === 'reminder') return `${countText(entries.length, 'alarm')} not acknowledged`;
  if (entries.length === 1 && first !== undefined) return first.text;
  // A flood is of more alarms than are told beside it.
  const flood = entries.find(({ kind }) => kind === 'flooded');
  if (flood !== undefined) return flood.text;
  const raised = entries.filter(({ kind }) => isRaising(kind)).length;
  const parts = [
    ...(raised === 0 ? [] : [`${countText(raised, 'alarm')} raised`]),
    ...(raised === entries.length ? [] : [`${countText(entries.length - raised, 'alarm')} over`]),
  ];
  return parts.join(', ');
}

function headOf({ type, waitsUntil }: NoticeParts): readonly string[] {
  if (type === 'test') return ['hometui can reach you by this channel. No alarm was raised.'];
  const wait =
    waitsUntil === null
      ? []
      : [`More than 10 notices within an hour: what comes now is told together at ${momentText(waitsUntil)}.`];
  return type === 'reminder' ? [...wait, 'Nobody has acknowledged:'] : wait;
}

function entryText({ at, kind, text, cure }: NoticeEntry): string {
  const what = `${momentText(at, { hasSeconds: true })}  ${text}`;
  return cure === null || !isRaising(kind) ? what : `${what}\n  ${cure}.`;
}
