import { parseVersion, VERSION_TOPIC } from '../../core/home/broker-log/broker-life.ts';
import type { HomeEvent } from '../../core/home/state/event.ts';
import type { ProtocolVersion } from '../../core/home/state/link.ts';
import type { House } from '../../core/house/house.ts';
import { parseLogLine } from '../../core/mosquitto/log/log-line.ts';
import { unreadCommandTopics } from './subscriptions.ts';

/** The event without its time: that is put on in one place. */
export type Untimed<Event> = Event extends HomeEvent ? Omit<Event, 'at'> : never;

/** Turns a message into the event that it is, or `null` where it means nothing to us. */
export type Receiver = (
  message: { readonly topic: string; readonly payload: Uint8Array; readonly isRetained: boolean },
  protocol: ProtocolVersion,
) => Untimed<HomeEvent> | null;

const LOG_TOPIC = '$SYS/broker/log/';
/** Longer than any line of a broker's log; more is somebody's play. */
const MAX_LOG_BYTES = 8_192;

/** Sorts messages: lines of the broker's log, what others' commands let us see, and all the rest. */
export function createReceiver(house: House): Receiver {
  const commands = new Set(unreadCommandTopics(house));
  return (message, protocol) => {
    if (message.topic.startsWith(LOG_TOPIC)) return message.isRetained ? null : readLogLine(message.payload);
    if (message.topic === VERSION_TOPIC) return readVersion(message.payload);
    // With MQTT 5 these are subscribed for the retained check only: what passes by in that moment is no echo of ours.
    if (protocol === '5' && !message.isRetained && commands.has(message.topic)) return null;
    // Spelled out, here and where its time is put on: thousands of them come in a second, and a spread takes many times as long.
    const { topic, payload, isRetained } = message;
    return { type: 'message-received', topic, payload, isRetained };
  };
}

function readVersion(payload: Uint8Array): Untimed<HomeEvent> | null {
  const version = parseVersion(payload);
  return version === null ? null : { type: 'version-read', version };
}

function readLogLine(payload: Uint8Array): Untimed<HomeEvent> | null {
  const line = new TextDecoder().decode(payload.subarray(0, MAX_LOG_BYTES));
  const entry = parseLogLine(line);
  return entry === null ? null : { type: 'log-line-read', entry, source: 'topic', isPast: false };
}
