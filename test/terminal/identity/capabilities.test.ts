import { describe, expect, it } from 'vitest';
import { decideCapabilities } from '../../../src/terminal/identity/capabilities.ts';
import type { TerminalEvidence } from '../../../src/terminal/identity/evidence.ts';
import { NO_REPLIES, type ProbeReplies } from '../../../src/terminal/identity/probe-replies.ts';

const NO_FLAGS = { ascii: false, colors: null, glyphs: null };
const replies = (changes: Partial<ProbeReplies>): ProbeReplies => ({ ...NO_REPLIES, isComplete: true, ...changes });
const PUTTY = replies({ primaryAttributes: '6', secondaryAttributes: '0;136;0', eAcuteWidth: 1 });
const XTERM = replies({
  primaryAttributes: '64;1',
  secondaryAttributes: '41;390;0',
  version: 'XTerm(390)',
  eAcuteWidth: 1,
});

const decide = (changes: Partial<TerminalEvidence>) =>
  decideCapabilities({
    env: { TERM: 'xterm', LANG: 'C' },
    isTTY: true,
    columns: 80,
    rows: 24,
    flags: NO_FLAGS,
    replies: null,
    iutf8: null,
    ...changes,
  });
const term = (TERM: string, more: Record<string, string> = {}) => ({ env: { TERM, ...more } });

describe('the kind of terminal', () => {
  const KINDS: readonly [string, Partial<TerminalEvidence>, string, boolean][] = [
    ['TERM=xterm', {}, 'xterm', true],
    ['PuTTY by its answers', { replies: PUTTY }, 'putty', true],
    ['PuTTY by TERM', term('putty-256color'), 'putty', true],
    ['tmux', term('tmux-256color'), 'tmux', true],
    ['tmux that calls itself screen', term('screen', { TMUX: '/tmp/tmux-1000/default,1,0' }), 'tmux', true],
    ['screen', term('screen'), 'screen', true],
    ['the Linux console', term('linux'), 'linux', true],
    ['a VT100', term('vt100'), 'vt100', true],
    ['TERM=dumb', term('dumb'), 'dumb', false],
    ['no TERM', { env: {} }, 'dumb', false],
    ['a pipe', { isTTY: false }, 'dumb', false],
  ];
  it.each(KINDS)('is right for %s', (_name, evidence, kind, canDrawScreen) => {
    expect(decide(evidence)).toMatchObject({ kind, canDrawScreen });
  });
});

describe('the colours', () => {
  const COLORS: readonly [string, Partial<TerminalEvidence>, number][] = [
    ['PuTTY', { replies: PUTTY }, 24],
    ['an xterm that answered', { replies: XTERM }, 8],
    ['an xterm that was not asked', {}, 4],
    ['xterm-256color', term('xterm-256color'), 8],
    ['COLORTERM=truecolor', term('xterm-256color', { COLORTERM: 'truecolor' }), 24],
    ['the Linux console', term('linux', { COLORTERM: 'truecolor' }), 4],
    ['a VT100', term('vt100'), 1],
    ['TERM=dumb', term('dumb'), 1],
    ['screen', term('screen'), 4],
    ['tmux-256color', term('tmux-256color'), 8],
    ['NO_COLOR', term('xterm-256color', { NO_COLOR: '0' }), 1],
    ['an empty NO_COLOR', term('xterm-256color', { NO_COLOR: '' }), 8],
    ['NO_COLOR and FORCE_COLOR', term('xterm', { NO_COLOR: '1', FORCE_COLOR: '3' }), 1],
    ['FORCE_COLOR=3', term('vt100', { FORCE_COLOR: '3' }), 24],
    ['FORCE_COLOR=0', term('xterm-256color', { FORCE_COLOR: '0' }), 1],
    ['an empty FORCE_COLOR', term('vt100', { FORCE_COLOR: '' }), 4],
    ['FORCE_COLOR=true on a terminal with more', term('xterm-256color', { FORCE_COLOR: 'true' }), 8],
    [
      '--colors 8 with NO_COLOR',
      { ...term('xterm', { NO_COLOR: '1' }), flags: { ...NO_FLAGS, colors: 8 as const } },
      8,
    ],
  ];
  it.each(COLORS)('of %s', (_name, evidence, colors) => {
    expect(decide(evidence).colors).toBe(colors);
  });
});

