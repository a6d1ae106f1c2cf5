/** The keys that have a name of their own; every other one is a `character`. */
export type NamedKey =
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'home'
  | 'end'
  | 'pageUp'
  | 'pageDown'
  | 'insert'
  | 'delete'
  | 'backspace'
  | 'tab'
  | 'enter'
  | 'escape'
  | FunctionKey;

/** The function keys. */
export type FunctionKey = `f${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12}`;

/** Modifiers as far as the terminal tells them: many combinations arrive as the plain key. */
export interface Modifiers {
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
}

/** One key press. `character` is set for the name `character` only: one code point, lower case with Ctrl. */
export type KeyPress = Modifiers & { readonly type: 'key' } & (
    | { readonly name: 'character'; readonly character: string }
    | { readonly name: NamedKey }
  );

/** Text that was pasted: no key press in it, however it reads. */
export interface Paste {
  readonly type: 'paste';
  /** Lines end in `\n`; other control characters are gone. */
  readonly text: string;
}

/** What the keyboard said. */
export type KeyEvent = KeyPress | Paste;

/** What the mouse said, where it was asked to: a press of its first button, or a step of its wheel. */
export interface MouseEvent {
  readonly type: 'mouse';
  readonly action: 'press' | 'wheel-up' | 'wheel-down';
  /** The cell that it points at, from 0 on. */
  readonly column: number;
  readonly row: number;
}

/** What comes in from the terminal, besides its answers. */
export type InputEvent = KeyEvent | MouseEvent;

/** No modifier. */
export const NO_MODIFIERS: Modifiers = { ctrl: false, alt: false, shift: false };

/** Who listens to the keys. */
export interface KeyListener {
  readonly onKey: (key: KeyEvent) => void;
  /** Told what the mouse said; it goes to nobody where that is left out. */
  readonly onMouse?: (mouse: MouseEvent) => void;
  /** Told, in a sentence for the person, that what was typed is not obeyed. */
  readonly onDropped: (why: string) => void;
}
