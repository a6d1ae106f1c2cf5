import type { Duplex, Writable } from 'node:stream';
import type { Clock } from '../clock.ts';
import { type CutterSetup, createPacketCutter, type PlainMessage } from './packet-cutter.ts';
import { paceReading } from './read-pace.ts';

/** How a stream is read, and who gets what. */
export interface Reading extends CutterSetup {
  readonly clock: Pick<Clock, 'after' | 'monotonicNow'>;
  /** Whether somebody waits for what comes next. */
  readonly isAwaited: () => boolean;
  readonly onMessage: (message: PlainMessage) => void;
  /** Whether nobody wants anything of it any more. */
  readonly hasEnded: () => boolean;
}

/** How long messages are handed over before keys, timers and pings get their turn, ms. */
export const TURN_MS = 8;
/** To look at the clock costs as much as a part of a message. */
const LOOK_EACH = 8;

/**
 * Reads packets in their order: plain messages, nearly all of what a house says, are handed over here; all other packets go to
 * mqtt.js, which is fed with them and waited for. Its parser and its queue take several times what the house takes for a
 * message, and as much again to be compiled: a console's first 15 s of 1,000 messages a second took 6.8 % of a core with them,
 * and 5.2 % without.
 */
export function readPackets(stream: Duplex, feed: Writable, reading: Reading): void {
  const { clock, onMessage, hasEnded } = reading;
  const cutter = createPacketCutter(reading);
  const gate = createGate(stream);
  const goOn = (): void => {
    if (handOver()) gate.release();
  };
  /** Hands over what there is of a chunk; `false` where it is to be gone on with later, which is seen to. */
  const handOver = (): boolean => {
    const turnEndsAt = clock.monotonicNow() + TURN_MS;
    for (let count = 1; !hasEnded(); count += 1) {
      const piece = cutter.next();
      if (piece === null) return true;
      if (Buffer.isBuffer(piece)) {
        feed.write(piece, goOn);
        return false;
      }
      onMessage(piece);
      if (count % LOOK_EACH === 0 && clock.monotonicNow() >= turnEndsAt) {
        setImmediate(goOn);
        return false;
      }
    }
    return true;
  };
  stream.on('data', (chunk: Buffer) => {
    cutter.take(chunk);
    if (!handOver()) gate.hold();
  });
  const on = (event: 'data', listener: (chunk: Buffer) => void): unknown => stream.on(event, listener);
  paceReading({ on, pause: gate.hold, resume: gate.release }, clock, reading.isAwaited);
}

/** Holds a stream back as long as there is any reason for it. */
function createGate(stream: Duplex): { readonly hold: () => void; readonly release: () => void } {
  let reasons = 0;
  return {
    hold: () => {
      reasons += 1;
      if (reasons === 1) stream.pause();
    },
    release: () => {
      reasons -= 1;
      if (reasons === 0) stream.resume();
    },
  };
}
