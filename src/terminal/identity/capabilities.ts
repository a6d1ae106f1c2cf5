import { decideColors } from './color-depth.ts';
import type { ColorDepth, GlyphSet, TerminalEvidence, TerminalKind } from './evidence.ts';
import type { ProbeReplies } from './probe-replies.ts';
import { isAnsweredByPutty } from './putty.ts';

/** One line of `hometui terminal`: a finding and where it comes from. */
export interface Reason {
  readonly what: string;
  readonly value: string;
  readonly because: string;
}

/** What may be sent to the terminal. */
export interface Capabilities {
  readonly kind: TerminalKind;
  /** Whether it calls itself what PuTTY calls itself and has not answered (yet). */
  readonly mayBePutty: boolean;
  /** Whether a full-screen console can be drawn at all: a tty whose cursor can be placed. */
  readonly canDrawScreen: boolean;
  readonly colors: ColorDepth;
  readonly unicode: boolean;
  readonly glyphs: GlyphSet;
  /** Synchronized output (DEC mode 2026), only where the terminal said so. */
  readonly hasSynchronizedOutput: boolean;
  /** ICH and DCH within a line, IL and DL for whole lines. */
  readonly hasInsertDelete: boolean;
  /** ECH; EL is taken for granted. */
  readonly hasErase: boolean;
  /** REP, only where the terminal is known well enough: where it is missing the picture would be wrong. */
  readonly hasRepeat: boolean;
  /** CHA and VPA. */
  readonly hasAbsoluteMoves: boolean;
  readonly hasAlternateScreen: boolean;
  readonly hasBracketedPaste: boolean;
  /** Whether the mouse is to report its buttons (modes 1000 and 1006): only where somebody wants it. */
  readonly hasMouse: boolean;
  /** Whether `ESC % G` must be sent at the start, and `ESC % @` at the end. */
  readonly switchToUtf8: boolean;
  readonly reasons: readonly Reason[];
}

interface Finding<Value> {
  readonly value: Value;
  readonly because: string;
}

const found = <Value>(value: Value, because: string): Finding<Value> => ({ value, because });

/** Decides what the terminal can do from what is known about it. Pure: the same evidence gives the same answer. */
export function decideCapabilities(evidence: TerminalEvidence): Capabilities {
  const kind = decideKind(evidence);
  const colors = decideColors(evidence, kind.value);
  const charset = decideCharset(evidence, kind.value);
  const glyphs = decideGlyphs(evidence, kind.value, charset.value !== 'other');
  const reasons = [
    { what: 'kind', ...kind },
    { what: 'colors', value: `${colors.value} bit`, because: colors.because },
    { what: 'character set', value: charset.value === 'other' ? 'not UTF-8' : 'UTF-8', because: charset.because },
    { what: 'glyphs', ...glyphs },
    synchronizedReason(evidence.replies),
  ];
  return {
    kind: kind.value,
    mayBePutty: mayBePutty(evidence, kind.value),
    canDrawScreen: evidence.isTTY && kind.value !== 'dumb',
    colors: colors.value,
    unicode: charset.value !== 'other' && glyphs.value !== 'ascii',
    glyphs: glyphs.value,
    ...sequencesOf(kind.value, evidence),
    switchToUtf8: charset.value === 'switched',
    reasons,
  };
}

function decideKind({ env, isTTY, replies }: TerminalEvidence): Finding<TerminalKind> {
  const term = env.TERM ?? '';
  if (!isTTY) return found('dumb', 'standard output is not a terminal');
  if (term === '' || term === 'dumb' || term === 'unknown') return found('dumb', `TERM is ${term || 'not set'}`);
  if (env.TMUX || /^tmux/.test(term)) return found('tmux', env.TMUX ? 'TMUX is set' : `TERM is ${term}`);
  if (env.STY || /^screen/.test(term)) return found('screen', env.STY ? 'STY is set' : `TERM is ${term}`);
  if (isAnsweredByPutty(replies)) return found('putty', 'its device attributes are those of PuTTY');
  if (/^putty/.test(term)) return found('putty', `TERM is ${term}`);
  if (/^linux/.test(term)) return found('linux', `TERM is ${term}`);
  if (/^vt\d/.test(term)) return found('vt100', `TERM is ${term}`);
  return found('xterm', `TERM is ${term}`);
}

