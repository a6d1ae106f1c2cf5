import type { IConnackPacket } from 'mqtt';
import { ReasonCode } from '../../core/mqtt/reason-code.ts';
import type { CommandPublish, PlainPublish } from './client-internals.ts';

/** What a broker says in CONNACK that it takes (MQTT 5, section 3.2.2.3); with 3.1.1 it says nothing. */
export interface ServerLimits {
  readonly maximumQos: number;
  /** Of a whole packet; `Infinity` where the broker names none. */
  readonly maximumPacketBytes: number;
  /** How many PUBLISH packets may wait for their PUBACK. */
  readonly receiveMaximum: number;
  readonly takesWildcards: boolean;
  readonly takesRetained: boolean;
}

/** A command that must not be sent on this connection: why, and what to do about it. */
export interface Unsendable {
  readonly why: string;
  readonly cure: string;
}

/** The defaults are the standard's. */
export function readServerLimits({ properties = {} }: Pick<IConnackPacket, 'properties'>): ServerLimits {
  return {
    maximumQos: properties.maximumQoS ?? 2,
    maximumPacketBytes: properties.maximumPacketSize ?? Number.POSITIVE_INFINITY,
    receiveMaximum: properties.receiveMaximum ?? 65_535,
    takesWildcards: properties.wildcardSubscriptionAvailable ?? true,
    takesRetained: properties.retainAvailable ?? true,
  };
}

/** Why a command may not go out at QoS 1 (MQTT 5, sections 3.2.2.3.4, 3.2.2.3.6 and 4.9); `null` where it may. */
export function whyUnsendable(limits: ServerLimits, command: CommandPublish, inFlight: number): Unsendable | null {
  if (limits.maximumQos < 1) {
    return {
      why: 'the broker takes no message at QoS 1, and at QoS 0 nobody could tell whether it arrived',
      cure: 'Have the broker take QoS 1 (with mosquitto: max_qos in its conf), then log in again',
    };
  }
  const bytes = publishBytes(command);
  if (bytes > limits.maximumPacketBytes) {
    return {
      why: `it takes a packet of ${bytes} bytes, and the broker takes no more than ${limits.maximumPacketBytes}`,
      cure: 'Have the broker take larger packets (with mosquitto: max_packet_size in its conf), then log in again',
    };
  }
  if (inFlight < limits.receiveMaximum) return null;
  return {
    why: `the broker takes ${limits.receiveMaximum} unacknowledged at a time, and as many are on their way`,
    cure: 'Try again once the other command has ended',
  };
}

/** The same of a message of any kind (MQTT 5, sections 3.2.2.3.4 to 3.2.2.3.6). */
export function whyUnsendableAs(limits: ServerLimits, message: PlainPublish, inFlight: number): Unsendable | null {
  const { qos, retain } = message;
  const cure = 'Choose another one';
  if (qos > limits.maximumQos) return { why: `the broker takes no message at QoS ${qos}`, cure };
  if (retain && !limits.takesRetained) return { why: 'the broker keeps no retained messages', cure };
  return qos === 0 ? null : whyUnsendable({ ...limits, maximumQos: 2 }, { ...message, expirySeconds: 1 }, inFlight);
}

/** The refusal of a filter that may not even be asked for; `null` where it may. */
export function filterRefusal(limits: ServerLimits, filter: string): number | null {
  if (subscribeBytes(filter) > limits.maximumPacketBytes) return ReasonCode.packetTooLarge;
  return !limits.takesWildcards && /[+#]/.test(filter) ? ReasonCode.wildcardsNotSupported : null;
}

/** MQTT 5, section 3.3: topic, packet identifier, the message expiry interval as the one property, payload. */
function publishBytes({ topic, payload }: CommandPublish): number {
  return packetBytes(2 + Buffer.byteLength(topic) + 2 + 1 + 5 + Buffer.byteLength(payload));
}

/** MQTT 5, section 3.8: packet identifier, no property, one filter and its options. */
function subscribeBytes(filter: string): number {
  return packetBytes(2 + 1 + 2 + Buffer.byteLength(filter) + 1);
}

/** With the fixed header before it: seven bits of the remaining length to a byte (MQTT 5, section 1.5.5). */
function packetBytes(remaining: number): number {
  const lengthBytes = [1, 2, 3, 4].find(count => remaining < 128 ** count) ?? 4;
  return 1 + lengthBytes + remaining;
}
