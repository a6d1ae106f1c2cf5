import type { ProbeReplies } from './probe-replies.ts';

/** How many bits of colour a cell may have: 1 (attributes only), 4 (16 colours), 8 (256 colours) or 24. */
export type ColorDepth = 1 | 4 | 8 | 24;

/**
 * The ladder of drawing characters: eighth blocks and rounded corners, half blocks and square corners, square corners
 * and few signs, plain ASCII.
 */
export type GlyphSet = 'full' | 'wgl4' | 'linux' | 'ascii';

/** What stands at the other end of the line, as far as it matters for drawing. */
export type TerminalKind = 'xterm' | 'putty' | 'linux' | 'tmux' | 'screen' | 'vt100' | 'dumb';

/** What the user asked for on the command line; `null` where nothing was asked. */
export interface TerminalFlags {
  readonly ascii: boolean;
  readonly colors: ColorDepth | null;
  readonly glyphs: GlyphSet | null;
  /** Whether the mouse is to be used. */
  readonly mouse?: boolean;
}

/** All that the decision may look at. */
export interface TerminalEvidence {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isTTY: boolean;
  readonly columns: number;
  readonly rows: number;
  readonly flags: TerminalFlags;
  /** What the terminal answered; `null` when it was not asked (yet). */
  readonly replies: ProbeReplies | null;
  /** The tty's `iutf8` flag, in which PuTTY and OpenSSH tell the character set; `null` where it is not known. */
  readonly iutf8: boolean | null;
}
