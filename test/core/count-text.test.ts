import { expect, it } from 'vitest';
import { countText, sizeText, timesText } from '../../src/core/count-text.ts';

it('counts one and many', () => {
  expect([countText(1, 'value'), countText(0, 'client')]).toEqual(['1 value', '0 clients']);
  expect([countText(1, 'entry', 'entries'), countText(2, 'entry', 'entries')]).toEqual(['1 entry', '2 entries']);
});

it('counts how often', () => {
  expect([timesText(1), timesText(2)]).toEqual(['once', '2 times']);
});

it.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [1_000, '1.0 kB'],
  [999_949, '999.9 kB'],
  [1_000_000, '1.0 MB'],
])('%i bytes are %s', (bytes, text) => {
  expect(sizeText(bytes)).toBe(text);
});
