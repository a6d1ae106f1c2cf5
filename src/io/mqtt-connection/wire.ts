import type { MqttClient, Packet } from 'mqtt';
import { ReasonCode } from '../../core/mqtt/reason-code.ts';
import type { Clock } from '../clock.ts';
import { isLeaving, sendPing } from './client-internals.ts';
import type { ConnectionEnd } from './connection-end.ts';
import { readServerLimits, type ServerLimits } from './server-limits.ts';

/** Pings that may go out to hurry the answers of one phase: more would not help. */
export const MAX_POKES = 8;
/** So many more for what comes right after it, the first values, which somebody waits for. */
export const POKES_AFTER = 8;
/** These wait a little, ms: the answer to a ping is itself a small packet that holds the next one back. */
const POKE_PAUSE_MS = 5;

/** What a session on the wire reports to the connection around it. */
export interface Around {
  readonly end: (how: ConnectionEnd) => void;
  readonly hasEnded: () => boolean;
  readonly unlessEnded: (call: () => unknown) => void;
}

/** What is known of the packets so far. */
export interface Wire {
  hasConnack: boolean;
  /** Nothing is known of them before CONNACK, and nothing sent. */
  limits: ServerLimits;
  disconnectCode: number | null;
  socketError: Error | null;
  /** Who waits for the PINGRESP of the next ping that is sent. */
  nextPing: (() => void) | null;
  /** One for each ping that is not answered yet, mqtt.js's own too, with whom to tell. */
  readonly pings: ((() => void) | null)[];
  /** When anything came in, by the monotonic clock, ms, and whether that was after the last ping. */
  heardAt: number;
  isHeardSincePing: boolean;
  pokesLeft: number;
  isPokeDue: boolean;
  /** Whether answers to several requests are awaited. */
  isHurried: boolean;
  /** Who waits for which PUBACK. */
  readonly acks: Map<number, (code: number) => void>;
  /** A message came in. */
  readonly onMessage: () => void;
  /** Bytes came in, of whatever. */
  readonly onBytes: () => void;
}

/** Reads along with each packet: what mqtt.js does not hand out is there. */
export function watchPackets(client: MqttClient, around: Around, clock: Clock): Wire {
  const wire: Wire = {
    hasConnack: false,
    limits: readServerLimits({}),
    disconnectCode: null,
    socketError: null,
    nextPing: null,
    pings: [],
    heardAt: clock.monotonicNow(),
    isHeardSincePing: true,
    pokesLeft: 0,
    isPokeDue: false,
    isHurried: false,
    acks: new Map(),
    onMessage: () => {
      // An echo (MQTT 3.1.1) comes just before the acknowledgement of its command.
      if (wire.acks.size > 0 || wire.pokesLeft > 0) poke(client, wire, around, afterPause);
    },
    onBytes: () => {
      wire.heardAt = clock.monotonicNow();
      wire.isHeardSincePing = true;
    },
  };
  const afterPause = (call: () => void): void => void clock.after(POKE_PAUSE_MS, call);
  client.on('packetsend', packet => {
    if (packet.cmd !== 'pingreq') return;
    wire.pings.push(wire.nextPing);
    wire.nextPing = null;
    wire.isHeardSincePing = false;
  });
  client.on('packetreceive', packet => {
    around.unlessEnded(() => {
      onPacket(packet, wire, around);
      if (packet.cmd === 'publish') wire.onMessage();
      else if (wire.pokesLeft > 0) poke(client, wire, around, afterPause);
    });
  });
  return wire;
}

/**
 * Brokers that leave Nagle's algorithm on, as mosquitto does by default, hold each small packet back until the one before
 * is acknowledged, which our kernel puts off for 40 ms unless we have something to send. A ping takes the acknowledgement
 * along: one per chunk that came in. Measured on loopback: connected after 45 ms in place of 150.
 */
function poke(client: MqttClient, wire: Wire, around: Around, afterPause: (call: () => void) => void): void {
  if (wire.isPokeDue) return;
  wire.isPokeDue = true;
  const soon = wire.isHurried || wire.acks.size > 0 ? setImmediate : afterPause;
  soon(() => {
    wire.isPokeDue = false;
    const isAwaiting = wire.pokesLeft > 0 || wire.acks.size > 0;
    wire.pokesLeft = Math.max(0, wire.pokesLeft - 1);
    around.unlessEnded(() => isAwaiting && client.connected && !isLeaving(client) && sendPing(client));
  });
}

/** Whether somebody waits for what comes next: an acknowledgement, a PINGRESP, answers and the values right after them. */
export function isAwaiting({ isHurried, pokesLeft, acks, pings }: Wire): boolean {
  return isHurried || pokesLeft > 0 || acks.size > 0 || pings.length > 0;
}

function onPacket(packet: Packet, wire: Wire, around: Around): void {
  if (packet.cmd === 'connack') {
    const code = packet.reasonCode ?? packet.returnCode ?? 0;
    if (code !== 0) around.end({ kind: 'refused', code });
    wire.hasConnack = true;
    wire.limits = readServerLimits(packet);
  } else if (!wire.hasConnack && packet.cmd !== 'auth' && packet.cmd !== 'disconnect') {
    // MQTT 3.1.1, section 3.2: the first packet from the server must be CONNACK.
    around.end({ kind: 'not-mqtt', isBeforeConnack: true });
  } else if (packet.cmd === 'disconnect') {
    wire.disconnectCode = packet.reasonCode ?? 0;
  } else if (packet.cmd === 'pingresp') {
    wire.pings.shift()?.();
  } else if ((packet.cmd === 'puback' || packet.cmd === 'pubrec') && packet.messageId !== undefined) {
    const onAcknowledged = wire.acks.get(packet.messageId);
    wire.acks.delete(packet.messageId);
    // mqtt.js calls 16, no matching subscribers, a plain success: only the packet tells.
    onAcknowledged?.(packet.reasonCode ?? ReasonCode.success);
  }
}