type Charset = 'utf8' | 'switched' | 'other';

/** The measured width of one `é` outranks the tty's flag, and that the locale: each may lie about those before it. */
function decideCharset(evidence: TerminalEvidence, kind: TerminalKind): Finding<Charset> {
  const width = evidence.replies?.eAcuteWidth ?? null;
  if (width === 1) return found('utf8', 'a letter with an accent was measured to be one column wide');
  const isLatin = width !== null || evidence.iutf8 === false;
  const because =
    width === null ? 'the tty says -iutf8' : `a letter with an accent was measured to be ${width} columns wide`;
  if (isLatin && kind === 'putty')
    return found('switched', `${because}; PuTTY can be switched for the time of the program`);
  if (width !== null) return found('other', because);
  if (evidence.iutf8 === true) return found('utf8', 'the tty says iutf8');
  return charsetOfLocale(evidence.env);
}

function charsetOfLocale(env: TerminalEvidence['env']): Finding<Charset> {
  const name = (['LC_ALL', 'LC_CTYPE', 'LANG'] as const).find(key => env[key]);
  const locale = name === undefined ? '' : (env[name] ?? '');
  if (/utf-?8/i.test(locale)) return found('utf8', `${name} is ${locale}`);
  if (/\.[a-z]/i.test(locale)) return found('other', `${name} is ${locale}`);
  return found('utf8', 'it is the usual one, and the locale of the server says nothing about the terminal');
}

/** PuTTY sets TERM to `xterm` unless it is told otherwise; other terminals of today rather say `xterm-256color`. */
function mayBePutty({ env, replies }: TerminalEvidence, kind: TerminalKind): boolean {
  return (kind === 'putty' || (kind === 'xterm' && env.TERM === 'xterm')) && replies?.isComplete !== true;
}

function decideGlyphs(evidence: TerminalEvidence, kind: TerminalKind, hasUtf8: boolean): Finding<GlyphSet> {
  const { flags } = evidence;
  if (flags.ascii) return found('ascii', '--ascii was given');
  if (flags.glyphs !== null) return found(flags.glyphs, `--glyphs ${flags.glyphs} was given`);
  if (!hasUtf8) return found('ascii', 'the character set is not UTF-8');
  if (kind === 'dumb' || kind === 'vt100') return found('ascii', `a ${kind} terminal draws nothing else`);
  if (kind === 'linux') return found('linux', 'the fonts of the Linux console have lines, arrows and few signs');
  if (kind === 'putty') {
    return found(
      'wgl4',
      'usual fonts on Windows lack eighth blocks; if the test picture shows them, use --glyphs full',
    );
  }
  if (mayBePutty(evidence, kind)) {
    return found('wgl4', 'TERM is xterm and nothing was answered: it may be a PuTTY, whose usual fonts have no more');
  }
  return found('full', 'the terminal shows Unicode');
}

function synchronizedReason(replies: ProbeReplies | null): Reason {
  const what = 'synchronized output';
  if (replies === null) return { what, value: 'no', because: 'the terminal was not asked' };
  if (replies.hasSynchronizedOutput) return { what, value: 'yes', because: 'the terminal says that it has it' };
  return { what, value: 'no', because: 'the terminal does not say that it has it' };
}

function sequencesOf(kind: TerminalKind, { replies, flags }: TerminalEvidence) {
  const isMouseWanted = flags.mouse === true;
  const isBasic = kind === 'vt100' || kind === 'dumb';
  // An xterm names itself; others that set TERM=xterm may lack REP.
  const isXterm = kind === 'xterm' && (replies?.version ?? '').startsWith('XTerm(');
  return {
    hasSynchronizedOutput: kind !== 'dumb' && replies?.hasSynchronizedOutput === true,
    hasInsertDelete: !isBasic,
    hasErase: !isBasic,
    // tmux has REP too, but repeats nothing beyond ASCII (tried: 3.3a).
    hasRepeat: kind === 'putty' || isXterm,
    hasAbsoluteMoves: !isBasic,
    hasAlternateScreen: !isBasic,
    hasBracketedPaste: !isBasic && kind !== 'linux',
    hasMouse: isMouseWanted && !isBasic && kind !== 'linux',
  };
}
