import type { TerminalReply } from '../identity/probe-replies.ts';
import type { InputEvent } from './key-event.ts';
import { characterKey, controlKey, csiKey, linuxKey, mouseEvent, namedKey, ss3Key } from './key-sequences.ts';
import { createPasteBuffer, type PasteBuffer } from './paste-buffer.ts';

/** Where in a key or sequence the bytes have come to. */
export type KeyState =
  | 'ground'
  | 'character' // in the middle of a UTF-8 character
  | 'escape' // after ESC
  | 'sequence' // after ESC [
  | 'overlong' // in a sequence too long to be one: dropped to its end
  | 'linux' // after ESC [ [
  | 'mouse' // after ESC [ M: three bytes follow, or it was F1 of PuTTY's SCO setting
  | 'mouseOrKey' // after an ESC [ M that was told as F1: three bytes may follow all the same
  | 'ss3' // after ESC O
  | 'string' // OSC, DCS, APC, PM or SOS, up to BEL or ST
  | 'stringEscape' // ESC within such a string
  | 'paste'; // between the brackets of a paste

/** A decoder's state between two bytes. */
export interface KeyMachine {
  state: KeyState;
  /** Bytes of what is unfinished, without its introducer. */
  buffer: number[];
  /** Bytes that the UTF-8 character has when it is whole. */
  expected: number;
  /** Whether an ESC stood before, as it does with Alt. */
  isAlt: boolean;
  /** What began the string or sequence. */
  introducer: string;
  isPutty: boolean;
  /** Whether the mouse was asked to report: else what looks like a report is none of ours. */
  readonly hasMouse: boolean;
  readonly paste: PasteBuffer;
  readonly emit: (event: InputEvent) => void;
  readonly reply: (reply: TerminalReply) => void;
}

/** A machine at rest. */
export function createKeyMachine(
  { isPutty, hasMouse }: Pick<KeyMachine, 'isPutty' | 'hasMouse'>,
  emit: KeyMachine['emit'],
  reply: KeyMachine['reply'],
): KeyMachine {
  const paste = createPasteBuffer();
  return {
    state: 'ground',
    buffer: [],
    expected: 0,
    isAlt: false,
    introducer: '[',
    isPutty,
    hasMouse,
    paste,
    emit,
    reply,
  };
}

/** Takes one byte. */
export function feed(machine: KeyMachine, byte: number): void {
  HANDLERS[machine.state](machine, byte);
}

/** Drops what is unfinished. */
export function finish(machine: KeyMachine): void {
  enter(machine, 'ground');
  machine.isAlt = false;
}

/** Takes the ESC [ M that nothing followed for F1, and what follows it yet for a report's. */
export function takeForKey(machine: KeyMachine): void {
  enter(machine, 'mouseOrKey');
  machine.emit(namedKey('f1'));
}

/** Takes the coming bytes as those behind an ESC. */
export function expectAfterEscape(machine: KeyMachine): void {
  enter(machine, 'escape');
}

const ESC = 0x1b;
const DEL = 0x7f;
const LONGEST_SEQUENCE = 64;
const LONGEST_REPLY = 1024;

const HANDLERS: Readonly<Record<KeyState, (machine: KeyMachine, byte: number) => void>> = {
  ground,
  character,
  escape: afterEscape,
  sequence,
  overlong,
  linux,
  mouse,
  mouseOrKey: mouse,
  ss3,
  string,
  stringEscape,
  paste: pasted,
};

function enter(machine: KeyMachine, state: KeyState): void {
  machine.state = state;
  machine.buffer = [];
}

const textOf = (machine: KeyMachine): string => String.fromCharCode(...machine.buffer);

/** Ends a key: tells it if it is one. */
function endKey(machine: KeyMachine, event: InputEvent | null): void {
  finish(machine);
  if (event !== null) machine.emit(event);
}

function ground(machine: KeyMachine, byte: number): void {
  if (byte === ESC) enter(machine, 'escape');
  else if (byte < 0x20 || byte === DEL) endKey(machine, controlKey(byte, machine.isAlt));
  else if (byte < 0x7f) endKey(machine, characterKey(String.fromCharCode(byte), machine.isAlt));
  else if (byte >= 0xc2 && byte <= 0xf4) beginCharacter(machine, byte);
  // A C1 control in one byte: no character begins so in UTF-8, a terminal sent it.
  else if (byte < 0xa0) enterSequence(machine, String.fromCharCode(byte - 0x40));
  else finish(machine);
}

function beginCharacter(machine: KeyMachine, byte: number): void {
  enter(machine, 'character');
  machine.expected = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
  machine.buffer.push(byte);
}

