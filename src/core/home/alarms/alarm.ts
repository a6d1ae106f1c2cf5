/** How much an alarm matters: to be known, to be looked at today, to be looked at now. */
export type Priority = 'note' | 'warning' | 'alarm';

/**
 * Where an alarm stands, by ISA-18.2 (IEC 62682): `returned` is over and nobody has acknowledged it, `acknowledged` is
 * not over.
 */
export type AlarmPhase = 'normal' | 'active' | 'acknowledged' | 'returned';

/** Put aside by a person, who hears nothing of it until then. */
export interface Shelf {
  readonly at: number;
  readonly untilAt: number;
  readonly by: string | null;
  readonly reason: string | null;
}

/** One alarm, with all that there is to say of it: whoever shows it needs nothing besides. Moments are ms. */
export interface AlarmState {
  /** By which scripts and the house file name it: `flow-high`, `heating-silent`. */
  readonly id: string;
  /** What it tells, a few words: `Flow above 80 °C`. */
  readonly label: string;
  readonly priority: Priority;
  /** What to do about it, an imperative sentence without a full stop; `null` where nobody knows. */
  readonly cure: string | null;
  /** Whom it is told to, by the names of their channels; `null` for all. */
  readonly tell: readonly string[] | null;
  /** Where its threshold comes from; `null` where the house file says it. */
  readonly source: string | null;
  /** The items and clients that it is about; none where it is about the broker. */
  readonly about: readonly string[];
  readonly phase: AlarmPhase;
  /** It is so, and not yet for as long as it takes: since when; else `null`. */
  readonly dueSince: number | null;
  /** It was raised, is not so any more, and not yet for as long as it takes: since when; else `null`. */
  readonly quietSince: number | null;
  readonly raisedAt: number | null;
  readonly returnedAt: number | null;
  readonly acknowledgedAt: number | null;
  readonly acknowledgedBy: string | null;
  /** The value when it was raised, with its unit. */
  readonly raisedValue: string | null;
  /** The value when it was last judged while it was raised, with its unit: then that with which it was over. */
  readonly value: string | null;
  /** The evidence, as it was when it last was so: a clause. */
  readonly detail: string | null;
  /** Why it cannot be judged, a clause: its value is stale. Then it is neither raised nor over. `null` while it can. */
  readonly unwatched: string | null;
  readonly shelf: Shelf | null;
  /** Which one of all that were ever raised it is, as it was raised last: what came first has the smaller number; 0 for never. */
  readonly order: number;
  /** How often it was raised. */
  readonly count: number;
  /** When it was raised within the last hour, the oldest first. */
  readonly times: readonly number[];
  /** It comes and goes: it stays raised until it is not so for an hour. */
  readonly isHeld: boolean;
  /** Which of several occurrences it tells of: another one is news though this one is acknowledged. */
  readonly mark: string | null;
}

/** Alarms that cannot be judged for one reason. */
export interface Unwatched {
  readonly why: string;
  readonly ids: readonly string[];
}

/** More alarms within ten minutes than anybody can read: they are told as one. */
export interface Flood {
  readonly sinceAt: number;
  /** How many were raised since. */
  readonly count: number;
  /** The one that came first. */
  readonly firstId: string;
}

/** All that is known of the alarms of a house. */
export interface AlarmBook {
  /** Those of which there is something to say: raised, over, shelved, about to come, or raised before. By id. */
  readonly alarms: ReadonlyMap<string, AlarmState>;
  /** How many there are altogether. */
  readonly total: number;
  /** Those that cannot be judged now. */
  readonly unwatched: readonly Unwatched[];
  readonly flood: Flood | null;
  /** Counts up with each change of it. */
  readonly revision: number;
  /** Who judges: this process, or the daemon beside it. */
  readonly source: 'own' | 'daemon';
}

/** What became of an alarm. `cleared`: over, and nobody waits for it; `repeated`: told again; `flooded`: too many to tell each. */
export type AlarmChangeKind =
  | 'raised'
  | 'repeated'
  | 'returned'
  | 'cleared'
  | 'acknowledged'
  | 'shelved'
  | 'unshelved'
  | 'flooded';

/** One change of one alarm; of a flood the alarm is the first one. */
export interface AlarmChange {
  /** Counts up and is never used twice, in no later run either. */
  readonly number: number;
  readonly id: string;
  readonly kind: AlarmChangeKind;
  readonly at: number;
  /** The user who did it; `null` where nobody did. */
  readonly by: string | null;
  /** Not to be announced: the alarm is shelved, or one of a flood that is told as one. */
  readonly isQuiet: boolean;
  readonly priority: Priority;
  /** One sentence without a full stop, clean of control characters. */
  readonly text: string;
}
