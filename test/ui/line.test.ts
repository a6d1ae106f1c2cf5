import { describe, expect, it } from 'vitest';
import { textWidth } from '../../src/core/text-width.ts';
import {
  cutText,
  fitLine,
  fitText,
  fitTextRight,
  lineWidth,
  overlayLines,
  sliceLine,
  span,
  spreadLine,
  wrapText,
} from '../../src/ui/line.ts';

/** Numbers from 0 to below 1 that are the same in each run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

const PIECES = ['a', 'Z', ' ', '°', '…', '客', '厅', 'é', 'e\u0301', '●', '▁', '한', '-', 'Flow'];

describe('lines', () => {
  it('come out exactly as wide as asked, whatever is in them', () => {
    const random = seeded(7);
    for (let round = 0; round < 3_000; round += 1) {
      const text = Array.from(
        { length: Math.floor(random() * 12) },
        () => PIECES[Math.floor(random() * PIECES.length)],
      ).join('');
      const width = Math.floor(random() * 20);
      const split = Math.floor(random() * text.length);
      const line = [span(text.slice(0, split)), span(text.slice(split), 'muted')];
      expect(textWidth(fitText(text, width)), `${text}|${width}`).toBe(width);
      expect(textWidth(fitTextRight(text, width))).toBe(width);
      expect(textWidth(cutText(text, width))).toBeLessThanOrEqual(width);
      expect(lineWidth(fitLine(line, width)), `${text}|${split}|${width}`).toBe(width);
      expect(lineWidth(spreadLine(line, [span('12')], width))).toBe(width);
      const [over] = overlayLines([fitLine(line, 20)], [[span('[box]')]], 4, 0);
      expect(lineWidth(over ?? [])).toBe(20);
      for (const row of wrapText(text, 3)) expect(textWidth(row)).toBeLessThanOrEqual(3);
    }
  });

  it('show with … that something was cut', () => {
    expect(cutText('temperature', 6)).toBe('tempe…');
    expect(
      fitLine([span('temper'), span('ature')], 7)
        .map(part => part.text)
        .join(''),
    ).toBe('temper…');
    expect(
      fitLine([span('abc'), span('def')], 3)
        .map(part => part.text)
        .join(''),
    ).toBe('ab…');
  });

  it('never draw half a wide character', () => {
    expect(fitText('客厅', 3)).toBe('客…');
    expect(
      sliceLine([span('客厅')], 1, 4)
        .map(part => part.text)
        .join(''),
    ).toBe(' 厅');
  });

  it('break at blanks, and in a word where that is too long', () => {
    expect(wrapText('the broker refused it', 10)).toEqual(['the broker', 'refused it']);
    expect(wrapText('heating/flow', 5)).toEqual(['heati', 'ng/fl', 'ow']);
    expect(wrapText('', 5)).toEqual(['']);
  });
});
