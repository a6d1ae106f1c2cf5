import type { Clock } from '../clock.ts';

/** How long a socket in a flood is left alone, ms: what comes meanwhile is read at once. Values are drawn less often than that. */
const PAUSE_MS = 80;
/** So many chunks are read without a pause first: an answer with its values is no flood. */
const FREE_CHUNKS = 50;
/** Behind a chunk of so many bytes there is more: what waits at the broker is read as fast as it comes. */
const LONG_CHUNK_BYTES = 16_384;

/** So that in a pause one chunk is read ahead and no more, bytes: each further one would wake the program. */
export const READ_AHEAD_BYTES = 1;

/** What is read in pauses. */
interface Paced {
  readonly on: (event: 'data', listener: (chunk: Buffer) => void) => unknown;
  readonly pause: () => void;
  readonly resume: () => void;
}

/**
 * Reads a stream of many small messages in pauses. Each wakes the program, which costs several times what the message
 * does: measured, 1,000 of them a second take 3.8 % of a core in mqtt.js one by one, and 1.1 % together. The time that
 * went by since the last chunk pays for the next, so that who sends up to 12 a second is always read at once.
 * Consoles side by side at 1,000 a second took 4.8 % of a core with pauses of 40 ms, and 4.1 % with these; at 100 a second of
 * four values 3.5 and 2.6 %. A message is read up to two pauses late. `isAwaited`: somebody waits for what comes next.
 */
export function paceReading(
  stream: Paced,
  clock: Pick<Clock, 'after' | 'monotonicNow'>,
  isAwaited: () => boolean,
): void {
  let free = FREE_CHUNKS;
  let readAt = clock.monotonicNow();
  stream.on('data', (chunk: Buffer) => {
    const now = clock.monotonicNow();
    free = Math.min(FREE_CHUNKS, free + (now - readAt) / PAUSE_MS) - 1;
    readAt = now;
    if (free >= 0) return;
    free = -1;
    if (chunk.length >= LONG_CHUNK_BYTES || isAwaited()) return;
    stream.pause();
    clock.after(PAUSE_MS, stream.resume);
  });
}
