import type { MqttClient } from 'mqtt';
import type { ProtocolVersion } from '../../core/home/state/link.ts';
import { ReasonCode } from '../../core/mqtt/reason-code.ts';
import {
  type CommandPublish,
  forgetUnacknowledged,
  type PlainPublish,
  publishAs,
  publishAtQos1,
  sendPing,
  subackCode,
} from './client-internals.ts';
import { filterRefusal, type Unsendable, whyUnsendable, whyUnsendableAs } from './server-limits.ts';
import { MAX_POKES, POKES_AFTER, type Wire } from './wire.ts';

/** One connection on which the broker has let us in. After its end nothing is answered any more. */
export interface Connection {
  readonly protocol: ProtocolVersion;
  /**
   * Resolves with the SUBACK's code: the granted QoS, or the refusal from 128 on. `isAnew`: with MQTT 5 what is retained is
   * not sent, for it was not long ago.
   */
  readonly subscribe: (filter: string, qos: 0 | 1, isAnew?: boolean) => Promise<number>;
  readonly unsubscribe: (filters: readonly string[]) => Promise<void>;
  /** Resolves with the next PINGRESP: the broker has then taken all that was sent before. */
  readonly ping: () => Promise<void>;
  /** While answers to several requests are awaited, and a little longer: has the broker send without pauses (see `poke`). */
  readonly hurry: (isOn: boolean) => void;
  /**
   * Publishes at QoS 1, not retained; answers once with the PUBACK's code, never when the connection ends before. Says
   * why where the broker's limits forbid it: nothing is sent then.
   */
  readonly publish: (command: CommandPublish, onAcknowledged: (code: number) => void) => Unsendable | null;
  /**
   * Publishes as it is told to; answers once with the code of PUBACK or PUBREC, at QoS 0 never. Says why where the broker's
   * limits forbid it.
   */
  readonly publishAs: (message: PlainPublish, onAcknowledged: (code: number) => void) => Unsendable | null;
  /** Publishes at QoS 0, not retained: nobody tells whether it arrived. */
  readonly send: (topic: string, payload: string | Uint8Array) => void;
  /** Says goodbye and resolves when the connection has gone. */
  readonly close: () => Promise<void>;
}

/** What the rest of the link may do with a client that is let in. */
export function createConnection(client: MqttClient, protocol: ProtocolVersion, wire: Wire): Connection {
  return {
    protocol,
    subscribe: (filter, qos, isAnew = false) =>
      new Promise(resolve => {
        const refusal = filterRefusal(wire.limits, filter);
        if (refusal !== null) return resolve(refusal);
        client.subscribe(filter, isAnew ? { qos, rh: 2 } : { qos }, (error, _asked, packet) => {
          const code = subackCode(error, packet);
          if (code !== null) resolve(code === 'invalid' ? ReasonCode.topicFilterInvalid : code);
        });
      }),
    unsubscribe: filters =>
      new Promise(resolve => {
        client.unsubscribe([...filters], error => {
          if (!error) resolve();
        });
      }),
    ping: () =>
      new Promise(resolve => {
        wire.nextPing = resolve;
        sendPing(client);
      }),
    hurry: isOn => {
      wire.isHurried = isOn;
      wire.pokesLeft = isOn ? MAX_POKES : POKES_AFTER;
    },
    publish: (command, onAcknowledged) => {
      const unsendable = whyUnsendable(wire.limits, command, wire.acks.size);
      if (unsendable === null) wire.acks.set(publishAtQos1(client, command), onAcknowledged);
      return unsendable;
    },
    publishAs: (message, onAcknowledged) => {
      const unsendable = whyUnsendableAs(wire.limits, message, wire.acks.size);
      if (unsendable !== null) return unsendable;
      const id = publishAs(client, message);
      if (id !== 0) wire.acks.set(id, onAcknowledged);
      return null;
    },
    send: (topic, payload) => {
      const bytes = typeof payload === 'string' ? payload : Buffer.from(payload);
      // With a callback, or a failed write would be an error event; the loss shows as the end of the connection.
      client.publish(topic, bytes, { qos: 0, retain: false }, () => {});
    },
    close: () =>
      new Promise(resolve => {
        forgetUnacknowledged(client);
        client.end(false, {}, () => resolve());
      }),
  };
}
