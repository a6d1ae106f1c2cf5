import { describe, expect, it } from 'vitest';
import { fitLine, lineWidth, overlayLines, sliceLine, span, spreadLine } from '../../../src/ui/text/line.ts';
import { createRandom } from '../../helpers/random/random.ts';

const PIECES = ['a', 'Z', ' ', '°', '…', '客', '厅', 'é', 'e\u0301', '●', '▁', '한', '-', 'Flow'];

describe('lines', () => {
  it('come out exactly as wide as asked, whatever is in them', () => {
    const random = createRandom(7);
    for (let round = 0; round < 3_000; round += 1) {
      const text = Array.from({ length: random.below(12) }, () => random.pick(PIECES)).join('');
      const width = random.below(20);
      const split = random.below(text.length);
      const line = [span(text.slice(0, split)), span(text.slice(split), 'muted')];
      expect(lineWidth(fitLine(line, width)), `${text}|${split}|${width}`).toBe(width);
      expect(lineWidth(spreadLine(line, [span('12')], width))).toBe(width);
      const [over] = overlayLines([fitLine(line, 20)], [[span('[box]')]], 4, 0);
      expect(lineWidth(over ?? [])).toBe(20);
    }
  });

  it('show with … that something was cut', () => {
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
    expect(
      sliceLine([span('客厅')], 1, 4)
        .map(part => part.text)
        .join(''),
    ).toBe(' 厅');
  });
});
