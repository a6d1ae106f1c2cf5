import { type LargePacket, MOST_BYTES } from './packet-size.ts';

/** A message that has nothing about it but what is in it: QoS 0, no properties. */
export interface PlainMessage {
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly isRetained: boolean;
}

/** What is next in a stream: a plain message, or bytes of packets of any other kind. */
export type Piece = PlainMessage | Buffer;

/** Cuts what comes in into its packets, as far as somebody has to know of them. */
export interface PacketCutter {
  /** Takes the next chunk; the one before has been cut up. */
  readonly take: (chunk: Buffer) => void;
  /** The next piece of it, in the order of the stream; `null` behind the last. */
  readonly next: () => Piece | null;
}

/** How a stream is cut. */
export interface CutterSetup {
  readonly isV5: boolean;
  /** Whether a message may come by now. */
  readonly mayHear: () => boolean;
  /** Called with the first packet that is too long, before the rest of it has come. Nothing behind that is looked at. */
  readonly onTooLarge: (packet: LargePacket) => void;
  readonly mostBytes?: number;
}

const PUBLISH = 3;
/** The first byte of a PUBLISH at QoS 0 that is no duplicate; its last bit is RETAIN (MQTT 5, section 3.3.1). */
const PLAIN = PUBLISH << 4;
const RETAIN = 1;

/**
 * Makes a cutter. What is not whole in its chunk is nobody's message, and goes on with the others' bytes. The length of each
 * packet is read as it comes (MQTT 5, section 2.1.4): mqtt.js would keep one until it is whole, whatever was announced to the
 * broker.
 */
export function createPacketCutter({ isV5, mayHear, onTooLarge, mostBytes = MOST_BYTES }: CutterSetup): PacketCutter {
  let chunk: Buffer = Buffer.alloc(0);
  let at = 0;
  /** Still to come of the packet that began. */
  let rest = 0;
  let first = 0;
  let length = 0;
  /** How many bytes of the fixed header were read. */
  let headerBytes = 0;
  let isOver = false;
  /** Reads on to the end of a header, or of what there is of a packet. */
  const readOn = (): void => {
    if (rest > 0) {
      const skipped = Math.min(rest, chunk.length - at);
      rest -= skipped;
      at += skipped;
      return;
    }
    const byte = chunk[at] ?? 0;
    at += 1;
    if (headerBytes === 0) [first, length] = [byte, 0];
    else length += (byte & 0x7f) * 128 ** (headerBytes - 1);
    headerBytes += 1;
    // More than four bytes of length is no MQTT: the parser says so.
    if (headerBytes === 1 || ((byte & 0x80) !== 0 && headerBytes < 5)) return;
    headerBytes = 0;
    rest = length;
    isOver = length > mostBytes;
    if (isOver) onTooLarge({ bytes: length, topic: topicOf(first, chunk.subarray(at)) });
  };
  return {
    take: given => {
      chunk = given;
      at = 0;
    },
    next: () => {
      const from = at;
      while (at < chunk.length && !isOver) {
        const isBegin = rest === 0 && headerBytes === 0;
        const end = isBegin && mayHear() ? endOfPlain(chunk, at, isV5, mostBytes) : 0;
        if (end === 0) {
          readOn();
          continue;
        }
        if (at > from) break;
        at = end;
        return plainMessage(chunk, from, end, isV5);
      }
      return isOver || at === from ? null : chunk.subarray(from, at);
    },
  };
}

/** Where the plain message ends that begins here, if one does and is whole; else 0. */
function endOfPlain(chunk: Buffer, from: number, isV5: boolean, mostBytes: number): number {
  if (((chunk[from] ?? 0) & ~RETAIN) !== PLAIN) return 0;
  const body = startOfBody(chunk, from);
  const length = lengthBetween(chunk, from + 1, body);
  const end = body + length;
  if (body === 0 || length < 2 || length > mostBytes || end > chunk.length) return 0;
  const topicBytes = chunk.readUInt16BE(body);
  const behindTopic = body + 2 + topicBytes;
  // A topic that is empty stands for an alias, which properties would have.
  if (topicBytes === 0 || behindTopic > end) return 0;
  return !isV5 || (behindTopic < end && chunk[behindTopic] === 0) ? end : 0;
}

/** Behind the length, which has one byte to four and ends with one below 128; 0 where it is not there as a whole. */
function startOfBody(chunk: Buffer, from: number): number {
  for (let at = from + 1; at <= from + 4; at += 1) {
    const byte = chunk[at];
    if (byte === undefined) return 0;
    if (byte < 0x80) return at + 1;
  }
  return 0;
}

function lengthBetween(chunk: Buffer, from: number, until: number): number {
  let length = 0;
  for (let at = until - 1; at >= from; at -= 1) length = length * 128 + ((chunk[at] ?? 0) & 0x7f);
  return length;
}

function plainMessage(chunk: Buffer, from: number, end: number, isV5: boolean): PlainMessage {
  const topicFrom = startOfBody(chunk, from) + 2;
  const topicEnd = topicFrom + chunk.readUInt16BE(topicFrom - 2);
  return {
    topic: chunk.toString('utf8', topicFrom, topicEnd),
    payload: chunk.subarray(isV5 ? topicEnd + 1 : topicEnd, end),
    isRetained: ((chunk[from] ?? 0) & RETAIN) !== 0,
  };
}

function topicOf(firstByte: number, body: Buffer): string | null {
  if (firstByte >> 4 !== PUBLISH || body.length < 2) return null;
  const end = 2 + body.readUInt16BE(0);
  return body.length < end ? null : body.toString('utf8', 2, end);
}
