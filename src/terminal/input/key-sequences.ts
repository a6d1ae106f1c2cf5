import {
  type KeyEvent,
  type KeyPress,
  type Modifiers,
  type MouseEvent,
  type NamedKey,
  NO_MODIFIERS,
} from './key-event.ts';
import {
  CSI_KEYS,
  type KeyCode,
  LINUX_KEYS,
  PUTTY_CSI_KEYS,
  PUTTY_SS3_KEYS,
  SS3_KEYS,
  TILDE_KEYS,
} from './key-tables.ts';

/** A named key. */
export function namedKey(name: NamedKey, modifiers: Modifiers = NO_MODIFIERS): KeyPress {
  return { type: 'key', name, ...modifiers };
}

/** A printed character, as typed. */
export function characterKey(character: string, isAlt: boolean): KeyPress {
  return { type: 'key', name: 'character', character, ctrl: false, alt: isAlt, shift: false };
}

/** A control character: a key of its own, or Ctrl with a letter. */
export function controlKey(byte: number, isAlt: boolean): KeyPress {
  const modifiers = { ...NO_MODIFIERS, alt: isAlt };
  switch (byte) {
    case 0x08: // PuTTY's Backspace in the setting "Control-H"
    case 0x7f:
      return namedKey('backspace', modifiers);
    case 0x09:
      return namedKey('tab', modifiers);
    case 0x0a:
    case 0x0d:
      return namedKey('enter', modifiers);
    default:
      return { type: 'key', name: 'character', character: controlCharacter(byte), ...modifiers, ctrl: true };
  }
}

function controlCharacter(byte: number): string {
  if (byte === 0) return ' ';
  return String.fromCharCode(byte + (byte <= 26 ? 0x60 : 0x40));
}

/** What follows `ESC [`, its final character included; `null` if that is no key. */
export function csiKey(body: string, isAlt: boolean, isPutty: boolean): KeyEvent | null {
  const match = /^([\d;]*)([A-Za-z~^$@])$/.exec(body);
  if (match === null) return null;
  const [, parameters = '', final = ''] = match;
  const numbers = parameters.split(';').map(Number);
  if ('~^$@'.includes(final)) return tildeKey(numbers, final, isAlt);
  const code = isPutty && parameters === '' ? (PUTTY_CSI_KEYS[final] ?? CSI_KEYS[final]) : CSI_KEYS[final];
  if (code === undefined || !isKeyParameter(numbers, parameters)) return null;
  return press(code, modifiersOf(numbers[1], isAlt));
}

/** The buttons of a report without the keys that were held (xterm, SGR mouse mode 1006): 64 and 65 are the wheel. */
const MOUSE_ACTIONS: Readonly<Record<number, MouseEvent['action']>> = { 0: 'press', 64: 'wheel-up', 65: 'wheel-down' };
const HELD_KEYS = 28;

/** A report of the mouse, `< button ; column ; row M`; `null` where it is none, or of what means nothing here. */
export function mouseEvent(body: string): MouseEvent | null {
  const [, button, column, row] = /^<(\d{1,3});(\d{1,4});(\d{1,4})M$/.exec(body) ?? [];
  const action = MOUSE_ACTIONS[Number(button) & ~HELD_KEYS];
  if (button === undefined || action === undefined) return null;
  return { type: 'mouse', action, column: Number(column) - 1, row: Number(row) - 1 };
}

/** Keys come as `ESC [ X` or `ESC [ 1 ; modifier X`; other numbers are a report, as the cursor's place is. */
function isKeyParameter(numbers: readonly number[], parameters: string): boolean {
  return parameters === '' || (numbers.length === 2 && numbers[0] === 1);
}

/** rxvt tells Shift, Ctrl and both by another final character. */
const RXVT_MODIFIERS: Readonly<Record<string, number>> = { $: 2, '^': 5, '@': 6 };

function tildeKey(numbers: readonly number[], final: string, isAlt: boolean): KeyEvent | null {
  const code = TILDE_KEYS[numbers[0] ?? 0];
  if (code === undefined || numbers.length > 2) return null;
  return press(code, modifiersOf(final === '~' ? numbers[1] : RXVT_MODIFIERS[final], isAlt));
}

/** What follows `ESC O`: a letter, after a modifier on some terminals. */
export function ss3Key(body: string, isAlt: boolean, isPutty: boolean): KeyEvent | null {
  const letter = body.slice(-1);
  const code = isPutty ? (PUTTY_SS3_KEYS[letter] ?? SS3_KEYS[letter]) : SS3_KEYS[letter];
  if (code === undefined) return null;
  return press(code, modifiersOf(body.length > 1 ? Number(body[0]) : undefined, isAlt));
}

/** What follows `ESC [ [`. */
export function linuxKey(letter: string, isAlt: boolean): KeyEvent | null {
  const code = LINUX_KEYS[letter];
  return code === undefined ? null : press(code, modifiersOf(undefined, isAlt));
}

/** xterm's modifier: 1 and a sum of 1 Shift, 2 Alt, 4 Ctrl, 8 Meta. */
function modifiersOf(parameter: number | undefined, isAlt: boolean): Modifiers {
  const bits = parameter === undefined || parameter < 1 || parameter > 16 ? 0 : parameter - 1;
  return { shift: (bits & 1) !== 0, alt: isAlt || (bits & 10) !== 0, ctrl: (bits & 4) !== 0 };
}

function press(code: KeyCode, modifiers: Modifiers): KeyPress {
  if (code.character !== undefined) return { type: 'key', name: 'character', character: code.character, ...modifiers };
  return namedKey(code.name, {
    ...modifiers,
    shift: modifiers.shift || code.isShifted === true,
    ctrl: modifiers.ctrl || code.isControlled === true,
  });
}
