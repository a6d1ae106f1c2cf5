import type { Duplex } from 'node:stream';
import { type IClientOptions, MqttClient } from 'mqtt';
import { describeConnack, ReasonCode } from '../core/mqtt/reason-code.ts';
import { retryWaitMs } from './mqtt-link/backoff.ts';
import type { ConnectionEnd } from './mqtt-link/connection.ts';
import { describeEnd } from './mqtt-link/failure.ts';
import { openTransport, TransportError } from './mqtt-link/transport.ts';
import type { LinkOptions } from './mqtt-options.ts';

export interface DeviceLinkOptions {
  /** Where the broker is and who the device is there. `auto` is MQTT 3.1.1, as small devices speak it. */
  readonly link: LinkOptions;
  /** Topic names that commands come on. */
  readonly commands: readonly string[];
  /** In [0, 1): spreads the retries of many devices. */
  readonly random: () => number;
}

/** What happens on a device's connection. Texts from the network are not safe to show as they are. */
export type DeviceLinkEvent =
  /** Logged in, and every command topic has been asked for. */
  | { readonly kind: 'connected' }
  | { readonly kind: 'disconnected'; readonly reason: string; readonly cure: string | null; readonly retryInMs: number }
  /** The broker refused the login; there is no further try, since it would only fill the broker's log. */
  | { readonly kind: 'refused'; readonly code: number; readonly reason: string }
  | { readonly kind: 'subscription-refused'; readonly topic: string }
  | { readonly kind: 'message'; readonly topic: string; readonly payload: Uint8Array; readonly isRetained: boolean };

export interface DeviceLink {
  /** Publishes with QoS 0, not retained. False: there is no connection, and the message is dropped. */
  publish(topic: string, payload: string | Uint8Array): boolean;
  /** Says DISCONNECT and ends; resolves within 1 s. Nothing is reported after it was called. */
  close(): Promise<void>;
}

/** From the first SYN to CONNACK. */
const CONNECT_WITHIN_MS = 10_000;
const CLOSE_WITHIN_MS = 1_000;

/**
 * Keeps a device connected: one fresh connection after the other, waiting longer after each failure. What could not be
 * sent is dropped, never sent late. Every outcome is an event; it does not throw.
 */
export function openDeviceLink(options: DeviceLinkOptions, report: (event: DeviceLinkEvent) => void): DeviceLink {
  let retry: NodeJS.Timeout | undefined;
  let failures = 0;
  let isClosed = false;

  const connect = (): Attempt =>
    openAttempt(options, {
      onEvent: event => {
        if (isClosed) return;
        if (event.kind === 'connected') failures = 0;
        report(event);
      },
      onEnded: end => {
        if (isClosed) return;
        failures += 1;
        const { link } = options;
        const credentials = { user: link.session.user, password: link.password };
        const { message: reason, cure } = describeEnd(end, { options: link, credentials });
        const retryInMs = retryWaitMs(failures, options.random);
        retry = setTimeout(() => {
          attempt = connect();
        }, retryInMs);
        report({ kind: 'disconnected', reason, cure, retryInMs });
      },
    });
  let attempt = connect();
  return {
    publish: (topic, payload) => attempt.publish(topic, payload),
    close: async () => {
      isClosed = true;
      clearTimeout(retry);
      await attempt.close();
    },
  };
}

interface AttemptReports {
  readonly onEvent: (event: Exclude<DeviceLinkEvent, { kind: 'disconnected' }>) => void;
  /** Called once, unless the login was refused. */
  readonly onEnded: (end: ConnectionEnd) => void;
}

/** One connection, from its first packet to its end. */
type Attempt = DeviceLink;

function openAttempt(options: DeviceLinkOptions, reports: AttemptReports): Attempt {
  const abort = new AbortController();
  let client: MqttClient | null = null;
  let isLate = false;
  const limit = setTimeout(() => {
    isLate = true;
    abort.abort();
  }, CONNECT_WITHIN_MS);
  void openTransport(options.link, abort.signal).then(
    stream => {
      clearTimeout(limit);
      // Closed while the way was made, or gone again at once: there is no event left to wait for.
      if (stream.destroyed) reports.onEnded(closedBy(stream.errored, true));
      else client = runClient(stream, options, reports);
    },
    (error: unknown) => {
      clearTimeout(limit);
      if (isLate) reports.onEnded(unanswered(CONNECT_WITHIN_MS, true));
      else if (error instanceof TransportError) {
        reports.onEnded({ kind: 'no-way', stage: error.stage, error: error.cause });
      } else throw error;
    },
  );
  return {
    publish: (topic, payload) => {
      if (client?.connected !== true) return false;
      const bytes = typeof payload === 'string' ? payload : Buffer.from(payload);
      // With a callback, or a failed write would be an error event; the loss shows as `disconnected`.
      client.publish(topic, bytes, { qos: 0 }, () => {});
      return true;
    },
    close: async () => {
      clearTimeout(limit);
      if (client !== null) await endClient(client);
      abort.abort();
    },
  };
}

