import { EventEmitter } from 'node:events';
import type { TtyOutput } from '../../../src/terminal/device/tty-output.ts';

/** A terminal's output side that takes bytes only when the test lets it. */
export interface FakeTty extends TtyOutput {
  columns: number;
  rows: number;
  /** Writes that came and were not let through yet. */
  readonly waiting: readonly string[];
  /** Lets all waiting writes through and returns their text. */
  drain(): string;
  /** Lets each write through as it comes. */
  flow(onText: (text: string) => void): void;
  /** Fails the waiting writes. */
  breakDown(error: Error): void;
  resize(columns: number, rows: number): void;
}

/** Opens one of that size. */
export function openFakeTty(columns = 80, rows = 24): FakeTty {
  const events = new EventEmitter();
  let waiting: { text: string; done: (error?: Error | null) => void }[] = [];
  let sink: ((text: string) => void) | null = null;
  const take = () => {
    const taken = waiting;
    waiting = [];
    return taken;
  };
  const drain = () => {
    const taken = take();
    for (const { done } of taken) done();
    return taken.map(({ text }) => text).join('');
  };
  return {
    isTTY: true,
    columns,
    rows,
    get waiting() {
      return waiting.map(({ text }) => text);
    },
    write: (text, done) => {
      waiting.push({ text, done });
      if (sink !== null) {
        sink(text);
        setImmediate(drain);
      }
      return true;
    },
    on: (event, listener) => events.on(event, listener),
    off: (event, listener) => events.off(event, listener),
    drain,
    flow: onText => {
      sink = onText;
    },
    breakDown: error => {
      for (const { done } of take()) done(error);
    },
    resize(width, height) {
      this.columns = width;
      this.rows = height;
      events.emit('resize');
    },
  };
}

/** Lets everything run that is due in this turn of the event loop and the next. */
export async function turns(count = 2): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise(resolve => setImmediate(resolve));
}
