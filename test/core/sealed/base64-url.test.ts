import { describe, expect, it } from 'vitest';
import { fromBase64Url, toBase64Url } from '../../../src/core/sealed/base64-url.ts';
import { createRandom } from '../../../src/core/simulation/random.ts';

describe('base64url', () => {
  it('is that of Node for bytes of every length', () => {
    const random = createRandom(7);
    for (let length = 0; length <= 100; length += 1) {
      const bytes = Uint8Array.from({ length }, () => Math.floor(random.next() * 256));
      const text = Buffer.from(bytes).toString('base64url');
      expect(toBase64Url(bytes)).toBe(text);
      expect(fromBase64Url(text)).toEqual(bytes);
    }
  });

  it.each(['A', 'AAAAA', 'AA==', 'A A', 'AB', 'AAB', '+/8', 'AA\n', 'Aä', 'AAA.', '=', ' '])(
    'does not take %j, which says the same in another way or nothing',
    text => {
      expect(fromBase64Url(text)).toBeNull();
    },
  );

  it('takes of all texts of two signs the 256 that stand for a byte', () => {
    const signs = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));
    const taken = signs.flatMap(one => signs.map(other => one + other)).filter(text => fromBase64Url(text) !== null);
    expect(taken).toHaveLength(256);
    expect(new Set(taken.map(text => fromBase64Url(text)?.[0])).size).toBe(256);
  });
});
