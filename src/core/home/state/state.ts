import { DEFAULT_CADENCE_S, type House } from '../../house/house.ts';
import type { Issue } from '../../issue.ts';
import type { AclFile } from '../../mosquitto/acl-file.ts';
import type { AlarmBook } from '../alarms/alarm.ts';
import { noCadence } from '../readings/cadence.ts';
import { emptySeries } from '../readings/series.ts';
import {
  type AclAlarm,
  type BrokerLife,
  type Denial,
  type HeardLogEntry,
  type KnownLogin,
  type LogSource,
  type TakeOvers,
  unknownBroker,
} from './broker.ts';
import type { ClientState, ItemPresence } from './client.ts';
import type { JournalEntry } from './journal.ts';
import type { LinkState, Listened, Session } from './link.ts';
import type { Reading } from './reading.ts';
import { noSeal } from './seal.ts';
import type { SwitchState } from './switch.ts';
import { createTable, type Table } from './table.ts';
import type { WordReading } from './word.ts';

/** Everything that hometui knows about the house, its clients and its broker. */
export interface HomeState {
  readonly house: House;
  readonly session: Session;
  /** The time of the last event, ms: "now" for everything that is derived from the state. */
  readonly at: number;
  readonly link: LinkState;
  /** Since when we have been able to hear the house without a gap, ms; `null` while there is no link. */
  readonly listeningSince: number | null;
  /** When we listened, and before us who recorded, oldest first; at most 100 stretches. */
  readonly listened: readonly Listened[];
  /** Topics that came later, with the house file: since when we hear these, ms. */
  readonly laterTopics: ReadonlyMap<string, number>;
  /** While what comes in was sent when we stood still: since when it may have been on its way, ms. */
  readonly backlogSince: number | null;
  readonly readings: Table<Reading>;
  readonly words: Table<WordReading>;
  readonly switches: Table<SwitchState>;
  readonly clients: Table<ClientState>;
  /** Of items of which it is said apart from their clients whether they are there, as far as anything was said. */
  readonly presences: ReadonlyMap<string, ItemPresence>;
  /** Newest first; at most 200. */
  readonly denials: readonly Denial[];
  /** Oldest first; at most 1,500, and of those the bad ones for longer. */
  readonly journal: readonly JournalEntry[];
  /** What a person should know as long as it is so: an unreadable log, a broken preference. */
  readonly issues: readonly Issue[];
  /** When issues that show themselves again and again will be over, ms, by their message. */
  readonly passingIssues: ReadonlyMap<string, number>;
  /** Filters that we do not hear on this connection: with the SUBACK's refusal, or `null` where they were left out. */
  readonly unheardFilters: ReadonlyMap<string, number | null>;
  /** The access control list, where `--acl` gave one. */
  readonly acl: AclFile | null;
  /** Set while the broker cannot use its access control list. */
  readonly aclBroken: AclAlarm | null;
  readonly broker: BrokerLife;
  /**
   * When and by which way the broker's last start or reload was heard: right after it, the broker says what is wrong
   * with its files. `null`: never, so that its silence about them says nothing.
   */
  readonly setUpHeard: { readonly at: number; readonly source: LogSource } | null;
  /** The last login of each client identifier, by the broker's log; at most 1,000. */
  readonly logins: ReadonlyMap<string, KnownLogin>;
  /** Client identifiers that logged in while they were connected; at most 100. */
  readonly takeOvers: ReadonlyMap<string, TakeOvers>;
  /** What one source of the log said a moment ago and another may say again; at most 64. */
  readonly recentLog: readonly HeardLogEntry[];
  /** Whether our own echo came before the PUBACK so far (MQTT 3.1.1): how this broker orders them. */
  readonly echoOrder: 'unknown' | 'before-ack' | 'after-ack';
  /** The alarms of the house; `null` where nobody judges them. */
  readonly alarms: AlarmBook | null;
  /** The next id for commands, journal entries and denials. */
  readonly nextId: number;
}

/**
 * When what comes in now was said, ms, at the earliest: what was sent while we stood still is as old as it may be, so that
 * no age is ever understated.
 */
export function saidAt({ at, backlogSince }: HomeState): number {
  return backlogSince ?? at;
}

/** Told of what may have been said long before it came in. */
export const SAID_BEFORE = 'said while hometui stood still';

/** What is told behind something that may have been said long before it came in; nothing where it is new. */
export function pastNote({ backlogSince }: HomeState): string {
  return backlogSince === null ? '' : ` (${SAID_BEFORE})`;
}

