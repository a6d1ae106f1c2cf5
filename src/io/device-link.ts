import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import { describeConnack, ReasonCode } from '../core/mqtt/reason-code.ts';

/** Where a device's broker is and who it is there. */
export interface DeviceLinkOptions {
  /** `mqtt://`, `mqtts://`, `ws://` or `wss://`; a user and password in it are not used. */
  readonly url: string;
  readonly clientId: string;
  readonly user: string | null;
  readonly password: string | null;
  /** Topic names that commands come on. */
  readonly commands: readonly string[];
  /** Seconds; 30 unless given. */
  readonly keepaliveSeconds?: number;
  /** 3.1.1 unless given, as small devices speak it. */
  readonly protocol?: '3.1.1' | '5';
  readonly tls?: DeviceTls;
  /** Milliseconds before the first retry, 1 000 unless given; it doubles up to thirty times that. */
  readonly firstRetryMs?: number;
  /** In [0, 1): spreads the retries of many devices. */
  readonly random?: () => number;
}

/** Certificates as PEM. */
interface DeviceTls {
  readonly ca?: string | Buffer;
  readonly cert?: string | Buffer;
  readonly key?: string | Buffer;
  /** Whether the broker's certificate is taken as it comes. */
  readonly isUnchecked?: boolean;
}

/** What happens on a device's connection. Texts from the network are not safe to show as they are. */
export type DeviceLinkEvent =
  /** Logged in, and every command topic is subscribed. */
  | { readonly kind: 'connected' }
  | { readonly kind: 'disconnected'; readonly reason: string; readonly retryInMs: number }
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

const PROTOCOL = /^(mqtt|ws)s?:\/\//;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_FACTOR = 30;
const CONNECT_WITHIN_MS = 10_000;
const CLOSE_WITHIN_MS = 1_000;

/**
 * Keeps a device connected: one fresh connection after the other, waiting longer after each failure. What could not be
 * sent is dropped, never sent late. Every outcome is an event. Throws at once: `RangeError` for a URL that
 * names no MQTT protocol, OpenSSL's error for certificates that cannot be used.
 */
export function openDeviceLink(options: DeviceLinkOptions, report: (event: DeviceLinkEvent) => void): DeviceLink {
  // Not repeated in the message: it may hold a password.
  if (!PROTOCOL.test(options.url))
    throw new RangeError('An MQTT address begins with mqtt://, mqtts://, ws:// or wss://');
  let client: MqttClient | null = null;
  let retry: NodeJS.Timeout | undefined;
  let failures = 0;
  let isClosed = false;

  const connect = (): void => {
    client = openConnection(options, {
      onEvent: event => {
        if (isClosed) return;
        if (event.kind === 'connected') failures = 0;
        report(event);
      },
      onEnded: reason => {
        client = null;
        if (isClosed) return;
        const retryInMs = waitAfter(failures, options);
        failures += 1;
        retry = setTimeout(connect, retryInMs);
        report({ kind: 'disconnected', reason, retryInMs });
      },
    });
  };
  connect();
  return {
    publish: (topic, payload) => {
      if (client?.connected !== true) return false;
      const bytes = typeof payload === 'string' ? payload : Buffer.from(payload);
      // With a callback, or a failed write would be thrown as an event; the loss shows as `disconnected`.
      client.publish(topic, bytes, { qos: 0 }, () => {});
      return true;
    },
    close: async () => {
      isClosed = true;
      clearTimeout(retry);
      if (client !== null) await endClient(client);
    },
  };
}

/** Refused CONNACKs that say "not now": unavailable in 3.1.1, unavailable and busy in MQTT 5. */
const PASSING_REFUSALS: ReadonlySet<number> = new Set([3, ReasonCode.serverUnavailable, ReasonCode.serverBusy]);

interface ConnectionReports {
  readonly onEvent: (event: Exclude<DeviceLinkEvent, { kind: 'disconnected' }>) => void;
  readonly onEnded: (reason: string) => void;
}

/** One connection from its first packet to its end. */
function openConnection(options: DeviceLinkOptions, reports: ConnectionReports): MqttClient {
  // mqtt.js prefers a login in the URL to the one in the options; here only the options count.
  const client = mqtt.connect(options.url.replace(/\/\/[^/?#]*@/, '//'), clientOptions(options));
  let reason = 'the broker closed the connection';
  let isRefused = false;
  client.on('error', error => {
    const code = 'code' in error ? error.code : undefined;
    if (typeof code !== 'number') {
      reason = describeFailure(error);
      return;
    }
    reason = describeConnack(code);
    isRefused = !PASSING_REFUSALS.has(code);
    if (isRefused) reports.onEvent({ kind: 'refused', code, reason });
  });
  client.on('connect', () => {
    void subscribeAll(client, options.commands, reports).then(() => {
      if (client.connected) reports.onEvent({ kind: 'connected' });
    });
  });
  client.on('message', (topic, payload, packet) => {
    reports.onEvent({ kind: 'message', topic, payload, isRetained: packet.retain });
  });
  client.once('close', () => {
    client.end(true);
    if (!isRefused) reports.onEnded(reason);
  });
  return client;
}

async function subscribeAll(client: MqttClient, topics: readonly string[], reports: ConnectionReports): Promise<void> {
  for (const topic of topics) {
    // One filter per SUBSCRIBE: a broker that refuses one may close the connection or refuse the whole packet.
    const isGranted = await client.subscribeAsync(topic, { qos: 1 }).then(
      () => true,
      () => false,
    );
    if (!isGranted && client.connected) reports.onEvent({ kind: 'subscription-refused', topic });
  }
}

function clientOptions(options: DeviceLinkOptions): IClientOptions {
  const { tls = {} } = options;
  return {
    clientId: options.clientId,
    ...(options.user === null ? {} : { username: options.user }),
    ...(options.user === null || options.password === null ? {} : { password: options.password }),
    keepalive: options.keepaliveSeconds ?? 30,
    protocolVersion: options.protocol === '5' ? 5 : 4,
    clean: true,
    reconnectPeriod: 0,
    connectTimeout: CONNECT_WITHIN_MS,
    queueQoSZero: false,
    resubscribe: false,
    ...(tls.ca === undefined ? {} : { ca: tls.ca }),
    ...(tls.cert === undefined ? {} : { cert: tls.cert }),
    ...(tls.key === undefined ? {} : { key: tls.key }),
    ...(tls.isUnchecked === true ? { rejectUnauthorized: false } : {}),
  };
}

/** 1, 2, 4 … 30 times the first wait, a fifth more or less. */
function waitAfter(failures: number, options: DeviceLinkOptions): number {
  const factor = Math.min(2 ** Math.min(failures, 10), LONGEST_RETRY_FACTOR);
  const spread = 0.8 + 0.4 * (options.random?.() ?? 0.5);
  return Math.round((options.firstRetryMs ?? FIRST_RETRY_MS) * factor * spread);
}

/** The commonest failures of a connection in words; the others as the system names them. */
const FAILURES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused: no broker listens there',
  ECONNRESET: 'the broker dropped the connection',
  EPIPE: 'the broker dropped the connection',
  ETIMEDOUT: 'no answer',
  EHOSTUNREACH: 'no route to the host',
  ENETUNREACH: 'no route to the network',
  ENOTFOUND: 'the host name is not known',
  EAI_AGAIN: 'the host name could not be looked up',
};

function describeFailure(error: Error): string {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return FAILURES[code] ?? (error.message === '' ? code || 'unknown failure' : error.message);
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
