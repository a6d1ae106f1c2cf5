import mqttPacket from 'mqtt-packet';
import { describe, expect, it } from 'vitest';
import { type LargePacket, watchPacketSize } from '../../../src/io/mqtt-connection/packet-size.ts';
import { createRandom } from '../../helpers/random/random.ts';

const MOST = 1_000;

function publish(topic: string, bytes: number): Buffer {
  return mqttPacket.generate({
    cmd: 'publish',
    topic,
    payload: Buffer.alloc(bytes, 0xff),
    qos: 0,
    dup: false,
    retain: true,
  });
}

/** What was told of this stream, cut into chunks of these sizes, and how many bytes had come by then. */
function watch(stream: Buffer, sizeOf: () => number): { told: LargePacket[]; after: number } {
  const told: LargePacket[] = [];
  let at = 0;
  let after = 0;
  const take = watchPacketSize(packet => {
    told.push(packet);
    after = at;
  }, MOST);
  while (at < stream.length) {
    const size = sizeOf();
    const chunk = stream.subarray(at, at + size);
    at += size;
    take(chunk);
  }
  return { told, after };
}

describe('watchPacketSize', () => {
  it('tells of 256 MB by the first five bytes', () => {
    const told: LargePacket[] = [];
    const take = watchPacketSize(packet => told.push(packet));
    take(Buffer.of(0x31, 0xff, 0xff, 0xff));
    expect(told).toEqual([]);
    take(Buffer.of(0x7f));
    expect(told).toEqual([{ bytes: 268_435_455, topic: null }]);
  });

  it('names the topic of a PUBLISH where it came along', () => {
    const { told } = watch(publish('home/camera', 5_000), () => 64);
    expect(told).toEqual([{ bytes: 5_013, topic: 'home/camera' }]);
  });

  it('takes what is as long as it may be', () => {
    const exact = publish('t', MOST - 3);
    expect(watch(Buffer.concat([exact, exact]), () => 7).told).toEqual([]);
    expect(watch(publish('t', MOST - 2), () => 7).told).toHaveLength(1);
  });

  it('finds the one large packet after any others, however the stream is cut', () => {
    const { next: random } = createRandom(28);
    for (let round = 0; round < 300; round++) {
      const before = Array.from({ length: Math.floor(random() * 8) }, () =>
        random() < 0.3 ? Buffer.of(0xd0, 0) : publish('a/b', Math.floor(random() * (MOST - 10))),
      );
      const large = publish('big', MOST + Math.floor(random() * 40_000));
      const stream = Buffer.concat([...before, large, publish('after', 3 * MOST)]);
      const most = 1 + Math.floor(random() * 400);
      const { told, after } = watch(stream, () => 1 + Math.floor(random() * most));
      expect(told).toHaveLength(1);
      const header = before.reduce((sum, packet) => sum + packet.length, 0) + 5;
      expect(after).toBeLessThanOrEqual(header + most);
    }
  });
});
