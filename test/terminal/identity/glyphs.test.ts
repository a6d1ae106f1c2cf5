import { describe, expect, it } from 'vitest';
import { isSimpleText } from '../../../src/core/text-width.ts';
import type { GlyphSet } from '../../../src/terminal/identity/evidence.ts';
import { type Glyphs, glyphsFor } from '../../../src/terminal/identity/glyphs.ts';

const RUNGS: readonly GlyphSet[] = ['full', 'wgl4', 'linux', 'ascii'];

const allOf = (glyphs: Glyphs): readonly string[] => [
  ...glyphs.sparkline,
  glyphs.silence,
  ...Object.values(glyphs.frame),
  ...Object.values(glyphs.symbols),
  ...glyphs.chart,
];

/** What Windows Glyph List 4 has of arrows, mathematics, box drawing, blocks and shapes. */
const WGL4_SYMBOLS = '←↑→↓↔↕↨∂∆∏∑−∕∙√∞∟∩∫≈≠≡≤≥⌂⌐⌠⌡▀▄█▌▐░▒▓■□▪▫▬▲►▼◄◊○●◘◙◦☺☻☼♀♂♠♣♥♦♪♫–—‗‘’‚‛“”„†‡•…‰′″‹›‼‾⁄ⁿ';

describe('the glyphs', () => {
  it.each(RUNGS)('of %s are one column wide, beyond doubt', rung => {
    for (const glyph of allOf(glyphsFor({ glyphs: rung }))) {
      expect([...glyph]).toHaveLength(1);
      expect(isSimpleText(glyph)).toBe(true);
    }
  });

  it('of wgl4 are in Windows Glyph List 4', () => {
    const isInList = (glyph: string) =>
      /[\u0020-\u007e\u00a0-\u00ff\u2500-\u256c]/.test(glyph) || WGL4_SYMBOLS.includes(glyph);
    expect(allOf(glyphsFor({ glyphs: 'wgl4' })).filter(glyph => !isInList(glyph))).toEqual([]);
  });

  it('of linux are in the fonts of Debian and of the kernel', () => {
    const inBoth = '°±·←↑→↓─│┌┐└┘├┤┬┴┼═█░▒■▲▼•';
    const others = allOf(glyphsFor({ glyphs: 'linux' })).filter(
      glyph => !/[ -~]/.test(glyph) && !inBoth.includes(glyph),
    );
    expect(others).toEqual([]);
  });

  it('have big digits only where their half blocks are', () => {
    expect(RUNGS.filter(rung => glyphsFor({ glyphs: rung }).hasHalfBlocks)).toEqual(['full', 'wgl4']);
  });

  it('of ascii are ASCII', () => {
    expect(allOf(glyphsFor({ glyphs: 'ascii' })).join('')).toMatch(/^[\u0020-\u007e]+$/);
  });

  it.each(RUNGS)('of %s tell the states apart', rung => {
    const { symbols } = glyphsFor({ glyphs: rung });
    const states = [symbols.live, symbols.off, symbols.late, symbols.stale, symbols.offline];
    expect(new Set(states).size).toBe(states.length);
    expect(new Set([symbols.up, symbols.flat, symbols.down]).size).toBe(3);
  });

  it.each(RUNGS)('of %s are what asciichart wants', rung => {
    expect(glyphsFor({ glyphs: rung }).chart).toHaveLength(10);
  });
});
