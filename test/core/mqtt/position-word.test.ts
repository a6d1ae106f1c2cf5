import { describe, expect, test } from 'vitest';
import { positionOfWord } from '../../../src/core/mqtt/position-word.ts';

describe('positionOfWord', () => {
  const own = { on: 'ON', off: 'OFF', answers: { on: ['yes', 'Open'], off: ['no'] } };

  test.each([
    ['yes', 'on'],
    ['YES', 'on'],
    ['open', 'on'],
    ['No', 'off'],
    ['ON', 'on'],
    ['0', 'off'],
    ['opening', null],
    ['"on"', null],
    ['100', null],
  ])('takes %j for %j', (word, position) => {
    expect(positionOfWord(word, own)).toBe(position);
  });

  test('capitals count where the house file says so', () => {
    const exact = { on: 'x', off: 'y', answers: { on: ['A'], off: ['a'], matchCase: true } };
    expect([positionOfWord('A', exact), positionOfWord('a', exact)]).toEqual(['on', 'off']);
  });

  test('the words that command beat the usual ones, both of them', () => {
    expect(['0', '1'].map(word => positionOfWord(word, { on: '0', off: '1' }))).toEqual(['on', 'off']);
  });

  test('what the house file says of answers beats commands and usual words', () => {
    const inverted = { on: 'on', off: 'off', answers: { on: ['off', '0'], off: ['on', '1'] } };
    expect(['off', '0', 'on', '1'].map(word => positionOfWord(word, inverted))).toEqual(['on', 'on', 'off', 'off']);
  });
});
