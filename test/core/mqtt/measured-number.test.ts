import { describe, expect, it } from 'vitest';
import { decodeMeasured, type NumberForm, rawNumber } from '../../../src/core/mqtt/measured-number.ts';
import { createRandom } from '../../helpers/random/random.ts';

const decode = (text: string, form: Partial<NumberForm>) => {
  const read = decodeMeasured(new TextEncoder().encode(text), { unit: '°C', ...form });
  return read.ok ? read.value : read.error;
};

describe('the number that a payload means', () => {
  it.each<[string, Partial<NumberForm>, number]>([
    ['21.5', {}, 21.5],
    ['21.5 °C', {}, 21.5],
    ['{"t":21.5}', { path: 't' }, 21.5],
    ['215', { scale: 0.1 }, 21.5],
    ['21.5', { offset: -5 }, 16.5],
    ['215', { scale: 0.1, offset: -5 }, 16.5],
    // Where it is converted its own unit is another one.
    ['215 dC', { scale: 0.1 }, 21.5],
    ['215 dC', { offset: 0 }, 215],
    ['3', { scale: 0.1 }, 0.3],
    ['low', { map: { low: 1, high: 3 } }, 1],
    ['LOW', { map: { low: 1 } }, 1],
    ['{"t":"high"}', { path: 't', map: { low: 1, high: 3 } }, 3],
    // The word that is written so goes before one that is written otherwise.
    ['On', { map: { on: 1, On: 2 } }, 2],
    ['7', { map: { low: 1 } }, 7],
    // A word has its number already.
    ['low', { map: { low: 1 }, scale: 10, offset: 5 }, 1],
    ['7', { map: { low: 1 }, scale: 10 }, 70],
  ])('%s with %j is %d', (text, form, value) => {
    expect(decode(text, form)).toBe(value);
  });

  it.each<[string, Partial<NumberForm>, RegExp]>([
    ['21.5 °F', {}, /°F/],
    ['warm', {}, /warm/],
    ['warm', { scale: 2 }, /warm/],
    ['warm', { map: { low: 1 } }, /^"warm" is neither a number nor in its map$/],
    ['toString', { map: { low: 1 } }, /^"toString" is neither a number nor in its map$/],
    ['', { map: { low: 1 } }, /^the payload is empty$/],
  ])('%j with %j is none', (text, form, why) => {
    expect(decode(text, form)).toMatch(why);
  });

  it('says the same the other way round', () => {
    expect(rawNumber(21.5, {})).toBe(21.5);
    expect(rawNumber(16.5, { scale: 0.1, offset: -5 })).toBe(215);
    const random = createRandom(31);
    for (let round = 0; round < 500; round++) {
      const form = { unit: '', scale: random.pick([0.001, 0.1, 1, 2, 60, -1]), offset: random.pick([0, -40, 273.15]) };
      const value = Number((200 * (random.next() - 0.5)).toFixed(2));
      expect(decode(String(rawNumber(value, form)), form)).toBeCloseTo(value, 6);
    }
  });
});
