import type { Duplex, Writable } from 'node:stream';
import type { IClientOptions, MqttClient } from 'mqtt';
import type { ProtocolVersion } from '../../core/home/state/link.ts';
import { afterWaitingKeys, type Clock, type Timer } from '../clock.ts';
import type { LinkOptions } from '../mqtt-options/mqtt-options.ts';
import { askBeforeGivingUp, createFedClient, sortError } from './client-internals.ts';
import { type Connection, createConnection } from './connection.ts';
import type { ConnectionEnd } from './connection-end.ts';
import { MAX_PACKET_BYTES } from './packet-size.ts';
import { readPackets, TURN_MS } from './read-packets.ts';
import { openTransport, TransportError } from './transport.ts';
import { type Around, isAwaiting, type Wire, watchPackets } from './wire.ts';

/** What happens on a connection. Nothing is called after `onEnded`, which is called once. */
export interface ConnectionHandlers {
  readonly onOpened: (connection: Connection) => void;
  /** Each message, in the order in which they came. */
  readonly onMessage: (topic: string, payload: Uint8Array, isRetained: boolean) => void;
  readonly onEnded: (end: ConnectionEnd) => void;
}

/** Who logs in. */
export interface Credentials {
  readonly user: string | null;
  readonly password: string | null;
}

export interface ConnectionSetup {
  readonly options: LinkOptions;
  readonly credentials: Credentials;
  readonly protocol: ProtocolVersion;
  readonly clock: Clock;
  /** How long the CONNACK is waited for once the way is made, ms; else `CONNECT_LIMIT_MS` is for both. */
  readonly answerLimitMs?: number | null;
  readonly handlers: ConnectionHandlers;
}

/** From the first SYN to CONNACK, ms. */
const CONNECT_LIMIT_MS = 10_000;

/** A connection on its way. */
export interface OpeningConnection {
  /** Ends it at once and in silence: `onEnded` is not called. Unsent bytes are thrown away. */
  readonly drop: () => void;
  /** Like `drop`, with `onEnded`. */
  readonly end: (end: ConnectionEnd) => void;
}

/**
 * Makes one connection with a client of its own, so that nothing of an earlier one is ever sent again: neither a
 * queued command nor one that the broker closed the connection on.
 */
export function openConnection(setup: ConnectionSetup): OpeningConnection {
  const { clock, handlers, answerLimitMs = null } = setup;
  const abort = new AbortController();
  let hasEnded = false;
  let isAsked = false;
  const drop = (): void => {
    hasEnded = true;
    limit.cancel();
    abort.abort();
  };
  const end = (how: ConnectionEnd): void => {
    if (hasEnded) return;
    drop();
    handlers.onEnded(how);
  };
  const endAfter = (waitedMs: number): Timer =>
    clock.after(waitedMs, () => end({ kind: 'silent', isBeforeConnack: true, isAsked, waitedMs }));
  let limit = endAfter(CONNECT_LIMIT_MS);
  const asked = (): void => {
    isAsked = true;
    if (answerLimitMs === null) return;
    limit.cancel();
    limit = endAfter(answerLimitMs);
  };
  const opened = (connection: Connection): void => {
    limit.cancel();
    handlers.onOpened(connection);
  };
  const unlessEnded = (call: () => unknown): void => {
    if (!hasEnded) call();
  };
  void start(setup, abort.signal, { end, hasEnded: () => hasEnded, asked, opened, unlessEnded });
  return { drop, end };
}

/** What a session tells whoever opened it. */
interface Session extends Around {
  /** The way is made, and CONNECT goes out on it. */
  readonly asked: () => void;
  readonly opened: (connection: Connection) => void;
}

async function start(setup: ConnectionSetup, signal: AbortSignal, around: Session): Promise<void> {
  try {
    // Loading the library takes longer than a handshake on the same machine: do both at once.
    const [stream, mqtt] = await Promise.all([openTransport(setup.options, signal, setup.clock), loadLibrary()]);
    const { destroyed: isGone, errored: error } = stream;
    if (isGone) around.end({ kind: 'closed', isBeforeConnack: true, reasonCode: null, error });
    around.unlessEnded(() => {
      const { client, feed } = createFedClient(mqtt.MqttClient, stream, clientOptions(setup));
      around.asked();
      const wire = runSession(client, stream, setup, around);
      readSession(stream, feed, setup, wire, around);
    });
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
    around.end({ kind: 'no-way', stage: error.stage, error: error.cause });
  }
}

