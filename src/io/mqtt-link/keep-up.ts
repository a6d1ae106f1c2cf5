import type { HomeEvent, LinkEnd } from '../../core/home/state/event.ts';
import type { LinkFailure, LinkState } from '../../core/home/state/link.ts';
import type { House } from '../../core/house/house.ts';
import { isLoginRefusal, ReasonCode } from '../../core/mqtt/reason-code.ts';
import type { Clock, Timer } from '../clock.ts';
import type { Connection } from '../mqtt-connection/connection.ts';
import type { ConnectionEnd } from '../mqtt-connection/connection-end.ts';
import { type Credentials, type OpeningConnection, openConnection } from '../mqtt-connection/open-connection.ts';
import type { LinkOptions } from '../mqtt-options/mqtt-options.ts';
import { retryWaitMs, takenOverWaitMs } from './backoff.ts';
import { describeEnd } from './failure.ts';
import type { InFlight } from './in-flight.ts';
import { createReceiver, type Receiver, type Untimed } from './receiver.ts';
import type { RetainedWatch } from './retained-watch.ts';
import { type OnAnswer, type Subscriptions, unreadCommandTopics } from './subscriptions.ts';
import type { VersionAdvice, VersionChoice } from './version-choice.ts';
import { within } from './within.ts';

/** How long `connected` waits for the answers to our subscriptions, ms. */
const SUBSCRIBE_LIMIT_MS = 3_000;
/** The second of the two tries that a broker closes without a word comes after this, ms. */
const SOON_MS = 100;
/** A connection that held so long, ms, was a success: the waits begin anew after it. */
const STABLE_MS = 10_000;
const CLOSE_LIMIT_MS = 1_000;

/** A link and the state that it is in. The functions of this file are all that changes it. */
export interface KeptLink {
  readonly options: LinkOptions;
  readonly clock: Clock;
  readonly random: () => number;
  readonly emit: (event: Untimed<HomeEvent>) => void;
  readonly versions: VersionChoice;
  readonly subscriptions: Subscriptions;
  readonly inFlight: InFlight;
  receive: Receiver;
  /** Whether the house was changed while this connection was being subscribed: it follows when that is done. */
  nextHouse: House | null;
  readonly retained: RetainedWatch;
  credentials: Credentials;
  state: LinkState;
  /** Since the last success. */
  attempt: number;
  /** Logins refused in a row. */
  refusals: number;
  /** How long a login with MQTT 5 was just not answered, ms, while 3.1.1 is tried; else `null`. */
  muteMs: number | null;
  /** Waits in a row: they grow. */
  waits: number;
  /** The socket under the connection, from its first SYN on. */
  opening: OpeningConnection | null;
  /** From CONNACK on. */
  connection: Connection | null;
  /** What came on this connection before it was told that we listen; `null` from then on. */
  early: Untimed<HomeEvent>[] | null;
  timer: Timer | null;
}

/** Makes an attempt now. */
export function connect(link: KeptLink): void {
  if (isShut(link)) return;
  link.timer?.cancel();
  link.attempt += 1;
  link.early = [];
  const { options, credentials, clock } = link;
  const protocol = link.versions.next(clock.now());
  link.opening = openConnection({
    options,
    credentials,
    protocol,
    clock,
    answerLimitMs: link.versions.answerLimitMs(),
    handlers: {
      onOpened: connection => void settleIn(link, connection),
      onMessage: (topic, payload, isRetained) => {
        const message = { topic, payload, isRetained };
        const event = link.receive(message, protocol);
        if (!link.retained.see(message) && event !== null) hear(link, event);
      },
      onEnded: end => lose(link, end),
    },
  });
  change(link, { phase: 'connecting', attempt: link.attempt });
}

/** Makes the next attempt now, where one is waited for or the login was refused. */
export function retry(link: KeptLink): void {
  if (link.state.phase === 'waiting' || link.state.phase === 'refused') connect(link);
}

/** Like `retry`, and an attempt that the broker has not answered yet is given up: it has the old password. */
export function redial(link: KeptLink): void {
  if (link.state.phase === 'connecting' && link.connection === null) {
    link.opening?.drop();
    connect(link);
  } else {
    retry(link);
  }
}

/**
 * Pings the broker. An answer proves that it has taken all that was sent before; without one in time the connection is
 * reset, so that nothing of it arrives any later.
 */
export async function probe(link: KeptLink, limitMs: number): Promise<void> {
  const { connection, opening, clock } = link;
  if (connection === null || opening === null) return;
  const isAlive = await within(clock, limitMs, connection.ping());
  if (!isAlive) opening.end({ kind: 'silent', isBeforeConnack: false, isAsked: true, waitedMs: limitMs });
}

/** Ends the link for good: with a goodbye where there is somebody to hear it. */
export async function shut(link: KeptLink): Promise<void> {
  const { connection, opening, clock } = link;
  link.timer?.cancel();
  link.connection = null;
  link.retained.stop();
  loseCommands(link, null);
  change(link, { phase: 'closed' });
  if (connection !== null) await within(clock, CLOSE_LIMIT_MS, connection.close());
  opening?.drop();
}

