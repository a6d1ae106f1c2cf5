import type { Capabilities } from '../identity/capabilities.ts';
import { SELECT_DEFAULT_CHARSET, SELECT_UTF8 } from '../identity/putty.ts';

/** What the screen must know of a terminal. */
export type ScreenCapabilities = Pick<Capabilities, 'hasAlternateScreen' | 'hasBracketedPaste' | 'switchToUtf8'> &
  Partial<Pick<Capabilities, 'hasMouse'>>;

/** The modes of the terminal while the program has it. All methods write at once and may be called from signal handlers. */
export interface Screen {
  /** Whether the terminal is in our hands. */
  readonly isEntered: boolean;
  /** Gives the terminal back, as it was. Doing it again does nothing. */
  leave(): void;
  /** Gives the terminal back for a while (SIGTSTP). */
  suspend(): void;
  /** Takes it again (SIGCONT); whoever paints must repaint everything. Does nothing after `leave`. */
  resume(): void;
  /** Switches modes that are now known to be needed, when the terminal's answers came. */
  adapt(capabilities: ScreenCapabilities): void;
}

/** How the screen is opened. */
export interface ScreenOptions {
  readonly capabilities: ScreenCapabilities;
  /** Writes to the terminal at once and bears with one that is gone: `writeNow` of io/tty. */
  readonly send: (text: string) => void;
  /** The same for what gives the terminal back: worth a longer wait on a stalled line. `send` unless given. */
  readonly sendLast?: (text: string) => void;
  /** Writes between two frames, for what is changed while frames are on their way. `send` unless given. */
  readonly sendBetween?: (text: string) => void;
}

/** Enters the screen: its own buffer, no cursor, no wrapping at the right edge, pastes marked as such. */
export function openScreen(options: ScreenOptions): Screen {
  const { capabilities: first, send, sendLast = send, sendBetween = send } = options;
  let capabilities = first;
  let state: 'entered' | 'suspended' | 'left' = 'entered';
  send(enterSequence(capabilities));
  return {
    get isEntered() {
      return state === 'entered';
    },
    leave: () => {
      if (state === 'entered') sendLast(leaveSequence(capabilities));
      state = 'left';
    },
    suspend: () => {
      if (state !== 'entered') return;
      state = 'suspended';
      sendLast(leaveSequence(capabilities));
    },
    resume: () => {
      if (state !== 'suspended') return;
      state = 'entered';
      send(enterSequence(capabilities));
    },
    adapt: next => {
      const sequence = changeSequence(capabilities, next);
      if (state === 'entered' && sequence !== '') sendBetween(sequence);
      capabilities = next;
    },
  };
}

/**
 * What an earlier program may have left otherwise: all rows scroll (a killed apt leaves its last one out), what is
 * printed replaces, in ASCII and not in line drawing, cursor keys and keypad in normal mode.
 */
const ORDERLY = '\u001b[r\u001b[4l\u001b(B\u000f\u001b[?1l\u001b>';

/** Buttons, and their reports in the form that has no limit (SGR); in the other order back. */
const MOUSE_ON = '\u001b[?1000h\u001b[?1006h';
const MOUSE_OFF = '\u001b[?1006l\u001b[?1000l';

/** Without autowrap (DECAWM) the cell in the bottom right corner can be printed and nothing scrolls. */
function enterSequence(capabilities: ScreenCapabilities): string {
  const screen = capabilities.hasAlternateScreen ? '\u001b[?1049h' : '';
  const paste = capabilities.hasBracketedPaste ? '\u001b[?2004h' : '';
  const charset = capabilities.switchToUtf8 ? SELECT_UTF8 : '';
  const mouse = capabilities.hasMouse === true ? MOUSE_ON : '';
  return `${screen}${charset}${ORDERLY}\u001b[?25l\u001b[?7l${paste}${mouse}\u001b[m\u001b[H\u001b[J`;
}

/** Also ends a half-sent sequence, since it begins with ESC. Without an alternate screen, ours is wiped. */
function leaveSequence(capabilities: ScreenCapabilities): string {
  const screen = capabilities.hasAlternateScreen ? '\u001b[?1049l' : '';
  const paste = capabilities.hasBracketedPaste ? '\u001b[?2004l' : '';
  const charset = capabilities.switchToUtf8 ? SELECT_DEFAULT_CHARSET : '';
  const mouse = capabilities.hasMouse === true ? MOUSE_OFF : '';
  return `\u001b[m\u001b[r${paste}${mouse}\u001b[?7h\u001b[H\u001b[J${screen}\u001b[?25h${charset}`;
}

function changeSequence(from: ScreenCapabilities, to: ScreenCapabilities): string {
  const charset = to.switchToUtf8 ? SELECT_UTF8 : SELECT_DEFAULT_CHARSET;
  const paste = to.hasBracketedPaste ? '\u001b[?2004h' : '\u001b[?2004l';
  return (
    (from.switchToUtf8 === to.switchToUtf8 ? '' : charset) +
    (from.hasBracketedPaste === to.hasBracketedPaste ? '' : paste)
  );
}
