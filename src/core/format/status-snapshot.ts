import { cleanText } from '../clean-text.ts';
import { aclDoubtOf } from '../home/broker-log/acl-doubt.ts';
import type { Level } from '../home/readings/level.ts';
import {
  denialsAbout,
  derivedValue,
  freshnessOfClient,
  freshnessOfReading,
  freshnessOfSwitch,
  levelOfReading,
  mayWrite,
  overallOf,
} from '../home/select.ts';
import type { Denial } from '../home/state/broker.ts';
import type { Freshness } from '../home/state/client.ts';
import type { ProtocolVersion } from '../home/state/link.ts';
import { linkFailure } from '../home/state/link.ts';
import type { HomeState } from '../home/state/state.ts';
import type { Position } from '../home/state/switch.ts';
import { getRow } from '../home/state/table.ts';
import { labelOf } from '../house/house.ts';
import type { Issue } from '../issue.ts';
import { jsonText } from '../json-text.ts';
import type { AlarmsSnapshot } from './alarm-snapshot.ts';
import { isoTime } from './iso-time.ts';
import { type ItemSnapshot, itemSnapshots } from './item-snapshot.ts';

/** The broker as a snapshot sees it. */
export interface BrokerSnapshot {
  readonly url: string;
  readonly user: string | null;
  /** `null` while there is no link. */
  readonly protocol: ProtocolVersion | null;
  readonly connected: boolean;
  readonly encrypted: boolean;
  /** What stands in the way of the link, in words; `null` where nothing does. */
  readonly error: string | null;
}

/** One sensor: `value` in `unit`, `null` where none was ever received. */
export interface SensorSnapshot {
  readonly label: string;
  readonly value: number | null;
  readonly unit: string;
  /** When the value was received; `null` where it never was, or came from a retained message: its age is unknown. */
  readonly at: string | null;
  readonly ageMs: number | null;
  readonly freshness: Freshness;
  readonly level: Level;
  /** Why it is not live; `null` while it is. */
  readonly reason: string | null;
}

/** One value that is computed from others. */
export interface DerivedSnapshot {
  readonly label: string;
  readonly value: number | null;
  readonly unit: string;
  readonly freshness: Freshness;
  readonly reason: string | null;
}

/** One switch: `mayWrite` is `null` where it is not known whether our user may use it. */
export interface SwitchSnapshot {
  readonly label: string;
  readonly state: Position | 'unknown';
  readonly at: string | null;
  readonly freshness: Freshness;
  readonly mayWrite: boolean | null;
  readonly reason: string | null;
}

/** One client of the house. */
export interface ClientSnapshot {
  readonly freshness: Freshness;
  readonly lastSeenAt: string | null;
  readonly cadenceMs: number;
  readonly reason: string | null;
}

/** One denial; equal ones are counted. */
export type DenialSnapshot = Omit<Denial, 'id' | 'at' | 'firstAt'> & { readonly at: string };

/** Something around the house that a person should know, with what to do about it. */
export interface IssueSnapshot {
  readonly severity: Issue['severity'];
  readonly message: string;
  /** `null` where nothing can be done. */
  readonly cure: string | null;
}

/** The daemon that has heard all this. */
export interface DaemonSnapshot {
  readonly pid: number;
  /** Since when it has listened without a gap. */
  readonly listeningSince: string;
}

/** The house at one moment in the shape that `status --format json` prints: the contract fixes it. */
export interface StatusSnapshot {
  readonly schema: 1;
  readonly at: string;
  readonly overall: Level | 'unknown';
  /** What makes it so: sentences, the worst first. */
  readonly reasons: readonly string[];
  readonly broker: BrokerSnapshot;
  /** `null` where hometui has asked the broker itself. */
  readonly daemon: DaemonSnapshot | null;
  readonly sensors: Readonly<Record<string, SensorSnapshot>>;
  readonly derived: Readonly<Record<string, DerivedSnapshot>>;
  readonly switches: Readonly<Record<string, SwitchSnapshot>>;
  /** Everything of another kind; absent where the house has nothing of that. */
  readonly items?: Readonly<Record<string, ItemSnapshot>>;
  readonly clients: Readonly<Record<string, ClientSnapshot>>;
  readonly denials: readonly DenialSnapshot[];
  /** `null` where nobody watches over them: a daemon does, and a console; one snapshot cannot. */
  readonly alarms: AlarmsSnapshot | null;
  /** What stands in the way of seeing more: an unreadable log, an ACL of which nobody tells whether it is in force. */
  readonly issues: readonly IssueSnapshot[];
}

