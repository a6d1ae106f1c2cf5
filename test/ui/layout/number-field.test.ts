import { describe, expect, it } from 'vitest';
import { numberField } from '../../../src/ui/layout/number-field.ts';

const field = { integer: 3, fraction: 2 };

describe('numberField', () => {
  it('aligns on the decimal point', () => {
    expect([54.3, -7.25, 100, 0.04, -0.04].map(value => numberField(value, 1, field))).toEqual([
      ' 54.3',
      ' -7.3',
      '100.0',
      '  0.0',
      '  0.0',
    ]);
    expect(numberField(1_013, 0, { integer: 4, fraction: 2 })).toBe('1013  ');
  });

  it('never loses a leading digit', () => {
    expect(numberField(1_234.5, 1, field)).toBe(' 1235');
    expect(numberField(12_345, 1, field)).toBe('12345');
    expect(numberField(123_456, 1, field)).toBe(' 1e+5');
    expect(numberField(-123_456, 1, field)).toBe('-1e+5');
  });
});
