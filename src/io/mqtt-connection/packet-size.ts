/** A packet that is longer than we take, as its first bytes announce it. */
export interface LargePacket {
  /** What follows its fixed header, bytes; `null` where a WebSocket told only that it is too long. */
  readonly bytes: number | null;
  /** Of a PUBLISH, where it came together with the length. */
  readonly topic: string | null;
}

/** A broker keeps longer packets to itself (MQTT 5, section 3.1.2.11.4): nobody shall fill our memory. */
export const MAX_PACKET_BYTES = 8 * 1_048_576;
/** The same without a fixed header of five bytes. */
export const MOST_BYTES = MAX_PACKET_BYTES - 5;
