import { describe, expect, it } from 'vitest';
import { adviceFor } from '../../../src/terminal/identity/advice.ts';
import { decideCapabilities } from '../../../src/terminal/identity/capabilities.ts';
import type { TerminalEvidence } from '../../../src/terminal/identity/evidence.ts';
import { NO_REPLIES } from '../../../src/terminal/identity/probe-replies.ts';

const PUTTY = {
  ...NO_REPLIES,
  primaryAttributes: '6',
  secondaryAttributes: '0;136;0',
  eAcuteWidth: 1,
  isComplete: true,
};

const adviceOn = (changes: Partial<TerminalEvidence>) =>
  adviceFor(
    decideCapabilities({
      env: { TERM: 'xterm-256color', LANG: 'C.UTF-8' },
      isTTY: true,
      columns: 80,
      rows: 24,
      flags: { ascii: false, colors: null, glyphs: null },
      replies: null,
      iutf8: true,
      ...changes,
    }),
  ).map(({ message, cure }) => `${message} ${cure}`);

describe('the advice', () => {
  it('is none where nothing is missing', () => {
    expect(adviceOn({})).toEqual([]);
    expect(adviceOn({ replies: PUTTY, flags: { ascii: false, colors: null, glyphs: 'full' } })).toEqual([]);
    expect(adviceOn({ env: { TERM: 'xterm', NO_COLOR: '1' } })).toEqual([]);
    expect(adviceOn({ flags: { ascii: true, colors: null, glyphs: null } })).toEqual([]);
    expect(adviceOn({ env: { TERM: 'linux' } })).toEqual([]);
  });

  it('names the setting of PuTTY', () => {
    const [charset, glyphs] = adviceOn({ replies: { ...PUTTY, eAcuteWidth: 2 } });
    expect(charset).toContain('a letter with an accent was measured to be 2 columns wide');
    expect(charset).toContain('Window > Translation > Remote character set');
    expect(glyphs).toContain('Window > Appearance > Font settings');
  });

  it('says why the console cannot be drawn', () => {
    expect(adviceOn({ env: { TERM: 'dumb' } })).toEqual([
      expect.stringContaining('cannot be drawn here: TERM is dumb.'),
    ]);
  });

  it('says why everything is ASCII, and why there are few colours', () => {
    expect(adviceOn({ replies: { ...NO_REPLIES, eAcuteWidth: 2 } })[0]).toContain('does not take UTF-8');
    expect(adviceOn({ env: { TERM: 'screen' } })).toEqual([
      expect.stringContaining('Only 16 colours are used: TERM is screen'),
    ]);
  });
});
