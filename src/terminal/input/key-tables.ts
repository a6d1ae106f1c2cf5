import type { NamedKey } from './key-event.ts';

/** A key that one code stands for; `isShifted` where the code belongs to the key with Shift. */
export interface KeyCode {
  readonly name: NamedKey;
  readonly isShifted?: boolean;
  readonly isControlled?: boolean;
  /** A character instead of a named key: the digits of an application keypad. */
  readonly character?: string;
}

const key = (name: NamedKey): KeyCode => ({ name });
const shifted = (name: NamedKey): KeyCode => ({ name, isShifted: true });
const controlled = (name: NamedKey): KeyCode => ({ name, isControlled: true });

/** `ESC [ n ~`: VT220, xterm, rxvt (7 and 8) and PuTTY's default, in which Shift+F1 is F11 and so on. */
export const TILDE_KEYS: Readonly<Record<number, KeyCode>> = {
  1: key('home'),
  2: key('insert'),
  3: key('delete'),
  4: key('end'),
  5: key('pageUp'),
  6: key('pageDown'),
  7: key('home'),
  8: key('end'),
  11: key('f1'),
  12: key('f2'),
  13: key('f3'),
  14: key('f4'),
  15: key('f5'),
  17: key('f6'),
  18: key('f7'),
  19: key('f8'),
  20: key('f9'),
  21: key('f10'),
  23: key('f11'),
  24: key('f12'),
  25: shifted('f3'),
  26: shifted('f4'),
  28: shifted('f5'),
  29: shifted('f6'),
  31: shifted('f7'),
  32: shifted('f8'),
  33: shifted('f9'),
  34: shifted('f10'),
};

/** `ESC [ X` without or with modifiers, as xterm sends them; `a` to `d` are rxvt's arrows with Shift. */
export const CSI_KEYS: Readonly<Record<string, KeyCode>> = {
  A: key('up'),
  B: key('down'),
  C: key('right'),
  D: key('left'),
  F: key('end'),
  H: key('home'),
  P: key('f1'),
  Q: key('f2'),
  S: key('f4'),
  Z: shifted('tab'),
  a: shifted('up'),
  b: shifted('down'),
  c: shifted('right'),
  d: shifted('left'),
};

/**
 * `ESC O X`: cursor keys in application mode; P to S the function keys of Xterm R6 and the top row of VT400, T to `[`
 * those of VT100+ (PuTTY manual 4.4.3); the rest the application keypad. `a` to `d` are rxvt's arrows with Ctrl.
 */
export const SS3_KEYS: Readonly<Record<string, KeyCode>> = {
  A: key('up'),
  B: key('down'),
  C: key('right'),
  D: key('left'),
  F: key('end'),
  H: key('home'),
  M: key('enter'),
  I: key('tab'),
  P: key('f1'),
  Q: key('f2'),
  R: key('f3'),
  S: key('f4'),
  T: key('f5'),
  U: key('f6'),
  V: key('f7'),
  W: key('f8'),
  X: key('f9'),
  Y: key('f10'),
  Z: key('f11'),
  '[': key('f12'),
  a: controlled('up'),
  b: controlled('down'),
  c: controlled('right'),
  d: controlled('left'),
  ...keypad('jklmnopqrstuvwxy', '*+,-./0123456789'),
};

/** What only PuTTY means: Ctrl turns the arrows to application mode, and `ESC O w` is End in its rxvt setting. */
export const PUTTY_SS3_KEYS: Readonly<Record<string, KeyCode>> = {
  A: controlled('up'),
  B: controlled('down'),
  C: controlled('right'),
  D: controlled('left'),
  w: key('end'),
};

/** PuTTY's SCO setting: F1 to F12 are `ESC [ M` to `ESC [ X`, with Shift `Y` on, of which `Z` is Shift+Tab elsewhere. */
export const PUTTY_CSI_KEYS: Readonly<Record<string, KeyCode>> = {
  G: key('pageDown'),
  I: key('pageUp'),
  L: key('insert'),
  N: key('f2'),
  O: key('f3'),
  P: key('f4'),
  Q: key('f5'),
  R: key('f6'),
  S: key('f7'),
  T: key('f8'),
  U: key('f9'),
  V: key('f10'),
  W: key('f11'),
  X: key('f12'),
};

/** `ESC [ [ X`: F1 to F5 of the Linux console. */
export const LINUX_KEYS: Readonly<Record<string, KeyCode>> = {
  A: key('f1'),
  B: key('f2'),
  C: key('f3'),
  D: key('f4'),
  E: key('f5'),
};

function keypad(codes: string, characters: string): Record<string, KeyCode> {
  return Object.fromEntries(
    [...codes].map((code, index) => [code, { name: 'enter', character: characters[index] ?? '' }]),
  );
}
