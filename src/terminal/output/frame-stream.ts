import { EventEmitter } from 'node:events';

/**
 * The stream that Ink gets as its `stdout` (`render(node, { stdout: writer.stream, debug: true, patchConsole: false,
 * interactive: true })`): each write is one whole frame. Without `interactive` Ink hears no resize where CI is set.
 */
export interface FrameStream {
  readonly isTTY: true;
  readonly columns: number;
  readonly rows: number;
  readonly writable: boolean;
  readonly destroyed: boolean;
  readonly writableEnded: boolean;
  write(frame: string, encodingOrDone?: unknown, done?: () => void): boolean;
  on(event: string, listener: (...values: unknown[]) => void): unknown;
  off(event: string, listener: (...values: unknown[]) => void): unknown;
  /** Tells Ink that the size is another. */
  emitResize(): void;
}

/** Whom the stream asks and tells. */
export interface FrameStreamHost {
  size(): { readonly columns: number; readonly rows: number };
  isClosed(): boolean;
  write(frame: string): void;
}

/** What Ink writes beside frames: '' as a barrier, and modes of the terminal (the cursor's), which are the screen's. */
const NO_FRAME = /^(?:\u001b\[\?[\d;]*[hl])*$/;

/** Makes the stream. */
export function createFrameStream(host: FrameStreamHost): FrameStream {
  const events = new EventEmitter();
  return {
    isTTY: true,
    get columns() {
      return host.size().columns;
    },
    get rows() {
      return host.size().rows;
    },
    get writable() {
      return !host.isClosed();
    },
    get destroyed() {
      return host.isClosed();
    },
    writableEnded: false,
    write: (frame, encodingOrDone, done) => {
      if (!NO_FRAME.test(frame)) host.write(frame);
      // Ink waits for the callback of its barrier: it must not wait for a stalled line.
      const callback = typeof encodingOrDone === 'function' ? encodingOrDone : done;
      if (typeof callback === 'function') setImmediate(() => callback());
      return true;
    },
    on: (event, listener) => events.on(event, listener),
    off: (event, listener) => events.off(event, listener),
    emitResize: () => void events.emit('resize'),
  };
}
