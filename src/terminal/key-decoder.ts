import type { KeyEvent } from './key-event.ts';
import { characterKey, controlKey, csiKey, linuxKey, namedKey, ss3Key } from './key-sequences.ts';
import { createPasteBuffer } from './paste-buffer.ts';
import type { TerminalReply } from './probe-replies.ts';

/** Turns the bytes of a terminal into key events: whole sequences only, split where they may; no unknown one is a key. */
export interface KeyDecoder {
  /** Takes bytes as they come, read at `at` (ms). Never throws, whatever the bytes are. */
  push(bytes: Uint8Array, at: number): KeyEvent[];
  /** Ends at `at` (ms) what has waited past its deadline: a lone ESC becomes the key, half a sequence is dropped. */
  flush(at: number): KeyEvent[];
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
  /** How long a lone ESC may be the begin of a sequence, ms. */
  readonly escapeWaitMs?: number;
  /** Told each whole sequence that is an answer, a report or unknown: never a key. */
  readonly onReply?: (reply: TerminalReply) => void;
}

type State =
  | 'ground'
  | 'character' // in the middle of a UTF-8 character
  | 'escape' // after ESC
  | 'sequence' // after ESC [
  | 'overlong' // in a sequence too long to be one: dropped to its end
  | 'linux' // after ESC [ [
  | 'mouse' // after ESC [ M: three bytes follow, or it was F1 of SCO
  | 'ss3' // after ESC O
  | 'string' // OSC, DCS, APC, PM or SOS, up to BEL or ST
  | 'stringEscape' // ESC within such a string
  | 'paste'; // between the brackets of a paste

const ESC = 0x1b;
const LONGEST_SEQUENCE = 64;
const LONGEST_REPLY = 1024;
/** Half a sequence waits that long for a stalled line: its rest must not be taken for keys. */
const SEQUENCE_WAIT_MS = 2000;
/** After a lone ESC was told, a `[` that comes so soon was its sequence, torn apart on the way. */
const TORN_WAIT_MS = 1000;

