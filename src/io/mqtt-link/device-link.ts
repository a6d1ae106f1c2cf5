import { describeConnack, ReasonCode } from '../../core/mqtt/reason-code.ts';
import type { Clock, Timer } from '../clock.ts';
import type { Connection } from '../mqtt-connection/connection.ts';
import type { ConnectionEnd } from '../mqtt-connection/connection-end.ts';
import { type OpeningConnection, openConnection } from '../mqtt-connection/open-connection.ts';
import type { LinkOptions } from '../mqtt-options/mqtt-options.ts';
import { retryWaitMs } from './backoff.ts';
import { describeEnd } from './failure.ts';
import { within } from './within.ts';

export interface DeviceLinkOptions {
  /** Where the broker is and who the device is there. `auto` is MQTT 3.1.1, as small devices speak it. */
  readonly link: LinkOptions;
  /** Topic names that commands come on. */
  readonly commands: readonly string[];
  /** In [0, 1): spreads the retries of many devices. */
  readonly random: () => number;
  readonly clock: Clock;
}

/** What happens on a device's connection. Texts from the network are not safe to show as they are. */
export type DeviceLinkEvent =
  /** Logged in, and every command topic has been asked for. */
  | { readonly kind: 'connected' }
  | { readonly kind: 'disconnected'; readonly reason: string; readonly cure: string | null }
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

const CLOSE_LIMIT_MS = 1_000;

/** Refused CONNACKs that say "not now": unavailable in 3.1.1, unavailable and busy in MQTT 5. */
const PASSING_REFUSALS: ReadonlySet<number> = new Set([3, ReasonCode.serverUnavailable, ReasonCode.serverBusy]);

/** One device and the connection that it is on. */
interface Device {
  readonly options: DeviceLinkOptions;
  /** Nothing is reported any more once it is closed. */
  readonly report: (event: DeviceLinkEvent) => void;
  failures: number;
  isClosed: boolean;
  opening: OpeningConnection | null;
  /** From CONNACK on. */
  connection: Connection | null;
  retry: Timer | null;
}

/**
 * Keeps a device connected: one fresh connection after the other, waiting longer after each failure. What could not be
 * sent is dropped, never sent late. Every outcome is an event; it does not throw.
 */
export function openDeviceLink(options: DeviceLinkOptions, report: (event: DeviceLinkEvent) => void): DeviceLink {
  const device: Device = {
    options,
    report: event => {
      if (!device.isClosed) report(event);
    },
    failures: 0,
    isClosed: false,
    opening: null,
    connection: null,
    retry: null,
  };
  connect(device);
  return {
    publish: (topic, payload) => {
      device.connection?.send(topic, payload);
      return device.connection !== null;
    },
    close: async () => {
      const { connection, opening } = device;
      device.isClosed = true;
      device.connection = null;
      device.retry?.cancel();
      if (connection !== null) await within(options.clock, CLOSE_LIMIT_MS, connection.close());
      opening?.drop();
    },
  };
}

function connect(device: Device): void {
  const { link, clock } = device.options;
  device.opening = openConnection({
    options: link,
    credentials: credentialsOf(link),
    protocol: link.protocolVersion === '5' ? '5' : '3.1.1',
    clock,
    handlers: {
      onOpened: connection => void settleIn(device, connection),
      onMessage: (topic, payload, isRetained) => device.report({ kind: 'message', topic, payload, isRetained }),
      onEnded: end => lose(device, end),
    },
  });
}

async function settleIn(device: Device, connection: Connection): Promise<void> {
  device.connection = connection;
  for (const topic of device.options.commands) {
    // One filter per SUBSCRIBE: a broker that refuses one may close the connection or refuse the whole packet.
    const code = await connection.subscribe(topic, 1);
    if (code >= ReasonCode.unspecifiedError) device.report({ kind: 'subscription-refused', topic });
  }
  if (device.connection !== connection) return;
  device.failures = 0;
  device.report({ kind: 'connected' });
}

function lose(device: Device, end: ConnectionEnd): void {
  const { link, random, clock } = device.options;
  device.connection = null;
  if (device.isClosed) return;
  if (end.kind === 'refused' && !PASSING_REFUSALS.has(end.code)) {
    device.report({ kind: 'refused', code: end.code, reason: describeConnack(end.code) });
    return;
  }
  device.failures += 1;
  device.retry = clock.after(retryWaitMs(device.failures, random), () => connect(device));
  const { message: reason, cure } = describeEnd(end, { options: link, credentials: credentialsOf(link) });
  device.report({ kind: 'disconnected', reason, cure });
}

function credentialsOf({ session, password }: LinkOptions): { user: string | null; password: string | null } {
  return { user: session.user, password };
}
