import { EventEmitter } from 'node:events';
import type { Capabilities } from './capabilities.ts';
import type { Frame } from './cell.ts';
import { diffFrames } from './frame-diff.ts';
import { createFrameParser } from './frame-parser.ts';
import { type Cursor, UNKNOWN_CURSOR } from './pencil.ts';
import { createStyleTable } from './style.ts';
import { setNonBlocking, type TtyOutput } from './tty-output.ts';

/** What the writer has done since it was opened. */
export interface WriterCounters {
  /** Bytes handed to the terminal. */
  readonly bytesWritten: number;
  /** Frames painted: those that came too fast or changed nothing are not among them. */
  readonly framesWritten: number;
  /** Frames handed in. */
  readonly framesReceived: number;
}

/**
 * The stream that Ink gets as its `stdout` (`render(node, { stdout: writer.stream, debug: true, patchConsole: false,
 * interactive: true })`): each write is one whole frame.
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
}

/** Paints whole frames on a terminal, each as the difference to what it shows. */
export interface FrameWriter extends WriterCounters {
  readonly stream: FrameStream;
  /** Hands over a whole frame; it is painted soon, unless a newer one comes first. */
  write(frame: string): void;
  /** Clears the terminal and paints everything again: Ctrl-L, after `fg`, after someone else wrote. */
  repaint(): void;
  /** Sends a control sequence between two frames; cursor and pen are taken as unknown afterwards. */
  send(sequence: string): void;
  /** Replaces the capabilities, when the terminal's answers came, and repaints. */
  adapt(capabilities: Capabilities): void;
  /** Paints nothing until `resume`, while the terminal belongs to someone else. */
  suspend(): void;
  resume(): void;
  /** Resolves when the newest frame is on its way and nothing waits, or the writer is closed. */
  flush(): Promise<void>;
  /** Ends the painting: frames that come later are dropped. Does not restore the terminal, `screen.leave` does. */
  close(): void;
}

/** How the writer is opened. */
export interface FrameWriterOptions {
  readonly output: TtyOutput;
  readonly capabilities: Capabilities;
  /** Told once when the terminal is gone (EIO, EPIPE): nothing is written any more. */
  readonly onGone?: (error: Error) => void;
}

/** What Ink writes beside frames: '' as a barrier, and modes of the terminal (the cursor's), which are the screen's. */
const NO_FRAME = /^(?:\u001b\[\?[\d;]*[hl])*$/;

/** A burst of bytes that a terminal may show half done is worth the 16 bytes of synchronized output. */
const SYNCHRONIZE_FROM = 512;

/** Opens a writer. At most one write is in flight: a stalled line keeps the newest frame waiting, and no other. */
export function openFrameWriter({ output, capabilities: first, onGone }: FrameWriterOptions): FrameWriter {
  const events = new EventEmitter();
  const styles = createStyleTable();
  const counters = { bytesWritten: 0, framesWritten: 0, framesReceived: 0 };
  const waiting: (() => void)[] = [];
  let capabilities = first;
  let parser = createFrameParser(styles, capabilities.colors);
  let latest: string | null = null;
  let controls = '';
  let shown: Frame | null = null;
  let cursor: Cursor = UNKNOWN_CURSOR;
  let isDirty = false;
  let isScheduled = false;
  let isInFlight = false;
  let isSuspended = false;
  let isClosed = false;

  const size = () => ({ columns: sane(output.columns, 80), rows: sane(output.rows, 24) });
  const isIdle = () => !isInFlight && !isScheduled && controls === '' && (!isDirty || isSuspended);

  const settle = () => {
    if (!isClosed && !isIdle()) return;
    for (const done of waiting.splice(0)) done();
  };

  const schedule = () => {
    if (isScheduled || isInFlight || isClosed) return;
    isScheduled = true;
    // After all input that is there has been handled, so that what came together is one write.
    setImmediate(() => {
      isScheduled = false;
      if (!isInFlight) paint();
    });
  };

  const fail = (error: Error) => {
    if (isClosed) return;
    close();
    onGone?.(error);
  };

  const transmit = (text: string) => {
    isInFlight = true;
    counters.bytesWritten += Buffer.byteLength(text);
    output.write(text, error => {
      isInFlight = false;
      if (error) return fail(error);
      if (isDirty || controls !== '') schedule();
      settle();
    });
  };

  const paint = () => {
    if (isClosed) return;
    let text = controls;
    if (controls !== '') {
      controls = '';
      cursor = UNKNOWN_CURSOR;
    }
    if (isDirty && !isSuspended && latest !== null) text += nextFrame(latest);
    if (text === '') settle();
    else transmit(text);
  };

  const nextFrame = (frame: string): string => {
    isDirty = false;
    const { columns, rows } = size();
    const after = parser.parse(frame, columns, rows);
    const diff = diffFrames({ before: shown, after, cursor, styles, capabilities });
    shown = after;
    cursor = diff.cursor;
    if (diff.output === '') return '';
    counters.framesWritten += 1;
    const isBurst = capabilities.hasSynchronizedOutput && diff.output.length >= SYNCHRONIZE_FROM;
    return isBurst ? `\u001b[?2026h${diff.output}\u001b[?2026l` : diff.output;
  };

  const write = (frame: string) => {
    if (isClosed) return;
    counters.framesReceived += 1;
    latest = frame;
    isDirty = true;
    schedule();
  };

  const repaint = () => {
    shown = null;
    cursor = UNKNOWN_CURSOR;
    isDirty = latest !== null;
    if (isDirty) schedule();
  };

  const resized = () => {
    repaint();
    events.emit('resize');
  };

  const close = () => {
    isClosed = true;
    output.off('resize', resized);
    settle();
  };

  setNonBlocking(output);
  output.on('resize', resized);
  output.on('error', fail);

  const stream: FrameStream = {
    isTTY: true,
    get columns() {
      return size().columns;
    },
    get rows() {
      return size().rows;
    },
    get writable() {
      return !isClosed;
    },
    get destroyed() {
      return isClosed;
    },
    writableEnded: false,
    write: (frame, encodingOrDone, done) => {
      if (!NO_FRAME.test(frame)) write(frame);
      // Ink writes '' as a barrier and waits for its callback: it must not wait for a stalled line.
      const callback = typeof encodingOrDone === 'function' ? encodingOrDone : done;
      if (typeof callback === 'function') setImmediate(() => callback());
      return true;
    },
    on: (event, listener) => events.on(event, listener),
    off: (event, listener) => events.off(event, listener),
  };

  return {
    stream,
    get bytesWritten() {
      return counters.bytesWritten;
    },
    get framesWritten() {
      return counters.framesWritten;
    },
    get framesReceived() {
      return counters.framesReceived;
    },
    write,
    repaint,
    send: sequence => {
      if (isClosed) return;
      controls += sequence;
      schedule();
    },
    adapt: next => {
      if (next.colors !== capabilities.colors) parser = createFrameParser(styles, next.colors);
      capabilities = next;
      repaint();
    },
    suspend: () => {
      isSuspended = true;
    },
    resume: () => {
      isSuspended = false;
      setNonBlocking(output);
      repaint();
    },
    flush: () => new Promise(resolve => (isClosed || isIdle() ? resolve() : waiting.push(resolve))),
    close,
  };
}

/** A size that a terminal may have; some report 0 before they know, and a wrong one must not exhaust the memory. */
function sane(value: number | undefined, otherwise: number): number {
  return value === undefined || value < 1 ? otherwise : Math.min(1000, Math.floor(value));
}
