import { describe, expect, it } from 'vitest';
import { HEADER, isToken, joinToken, splitToken } from '../../../src/core/sealed/token.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const filled = (length: number, value: number): Uint8Array => new Uint8Array(length).fill(value);
const parts = (ciphertext = 16, iv = 16, tag = 16) => ({
  ...{ iv: filled(iv, 1), ciphertext: filled(ciphertext, 2), tag: filled(tag, 3) },
});
const SHORT = `${HEADER}..AQEBAQEBAQEBAQEBAQEBAQ.AgICAgICAgICAgICAgICAg.AwMDAwMDAwMDAwMDAwMDAw`;

describe('a token', () => {
  it('is written as JWE has it, and read again', () => {
    expect(joinToken(parts())).toBe(SHORT);
    expect(splitToken(bytes(SHORT))).toStrictEqual(parts());
    expect(splitToken(bytes(joinToken(parts(48))))).toStrictEqual(parts(48));
  });

  it('is read up to 4 096 bytes', () => {
    const longest = joinToken(parts(2_992));
    expect([longest.length, splitToken(bytes(longest))?.ciphertext.length]).toEqual([4_085, 2_992]);
    expect(splitToken(bytes(joinToken(parts(3_008))))).toBeNull();
  });

  it.each([
    ['with another header', SHORT.replace('eyJ', 'eyK')],
    ['with a key of its own', SHORT.replace('..', '.AQ.')],
    ['without a tag', SHORT.slice(0, SHORT.lastIndexOf('.'))],
    ['with one part more', `${SHORT}.AQ`],
    ['with a letter that is none of base64url', SHORT.replace('AwMD', 'Aw+D')],
    ['with a short initialization vector', joinToken(parts(16, 15))],
    ['with a long initialization vector', joinToken(parts(16, 17))],
    ['with a short tag', joinToken(parts(16, 16, 15))],
    ['without a ciphertext', joinToken(parts(0))],
    ['with a part of a block', joinToken(parts(17))],
    ['in the clear', '21.5'],
    ['that is empty', ''],
  ])('%s is none', (_, text) => {
    expect(splitToken(bytes(text))).toBeNull();
  });
});

it.each([
  [SHORT, true],
  [`${HEADER}..`, true],
  [`${HEADER}..anything`, true],
  [`${HEADER}.`, false],
  [`${HEADER}.x.`, false],
  ['21.5', false],
  ['', false],
])('%s claims to be sealed: %s', (text, isSealed) => {
  expect(isToken(bytes(text))).toBe(isSealed);
});
