import { Duplex, Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import mqttPacket, { type Packet } from 'mqtt-packet';
import { describe, expect, it } from 'vitest';
import { readPackets, TURN_MS } from '../../../src/io/mqtt-connection/read-packets.ts';
import { createFakeClock } from '../../helpers/fake-clock.ts';

const publish = (topic: string, qos: 0 | 1 = 0): Buffer => {
  const packet = { cmd: 'publish', topic, payload: 'x', qos, dup: false, retain: false, messageId: 1 };
  return mqttPacket.generate(packet as Packet);
};
const PINGRESP = Buffer.of(0xd0, 0);

/** A stream that is read; `others` keeps what it was given until it is told that this is done. */
function read({ messageMs = 0 } = {}) {
  const clock = createFakeClock();
  const heard: string[] = [];
  let done: (() => void) | null = null;
  let isOver = false;
  const stream = new Duplex({ read: () => {}, write: (_chunk, _encoding, written) => written() });
  const others = new Writable({
    write: (chunk: Buffer, _encoding, written) => {
      heard.push(`${chunk.length} bytes`);
      done = written;
    },
  });
  readPackets(stream, others, {
    ...{ clock, isV5: false, mayHear: () => true, isAwaited: () => true, hasEnded: () => isOver },
    onTooLarge: () => {},
    onMessage: ({ topic }) => {
      heard.push(topic);
      clock.advance(messageMs);
    },
  });
  return {
    heard,
    stream,
    say: (...packets: readonly Buffer[]) => void stream.push(Buffer.concat(packets)),
    finish: () => {
      const call = done;
      done = null;
      call?.();
    },
    end: () => {
      isOver = true;
    },
  };
}

describe('reading packets', () => {
  it('hands all of them over in their order, and waits for those who work the others off', async () => {
    const { say, heard, finish } = read();
    say(publish('a'), PINGRESP, publish('b'), publish('c', 1), PINGRESP, publish('d'));
    await expect.poll(() => heard).toEqual(['a', '2 bytes']);
    say(publish('e'));
    for (let round = 0; round < 5; round += 1) await turn();
    expect(heard).toEqual(['a', '2 bytes']);
    finish();
    await expect.poll(() => heard).toEqual(['a', '2 bytes', 'b', '10 bytes']);
    finish();
    await expect.poll(() => heard).toEqual(['a', '2 bytes', 'b', '10 bytes', 'd', 'e']);
  });

  it('gives everything else its turn when messages have taken theirs', async () => {
    const { say, heard } = read({ messageMs: 1 });
    const turns: number[] = [];
    say(...Array.from({ length: 20 }, (_, place) => publish(`t${place}`)), PINGRESP);
    for (; heard.length < 21; await turn()) turns.push(heard.length);
    expect([...new Set(turns)]).toEqual([0, TURN_MS, 2 * TURN_MS]);
    expect(heard).toEqual([...Array.from({ length: 20 }, (_, place) => `t${place}`), '2 bytes']);
  });

  it('hands nothing over any more when the connection has ended', async () => {
    const { say, heard, finish, end } = read();
    say(publish('a'), PINGRESP, publish('b'));
    await expect.poll(() => heard).toEqual(['a', '2 bytes']);
    end();
    finish();
    say(publish('c'));
    for (let round = 0; round < 5; round += 1) await turn();
    expect(heard).toEqual(['a', '2 bytes']);
  });
});
