import type { TerminalReply } from '../identity/probe-replies.ts';
import type { InputEvent } from './key-event.ts';
import { createKeyMachine, expectAfterEscape, feed, finish, type KeyMachine, takeForKey } from './key-machine.ts';
import { namedKey } from './key-sequences.ts';

/** Turns the bytes of a terminal into key events: whole sequences only, split where they may; no unknown one is a key. */
export interface KeyDecoder {
  /** Takes bytes as they come, read at `at` (ms). Never throws, whatever the bytes are. */
  push(bytes: Uint8Array, at: number): InputEvent[];
  /** Ends at `at` (ms) what has waited past its deadline: a lone ESC becomes the key, half a sequence is dropped. */
  flush(at: number): InputEvent[];
  /** Drops what is unfinished: its rest will not come. */
  forget(): void;
  /** When `flush` should be called if nothing arrives until then (ms); `null` while nothing is pending. */
  readonly deadlineAt: number | null;
  /** Since when an unfinished sequence waits (ms); `null` while nothing is pending. */
  readonly pendingSince: number | null;
  /** Tells the decoder what the terminal turned out to be. */
  setPutty(isPutty: boolean): void;
}

/** Settings of a decoder. */
export interface KeyDecoderOptions {
  /** PuTTY gives a few sequences a meaning of its own. */
  readonly isPutty?: boolean;
  /** Whether the mouse was asked to report. */
  readonly hasMouse?: boolean;
  /** How long a lone ESC may be the begin of a sequence, ms. */
  readonly escapeWaitMs?: number;
  /** Told each whole sequence that is an answer, a report or unknown: never a key. */
  readonly onReply?: (reply: TerminalReply) => void;
}

/** Half a sequence waits that long for a stalled line: its rest must not be taken for keys. */
const SEQUENCE_WAIT_MS = 2000;
/** After a lone ESC was told, a `[` that comes so soon was its sequence, torn apart on the way. */
const TORN_WAIT_MS = 1000;

/** Makes a decoder. */
export function createKeyDecoder(options: KeyDecoderOptions = {}): KeyDecoder {
  const { isPutty = false, hasMouse = false, escapeWaitMs = 40, onReply = () => {} } = options;
  const events: InputEvent[] = [];
  let pendingSince: number | null = null;
  let escapeToldAt: number | null = null;
  const machine = createKeyMachine({ isPutty, hasMouse }, event => events.push(event), onReply);
  const take = (): InputEvent[] => {
    pendingSince = machine.state === 'ground' ? null : pendingSince;
    return events.splice(0);
  };
  const deadline = () => (pendingSince === null ? null : pendingSince + waitFor(machine, escapeWaitMs));
  return {
    push: (bytes, at) => {
      if (bytes.length > 0) {
        if (isTorn(machine, bytes[0], escapeToldAt, at)) expectAfterEscape(machine);
        escapeToldAt = null;
        pendingSince = at;
      }
      for (const byte of bytes) feed(machine, byte);
      return take();
    },
    flush: at => {
      const due = deadline();
      if (due === null || at < due) return [];
      if (machine.state === 'escape') escapeToldAt = at;
      if (mayBeF1(machine)) takeForKey(machine);
      // Its bytes are no keys, whenever they come; nothing is due for them.
      else if (machine.state === 'mouse') pendingSince = null;
      else giveUp(machine);
      return take();
    },
    forget: () => {
      finish(machine);
      pendingSince = null;
    },
    get deadlineAt() {
      return deadline();
    },
    get pendingSince() {
      return pendingSince;
    },
    setPutty: value => {
      machine.isPutty = value;
    },
  };
}

function waitFor(machine: KeyMachine, escapeWaitMs: number): number {
  return machine.state === 'escape' || mayBeF1(machine) ? escapeWaitMs : SEQUENCE_WAIT_MS;
}

/** PuTTY sends a mouse report only where a program asked for it, and its SCO setting begins one for F1. */
function mayBeF1({ state, isPutty, buffer }: KeyMachine): boolean {
  return state === 'mouse' && isPutty && buffer.length === 0;
}

function isTorn({ state }: KeyMachine, first: number | undefined, escapeToldAt: number | null, at: number): boolean {
  return state === 'ground' && first === 0x5b && escapeToldAt !== null && at - escapeToldAt <= TORN_WAIT_MS;
}

/** Tells what is unfinished as far as it is a key, and drops it. */
function giveUp(machine: KeyMachine): void {
  const { state, isAlt, emit } = machine;
  if (state === 'escape') {
    if (isAlt) emit(namedKey('escape'));
    emit(namedKey('escape'));
  }
  if (state === 'paste') emit(machine.paste.end());
  finish(machine);
}
