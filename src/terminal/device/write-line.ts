import { dropWrites, setNonBlocking, type TtyOutput } from './tty-output.ts';

/** A line that carries one write at a time; what to write is asked for when it has room. */
export interface WriteLine {
  readonly bytesWritten: number;
  readonly isClosed: boolean;
  /** There is something to write: asks for it as soon as the line has room. */
  wake(): void;
  /** Makes writes wait in the background once more: a shell that had the terminal may have changed that. */
  unblock(): void;
  /** Resolves when everything that was there to write has been taken by the line, or the line is closed. */
  flush(): Promise<void>;
  /** Ends the line; what it has not taken yet is given up. */
  close(): void;
}

/** How a line is opened. */
export interface WriteLineOptions {
  readonly output: TtyOutput;
  /** The text to write now; '' for none. */
  readonly nextText: () => string;
  /** Told once when the terminal is gone; the line is closed then. */
  readonly onGone: (error: Error) => void;
}

/** Opens the line. */
export function openWriteLine({ output, nextText, onGone }: WriteLineOptions): WriteLine {
  const flushing: (() => void)[] = [];
  let state: 'idle' | 'scheduled' | 'writing' | 'closed' = 'idle';
  let isWoken = false;
  let bytesWritten = 0;

  const settle = () => {
    for (const resolve of flushing.splice(0)) resolve();
  };
  const close = () => {
    if (state === 'writing') dropWrites(output);
    state = 'closed';
    settle();
  };
  const fail = (error: Error) => {
    if (state === 'closed') return;
    close();
    onGone(error);
  };
  const schedule = () => {
    state = 'scheduled';
    // After all input that is there has been handled, so that what came together is one write.
    setImmediate(() => {
      if (state === 'scheduled') transmit();
    });
  };
  const transmit = () => {
    isWoken = false;
    const text = nextText();
    state = text === '' ? 'idle' : 'writing';
    if (text === '') return settle();
    bytesWritten += Buffer.byteLength(text);
    output.write(text, written);
  };
  const written = (error?: Error | null) => {
    if (error) return fail(error);
    if (state === 'closed') return;
    state = 'idle';
    if (isWoken) schedule();
    else settle();
  };

  setNonBlocking(output);
  // Stays for good: an error that comes after the close has nobody else to catch it.
  output.on('error', fail);
  return {
    get bytesWritten() {
      return bytesWritten;
    },
    get isClosed() {
      return state === 'closed';
    },
    wake: () => {
      isWoken = true;
      if (state === 'idle') schedule();
    },
    unblock: () => void setNonBlocking(output),
    flush: () => new Promise(resolve => (state === 'idle' || state === 'closed' ? resolve() : flushing.push(resolve))),
    close,
  };
}
