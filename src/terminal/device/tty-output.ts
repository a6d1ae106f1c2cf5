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

interface TtyHandle {
  setBlocking?: (isBlocking: boolean) => number;
  close?: () => void;
}

function handleOf(output: object): TtyHandle | null | undefined {
  return (output as { _handle?: TtyHandle | null })._handle;
}

/**
 * Makes writes to the terminal wait in the background instead of in the event loop. Node.js makes those to a tty
 * synchronous, so that one stalled SSH line would stop everything. There is no public way: returns whether it worked.
 */
export function setNonBlocking(output: object): boolean {
  const handle = handleOf(output);
  if (typeof handle?.setBlocking !== 'function') return false;
  try {
    return handle.setBlocking(false) === 0;
  } catch {
    return false;
  }
}

/**
 * Gives up what the terminal has not taken yet, which would else come after the sequence that leaves the screen, onto
 * the shell's. The stream writes nothing after this; the file descriptor stays open. There is no public way.
 */
export function dropWrites(output: object & Pick<TtyOutput, 'writableLength'>): void {
  const handle = handleOf(output);
  if ((output.writableLength ?? 0) > 0 && typeof handle?.close === 'function') handle.close();
}

/**
 * Makes the stream look at the terminal's size now; it emits `resize` if that is another. A stopped program is not told
 * of a resize (the shell has the terminal then), and Node.js has no public way to look.
 */
export function refreshSize(output: object): void {
  const { _refreshSize: look } = output as { _refreshSize?: () => void };
  if (typeof look === 'function') look.call(output);
}

/** In cells. */
export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/** The terminal's size; 80 by 24 while it does not say one, and never one that would exhaust the memory. */
export function sizeOf(output: Pick<TtyOutput, 'columns' | 'rows'>): TerminalSize {
  return { columns: sane(output.columns, 80), rows: sane(output.rows, 24) };
}

function sane(value: number | undefined, otherwise: number): number {
  return value === undefined || !(value >= 1) ? otherwise : Math.min(1000, Math.floor(value));
}
