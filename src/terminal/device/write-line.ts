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
  const waiters = createWaiters();
  let state: 'idle' | 'scheduled' | 'writing' | 'closed' = 'idle';
  let isWoken = false;
  let bytesWritten = 0;
  const close = () => {
    if (state === 'writing') dropWrites(output);
    state = 'closed';
    waiters.release();
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
    if (text === '') return waiters.release();
    bytesWritten += Buffer.byteLength(text);
    output.write(text, written);
  };
  const written = (error?: Error | null) => {
    if (error) return fail(error);
    if (state === 'closed') return;
    state = 'idle';
    if (isWoken) schedule();
    else waiters.release();
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
    flush: () => (state === 'idle' || state === 'closed' ? Promise.resolve() : waiters.wait()),
    close,
  };
}

/** Those who wait for the line to be free. */
function createWaiters(): { readonly wait: () => Promise<void>; readonly release: () => void } {
  const waiting: (() => void)[] = [];
  return {
    wait: () => new Promise(resolve => waiting.push(resolve)),
    release: () => {
      for (const resolve of waiting.splice(0)) resolve();
    },
  };
}
