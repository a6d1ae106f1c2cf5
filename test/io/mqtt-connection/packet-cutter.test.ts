import mqttPacket, { type Packet } from 'mqtt-packet';
import { describe, expect, it } from 'vitest';
import { createPacketCutter } from '../../../src/io/mqtt-connection/packet-cutter.ts';
import type { LargePacket } from '../../../src/io/mqtt-connection/packet-size.ts';
import { createRandom } from '../../helpers/random/random.ts';

const MOST = 1_000;

type Version = 4 | 5;

function publish(topic: string, payload: Buffer | string, more: object = {}, protocolVersion: Version = 4): Buffer {
  const packet = { cmd: 'publish', topic, payload, qos: 0, dup: false, retain: false, ...more } as Packet;
  return mqttPacket.generate(packet, { protocolVersion });
}

interface Cut {
  /** Messages as `topic=payload`, retained ones with a `!`, and how many bytes of others came between. */
  readonly pieces: readonly (string | number)[];
  /** All that is no plain message, in its order. */
  readonly others: Buffer;
  readonly tooLarge: readonly LargePacket[];
  /** How much of the stream had come when that was told. */
  readonly toldAt: number;
}

/** What is made of this stream, cut into chunks of these sizes. */
function cut(stream: Buffer, sizeOf: () => number = () => stream.length, version: Version = 4, mayHear = true): Cut {
  const pieces: (string | number)[] = [];
  const others: Buffer[] = [];
  const tooLarge: LargePacket[] = [];
  let [at, toldAt] = [0, 0];
  const cutter = createPacketCutter({
    isV5: version === 5,
    mayHear: () => mayHear,
    mostBytes: MOST,
    onTooLarge: packet => {
      tooLarge.push(packet);
      toldAt = at;
    },
  });
  while (at < stream.length) {
    const size = sizeOf();
    const chunk = stream.subarray(at, at + size);
    at += size;
    cutter.take(chunk);
    for (let piece = cutter.next(); piece !== null; piece = cutter.next()) {
      if (Buffer.isBuffer(piece)) {
        others.push(piece);
        pieces.push(piece.length);
      } else {
        pieces.push(`${piece.topic}=${Buffer.from(piece.payload).toString()}${piece.isRetained ? '!' : ''}`);
      }
    }
  }
  return { pieces, others: Buffer.concat(others), tooLarge, toldAt };
}

const PINGRESP = Buffer.of(0xd0, 0);

describe.each([4, 5] as const)('a stream of MQTT packets, version %i', version => {
  it('has plain messages, and packets of other kinds between them, in their order', () => {
    const stream = Buffer.concat([
      publish('a', '1', {}, version),
      publish('größe', 'süß', { retain: true }, version),
      PINGRESP,
      PINGRESP,
      publish('b', '', {}, version),
      PINGRESP,
    ]);
    expect(cut(stream, undefined, version).pieces).toEqual(['a=1', 'größe=süß!', 4, 'b=', 2]);
  });

  it('leaves to others what is not plain', () => {
    for (const stream of [
      publish('a', '1', { qos: 1, messageId: 7 }, version),
      publish('a', '1', { qos: 2, messageId: 7 }, version),
      // A duplicate at QoS 0, a topic of no length, one that is longer than its packet, a packet that ends within the length.
      Buffer.of(0x38, 4, 0, 1, 0x61, 0),
      Buffer.of(0x30, 3, 0, 0, 0),
      Buffer.of(0x30, 4, 0, 9, 0x61, 0),
      Buffer.of(0x30, 1, 0),
      Buffer.of(0x30, 0),
      Buffer.of(0x30, 0x80, 0x80, 0x80, 0x80, 1),
    ]) {
      expect(cut(stream, undefined, version).pieces).toEqual([stream.length]);
    }
  });

  it('leaves to others whatever comes before anything may', () => {
    const stream = publish('a', '1', {}, version);
    expect(cut(stream, undefined, version, false).pieces).toEqual([stream.length]);
  });

  it('has a length of two bytes from 128 on, and of more', () => {
    for (const bytes of [127 - 4, 128 - 4, 300, 900]) {
      const payload = 'x'.repeat(bytes);
      expect(cut(publish('a', payload, {}, version), undefined, version).pieces).toEqual([`a=${payload}`]);
    }
    // The shortest form is not asked for (MQTT 5, section 1.5.5, does for senders only).
    const long = Buffer.of(0x30, 0x85, 0x80, 0x00, 0, 1, 0x61, 0, 0x31);
    expect(cut(long, undefined, 5).pieces).toEqual(['a=1']);
  });

  it('is the same to all who read it, however it is cut', () => {
    const { next: random } = createRandom(13);
    for (let round = 0; round < 300; round += 1) {
      const packets = Array.from({ length: 1 + Math.floor(random() * 30) }, (_, place) => {
        const kind = random();
        if (kind < 0.2) return PINGRESP;
        const payload = String(place).repeat(Math.floor(random() * 100));
        return kind < 0.35
          ? publish('qos', payload, { qos: 1, messageId: 1 + place }, version)
          : publish(`t/${place}`, payload, { retain: kind < 0.5 }, version);
      });
      const stream = Buffer.concat(packets);
      const most = 1 + Math.floor(random() * 600);
      const { pieces, others, tooLarge } = cut(stream, () => 1 + Math.floor(random() * most), version);
      // Plain ones put back where they stood, so that all of it is there, once and in its order.
      let rest = others;
      const whole: Buffer[] = [];
      for (const piece of pieces) {
        if (typeof piece === 'number') {
          whole.push(rest.subarray(0, piece));
          rest = rest.subarray(piece);
          continue;
        }
        const [topic = '', said = ''] = piece.split('=');
        const retain = said.endsWith('!');
        whole.push(publish(topic, retain ? said.slice(0, -1) : said, { retain }, version));
      }
      expect(Buffer.concat(whole).equals(stream)).toBe(true);
      expect(tooLarge).toEqual([]);
      const uncut = cut(stream, undefined, version).pieces.filter(piece => typeof piece === 'string');
      expect(uncut).toHaveLength(packets.filter(isPlain).length);
    }
  });
});

