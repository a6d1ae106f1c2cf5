import type { TtyOutput } from '../device/tty-output.ts';
import { type Capabilities, decideCapabilities } from './capabilities.ts';
import type { ColorDepth, GlyphSet } from './evidence.ts';
import { type Glyphs, glyphsFor } from './glyphs.ts';
import type { ProbeReplies } from './probe-replies.ts';

/** The words of the command line about the terminal. */
export interface LookFlags {
  readonly ascii?: boolean | undefined;
  /** Bits of colour, `1|4|8|24`. */
  readonly colors?: string | undefined;
  readonly glyphs?: GlyphSet | undefined;
  readonly mouse?: boolean | undefined;
}

/** Where the program runs, as far as it concerns the terminal. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: Pick<TtyOutput, 'isTTY' | 'columns' | 'rows'>;
}

/** What can be said about the terminal before it is asked, and with its answers. */
export function judgeTerminal(
  { env, stdout }: Surroundings,
  flags: LookFlags,
  replies: ProbeReplies | null = null,
  iutf8: boolean | null = null,
): Capabilities {
  const { columns = 80, rows = 24, isTTY } = stdout;
  const colors = flags.colors === undefined ? null : (Number(flags.colors) as ColorDepth);
  const wanted = { ascii: flags.ascii === true, colors, glyphs: flags.glyphs ?? null, mouse: flags.mouse === true };
  return decideCapabilities({ env, isTTY: isTTY === true, columns, rows, flags: wanted, replies, iutf8 });
}

/** What such a terminal can show. */
export function lookOf(capabilities: Capabilities): { readonly glyphs: Glyphs; readonly isUnicode: boolean } {
  return { glyphs: glyphsFor(capabilities), isUnicode: capabilities.unicode };
}
