import type { AlarmBook, AlarmPhase, AlarmState, Priority } from '../home/alarms/alarm.ts';
import { inOrder } from '../home/alarms/in-order.ts';
import { notSoSince } from '../home/alarms/not-so-since.ts';
import { isoTime } from './iso-time.ts';

/** One alarm that is raised, over and not acknowledged, or shelved. */
export interface AlarmSnapshot {
  readonly id: string;
  readonly label: string;
  readonly priority: Priority;
  /** `normal` only where it is shelved. */
  readonly state: AlarmPhase;
  /** When it was raised last; `null` where it never was. */
  readonly raisedAt: string | null;
  /** Raised, and not so any more since then, and not yet for as long as it takes to be over; else `null`. */
  readonly quietSince: string | null;
  readonly returnedAt: string | null;
  readonly acknowledgedAt: string | null;
  readonly acknowledgedBy: string | null;
  /** What was seen when it was raised, and what is seen now, with the unit; `null` where it is about no value. */
  readonly raisedValue: string | null;
  readonly value: string | null;
  /** The evidence, a clause. */
  readonly detail: string | null;
  readonly cure: string | null;
  /** Where its threshold comes from; `null` where the house file says it. */
  readonly source: string | null;
  /** The items and clients that it is about. */
  readonly about: readonly string[];
  /** Why it cannot be judged now, a clause; `null` while it can. */
  readonly unwatched: string | null;
  readonly shelved: { readonly until: string; readonly by: string | null; readonly reason: string | null } | null;
}

/** The alarms of a house at one moment. */
export interface AlarmsSnapshot {
  /** How many are watched over. */
  readonly total: number;
  /** The most urgent first: not acknowledged before acknowledged, then by priority, then the one that came first. */
  readonly active: readonly AlarmSnapshot[];
  /** Those that cannot be judged now, by the reason. */
  readonly unwatched: readonly { readonly why: string; readonly ids: readonly string[] }[];
  /** More than anybody can read each of: since when, and the one that came first. */
  readonly flood: { readonly since: string; readonly count: number; readonly first: string } | null;
}

/** The alarms that a person should know of, the most urgent first; of these ids only where some are named. */
export function alarmsToTell(book: AlarmBook, only: ReadonlySet<string> | null = null): readonly AlarmState[] {
  const isTold = ({ phase, shelf, about }: AlarmState): boolean =>
    (phase !== 'normal' || shelf !== null) && (only === null || about.length === 0 || about.some(id => only.has(id)));
  return inOrder([...book.alarms.values()].filter(isTold));
}

/** The alarms as a snapshot has them. */
export function takeAlarms(book: AlarmBook, only: ReadonlySet<string> | null = null): AlarmsSnapshot {
  const { total, unwatched, flood } = book;
  const first = flood === null ? '' : (book.alarms.get(flood.firstId)?.label ?? flood.firstId);
  return {
    total,
    active: alarmsToTell(book, only).map(alarmSnapshot),
    unwatched,
    flood: flood === null ? null : { since: isoTime(flood.sinceAt), count: flood.count, first },
  };
}

function alarmSnapshot(alarm: AlarmState): AlarmSnapshot {
  const { id, label, priority, phase, raisedValue, value, detail, cure, source, about, unwatched, shelf } = alarm;
  const { raisedAt, returnedAt, acknowledgedAt, acknowledgedBy } = alarm;
  return {
    ...{ id, label, priority, state: phase },
    raisedAt: timeOrNull(raisedAt),
    quietSince: timeOrNull(notSoSince(alarm)),
    returnedAt: timeOrNull(returnedAt),
    acknowledgedAt: timeOrNull(acknowledgedAt),
    ...{ acknowledgedBy, raisedValue, value, detail, cure, source, about, unwatched },
    shelved: shelf === null ? null : { until: isoTime(shelf.untilAt), by: shelf.by, reason: shelf.reason },
  };
}

function timeOrNull(at: number | null): string | null {
  return at === null ? null : isoTime(at);
}