const isPlain = (packet: Buffer): boolean => ((packet[0] ?? 0) & 0xfe) === 0x30;

describe('a stream of MQTT 5', () => {
  it('has messages with properties, which are left to others', () => {
    const expiring = publish('a', '1', { properties: { messageExpiryInterval: 9 } }, 5);
    const stream = Buffer.concat([expiring, publish('b', '2', {}, 5)]);
    expect(cut(stream, undefined, 5).pieces).toEqual([expiring.length, 'b=2']);
  });

  it('has no message without a length of properties', () => {
    const stream = Buffer.of(0x30, 3, 0, 1, 0x61);
    expect(cut(stream, undefined, 5).pieces).toEqual([5]);
    expect(cut(stream, undefined, 4).pieces).toEqual(['a=']);
  });
});

describe('a packet that is longer than we take', () => {
  it('is told of by its first five bytes', () => {
    const { tooLarge, toldAt } = cut(Buffer.of(0x31, 0xff, 0xff, 0xff, 0x7f), () => 1);
    expect(tooLarge).toEqual([{ bytes: 268_435_455, topic: null }]);
    expect(toldAt).toBe(5);
  });

  it('is named by its topic where that came along', () => {
    const { tooLarge } = cut(publish('home/camera', Buffer.alloc(5_000)), () => 64);
    expect(tooLarge).toEqual([{ bytes: 5_013, topic: 'home/camera' }]);
  });

  it('is one byte longer than the longest', () => {
    const exact = publish('t', Buffer.alloc(MOST - 3));
    const long = publish('t', Buffer.alloc(MOST - 2));
    for (const size of [7, 10_000]) {
      expect(cut(Buffer.concat([exact, exact]), () => size).tooLarge).toEqual([]);
      expect(cut(long, () => size).tooLarge).toHaveLength(1);
    }
  });

  it('ends the stream: what is before it in its chunk was handed over, and nothing behind it is', () => {
    const stream = Buffer.concat([publish('a', '1'), publish('big', Buffer.alloc(2_000)), publish('b', '2')]);
    const { pieces, tooLarge } = cut(stream);
    expect(pieces).toEqual(['a=1']);
    expect(tooLarge).toHaveLength(1);
  });

  it('is found after any others, however the stream is cut', () => {
    const { next: random } = createRandom(28);
    for (let round = 0; round < 300; round++) {
      const before = Array.from({ length: Math.floor(random() * 8) }, () =>
        random() < 0.3 ? PINGRESP : publish('a/b', Buffer.alloc(Math.floor(random() * (MOST - 10)), 0xff)),
      );
      const large = publish('big', Buffer.alloc(MOST + Math.floor(random() * 40_000)));
      const stream = Buffer.concat([...before, large, publish('after', Buffer.alloc(3 * MOST))]);
      const most = 1 + Math.floor(random() * 400);
      const { tooLarge, toldAt } = cut(stream, () => 1 + Math.floor(random() * most));
      expect(tooLarge).toHaveLength(1);
      const header = before.reduce((sum, packet) => sum + packet.length, 0) + 5;
      expect(toldAt).toBeLessThanOrEqual(header + most);
    }
  });
});
