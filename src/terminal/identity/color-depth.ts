import type { ColorDepth, TerminalEvidence, TerminalKind } from './evidence.ts';
import type { ProbeReplies } from './probe-replies.ts';

interface ColorFinding {
  readonly value: ColorDepth;
  readonly because: string;
}

const found = (value: ColorDepth, because: string): ColorFinding => ({ value, because });

/** The colour depth: the flag, then NO_COLOR and FORCE_COLOR, then what the terminal is known to draw. */
export function decideColors(evidence: TerminalEvidence, kind: TerminalKind): ColorFinding {
  const { flags, env } = evidence;
  if (flags.colors !== null) return found(flags.colors, `--colors ${flags.colors} was given`);
  // https://no-color.org: any value but the empty one.
  if (env.NO_COLOR) return found(1, 'NO_COLOR is set');
  const known = depthOfTerminal(evidence, kind);
  return forcedColors(env.FORCE_COLOR, known) ?? known;
}

/** FORCE_COLOR as chalk and Node.js read it: a level from 0 to 3, `false`, or `true` or empty for "some". */
function forcedColors(value: string | undefined, known: ColorFinding): ColorFinding | null {
  const because = `FORCE_COLOR is ${value || 'set'}`;
  if (value === 'false') return found(1, because);
  if (value === 'true' || value === '') return known.value > 4 ? known : found(4, because);
  if (value === undefined || !/^\d$/.test(value)) return null;
  return found(([1, 4, 8] as const)[Number(value)] ?? 24, because);
}

function depthOfTerminal({ env, replies }: TerminalEvidence, kind: TerminalKind): ColorFinding {
  const term = env.TERM ?? '';
  if (kind === 'dumb') return found(1, 'the terminal places no cursor');
  if (kind === 'vt100') return found(1, `TERM is ${term}`);
  if (kind === 'linux') return found(4, 'the Linux console has 16 colours');
  if (kind === 'putty') return found(24, 'PuTTY draws 24-bit colours');
  if (/truecolor|24bit/i.test(env.COLORTERM ?? '')) return found(24, `COLORTERM is ${env.COLORTERM}`);
  if (/-direct|kitty|ghostty|alacritty|wezterm/.test(term)) return found(24, `TERM is ${term}`);
  if (/256/.test(term)) return found(8, `TERM is ${term}`);
  if (kind === 'xterm' && hasAnswered(replies)) return found(8, 'a terminal that answers questions draws 256 colours');
  return found(4, `TERM is ${term}, which promises no more`);
}

const hasAnswered = (replies: ProbeReplies | null): boolean => replies !== null && replies.secondaryAttributes !== null;
