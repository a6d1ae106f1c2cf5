import { refreshSize, sizeOf, type TtyOutput } from '../device/tty-output.ts';
import { openWriteLine } from '../device/write-line.ts';
import type { Capabilities } from '../identity/capabilities.ts';
import { createFramePainter, type FramePainter, type Painting } from './frame-painter.ts';
import { createFrameStream, type FrameStream } from './frame-stream.ts';

/** What the writer has done since it was opened. */
export interface WriterCounters {
  /** Bytes handed to the terminal. */
  readonly bytesWritten: number;
  /** Frames painted: those that came too fast or changed nothing are not among them. */
  readonly framesWritten: number;
  /** Frames handed in. */
  readonly framesReceived: number;
}

/** Paints whole frames on a terminal, each as the difference to what it shows. */
export interface FrameWriter extends WriterCounters {
  /** What Ink gets as its `stdout`. */
  readonly stream: FrameStream;
  /** Hands over a whole frame; it is painted soon, unless a newer one comes first. */
  write(frame: Painting): void;
  /** Clears the terminal and paints everything again: Ctrl-L, after `fg`, after someone else wrote. */
  repaint(): void;
  /** Sends a control sequence between two frames; cursor and pen are taken as unknown afterwards. */
  send(sequence: string): void;
  /** Replaces the capabilities, when the terminal's answers came, and paints what looks different with them. */
  adapt(capabilities: Capabilities): void;
  /** Paints nothing until `resume`, while the terminal belongs to someone else. */
  suspend(): void;
  resume(): void;
  /** Resolves when the newest frame has been taken by the terminal's line, or the writer is closed. */
  flush(): Promise<void>;
  /**
   * Ends the painting: frames that come later are dropped, so call it before Ink is unmounted. Does not restore the
   * terminal, `screen.leave` does.
   */
  close(): void;
}

/** How the writer is opened. */
export interface FrameWriterOptions {
  readonly output: TtyOutput;
  readonly capabilities: Capabilities;
  /** A frame that is on the terminal already. */
  readonly shown?: string | null;
  /** Told once when the terminal is gone (EIO, EPIPE): nothing is written any more. */
  readonly onGone?: (error: Error) => void;
}

/** Opens a writer. A stalled line keeps the newest frame waiting, and no other. */
export function openFrameWriter({ output, capabilities, shown = null, onGone }: FrameWriterOptions): FrameWriter {
  const painter = createFramePainter(capabilities);
  const waiting = createWaiting(painter, output, shown);
  const line = openWriteLine({ output, nextText: waiting.take, onGone: error => onGone?.(error) });
  let framesReceived = 0;
  const write = (frame: Painting) => {
    if (line.isClosed) return;
    framesReceived += 1;
    waiting.put(frame);
    line.wake();
  };
  const paintAgain = () => {
    waiting.putAgain();
    line.wake();
  };
  const repaint = () => {
    painter.forgetScreen();
    paintAgain();
  };
  const stream = createFrameStream({ size: () => sizeOf(output), isClosed: () => line.isClosed, write });
  const resized = () => {
    repaint();
    stream.emitResize();
  };
  output.on('resize', resized);
  return {
    stream,
    get bytesWritten() {
      return line.bytesWritten;
    },
    get framesWritten() {
      return waiting.framesTaken;
    },
    get framesReceived() {
      return framesReceived;
    },
    write,
    repaint,
    send: sequence => {
      waiting.putControls(sequence);
      line.wake();
    },
    adapt: next => {
      painter.adapt(next);
      paintAgain();
    },
    suspend: () => waiting.hold(true),
    resume: () => {
      waiting.hold(false);
      line.unblock();
      refreshSize(output);
      repaint();
    },
    flush: line.flush,
    close: () => {
      output.off('resize', resized);
      line.close();
    },
  };
}

/** What the line is to take next: control sequences, and the newest frame. */
interface Waiting {
  /** Frames that became text: those that changed nothing are not among them. */
  readonly framesTaken: number;
  readonly put: (frame: Painting) => void;
  /** Puts the newest frame again, where there ever was one. */
  readonly putAgain: () => void;
  readonly putControls: (sequence: string) => void;
  /** Whether frames are to wait; control sequences never do. */
  readonly hold: (isHeld: boolean) => void;
  /** Takes it as text, '' for nothing: a frame as its difference to what the terminal shows. */
  readonly take: () => string;
}

function createWaiting(painter: FramePainter, output: TtyOutput, shown: string | null): Waiting {
  let latest: Painting | null = shown;
  let controls = '';
  let isDirty = false;
  let isHeld = false;
  let framesTaken = 0;
  if (shown !== null) {
    const { columns, rows } = sizeOf(output);
    painter.assume(shown, columns, rows);
  }
  const takeFrame = (): string => {
    if (!isDirty || isHeld || latest === null) return '';
    isDirty = false;
    const { columns, rows } = sizeOf(output);
    const text = painter.paint(latest, columns, rows);
    if (text !== '') framesTaken += 1;
    return text;
  };
  return {
    get framesTaken() {
      return framesTaken;
    },
    put: frame => {
      latest = frame;
      isDirty = true;
    },
    putAgain: () => {
      isDirty = latest !== null;
    },
    putControls: sequence => {
      controls += sequence;
    },
    hold: given => {
      isHeld = given;
    },
    take: () => {
      const sequence = controls;
      controls = '';
      if (sequence !== '') painter.forgetCursor();
      return sequence + takeFrame();
    },
  };
}
