/** What the terminal answered to the questions of `probeTerminal`; `null` where there was no answer in time. */
export interface ProbeReplies {
  /** Parameters of primary Device Attributes (DA1), as `6` in `ESC [ ? 6 c`. */
  readonly primaryAttributes: string | null;
  /** Parameters of secondary Device Attributes (DA2), as `0;136;0` in `ESC [ > 0 ; 136 ; 0 c`. */
  readonly secondaryAttributes: string | null;
  /** The terminal's own name and version (XTVERSION). */
  readonly version: string | null;
  /** Columns that one `é`, sent as UTF-8, takes: 1 in UTF-8, 2 in an 8-bit character set. */
  readonly eAcuteWidth: number | null;
  /** DECRQM for mode 2026 said that it can be set. */
  readonly hasSynchronizedOutput: boolean;
  /** Whether the last question was answered within the time limit. */
  readonly isComplete: boolean;
}

/** A whole sequence that a terminal sent and that is no key: its introducer (`[`, `]`, `P`, `_`, …) and what follows. */
export interface TerminalReply {
  readonly introducer: string;
  /** Parameters, intermediates and the final character; for strings the text without its terminator. */
  readonly body: string;
}

/** Nothing answered. */
export const NO_REPLIES: ProbeReplies = {
  primaryAttributes: null,
  secondaryAttributes: null,
  version: null,
  eAcuteWidth: null,
  hasSynchronizedOutput: false,
  isComplete: false,
};

/** The replies with one more added; what is no answer to a question of ours changes nothing. */
export function addReply(replies: ProbeReplies, reply: TerminalReply): ProbeReplies {
  const { introducer, body } = reply;
  if (introducer === 'P') return body.startsWith('>|') ? { ...replies, version: body.slice(2, 66) } : replies;
  if (introducer !== '[') return replies;
  const primary = /^\?([\d;]*)c$/.exec(body);
  if (primary) return { ...replies, primaryAttributes: primary[1] ?? '', isComplete: true };
  const secondary = /^>([\d;]*)c$/.exec(body);
  if (secondary) return { ...replies, secondaryAttributes: secondary[1] ?? '' };
  const position = /^\d+;(\d+)R$/.exec(body);
  if (position) return { ...replies, eAcuteWidth: widthOf(Number(position[1])) };
  // DECRPM: 1 set, 2 reset; 0 is "not recognized", 3 and 4 cannot be changed.
  if (/^\?2026;[12]\$y$/.test(body)) return { ...replies, hasSynchronizedOutput: true };
  return replies;
}

/** The `é` began in column 1; a column that it cannot have ended in is rubbish and says nothing. */
const widthOf = (column: number): number | null => (column === 2 || column === 3 ? column - 1 : null);