/** Makes a decoder. */
export function createKeyDecoder(options: KeyDecoderOptions = {}): KeyDecoder {
  const escapeWaitMs = options.escapeWaitMs ?? 40;
  const paste = createPasteBuffer();
  let isPutty = options.isPutty ?? false;
  let state: State = 'ground';
  let buffer: number[] = [];
  let expected = 0;
  let isAlt = false;
  let introducer = '[';
  let pendingSince: number | null = null;
  let escapeToldAt: number | null = null;
  let events: KeyEvent[] = [];

  const emit = (event: KeyEvent | null) => {
    if (event !== null) events.push(event);
  };
  const enter = (next: State) => {
    state = next;
    buffer = [];
  };
  const finish = () => {
    enter('ground');
    isAlt = false;
  };
  const text = () => String.fromCharCode(...buffer);
  const reply = () => {
    if (buffer.length > 0) options.onReply?.({ introducer, body: text() });
  };

  const beginCharacter = (byte: number) => {
    expected = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    enter('character');
    buffer.push(byte);
  };

  const ground = (byte: number) => {
    if (byte === ESC) return enter('escape');
    if (byte < 0x20 || byte === 0x7f) emit(controlKey(byte, isAlt));
    else if (byte < 0x7f) emit(characterKey(String.fromCharCode(byte), isAlt));
    else if (byte >= 0xc2 && byte <= 0xf4) return beginCharacter(byte);
    else if (byte < 0xa0) return eightBitControl(byte);
    finish();
  };

  /** C1 controls in one byte: never valid at this place in UTF-8, so that a terminal sent them. */
  const eightBitControl = (byte: number) => afterEscape(byte - 0x40, true);

  const character = (byte: number) => {
    if (byte < 0x80 || byte > 0xbf) {
      // Not a continuation: what was begun is no character, and this byte begins anew.
      finish();
      return ground(byte);
    }
    buffer.push(byte);
    if (buffer.length < expected) return;
    const decoded = Buffer.from(buffer).toString('utf8');
    const isPrintable = !/[\ufffd\u0080-\u009f]/.test(decoded);
    if (isPrintable) emit(characterKey(decoded, isAlt));
    finish();
  };

  const afterEscape = (byte: number, isC1 = false) => {
    const letter = String.fromCharCode(byte);
    if (letter === '[') return enter('sequence');
    if (letter === 'O') return enter('ss3');
    if (']P_^X'.includes(letter)) {
      introducer = letter;
      return enter('string');
    }
    if (isC1) return finish();
    if (byte === ESC) {
      // Alt with a key that sends a sequence, or Esc pressed twice: flush tells.
      if (isAlt) emit(namedKey('escape'));
      isAlt = true;
      return enter('escape');
    }
    if (isAlt) emit(namedKey('escape'));
    isAlt = true;
    state = 'ground';
    ground(byte);
  };

  const sequence = (byte: number) => {
    if (isAborted(byte)) return;
    if (byte === 0x5b && buffer.length === 0) return enter('linux');
    if (byte === 0x4d && buffer.length === 0) return enter('mouse');
    buffer.push(byte);
    // rxvt ends keys with Shift in `$`, which elsewhere comes before the final character of a report.
    const isShiftedRxvt = byte === 0x24 && /^\d+\$$/.test(text());
    if (byte < 0x40 && !isShiftedRxvt) {
      if (buffer.length > LONGEST_SEQUENCE) enter('overlong');
      return;
    }
    endSequence();
  };

  const endSequence = () => {
    const body = text();
    if (body === '200~') {
      paste.begin();
      return finishInto('paste');
    }
    const event = csiKey(body, isAlt, isPutty);
    introducer = '[';
    if (event === null) reply();
    emit(event);
    finish();
  };

  const finishInto = (next: State) => {
    finish();
    enter(next);
  };

  const linux = (byte: number) => {
    if (isAborted(byte)) return;
    emit(linuxKey(String.fromCharCode(byte), isAlt));
    finish();
  };

  const mouse = (byte: number) => {
    if (isAborted(byte)) return;
    buffer.push(byte);
    if (buffer.length === 3) finish();
  };

  const ss3 = (byte: number) => {
    if (isAborted(byte)) return;
    buffer.push(byte);
    // Some terminals put a modifier before the letter: ESC O 5 P.
    if (byte >= 0x30 && byte <= 0x39 && buffer.length === 1) return;
    emit(ss3Key(text(), isAlt, isPutty));
    finish();
  };

  /** ESC begins a new sequence in the middle of another; a control character ends it and is a key of its own. */
  const isAborted = (byte: number): boolean => {
    if (byte >= 0x20 && byte !== 0x7f) return false;
    finish();
    ground(byte);
    return true;
  };

  const string = (byte: number) => {
    if (byte === ESC) state = 'stringEscape';
    else if (byte === 0x07 || byte === 0x9c) endString();
    else if (byte === 0x18 || byte === 0x1a || byte === 0x03) isAborted(byte);
    else if (buffer.length < LONGEST_REPLY) buffer.push(byte);
  };

  const endString = () => {
    reply();
    finish();
  };

  const stringEscape = (byte: number) => {
    if (byte === 0x5c) return endString();
    finish();
    enter('escape');
    afterEscape(byte);
  };

  const handlers: Readonly<Record<State, (byte: number) => void>> = {
    ground,
    character,
    escape: byte => afterEscape(byte),
    sequence,
    overlong: byte => {
      if (!isAborted(byte) && byte >= 0x40) finish();
    },
    linux,
    mouse,
    ss3,
    string,
    stringEscape,
    paste: byte => {
      const pasted = paste.push(byte);
      if (pasted === null) return;
      emit(pasted);
      finish();
    },
  };

  const take = (): KeyEvent[] => {
    const taken = events;
    events = [];
    return taken;
  };

  const rejoinTorn = (first: number | undefined, at: number) => {
    const isTorn = state === 'ground' && escapeToldAt !== null && at - escapeToldAt <= TORN_WAIT_MS && first === 0x5b;
    escapeToldAt = null;
    if (isTorn) enter('escape');
  };

  const deadline = (): number | null => {
    if (pendingSince === null) return null;
    const isShort = state === 'escape' || state === 'mouse';
    return pendingSince + (isShort ? escapeWaitMs : SEQUENCE_WAIT_MS);
  };

  return {
    push: (bytes, at) => {
      if (bytes.length > 0) rejoinTorn(bytes[0], at);
      for (const byte of bytes) handlers[state](byte);
      pendingSince = state === 'ground' ? null : at;
      return take();
    },
    flush: at => {
      const due = deadline();
      if (due === null || at < due) return [];
      if (state === 'escape') {
        if (isAlt) emit(namedKey('escape'));
        emit(namedKey('escape'));
        escapeToldAt = at;
      }
      if (state === 'mouse' && isPutty && buffer.length === 0) emit(namedKey('f1'));
      if (state === 'paste') emit(paste.end());
      finish();
      pendingSince = null;
      return take();
    },
    get deadlineAt() {
      return deadline();
    },
    get pendingSince() {
      return pendingSince;
    },
    setPutty: value => {
      isPutty = value;
    },
  };
}
