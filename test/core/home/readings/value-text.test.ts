import { describe, expect, it } from 'vitest';
import {
  formatBeside,
  formatBound,
  formatValue,
  limitSentence,
} from '../../../../src/core/home/readings/value-text.ts';
import { createRandom } from '../../../helpers/random/random.ts';
import { rounds } from '../../../helpers/random/rounds.ts';

describe('a value with its unit', () => {
  it.each([
    [54.25, '°C', undefined, '54.3 °C'],
    [-0.04, 'K', undefined, '0.0 K'],
    [7, '', 0, '7'],
  ])('of %s %s with %s digits is "%s"', (value, unit, decimals, text) => {
    expect(formatValue(value, unit, decimals)).toBe(text);
  });
});

describe('a bound', () => {
  it.each([
    [80, undefined, '80.0 °C'],
    [80, 0, '80 °C'],
    [95.5, 0, '95.5 °C'],
    [80.25, undefined, '80.25 °C'],
    [-0.5, 0, '-0.5 °C'],
  ])('of %s with %s digits is never rounded to another one: %s', (bound, decimals, text) => {
    expect(formatBound(bound, '°C', decimals)).toBe(text);
  });
});

describe('a value beside a bound', () => {
  it.each([
    [95.04, 95, undefined, '95.04 °C'],
    [94.96, 95, undefined, '94.96 °C'],
    [95.1, 95, undefined, '95.1 °C'],
    [95, 95, undefined, '95.0 °C'],
    [95.4, 95, 0, '95.4 °C'],
    [96, 95, 0, '96 °C'],
    [-0.04, 0, undefined, '-0.04 °C'],
  ])('%s beside %s with %s digits is "%s"', (value, bound, decimals, text) => {
    expect(formatBeside(value, bound, '°C', decimals)).toBe(text);
  });

  it('stands on its side of it, whatever the two are', () => {
    const random = createRandom(7);
    for (let round = 0; round < rounds(500); round += 1) {
      const decimals = Math.floor(random.next() * 4);
      const bound = Number((random.next() * 200 - 100).toFixed(Math.floor(random.next() * 4))) + 0;
      const value = bound + (random.next() - 0.5) * 10 ** -Math.floor(random.next() * 6);
      const shown = Number(formatBeside(value, bound, '', decimals));
      const known = Number(formatBound(bound, '', decimals));
      expect([Math.sign(shown - known), known], `${value} beside ${bound}`).toEqual([Math.sign(value - bound), bound]);
    }
  });
});

describe('what a value says against its limits', () => {
  const sensor = {
    ...{ label: 'Flow', topic: 'f', unit: '°C', decimals: 0 },
    ...{ warning: { high: 80, low: 10.5 }, critical: { high: 95 } },
  };

  it.each([
    [80, 'now', null],
    [80.4, 'now', 'Flow is 80.4 °C, above 80'],
    [81, 'now', 'Flow is 81 °C, above 80'],
    [95.2, 'now', 'Flow is 95.2 °C, above 95'],
    [10.5, 'now', null],
    [10.4, 'now', 'Flow is 10 °C, below 10.5'],
    [96, 'retained', 'Flow was 96 °C, above 95, in a retained message of unknown age'],
    [96, '9 min ago', 'Flow was 96 °C, above 95, when it was last heard, 9 min ago'],
  ] as const)('at %s, %s, is %s', (value, when, sentence) => {
    expect(limitSentence(sensor, value, when)).toBe(sentence);
  });
});
