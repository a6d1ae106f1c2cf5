import type { TerminalClock } from '../device/clock.ts';
import { setRawMode, type TtyInput } from '../device/tty-input.ts';
import type { TerminalReply } from '../identity/probe-replies.ts';
import { createKeyDecoder, type KeyDecoder } from './key-decoder.ts';
import type { InputEvent, KeyEvent, MouseEvent } from './key-event.ts';
import { plainText } from './paste-buffer.ts';

/** How the input is opened. */
export interface TerminalInputOptions {
  readonly input: TtyInput;
  readonly onKey: (event: KeyEvent) => void;
  /** Told once when the terminal is gone or its input has ended; `error` is absent for a plain end. */
  readonly onEnd?: (error?: Error) => void;
  readonly clock: TerminalClock;
  /** Told what the mouse says; absent where it was not asked to report. */
  readonly onMouse?: ((event: MouseEvent) => void) | undefined;
  /** How long a lone ESC may be the begin of a sequence, ms. */
  readonly escapeWaitMs?: number;
}

/** The keyboard in raw mode. */
export interface TerminalInput {
  /** Hears the terminal's answers; returns how to stop hearing them. */
  onReply(listener: (reply: TerminalReply) => void): () => void;
  /** Tells the decoder that the terminal is PuTTY. */
  setPutty(isPutty: boolean): void;
  /**
   * Stops reading and restores the mode of the tty, for SIGTSTP; `resume` takes it again. Something else must keep the
   * event loop busy meanwhile, or Node.js exits before it hears SIGCONT.
   */
  suspend(): void;
  resume(): void;
  /** Stops reading and restores the mode of the tty. Doing it again does nothing. */
  close(): void;
}

/** Puts the terminal into raw mode and decodes what it sends. */
export function openTerminalInput(options: TerminalInputOptions): TerminalInput {
  const { input, onKey, onEnd, clock, onMouse, escapeWaitMs = 40 } = options;
  const replies = createReplies();
  const decoder = createKeyDecoder({ escapeWaitMs, hasMouse: onMouse !== undefined, onReply: replies.tell });
  let isClosed = false;
  /** How often the input was given back. */
  let releases = 0;

  const deliver = (events: readonly InputEvent[]) => {
    const before = releases;
    // What was typed behind a Ctrl-Z was meant for the shell: `fg` must not switch a fan.
    for (const event of events) {
      if (releases !== before) return;
      if (event.type === 'mouse') onMouse?.(event);
      else onKey(event);
    }
  };
  const read = (chunk: Uint8Array) => {
    deliver(decodeChunk(decoder, chunk, clock.monotonicNow()));
    if (!isClosed) alarm.set();
  };
  const expire = () => {
    // A timer may fire a little early; what it was set for is due.
    deliver(decoder.flush(Math.max(clock.monotonicNow(), decoder.deadlineAt ?? 0)));
    if (!isClosed) alarm.set();
  };
  const alarm = createAlarm(clock, () => decoder.deadlineAt, expire);
  const keyboard = holdKeyboard(input, read);
  const ended = () => finish();
  const finish = (error?: Error) => {
    if (isClosed) return;
    close();
    onEnd?.(error);
  };
  const release = () => {
    releases += 1;
    decoder.forget();
    alarm.cancel();
    keyboard.release();
  };
  const close = () => {
    if (isClosed) return;
    isClosed = true;
    release();
    input.off('end', ended);
    input.off('close', ended);
  };
  input.on('end', ended);
  input.on('close', ended);
  // Stays for good: an EIO that comes after the close has nobody else to catch it.
  input.on('error', finish);
  keyboard.take();
  return {
    onReply: replies.listen,
    setPutty: decoder.setPutty,
    suspend: () => {
      if (!isClosed) release();
    },
    resume: () => {
      if (!isClosed) keyboard.take();
    },
    close,
  };
}

/** Takes the tty raw and reads it, or gives it back. */
function holdKeyboard(input: TtyInput, read: (chunk: Uint8Array) => void): Record<'take' | 'release', () => void> {
  return {
    take: () => {
      setRawMode(input, true);
      input.on('data', read);
      input.resume();
    },
    release: () => {
      input.off('data', read);
      input.pause();
      setRawMode(input, false);
    },
  };
}

type ReplyListener = (reply: TerminalReply) => void;

/** The terminal's answers, for all who listen. */
function createReplies(): { readonly tell: ReplyListener; readonly listen: (listener: ReplyListener) => () => void } {
  const listeners = new Set<ReplyListener>();
  return {
    tell: reply => {
      for (const listener of [...listeners]) listener(reply);
    },
    listen: listener => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** One timer, set anew for whenever the next thing is due, ms; `null` for never. */
function createAlarm(
  clock: TerminalClock,
  dueAt: () => number | null,
  call: () => void,
): { readonly set: () => void; readonly cancel: () => void } {
  let timer: { readonly cancel: () => void } | null = null;
  const cancel = () => {
    timer?.cancel();
    timer = null;
  };
  return {
    set: () => {
      cancel();
      const due = dueAt();
      if (due !== null) timer = clock.after(Math.max(0, due - clock.monotonicNow()), call);
    },
    cancel,
  };
}

/** Terminals without bracketed paste send a paste as typed: that many characters in one read were not typed. */
const PASTED_FROM = 16;

function decodeChunk(decoder: KeyDecoder, chunk: Uint8Array, at: number): readonly InputEvent[] {
  if (decoder.pendingSince !== null) return decoder.push(chunk, at);
  // A key that was pressed right after it may have come in the same read.
  const end = chunk.findIndex(byte => !isTextByte(byte));
  const text = end < 0 ? chunk : chunk.subarray(0, end);
  if (!isUnbracketedPaste(text)) return decoder.push(chunk, at);
  const paste: InputEvent = { type: 'paste', text: plainText(text) };
  return [paste, ...decoder.push(chunk.subarray(text.length), at)];
}

/** 0x1A is Ctrl-Z, and the end of many a text from DOS. */
const isTextByte = (byte: number): boolean =>
  (byte >= 0x20 && byte !== 0x7f) || byte === 0x0d || byte === 0x0a || byte === 0x09 || byte === 0x1a;

/** A held key may come as a burst too, when a stalled line moves again; it repeats itself. */
function isUnbracketedPaste(text: Uint8Array): boolean {
  return text.length >= PASTED_FROM && new Set(text).size > 4;
}
