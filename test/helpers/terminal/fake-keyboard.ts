import { EventEmitter } from 'node:events';
import type { TtyInput } from '../../../src/terminal/device/tty-input.ts';

/** A terminal's input side that a test types on. */
export interface FakeKeyboard extends TtyInput {
  readonly isRaw: boolean;
  readonly isPaused: boolean;
  /** Keys, or some of the bytes of one. */
  type(text: string | Buffer): void;
  end(): void;
  fail(error: Error): void;
}

/** Opens one. */
export function openFakeKeyboard(): FakeKeyboard {
  const events = new EventEmitter();
  let isRaw = false;
  let isPaused = true;
  return {
    isTTY: true,
    get isRaw() {
      return isRaw;
    },
    get isPaused() {
      return isPaused;
    },
    setRawMode: value => {
      isRaw = value;
    },
    on: (event: string, listener: (value: never) => void) => events.on(event, listener as () => void),
    off: (event: string, listener: (value: never) => void) => events.off(event, listener as () => void),
    resume: () => {
      isPaused = false;
    },
    pause: () => {
      isPaused = true;
    },
    type: text => void events.emit('data', Buffer.from(text)),
    end: () => void events.emit('end'),
    fail: error => void events.emit('error', error),
  };
}