/** Takes the snapshot. `only` limits what counts and what is listed to these ids; `null` is the whole house. */
export function takeSnapshot(state: HomeState, only: ReadonlySet<string> | null = null): StatusSnapshot {
  const { level, reasons } = overallOf(state, only);
  const failure = linkFailure(state.link);
  const doubt = aclDoubtOf(state);
  const items = itemSnapshots(state, id => only === null || only.has(id));
  const pick = <Row>(ids: Iterable<string>, make: (id: string) => Row): Record<string, Row> =>
    Object.fromEntries([...ids].filter(id => only === null || only.has(id)).map(id => [id, make(id)]));
  return {
    schema: 1,
    at: isoTime(state.at),
    overall: level,
    // When the next try comes is no news in a snapshot: there is none.
    reasons: failure === null ? reasons : [failure.message],
    broker: brokerSnapshot(state),
    daemon: null,
    sensors: pick(state.readings.ids, id => sensorSnapshot(state, id)),
    derived: pick(state.house.derived.keys(), id => ({ label: labelOf(state.house, id), ...derivedValue(state, id) })),
    switches: pick(
      state.switches.ids.filter(id => state.house.switches.get(id)?.kind === 'switch'),
      id => switchSnapshot(state, id),
    ),
    ...(Object.keys(items).length === 0 ? {} : { items }),
    clients: pick(state.clients.ids, id => clientSnapshot(state, id)),
    denials: denialsAbout(state, only).map(denialSnapshot),
    alarms: null,
    issues: [...state.issues, ...(doubt === null ? [] : [doubt])].map(issueSnapshot),
  };
}

function issueSnapshot({ severity, message, cure }: Issue): IssueSnapshot {
  return { severity, message: cleanText(message, 200), cure: cure === undefined ? null : cleanText(cure, 300) };
}

/** The broker and our link to it. */
export function brokerSnapshot(state: HomeState): BrokerSnapshot {
  const { link, session } = state;
  const failure = linkFailure(link);
  return {
    url: session.url,
    user: session.user,
    protocol: link.phase === 'connected' ? link.protocol : null,
    connected: link.phase === 'connected',
    encrypted: session.isEncrypted,
    error: failure === null ? null : `${failure.message}. ${failure.cure}`,
  };
}

/** One sensor; an unknown id is one that never spoke. */
export function sensorSnapshot(state: HomeState, id: string): SensorSnapshot {
  const reading = getRow(state.readings, id);
  const { freshness, reason, ageMs } = freshnessOfReading(state, id);
  const receivedAt = reading === undefined || reading.isRetained ? null : reading.receivedAt;
  return {
    label: labelOf(state.house, id),
    value: reading?.value ?? null,
    unit: state.house.sensors.get(id)?.unit ?? '',
    at: receivedAt === null ? null : isoTime(receivedAt),
    ageMs,
    freshness,
    level: levelOfReading(state, id),
    reason,
  };
}

/** One switch; an unknown id is one that never spoke. */
export function switchSnapshot(state: HomeState, id: string): SwitchSnapshot {
  const row = getRow(state.switches, id);
  const { freshness, reason } = freshnessOfSwitch(state, id);
  const receivedAt = row === undefined || row.isRetained ? null : row.receivedAt;
  return {
    label: labelOf(state.house, id),
    state: row?.position ?? 'unknown',
    at: receivedAt === null ? null : isoTime(receivedAt),
    freshness,
    mayWrite: mayWrite(state, id),
    reason,
  };
}

/** One client of the house; an unknown id is one that never spoke. */
export function clientSnapshot(state: HomeState, id: string): ClientSnapshot {
  const client = getRow(state.clients, id);
  const { freshness, reason } = freshnessOfClient(state, id);
  const heardAt = client?.heardAt ?? null;
  return {
    freshness,
    lastSeenAt: heardAt === null ? null : isoTime(heardAt),
    cadenceMs: Math.round(client?.cadence.ms ?? 0),
    reason,
  };
}

/** A denial as snapshots and `watch` give it. */
export function denialSnapshot(denial: Denial): DenialSnapshot {
  const { evidence, client, user, access, topic, detail, remedy, count } = denial;
  return { at: isoTime(denial.at), evidence, client, user, access, topic, detail, remedy, count };
}

/** The snapshot as JSON, indented for people, with a line feed at its end. Its schema is status.schema.json. */
export function statusJson(snapshot: StatusSnapshot): string {
  return `${jsonText(snapshot, 2)}\n`;
}
