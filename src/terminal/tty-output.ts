/** What we need of `process.stdout` when it is a terminal. */
export interface TtyOutput {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  readonly rows?: number | undefined;
  readonly fd?: number | undefined;
  readonly writableLength?: number | undefined;
  write(text: string, done: (error?: Error | null) => void): boolean;
  on(event: 'resize' | 'error', listener: (error: Error) => void): unknown;
  off(event: 'resize' | 'error', listener: (error: Error) => void): unknown;
}

interface BlockingHandle {
  setBlocking?: (isBlocking: boolean) => number;
}

/**
 * Makes writes to the terminal wait in the background instead of in the event loop. Node.js makes those to a tty
 * synchronous, so that one stalled SSH line would stop everything. There is no public way: returns whether it worked.
 */
export function setNonBlocking(output: object): boolean {
  const handle = (output as { _handle?: BlockingHandle | null })._handle;
  if (typeof handle?.setBlocking !== 'function') return false;
  try {
    return handle.setBlocking(false) === 0;
  } catch {
    return false;
  }
}

/** The terminal's size; 80 by 24 while it does not say one, and never one that would exhaust the memory. */
export function sizeOf(output: Pick<TtyOutput, 'columns' | 'rows'>): {
  readonly columns: number;
  readonly rows: number;
} {
  return { columns: sane(output.columns, 80), rows: sane(output.rows, 24) };
}

function sane(value: number | undefined, otherwise: number): number {
  return value === undefined || !(value >= 1) ? otherwise : Math.min(1000, Math.floor(value));
}