/** Since when we have been able to hear a topic without a gap, ms; `null` while there is no link. */
export function listeningTo({ listeningSince, laterTopics }: HomeState, topic: string): number | null {
  return listeningSince === null ? null : Math.max(listeningSince, laterTopics.get(topic) ?? 0);
}

/** The state before the first event; `at` is ms. */
export function createState(house: House, session: Session, at: number): HomeState {
  return {
    house,
    session,
    at,
    link: { phase: 'idle' },
    listeningSince: null,
    listened: [],
    laterTopics: new Map(),
    backlogSince: null,
    readings: createTable([...house.sensors.keys()], createReading),
    words: createTable([...house.words.keys()], createWord),
    switches: createTable([...house.switches.keys()], createSwitch),
    clients: createTable([...house.clients.keys()], id => createClient(id, house)),
    presences: new Map(),
    denials: [],
    journal: [],
    issues: [],
    passingIssues: new Map(),
    unheardFilters: new Map(),
    acl: null,
    aclBroken: null,
    broker: unknownBroker,
    setUpHeard: null,
    logins: new Map(),
    takeOvers: new Map(),
    recentLog: [],
    echoOrder: 'unknown',
    alarms: null,
    nextId: 1,
  };
}

/** The same at another time, ms. */
export function atTime(state: HomeState, at: number): HomeState {
  return withWhatMessagesChange(state, at, state.readings, state.clients);
}

/** The same with other readings. */
export function withReadings(state: HomeState, readings: HomeState['readings']): HomeState {
  return withWhatMessagesChange(state, state.at, readings, state.clients);
}

/** The same with other clients. */
export function withClients(state: HomeState, clients: HomeState['clients']): HomeState {
  return withWhatMessagesChange(state, state.at, state.readings, clients);
}

/**
 * Spelled out, for each event begins with it: in V8 before 12 (Node 20) each spread of what is a spread itself makes a shape
 * of its own, and takes 15 times as long as one of this; and what was compiled for one shape is compiled again for the next.
 */
function withWhatMessagesChange(
  state: HomeState,
  at: number,
  readings: HomeState['readings'],
  clients: HomeState['clients'],
): HomeState {
  return {
    house: state.house,
    session: state.session,
    at,
    link: state.link,
    listeningSince: state.listeningSince,
    listened: state.listened,
    laterTopics: state.laterTopics,
    backlogSince: state.backlogSince,
    readings,
    words: state.words,
    switches: state.switches,
    clients,
    presences: state.presences,
    denials: state.denials,
    journal: state.journal,
    issues: state.issues,
    passingIssues: state.passingIssues,
    unheardFilters: state.unheardFilters,
    acl: state.acl,
    aclBroken: state.aclBroken,
    broker: state.broker,
    setUpHeard: state.setUpHeard,
    logins: state.logins,
    takeOvers: state.takeOvers,
    recentLog: state.recentLog,
    echoOrder: state.echoOrder,
    alarms: state.alarms,
    nextId: state.nextId,
  };
}

/** A sensor of which nothing is known yet. */
export function createReading(id: string): Reading {
  return {
    id,
    value: null,
    receivedAt: null,
    isRetained: false,
    heardAt: null,
    fault: null,
    held: null,
    cadence: noCadence,
    series: emptySeries,
    learnedRange: null,
    freshness: 'waiting',
    level: 'ok',
  };
}

/** Something said in words of which nothing is known yet. */
export function createWord(id: string): WordReading {
  return {
    id,
    word: null,
    isPresumed: false,
    receivedAt: null,
    isRetained: false,
    changedAt: null,
    fault: null,
    count: 0,
    countedSince: null,
    snapshot: null,
    level: 'ok',
  };
}

/** A switch of which nothing is known yet. */
export function createSwitch(id: string): SwitchState {
  return {
    id,
    position: null,
    remembered: null,
    receivedAt: null,
    isRetained: false,
    changedAt: null,
    command: null,
    verdict: null,
    hasAnswered: false,
    mayWrite: null,
    canReadCommand: false,
    slowestAnswerMs: 0,
    repeatsItself: false,
    retainedCommand: null,
    fault: null,
  };
}

/** A client of which nothing is known yet. */
export function createClient(id: string, house: House): ClientState {
  const assumedMs = (house.config.cadence ?? DEFAULT_CADENCE_S) * 1_000;
  return {
    id,
    heardAt: null,
    offline: null,
    said: null,
    sayings: [],
    hasToldPuzzle: false,
    freshness: 'waiting',
    liveSince: null,
    cadence: { ms: assumedMs, source: 'assumed', pace: null, expireAfterMs: null },
    clientIds: [],
    seal: noSeal,
    keepaliveSeconds: null,
  };
}
