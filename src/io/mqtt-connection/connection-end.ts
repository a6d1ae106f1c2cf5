import type { LargePacket } from './packet-size.ts';
import type { TransportStage } from './transport.ts';

/** How a connection ended, as it was seen on the wire. */
export type ConnectionEnd =
  /** The way to the broker could not be made. */
  | { readonly kind: 'no-way'; readonly stage: TransportStage; readonly error: Error }
  /** CONNACK with a code other than 0. */
  | { readonly kind: 'refused'; readonly code: number }
  /** `reasonCode` of a DISCONNECT (MQTT 5), where one came; `error` of the socket, where there was one. */
  | {
      readonly kind: 'closed';
      readonly isBeforeConnack: boolean;
      readonly reasonCode: number | null;
      readonly error: Error | null;
    }
  /** No answer in time: to the attempt, or to a ping. `isAsked`: our CONNECT was on its way to whoever took the connection. */
  | {
      readonly kind: 'silent';
      readonly isBeforeConnack: boolean;
      readonly isAsked: boolean;
      readonly waitedMs: number;
    }
  /** A packet began that is longer than we take: the rest of it is not waited for. */
  | { readonly kind: 'too-large'; readonly packet: LargePacket }
  /** What came was no MQTT. */
  | { readonly kind: 'not-mqtt'; readonly isBeforeConnack: boolean };
