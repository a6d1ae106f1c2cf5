/** Cuts a stream of bytes into lines. */
export interface LineSplitter {
  /** Hands out each line that is whole by now, without its end. */
  readonly push: (bytes: Uint8Array) => void;
  /** What comes next is a new stream: half a line is forgotten. */
  readonly reset: (options?: { readonly isMidLine: boolean }) => void;
}

/** The longest line of a broker's log: a topic (64 KiB) and some words. What is longer is cut there. */
const MAX_LINE_BYTES = 70_000;
const LINE_FEED = 0x0a;

/** Half a line waits for its other half; bytes that are no UTF-8 become replacement characters. */
export function createLineSplitter(onLine: (line: string) => void): LineSplitter {
  let pending: Uint8Array[] = [];
  let pendingBytes = 0;
  let isSkipping = false;
  const keep = (part: Uint8Array): void => {
    const room = MAX_LINE_BYTES - pendingBytes;
    if (room <= 0 || part.length === 0) return;
    const kept = part.slice(0, room);
    pending.push(kept);
    pendingBytes += kept.length;
  };
  const end = (): void => {
    const line = Buffer.concat(pending).toString('utf8').replace(/\r$/, '');
    pending = [];
    pendingBytes = 0;
    if (!isSkipping && line !== '') onLine(line);
    isSkipping = false;
  };
  return {
    push: bytes => {
      let start = 0;
      for (let at = bytes.indexOf(LINE_FEED); at !== -1; at = bytes.indexOf(LINE_FEED, start)) {
        keep(bytes.subarray(start, at));
        end();
        start = at + 1;
      }
      keep(bytes.subarray(start));
    },
    reset: options => {
      pending = [];
      pendingBytes = 0;
      isSkipping = options?.isMidLine === true;
    },
  };
}
