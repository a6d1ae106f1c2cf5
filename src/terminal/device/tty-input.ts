/** What we need of `process.stdin` when it is a terminal. */
export interface TtyInput {
  readonly isTTY?: boolean | undefined;
  readonly isRaw?: boolean | undefined;
  setRawMode?(isRaw: boolean): unknown;
  on(event: 'data', listener: (chunk: Uint8Array) => void): unknown;
  on(event: 'end' | 'close', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  off(event: 'data', listener: (chunk: Uint8Array) => void): unknown;
  off(event: 'end' | 'close', listener: () => void): unknown;
  off(event: 'error', listener: (error: Error) => void): unknown;
  resume(): unknown;
  pause(): unknown;
}

/** Sets raw mode; a terminal that is gone (EIO) is no error, the `end` event will tell. */
export function setRawMode(input: TtyInput, isRaw: boolean): void {
  try {
    input.setRawMode?.(isRaw);
  } catch {
    // Nobody is left to restore anything for.
  }
}