/** Refused CONNACKs that say "not now": unavailable in 3.1.1, unavailable and busy in MQTT 5. */
const PASSING_REFUSALS: ReadonlySet<number> = new Set([3, ReasonCode.serverUnavailable, ReasonCode.serverBusy]);

function runClient(stream: Duplex, options: DeviceLinkOptions, reports: AttemptReports): MqttClient {
  const client = new MqttClient(() => stream, clientOptions(options.link));
  let end: ConnectionEnd | null = null;
  let isRefused = false;
  let isLetIn = false;
  client.on('error', error => {
    end = endOf(error, client, isLetIn);
    isRefused = end.kind === 'refused' && !PASSING_REFUSALS.has(end.code);
    if (isRefused && end.kind === 'refused') {
      reports.onEvent({ kind: 'refused', code: end.code, reason: describeConnack(end.code) });
    }
  });
  client.on('connect', () => {
    isLetIn = true;
    void subscribeAll(client, options.commands, reports).then(() => {
      if (client.connected) reports.onEvent({ kind: 'connected' });
    });
  });
  client.on('message', (topic, payload, packet) => {
    reports.onEvent({ kind: 'message', topic, payload, isRetained: packet.retain });
  });
  client.once('close', () => {
    client.end(true);
    if (!isRefused) reports.onEnded(end ?? closedBy(stream.errored, !isLetIn));
  });
  return client;
}

async function subscribeAll(client: MqttClient, topics: readonly string[], reports: AttemptReports): Promise<void> {
  for (const topic of topics) {
    // One filter per SUBSCRIBE: a broker that refuses one may close the connection or refuse the whole packet.
    const isGranted = await client.subscribeAsync(topic, { qos: 1 }).then(
      () => true,
      () => false,
    );
    if (!isGranted && client.connected) reports.onEvent({ kind: 'subscription-refused', topic });
  }
}

function clientOptions({ session, password, keepaliveSeconds, protocolVersion }: LinkOptions): IClientOptions {
  return {
    clientId: session.clientId,
    ...(session.user === null ? {} : { username: session.user }),
    // A password without a user never reaches the broker (MQTT 3.1.1, section 3.1.2.9).
    ...(session.user === null || password === null ? {} : { password }),
    keepalive: keepaliveSeconds,
    protocolVersion: protocolVersion === '5' ? 5 : 4,
    clean: true,
    reconnectPeriod: 0,
    connectTimeout: CONNECT_WITHIN_MS,
    queueQoSZero: false,
    resubscribe: false,
  };
}

/** What an error of mqtt.js means: it has a number for a CONNACK, a text for the socket, and neither for its own. */
function endOf(error: Error, client: MqttClient, isLetIn: boolean): ConnectionEnd {
  if (error.message === 'Keepalive timeout') return unanswered(Math.ceil(client.keepalive * 1_500), !isLetIn);
  if (error.message === 'connack timeout') return unanswered(CONNECT_WITHIN_MS, true);
  const code = 'code' in error ? error.code : undefined;
  if (typeof code === 'number') return { kind: 'refused', code };
  return typeof code === 'string' ? closedBy(error, !isLetIn) : { kind: 'not-mqtt', isBeforeConnack: !isLetIn };
}

function closedBy(error: Error | null, isBeforeConnack: boolean): ConnectionEnd {
  return { kind: 'closed', isBeforeConnack, reasonCode: null, error };
}

function unanswered(waitedMs: number, isBeforeConnack: boolean): ConnectionEnd {
  return { kind: 'silent', isBeforeConnack, waitedMs };
}

async function endClient(client: MqttClient): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>(resolve => {
    timer = setTimeout(resolve, CLOSE_WITHIN_MS);
  });
  const ended = new Promise<void>(resolve => client.end(!client.connected, () => resolve()));
  await Promise.race([ended, late]);
  clearTimeout(timer);
  client.end(true);
}