/** The broker has let us in: subscribes, and tells that the link is up once that is answered, so that we truly listen. */
async function settleIn(link: KeptLink, connection: Connection): Promise<void> {
  link.versions.onOpened();
  link.muteMs = null;
  link.connection = connection;
  const asked = link.subscriptions.start(connection, answerFor(link, connection));
  await within(link.clock, SUBSCRIBE_LIMIT_MS, asked);
  if (link.connection !== connection) return;
  const early = link.early ?? [];
  link.early = null;
  link.attempt = 0;
  link.refusals = 0;
  change(link, { phase: 'connected', protocol: connection.protocol, connectedAt: link.clock.now() });
  // Only now: with `connected`, all that was known of an earlier connection ends, and what is said from then on is live.
  for (const event of early) if (link.connection === connection) link.emit(event);
  if (link.connection !== connection) return;
  link.retained.start(connection);
  if (link.nextHouse !== null) hearHouse(link, link.nextHouse);
}

/** The house is another one from now on: on the connection that is there, and on each that comes. */
export function hearHouse(link: KeptLink, house: House): void {
  const { connection, state } = link;
  const isSettling = connection !== null && state.phase !== 'connected';
  link.nextHouse = isSettling ? house : null;
  if (isSettling) return;
  link.receive = createReceiver(house);
  link.retained.watch(new Set(unreadCommandTopics(house)));
  void link.subscriptions.change(house, connection, answerFor(link, connection));
}

/** Tells what the broker answered to a filter, as long as its connection is the one that is there. */
function answerFor(link: KeptLink, connection: Connection | null): OnAnswer {
  return (filter, code) => {
    if (link.connection !== connection) return;
    hear(link, code === null ? { type: 'filter-left-out', filter } : { type: 'filter-answered', filter, code });
  };
}

/** Tells what came on the connection; what comes while it is being subscribed waits until we listen. */
function hear(link: KeptLink, event: Untimed<HomeEvent>): void {
  if (link.early === null) link.emit(event);
  else link.early.push(event);
}

function lose(link: KeptLink, end: ConnectionEnd): void {
  const { state, clock, nextHouse } = link;
  if (state.phase === 'connected' && clock.now() - state.connectedAt >= STABLE_MS) link.waits = 0;
  link.connection = null;
  link.retained.stop();
  if (nextHouse !== null) hearHouse(link, nextHouse);
  loseCommands(link, end);
  if (isShut(link)) return;
  const failure = describeEnd(end, link);
  if (end.kind === 'refused' && isLoginRefusal(end.code)) {
    link.refusals += 1;
    change(link, { phase: 'refused', failure, refusals: link.refusals });
  } else {
    retryLater(link, end, failure);
  }
}

function retryLater(link: KeptLink, end: ConnectionEnd, failure: LinkFailure): void {
  const advice = adviseOnVersion(link, end);
  link.muteMs = advice === 'other-version-now' && end.kind === 'silent' ? end.waitedMs : null;
  if (advice === 'other-version-now' || isCostOfSubscribing(link, end)) {
    connect(link);
  } else if (advice === 'same-version-soon') {
    link.timer = link.clock.after(SOON_MS, () => connect(link));
  } else {
    link.waits += 1;
    const waitMs = failure.kind === 'taken-over' ? takenOverWaitMs(link.random) : retryWaitMs(link.waits, link.random);
    link.timer = link.clock.after(waitMs, () => connect(link));
    change(link, { phase: 'waiting', failure, attempt: link.attempt, retryAt: link.clock.now() + waitMs });
  }
}

function adviseOnVersion(link: KeptLink, end: ConnectionEnd): VersionAdvice {
  const now = link.clock.now();
  if (end.kind === 'refused') return link.versions.onRefused(end.code, now);
  if (end.kind === 'silent' && end.isBeforeConnack && end.isAsked) return link.versions.onSilentBeforeConnack(now);
  if (end.kind !== 'closed' || !end.isBeforeConnack) return 'no-matter';
  const isMute = end.error === null || ('code' in end.error && end.error.code === 'ECONNRESET');
  return isMute ? link.versions.onClosedBeforeConnack(now) : 'no-matter';
}

function isCostOfSubscribing(link: KeptLink, end: ConnectionEnd): boolean {
  return end.kind === 'closed' && !end.isBeforeConnack && link.subscriptions.onClosed();
}

function isShut(link: KeptLink): boolean {
  return link.state.phase === 'closed';
}

/** `end` is `null` where we ended it ourselves. */
function loseCommands(link: KeptLink, end: ConnectionEnd | null): void {
  const lost = link.inFlight.takeAll();
  for (const commandId of lost) link.emit({ type: 'command-lost', commandId, end: linkEnd(end, lost.length) });
}

/** Of several that were on their way, any one may have been the reason. */
function linkEnd(end: ConnectionEnd | null, lostCount: number): LinkEnd {
  if (end?.kind !== 'closed') return 'lost';
  if (end.reasonCode === ReasonCode.notAuthorized) return lostCount === 1 ? 'not-authorized' : 'closed';
  return end.reasonCode === null ? 'closed' : 'lost';
}

/** Always the last thing that a function does: whoever hears of it may change the link in turn. */
function change(link: KeptLink, state: LinkState): void {
  link.state = state;
  link.emit({ type: 'link-changed', link: state });
}
