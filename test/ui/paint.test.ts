import { describe, expect, it } from 'vitest';
import { textWidth } from '../../src/core/text-width.ts';
import { span } from '../../src/ui/line.ts';
import { createPainter, sgrOf } from '../../src/ui/paint.ts';
import { themeOf } from '../../src/ui/themes.ts';

describe('paint', () => {
  it('writes colours as names, numbers and hex', () => {
    expect(sgrOf({ fg: 'cyan', bold: true })).toBe('\u001b[1;36m');
    expect(sgrOf({ fg: 'brightRed', bg: 'brightBlack' })).toBe('\u001b[91;100m');
    expect(sgrOf({ fg: 80, bg: 238, inverse: true })).toBe('\u001b[7;38;5;80;48;5;238m');
    expect(sgrOf({ fg: '#0a10ff', dim: true, underline: true })).toBe('\u001b[2;4;38;2;10;16;255m');
    expect(sgrOf({})).toBe('');
  });

  it('leaves text in the look of the terminal alone', () => {
    expect(createPainter(themeOf('dark').theme, true).paint([span('14:32:05', 'clock')])).toBe('14:32:05');
  });

  it('writes ASCII of the same width where there is nothing else', () => {
    const painter = createPainter(themeOf('no-color').theme, false);
    for (const text of ['54.3 °C', 'Küche – außen', '客厅 21 °C', 'waiting…', '3 × “x”', 'e\u0301tage']) {
      const painted = painter.paint([span(text)]);
      expect(painted).toMatch(/^[ -~]*$/);
      expect(painted.length, text).toBe(textWidth(text));
    }
    expect(painter.paint([span('54.3 °C')])).toBe('54.3 C ');
    expect(painter.paint([span('Küche')])).toBe('Kuche');
  });
});
