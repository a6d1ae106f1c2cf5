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
const MOST_BYTES = MAX_PACKET_BYTES - 5;

const PUBLISH = 3;

/**
 * Reads the length of each packet as it comes in (MQTT 5, section 2.1.4) and tells of the first that is longer than
 * `mostBytes`, before the rest of it has come: mqtt.js would keep it until it is whole, whatever was announced to the
 * broker. What follows that packet is not looked at any more.
 */
export function watchPacketSize(
  onTooLarge: (packet: LargePacket) => void,
  mostBytes = MOST_BYTES,
): (chunk: Buffer) => void {
  /** Still to come of the packet that began. */
  let rest = 0;
  let first = 0;
  let length = 0;
  /** How many bytes of the fixed header were read. */
  let headerBytes = 0;
  let isOver = false;
  return chunk => {
    let at = 0;
    while (at < chunk.length && !isOver) {
      if (rest > 0) {
        const skipped = Math.min(rest, chunk.length - at);
        rest -= skipped;
        at += skipped;
        continue;
      }
      const byte = chunk[at] ?? 0;
      at += 1;
      if (headerBytes === 0) [first, length] = [byte, 0];
      else length += (byte & 0x7f) * 128 ** (headerBytes - 1);
      headerBytes += 1;
      // More than four bytes of length is no MQTT: the parser says so.
      if (headerBytes === 1 || ((byte & 0x80) !== 0 && headerBytes < 5)) continue;
      headerBytes = 0;
      rest = length;
      isOver = length > mostBytes;
      if (isOver) onTooLarge({ bytes: length, topic: topicOf(first, chunk.subarray(at)) });
    }
  };
}

function topicOf(firstByte: number, body: Buffer): string | null {
  if (firstByte >> 4 !== PUBLISH || body.length < 2) return null;
  const end = 2 + body.readUInt16BE(0);
  return body.length < end ? null : body.toString('utf8', 2, end);
}
