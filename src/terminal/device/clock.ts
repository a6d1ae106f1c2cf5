/** The part of a clock that the terminal needs. */
export interface TerminalClock {
  /** ms since some moment, even. */
  readonly monotonicNow: () => number;
  /** Calls once after `delayMs`. */
  readonly after: (delayMs: number, call: () => void) => { readonly cancel: () => void };
}