describe('character set and glyphs', () => {
  const CHARSETS: readonly [string, Partial<TerminalEvidence>, boolean, string, boolean][] = [
    ['PuTTY in UTF-8 under LANG=C', { replies: PUTTY, iutf8: true }, true, 'wgl4', false],
    ['PuTTY in ISO-8859-1', { replies: { ...PUTTY, eAcuteWidth: 2 }, iutf8: false }, true, 'wgl4', true],
    [
      'PuTTY that tells it in the flag only',
      { replies: { ...PUTTY, eAcuteWidth: null }, iutf8: false },
      true,
      'wgl4',
      true,
    ],
    ['a flag that lies', { replies: XTERM, iutf8: false }, true, 'full', false],
    [
      'a locale that lies',
      { env: { TERM: 'xterm', LANG: 'en_US.UTF-8' }, replies: { ...XTERM, eAcuteWidth: 2 } },
      false,
      'ascii',
      false,
    ],
    ['an 8-bit locale', { env: { TERM: 'xterm', LC_ALL: 'de_DE.ISO-8859-1' } }, false, 'ascii', false],
    [
      'an 8-bit locale on a tty in UTF-8',
      { env: { TERM: 'xterm-256color', LANG: 'de_DE.ISO-8859-1' }, iutf8: true },
      true,
      'full',
      false,
    ],
    ['LANG=C and nothing else', { env: { TERM: 'xterm-256color', LANG: 'C' } }, true, 'full', false],
    ['an xterm that may be a PuTTY yet', {}, true, 'wgl4', false],
    ['an xterm that answered like none', { replies: XTERM }, true, 'full', false],
    ['the Linux console', term('linux'), true, 'linux', false],
    ['a VT100', term('vt100'), false, 'ascii', false],
    ['--ascii', { flags: { ...NO_FLAGS, ascii: true } }, false, 'ascii', false],
    ['--glyphs full on PuTTY', { replies: PUTTY, flags: { ...NO_FLAGS, glyphs: 'full' } }, true, 'full', false],
  ];
  it.each(CHARSETS)('of %s', (_name, evidence, unicode, glyphs, switchToUtf8) => {
    expect(decide(evidence)).toMatchObject({ unicode, glyphs, switchToUtf8 });
  });
});

describe('that it may be a PuTTY', () => {
  it.each([
    ['TERM=xterm', {}, true],
    ['TERM=putty-256color', term('putty-256color'), true],
    ['TERM=xterm-256color', term('xterm-256color'), false],
    ['TERM=linux', term('linux'), false],
    ['answers as PuTTY has them', { replies: PUTTY }, false],
    ['answers of another', { replies: XTERM }, false],
  ] as const)('of %s', (_name, evidence, mayBePutty) => {
    expect(decide(evidence)).toMatchObject({ mayBePutty });
  });
});

describe('what is sent', () => {
  it('is synchronized output only where the terminal said so', () => {
    expect(decide({ replies: replies({ hasSynchronizedOutput: true }) }).hasSynchronizedOutput).toBe(true);
    expect(decide({ replies: XTERM }).hasSynchronizedOutput).toBe(false);
    expect(decide({}).hasSynchronizedOutput).toBe(false);
  });

  it('is REP only where the terminal is known', () => {
    expect(decide({ replies: PUTTY }).hasRepeat).toBe(true);
    expect(decide({ replies: XTERM }).hasRepeat).toBe(true);
    expect(decide(term('xterm-256color')).hasRepeat).toBe(false);
    expect(decide(term('linux')).hasRepeat).toBe(false);
    expect(decide(term('tmux-256color')).hasRepeat).toBe(false);
  });

  it('is little on a VT100', () => {
    expect(decide(term('vt100'))).toMatchObject({
      hasInsertDelete: false,
      hasErase: false,
      hasAbsoluteMoves: false,
      hasAlternateScreen: false,
      hasBracketedPaste: false,
    });
  });
});

describe('the reasons', () => {
  it('can be read in any character set', () => {
    for (const eAcuteWidth of [1, 2, null]) {
      const { reasons } = decide({ replies: { ...PUTTY, eAcuteWidth }, iutf8: false });
      expect(JSON.stringify(reasons)).toMatch(/^[ -~]+$/);
    }
  });

  it('say what was found and where it comes from', () => {
    expect(decide({ replies: { ...PUTTY, eAcuteWidth: 2 } }).reasons).toEqual([
      { what: 'kind', value: 'putty', because: 'its device attributes are those of PuTTY' },
      { what: 'colors', value: '24 bit', because: 'PuTTY draws 24-bit colours' },
      {
        what: 'character set',
        value: 'UTF-8',
        because:
          'a letter with an accent was measured to be 2 columns wide; PuTTY can be switched for the time of the program',
      },
      {
        what: 'glyphs',
        value: 'wgl4',
        because: 'usual fonts on Windows lack eighth blocks; if the test picture shows them, use --glyphs full',
      },
      { what: 'synchronized output', value: 'no', because: 'the terminal does not say that it has it' },
    ]);
  });
});
