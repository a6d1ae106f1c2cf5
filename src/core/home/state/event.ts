import type { House } from '../../house/house.ts';
import type { Issue } from '../../issue.ts';
import type { AclFile } from '../../mosquitto/acl-file.ts';
import type { BrokerLogEntry } from '../../mosquitto/log/log-entry.ts';
import type { SealSeen } from '../../sealed/seal-seen.ts';
import type { AlarmBook, AlarmChange } from '../alarms/alarm.ts';
import type { Bucket } from '../readings/series.ts';
import type { LogSource } from './broker.ts';
import type { LinkState, Listened } from './link.ts';
import type { SealMark } from './seal.ts';
import type { HomeState } from './state.ts';
import type { Position, Verdict } from './switch.ts';

/**
 * How a connection went with a command on its way. `closed`: closed or reset without a word, by a broker that denies or a
 * line that dies. `not-authorized`: with reason code 135 (MQTT 5), while no other command was on its way. `lost`: any
 * other way, as by silence or for a reason that is no denial.
 */
export type LinkEnd = 'lost' | 'closed' | 'not-authorized';

/** Where a relay stood when it last spoke, ms: as the history keeps it, and no word of where it stands. */
export interface KeptPosition {
  readonly position: Position;
  readonly at: number;
}

/** What the history keeps of a short while ago; times are ms. */
export interface RecentPast {
  /** By sensor, in its unit: stretches of 10 s in the order of time. */
  readonly series: ReadonlyMap<string, readonly Bucket[]>;
  /** By switch. */
  readonly positions: ReadonlyMap<string, KeptPosition>;
  /** When somebody listened, or what was heard is damaged; in the order of time. */
  readonly listened: readonly Listened[];
}

/**
 * Everything that can happen to the house. `at` is milliseconds since 1970-01-01T00:00Z on a clock that never goes
 * back; whoever makes the event reads that clock, `update` never does.
 */
export type HomeEvent =
  /** About once a second: time went by. */
  | { readonly type: 'ticked'; readonly at: number }
  /**
   * The program did not run for `skippedMs`, or (0) the wall clock was set back, which may hide that: what was live
   * before is not live now.
   */
  | { readonly type: 'time-skipped'; readonly at: number; readonly skippedMs: number }
  /** The program stood still from `since` on: what comes in now was sent between that and `at`, nobody knows when. */
  | { readonly type: 'backlog-began'; readonly at: number; readonly since: number }
  /** All that was sent meanwhile has come in: what comes from now on is new. */
  | { readonly type: 'backlog-ended'; readonly at: number }
  /** Somebody typed a user name: we are this user from the next login on. */
  | { readonly type: 'login-changed'; readonly at: number; readonly user: string }
  /**
   * Another process of ours has listened: what it knew when it answered, no earlier than `askedAt`, on our clock. The
   * first time also what happened before.
   */
  | {
      readonly type: 'past-heard';
      readonly at: number;
      readonly past: HomeState;
      readonly askedAt: number;
      readonly isFirst: boolean;
    }
  /** What the history keeps of before we listened. */
  | { readonly type: 'history-read'; readonly at: number; readonly past: RecentPast }
  | { readonly type: 'link-changed'; readonly at: number; readonly link: LinkState }
  /** A SUBACK: `code` is the granted QoS 0 to 2, or the refusal from 128 on. */
  | { readonly type: 'filter-answered'; readonly at: number; readonly filter: string; readonly code: number }
  /** Two connections were closed while this filter was asked for: this one goes without it. */
  | { readonly type: 'filter-left-out'; readonly at: number; readonly filter: string }
  | {
      readonly type: 'message-received';
      readonly at: number;
      readonly topic: string;
      readonly payload: Uint8Array;
      /** The retain flag: the broker had kept it, its age is unknown. */
      readonly isRetained: boolean;
      /** What was found of it, on a topic whose device seals; then `payload` is what stands inside. */
      readonly seal?: SealSeen;
    }
  /** How far the devices that seal had counted when they were last heard, in an earlier run; by client. */
  | {
      readonly type: 'seals-recalled';
      readonly at: number;
      readonly marks: ReadonlyMap<string, Pick<SealMark, 'boot' | 'counter' | 'keyId'>>;
    }
  /** A value without its message, as a history kept it: not retained, and said when somebody listened. */
  | { readonly type: 'value-recalled'; readonly at: number; readonly sensorId: string; readonly value: number }
  /** Somebody at this console wants it. */
  | { readonly type: 'switch-requested'; readonly at: number; readonly switchId: string; readonly target: Position }
  /** The PUBACK of a command: `code` is its reason code (MQTT 5, section 3.4.2.1), 0 with MQTT 3.1.1. */
  | { readonly type: 'command-acknowledged'; readonly at: number; readonly commandId: number; readonly code: number }
  /** It never left: there was no connection. */
  /** `cure` where it is not about the link, which comes back by itself. */
  | {
      readonly type: 'command-not-sent';
      readonly at: number;
      readonly commandId: number;
      readonly why: string;
      readonly cure?: string;
    }
  /** The connection went between its PUBLISH and its PUBACK; nothing is sent later. */
  | {
      readonly type: 'command-lost';
      readonly at: number;
      readonly commandId: number;
      readonly end: LinkEnd;
    }
  | {
      readonly type: 'log-line-read';
      readonly at: number;
      readonly entry: BrokerLogEntry;
      readonly source: LogSource;
      /** Whether it stood there before we began to follow the log. */
      readonly isPast: boolean;
    }
  /** Which version the broker is, as its `$SYS` says: `2.0.11`. */
  | { readonly type: 'version-read'; readonly at: number; readonly version: string }
  /** The access control list of `--acl FILE`, read or read again; `null` where there is none any more. */
  | { readonly type: 'acl-read'; readonly at: number; readonly acl: AclFile | null }
  /** Another process of ours has commanded a switch, and this became of it: what it was told we did not hear. */
  | { readonly type: 'verdict-noted'; readonly at: number; readonly switchId: string; readonly verdict: Verdict }
  /** The alarms of the house were judged, here or by the daemon: `changes` since the last time, the oldest first. */
  | {
      readonly type: 'alarms-changed';
      readonly at: number;
      readonly book: AlarmBook;
      readonly changes: readonly AlarmChange[];
    }
  /** The house file was changed, and is right: the house is as it says from now on. `file` is its name, for people. */
  | { readonly type: 'house-changed'; readonly at: number; readonly house: House; readonly file: string }
  /** Something around the house that a person should know: an unreadable log, a broken theme. */
  | { readonly type: 'issue-found'; readonly at: number; readonly issue: Issue }
  /** Its cause is gone. `news` is what is so instead, one sentence without a full stop; `null` where another issue says it. */
  | {
      readonly type: 'issue-settled';
      readonly at: number;
      readonly issue: Issue;
      readonly news: string | null;
    };
