/**
 * What the link relies on of mqtt.js that its documentation does not promise. Each is held by a test of its own against
 * the library and a real broker (test/io/mqtt-connection/client-internals.test.ts): run those first after an upgrade.
 */
import type { Duplex, Writable } from 'node:stream';
import type { IClientOptions, MqttClient, Packet } from 'mqtt';

/** A command as it goes out. */
export interface CommandPublish {
  readonly topic: string;
  readonly payload: string;
  /** Whole seconds from 1 on; sent with MQTT 5 only. */
  readonly expirySeconds: number;
}

/** A message as it goes out, whatever it is. */
export interface PlainPublish {
  readonly topic: string;
  readonly payload: string;
  readonly qos: 0 | 1 | 2;
  readonly retain: boolean;
}

/** A client that reads nothing by itself: it is fed with whole packets or parts of them, in their order. */
export interface FedClient {
  readonly client: MqttClient;
  /** Calls back when what was written has been worked off. */
  readonly feed: Writable;
}

/**
 * Makes a client on a stream. While it is made it asks for what comes in by one `pipe`, and writes to the stream what goes out.
 */
export function createFedClient(Client: typeof MqttClient, stream: Duplex, options: IClientOptions): FedClient {
  let feed: Writable | null = null;
  const fed: { pipe?: (to: Writable) => Writable } = stream as object;
  fed.pipe = to => {
    feed = to;
    return to;
  };
  const client = new Client(() => stream, options);
  delete fed.pipe;
  if (feed === null) throw new Error('mqtt.js reads its stream in another way than by one pipe');
  return { client, feed };
}

/** Sends a PINGREQ at once, beside those of the keepalive. `packetsend` tells of it before this call has returned. */
export function sendPing(client: MqttClient): void {
  client.sendPing();
}

/**
 * Asks before a client is given up that had no PINGRESP in one and a half keepalives, which is all that mqtt.js takes for a
 * sign of life: where something was heard since the last PINGREQ, the answer may lie behind it. Then another PINGREQ goes
 * out, and as long is waited once more.
 */
export function askBeforeGivingUp(client: MqttClient, isHeard: () => boolean): void {
  const giveUp = client.onKeepaliveTimeout.bind(client);
  client.onKeepaliveTimeout = () => {
    if (!isHeard()) return giveUp();
    client.sendPing();
    client.reschedulePing(true);
  };
}

/** Whether `end` was called: a DISCONNECT went out or is about to, and nothing may follow it (MQTT 5, section 3.14.4). */
export function isLeaving(client: MqttClient): boolean {
  return client.disconnecting;
}

/**
 * Publishes at QoS 1, not retained, while connected; the packet identifier that it went out with. The callback of
 * mqtt.js is not used: it calls 0x10, no matching subscribers, a plain success.
 */
export function publishAtQos1(client: MqttClient, { topic, payload, expirySeconds }: CommandPublish): number {
  const properties = { messageExpiryInterval: expirySeconds };
  client.publish(topic, payload, { qos: 1, retain: false, properties }, () => {});
  return client.getLastMessageId();
}

/**
 * Publishes as it is told to, while connected; the packet identifier that it went out with, 0 at QoS 0. Again without the
 * callback of mqtt.js.
 */
export function publishAs(client: MqttClient, { topic, payload, qos, retain }: PlainPublish): number {
  client.publish(topic, payload, { qos, retain }, () => {});
  return qos === 0 ? 0 : client.getLastMessageId();
}

/** Takes away what `end` would wait for: acknowledgements that nobody needs any more. */
export function forgetUnacknowledged(client: MqttClient): void {
  for (const id of Object.keys(client.outgoing)) delete client.outgoing[Number(id)];
}

/** What the `error` event is about. */
export type ClientError =
  /** No PINGRESP in one and a half keepalives, `waitedMs`, and nothing else (see `askBeforeGivingUp`). */
  | { readonly kind: 'keepalive'; readonly waitedMs: number }
  | { readonly kind: 'socket'; readonly error: Error }
  /** A WebSocket's message is longer than we take. */
  | { readonly kind: 'too-large' }
  /** The parser's, or of the protocol: mqtt.js may go on reading after it, and what follows means nothing. */
  | { readonly kind: 'protocol' };

/** Tells the errors of mqtt.js apart: by their text and by their code, for it has one class for all. */
export function sortError(error: Error, client: MqttClient): ClientError {
  if (error.message === 'Keepalive timeout') {
    return { kind: 'keepalive', waitedMs: Math.ceil(client.keepalive * 1_500) };
  }
  if (!('code' in error) || typeof error.code !== 'string') return { kind: 'protocol' };
  return error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH' ? { kind: 'too-large' } : { kind: 'socket', error };
}

/**
 * The SUBACK's code for the one filter of a SUBSCRIBE: on a refusal the `granted` that mqtt.js hands out shows the QoS
 * that was asked for, and the packet has the answer. `invalid` where mqtt.js did not send it; `null`: none came.
 */
export function subackCode(error: Error | null, packet: Packet | undefined): number | 'invalid' | null {
  const code = packet?.cmd === 'suback' ? packet.granted[0] : undefined;
  if (typeof code === 'number') return code;
  return error?.message.startsWith('Invalid topic') ? 'invalid' : null;
}
