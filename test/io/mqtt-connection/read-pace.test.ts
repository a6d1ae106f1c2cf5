import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { paceReading, READ_AHEAD_BYTES } from '../../../src/io/mqtt-connection/read-pace.ts';
import { closeAfterEach } from '../../helpers/close-after-each.ts';
import { createFakeClock } from '../../helpers/fake-clock.ts';

const keep = closeAfterEach();

/** A stream that is spoken on every `everyMs` for so long; the sizes of the chunks that were read, joined in pauses. */
function speak({ everyMs, forMs, bytes = 20, isAwaited = () => false }: Speech) {
  const clock = createFakeClock();
  const chunks: number[] = [];
  const delays: number[] = [];
  let waiting: number[] = [];
  let isPaused = false;
  const listeners: ((chunk: Buffer) => void)[] = [];
  const read = (): void => {
    if (isPaused || waiting.length === 0) return;
    const said = waiting;
    waiting = [];
    chunks.push(said.length);
    delays.push(...said.map(at => clock.monotonicNow() - at));
    for (const listener of listeners) listener(Buffer.alloc(said.length * bytes));
  };
  const stream = {
    on: (_event: string, listener: (chunk: Buffer) => void) => listeners.push(listener),
    pause: () => {
      isPaused = true;
    },
    resume: () => {
      isPaused = false;
      read();
    },
  };
  paceReading(stream, clock, isAwaited);
  for (let at = 0; at < forMs; at += everyMs) {
    waiting.push(clock.monotonicNow());
    read();
    clock.advance(everyMs);
  }
  clock.advance(1_000);
  return { chunks, delays, clock };
}

interface Speech {
  readonly everyMs: number;
  readonly forMs: number;
  readonly bytes?: number;
  readonly isAwaited?: () => boolean;
}

describe('reading in pauses', () => {
  it('reads who says twelve and a half messages a second or less each time at once', () => {
    const { chunks, delays } = speak({ everyMs: 80, forMs: 60_000 });
    expect(chunks).toHaveLength(750);
    expect(Math.max(...delays)).toBe(0);
  });

  it('reads the first 50 chunks of a flood at once, then each 80 ms all that came', () => {
    const { chunks, delays, clock } = speak({ everyMs: 1, forMs: 10_000 });
    expect(chunks.slice(0, 50)).toEqual(new Array(50).fill(1));
    expect(chunks.slice(60, 70)).toEqual(new Array(10).fill(80));
    expect(chunks.length).toBeLessThan(50 + 10_000 / 80 + 5);
    expect(Math.max(...delays)).toBeLessThanOrEqual(80);
    expect(chunks.reduce((sum, count) => sum + count, 0)).toBe(10_000);
    expect(clock.pendingTimers()).toBe(0);
  });

  it('does not pause while somebody waits for what comes next', () => {
    const { chunks } = speak({ everyMs: 1, forMs: 1_000, isAwaited: () => true });
    expect(chunks).toHaveLength(1_000);
  });

  it('does not pause behind a long chunk, which has more behind it', () => {
    const { chunks } = speak({ everyMs: 1, forMs: 1_000, bytes: 16_384 });
    expect(chunks).toHaveLength(1_000);
    expect(speak({ everyMs: 1, forMs: 1_000, bytes: 400 }).chunks.length).toBeLessThan(80);
  });
});

describe('a socket that is paused', () => {
  it('reads one chunk ahead and no more', async () => {
    const { here, there } = await connected();
    const first = once(here, 'data');
    here.once('data', () => here.pause());
    there.write('first');
    await first;
    there.write('ahead');
    await expect.poll(() => here.bytesRead).toBe(10);
    for (const word of ['third', 'and', 'more']) {
      there.write(word);
      for (let round = 0; round < 5; round += 1) await turn();
    }
    // What another connection says now comes behind all that.
    const other = await connected();
    const heard = once(other.here, 'data');
    other.there.write('now');
    await heard;
    expect(here.bytesRead).toBe(10);
    const words: string[] = [];
    here.on('data', (chunk: Buffer) => words.push(chunk.toString()));
    here.resume();
    await expect.poll(() => words.join('')).toBe('aheadthirdandmore');
    expect(words).toHaveLength(2);
  });
});

async function connected(): Promise<{ readonly here: Socket; readonly there: Socket }> {
  const server = createServer({ noDelay: true });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const accepted = once(server, 'connection') as Promise<[Socket]>;
  const wanted = {
    host: '127.0.0.1',
    port: typeof address === 'object' ? (address?.port ?? 0) : 0,
    readableHighWaterMark: READ_AHEAD_BYTES,
  };
  const here = connect(wanted);
  const [there] = await accepted;
  keep({
    close: () => {
      here.destroy();
      there.destroy();
      server.close();
    },
  });
  return { here, there };
}
