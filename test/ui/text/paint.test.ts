import { describe, expect, it } from 'vitest';
import { textWidth } from '../../../src/core/text-width.ts';
import { span } from '../../../src/ui/text/line.ts';
import { createPainter } from '../../../src/ui/text/paint.ts';
import type { ThemeStyle } from '../../../src/ui/theme/theme.ts';
import { themeOf } from '../../../src/ui/theme/themes.ts';

describe('paint', () => {
  it('writes colours as names, numbers and hex', () => {
    const lookOf = (title: ThemeStyle): string | undefined => {
      const { theme } = themeOf('dark');
      const painter = createPainter({ ...theme, styles: { ...theme.styles, title } }, true);
      return painter.dress([span('x', 'title')])[0]?.look;
    };
    expect(lookOf({ fg: 'cyan', bold: true })).toBe('1;36');
    expect(lookOf({ fg: 'brightRed', bg: 'brightBlack' })).toBe('91;100');
    expect(lookOf({ fg: 80, bg: 238, inverse: true })).toBe('7;38;5;80;48;5;238');
    expect(lookOf({ fg: '#0a10ff', dim: true, underline: true })).toBe('2;4;38;2;10;16;255');
    expect(lookOf({})).toBe('');
  });

  it('leaves text in the look of the terminal alone', () => {
    expect(createPainter(themeOf('dark').theme, true).paint([span('14:32:05', 'clock')])).toBe('14:32:05');
  });

  it('writes ASCII of the same width where there is nothing else', () => {
    const painter = createPainter(themeOf('no-color').theme, false);
    const texts = [
      '54.3 °C',
      'Küche – außen',
      '客厅 21 °C',
      'cut he…',
      '3 × “x”',
      'e\u0301tage',
      '½ ™ ±2 ﬁ',
      'æ ½°C; a  b',
    ];
    for (const text of texts) {
      const painted = painter.paint([span(text)]);
      expect(painted).toMatch(/^[ -~]*$/);
      expect(painted.length, text).toBe(textWidth(text));
    }
    expect(painter.paint([span('Küche')])).toBe('Kuche');
    expect(painter.paint([span('12 µg/m³, 4 kΩ, 3 m², CO₂, 2 × 5')])).toBe('12 ug/m3, 4 kR, 3 m2, CO2, 2 x 5');
  });
  it('leaves no gap before a unit and none before a comma, and keeps the columns behind in line', () => {
    const painter = createPainter(themeOf('no-color').theme, false);
    const ascii = (text: string): string => painter.paint([span(text)]);
    expect(ascii('54.3 °C')).toBe('54.3 C ');
    expect(ascii('°C  ')).toBe('C   ');
    expect(ascii('critical above 90 °C; scale 20 to 90')).toBe('critical above 90 C; scale 20 to 90 ');
    expect(ascii('42.7 °C and 50 °F  live')).toBe('42.7 C and 50 F    live');
    expect(painter.paint([span('°C'), span(' '), span('rising')])).toBe('C  rising');
    expect(ascii('12 °dH')).toBe('12 dH ');
  });
});