/** It holds everything else up: what is to be drawn or sent goes first. */
async function loadLibrary(): Promise<typeof import('mqtt')> {
  await afterWaitingKeys();
  return import('mqtt');
}

function clientOptions({ options, credentials, protocol }: ConnectionSetup): IClientOptions {
  return {
    clientId: options.session.clientId,
    ...(credentials.user === null ? {} : { username: credentials.user }),
    // A password without a user name is no MQTT 3.1.1, and mqtt.js closes on it in silence (section 3.1.2.9).
    ...(credentials.user === null || credentials.password === null ? {} : { password: credentials.password }),
    protocolVersion: protocol === '5' ? 5 : 4,
    clean: true,
    keepalive: options.keepaliveSeconds,
    properties: { maximumPacketSize: MAX_PACKET_BYTES },
    reconnectPeriod: 0,
    resubscribe: false,
    queueQoSZero: false,
    // Ours (CONNECT_LIMIT_MS) comes first; this one only has to be out of its way.
    connectTimeout: 2 * CONNECT_LIMIT_MS,
  };
}

function runSession(client: MqttClient, stream: Duplex, setup: ConnectionSetup, around: Session): Wire {
  const { handlers, clock, protocol } = setup;
  const wire = watchPackets(client, around, clock);
  // In a flood the answer to a ping comes behind all that is there already: who speaks has not fallen silent.
  askBeforeGivingUp(client, () => wire.isHeardSincePing);
  stream.on('data', wire.onBytes);
  client.on('connect', () => {
    around.unlessEnded(() => around.opened(createConnection(client, protocol, wire)));
  });
  client.on('message', (topic, payload, packet) => {
    around.unlessEnded(() => handlers.onMessage(topic, payload, packet.retain));
  });
  client.handleMessage = takeTurns(clock);
  client.on('error', error => {
    const what = sortError(error, client);
    const isBeforeConnack = !wire.hasConnack;
    if (what.kind === 'keepalive') {
      const waitedMs = Math.min(what.waitedMs, clock.monotonicNow() - wire.heardAt);
      around.end({ kind: 'silent', isBeforeConnack, isAsked: true, waitedMs });
    } else if (what.kind === 'too-large') around.end({ kind: 'too-large', packet: { bytes: null, topic: null } });
    else if (what.kind === 'socket') wire.socketError = what.error;
    else around.end({ kind: 'not-mqtt', isBeforeConnack });
  });
  stream.on('error', (error: Error) => {
    wire.socketError = error;
  });
  client.on('close', () => {
    around.end({
      kind: 'closed',
      isBeforeConnack: !wire.hasConnack,
      reasonCode: wire.disconnectCode,
      error: wire.socketError,
    });
  });
  return wire;
}

/** Messages that are plain go past mqtt.js, in the order in which they come. */
function readSession(
  stream: Duplex,
  feed: Writable,
  { handlers, clock, protocol }: ConnectionSetup,
  wire: Wire,
  around: Around,
): void {
  readPackets(stream, feed, {
    ...{ clock, isV5: protocol === '5', hasEnded: around.hasEnded },
    isAwaited: () => isAwaiting(wire),
    mayHear: () => wire.hasConnack,
    onTooLarge: packet => around.end({ kind: 'too-large', packet }),
    onMessage: ({ topic, payload, isRetained }) => {
      wire.onMessage();
      handlers.onMessage(topic, payload, isRetained);
    },
  });
}

/**
 * mqtt.js works off all packets of a chunk, some thousand in a flood, before anything else runs. This holds the next one
 * back once the turn is over; order is kept, and the broker is slowed by TCP.
 */
function takeTurns(clock: Clock): MqttClient['handleMessage'] {
  let turnEndsAt = 0;
  return (_packet, done) => {
    if (clock.monotonicNow() < turnEndsAt) {
      done();
      return;
    }
    setImmediate(() => {
      turnEndsAt = clock.monotonicNow() + TURN_MS;
      done();
    });
  };
}
