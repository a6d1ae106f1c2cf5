import { describe, expect, it } from 'vitest';
import { colorParameters, DEFAULT_COLOR, reduceColor, rgb } from '../../../src/terminal/cells/color.ts';

describe('colours on terminals that have fewer', () => {
  it('stay as they are where the terminal has them', () => {
    for (const color of [DEFAULT_COLOR, 0, 9, 15]) {
      for (const depth of [4, 8, 24] as const) expect(reduceColor(color, depth)).toBe(color);
    }
    expect(reduceColor(208, 8)).toBe(208);
    expect(reduceColor(rgb(1, 2, 3), 24)).toBe(rgb(1, 2, 3));
  });

  it('become the nearest of 256', () => {
    expect(reduceColor(rgb(255, 135, 0), 8)).toBe(208);
    expect(reduceColor(rgb(0, 0, 0), 8)).toBe(16);
    expect(reduceColor(rgb(128, 128, 128), 8)).toBe(244);
    expect(reduceColor(rgb(254, 254, 254), 8)).toBe(231);
  });

  it('become the nearest of 16', () => {
    expect(reduceColor(rgb(250, 10, 10), 4)).toBe(9);
    expect(reduceColor(196, 4)).toBe(9);
    expect(reduceColor(244, 4)).toBe(8);
    expect(reduceColor(rgb(0, 200, 0), 4)).toBe(2);
    expect(reduceColor(232, 4)).toBe(0);
  });

  it('are none with one bit', () => {
    expect([3, 208, rgb(1, 2, 3)].map(color => reduceColor(color, 1))).toEqual([-1, -1, -1]);
  });
});

describe('the parameters of a colour', () => {
  it.each([
    [DEFAULT_COLOR, '39', '49'],
    [1, '31', '41'],
    [9, '91', '101'],
    [208, '38;5;208', '48;5;208'],
    [rgb(1, 2, 3), '38;2;1;2;3', '48;2;1;2;3'],
  ])('of %i are %s and %s', (color, foreground, background) => {
    expect(colorParameters(color, 30)).toBe(foreground);
    expect(colorParameters(color, 40)).toBe(background);
  });
});