function character(machine: KeyMachine, byte: number): void {
  if (byte < 0x80 || byte > 0xbf) {
    // No continuation: what was begun is no character, and this byte begins anew.
    finish(machine);
    ground(machine, byte);
    return;
  }
  machine.buffer.push(byte);
  if (machine.buffer.length < machine.expected) return;
  const text = Buffer.from(machine.buffer).toString('utf8');
  endKey(machine, /[\ufffd\u0080-\u009f]/.test(text) ? null : characterKey(text, machine.isAlt));
}

function afterEscape(machine: KeyMachine, byte: number): void {
  if (enterSequence(machine, String.fromCharCode(byte))) return;
  // ESC ESC may be Alt with a key that sends a sequence, or Esc pressed before another key.
  if (machine.isAlt) machine.emit(namedKey('escape'));
  machine.isAlt = true;
  machine.state = 'ground';
  ground(machine, byte);
}

/** Begins what the letter behind ESC introduces; returns whether it introduces anything. */
function enterSequence(machine: KeyMachine, letter: string): boolean {
  if (letter === '[') enter(machine, 'sequence');
  else if (letter === 'O') enter(machine, 'ss3');
  else if (']P_^X'.includes(letter)) enter(machine, 'string');
  else return false;
  machine.introducer = letter;
  return true;
}

function sequence(machine: KeyMachine, byte: number): void {
  if (isAborted(machine, byte)) return;
  if (machine.buffer.length === 0 && byte === 0x5b) enter(machine, 'linux');
  else if (machine.buffer.length === 0 && byte === 0x4d) enter(machine, 'mouse');
  else continueSequence(machine, byte);
}

function continueSequence(machine: KeyMachine, byte: number): void {
  machine.buffer.push(byte);
  // rxvt ends keys with Shift in `$`, which elsewhere comes before the final character of a report.
  const isShiftedRxvt = byte === 0x24 && /^\d+\$$/.test(textOf(machine));
  if (byte >= 0x40 || isShiftedRxvt) endSequence(machine);
  else if (machine.buffer.length > LONGEST_SEQUENCE) enter(machine, 'overlong');
}

function endSequence(machine: KeyMachine): void {
  const body = textOf(machine);
  if (body === '200~') {
    finish(machine);
    machine.paste.begin();
    enter(machine, 'paste');
    return;
  }
  const event: InputEvent | null =
    (machine.hasMouse ? mouseEvent(body) : null) ?? csiKey(body, machine.isAlt, machine.isPutty);
  endKey(machine, event);
  if (event === null) machine.reply({ introducer: '[', body });
}

function overlong(machine: KeyMachine, byte: number): void {
  if (!isAborted(machine, byte) && byte >= 0x40) finish(machine);
}

function linux(machine: KeyMachine, byte: number): void {
  if (!isAborted(machine, byte)) endKey(machine, linuxKey(String.fromCharCode(byte), machine.isAlt));
}

function mouse(machine: KeyMachine, byte: number): void {
  // DEL is the 95th column or row of a report.
  if (byte !== DEL && isAborted(machine, byte)) return;
  machine.buffer.push(byte);
  if (machine.buffer.length === 3) finish(machine);
}

function ss3(machine: KeyMachine, byte: number): void {
  if (isAborted(machine, byte)) return;
  machine.buffer.push(byte);
  // Some terminals put a modifier before the letter: ESC O 5 P.
  const isModifier = byte >= 0x30 && byte <= 0x39 && machine.buffer.length === 1;
  if (!isModifier) endKey(machine, ss3Key(textOf(machine), machine.isAlt, machine.isPutty));
}

/** ESC begins a new sequence in the middle of another; a control character ends it and is a key of its own. */
function isAborted(machine: KeyMachine, byte: number): boolean {
  if (byte >= 0x20 && byte !== DEL) return false;
  finish(machine);
  ground(machine, byte);
  return true;
}

function string(machine: KeyMachine, byte: number): void {
  if (byte === ESC) machine.state = 'stringEscape';
  else if (byte === 0x07 || byte === 0x9c) endString(machine);
  // CAN and SUB end a string (ECMA-48), and Ctrl-C must get through whatever the terminal sends.
  else if (byte === 0x18 || byte === 0x1a || byte === 0x03) isAborted(machine, byte);
  else if (machine.buffer.length < LONGEST_REPLY) machine.buffer.push(byte);
}

function stringEscape(machine: KeyMachine, byte: number): void {
  if (byte === 0x5c) {
    endString(machine);
    return;
  }
  finish(machine);
  afterEscape(machine, byte);
}

function endString(machine: KeyMachine): void {
  const reply = { introducer: machine.introducer, body: textOf(machine) };
  finish(machine);
  machine.reply(reply);
}

function pasted(machine: KeyMachine, byte: number): void {
  const paste = machine.paste.push(byte);
  if (paste !== null) endKey(machine, paste);
}
