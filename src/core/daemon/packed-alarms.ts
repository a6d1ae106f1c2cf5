import type { KeptAlarms } from '../alarms/ledger.ts';
import { alarmFields } from '../alarms/machine.ts';
import type { AlarmBook, AlarmChange, AlarmState } from '../home/alarms/alarm.ts';
import { carry, isObject, uncarry } from './packed-state.ts';

/** What of the alarms is kept from one run to the next, with what may not have been told to others yet. */
export interface KeptBook extends KeptAlarms {
  /** What became of alarms last, the oldest first: whoever tells others knows by the numbers what of it is told. */
  readonly last: readonly AlarmChange[];
}

/** What a daemon says of its alarms: the book where it has another one than who asks, and what became of them since. */
export interface AlarmReply {
  readonly book: AlarmBook | null;
  /** The number of the last change. */
  readonly change: number;
  readonly changes: readonly AlarmChange[];
}

/** The version of what is kept. */
const VERSION = 1;

/** As text for a file; `byMs` is added to each moment. */
export function keptText(kept: KeptBook, byMs: number): string {
  return `${JSON.stringify(carry({ version: VERSION, ...kept }, byMs))}\n`;
}

/** The same back; `null` where it is not what this program would have kept. */
export function readKept(text: string, byMs: number): KeptBook | null {
  const read = uncarry(parse(text), byMs);
  if (!isObject(read) || read.version !== VERSION) return null;
  const { alarms, order, number, last } = read;
  const isSound =
    Array.isArray(alarms) &&
    alarms.every(isAlarm) &&
    isChanges(last) &&
    Number.isInteger(order) &&
    Number.isInteger(number);
  return isSound ? ({ alarms, order, number, last } as unknown as KeptBook) : null;
}

/** As it goes over the socket, as JSON; `byMs` is added to each moment. */
export function packReply(reply: AlarmReply, byMs: number): unknown {
  return carry(reply, byMs);
}

/** The same back, as the book of another process; `null` where it is none. */
export function unpackReply(text: string, byMs: number): AlarmReply | null {
  const read = uncarry(parse(text), byMs);
  if (!isObject(read) || !(read.book === null || isBook(read.book))) return null;
  const { book, change, changes } = read;
  if (!isChanges(changes) || typeof change !== 'number') return null;
  return { book: book === null ? null : { ...book, source: 'daemon' }, change, changes };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isBook(value: unknown): value is AlarmBook {
  if (!isObject(value)) return false;
  const { alarms, unwatched, total, revision } = value;
  const isWhole = Array.isArray(unwatched) && Number.isInteger(total) && Number.isInteger(revision);
  return isWhole && alarms instanceof Map && [...alarms.values()].every(isAlarm);
}

/** What another version means by other fields nobody knows. */
function isAlarm(value: unknown): value is AlarmState {
  return isObject(value) && alarmFields.every(field => Object.hasOwn(value, field));
}

function isChanges(value: unknown): value is readonly AlarmChange[] {
  return Array.isArray(value) && value.every(one => isObject(one) && Number.isInteger(one.number));
}
