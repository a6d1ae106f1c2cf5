import { createCipheriv, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { SealedText } from '../../../src/core/sealed/sealed-text.ts';
import { HEADER, isToken } from '../../../src/core/sealed/token.ts';
import { createRandom } from '../../../src/core/simulation/random.ts';
import { createCipher } from '../../../src/io/sealed/cipher.ts';
import vectors from '../../fixtures/sealed/vectors.json' with { type: 'json' };
import { rounds } from '../../helpers/random/rounds.ts';

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));
const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
const KEY = bytes(vectors.key);
/** `HOMETUI_SEALED_ROUNDS=1000000` tries more of them. */
const ROUNDS = Number(process.env.HOMETUI_SEALED_ROUNDS ?? rounds(20_000));
const cipher = createCipher(KEY, () => bytes(vectors.iv));

describe('the cipher of sealed payloads', () => {
  it.each(vectors.tokens)('makes and opens the vector of $topic', ({ topic, text, token }) => {
    const [boot = '', counter = '', id = '', value = ''] = text.split(' ');
    const read: SealedText = { boot: Number(boot), counter: Number(counter), id, value };
    expect(cipher.seal(topic, read)).toBe(`${HEADER}${token}`);
    expect(cipher.open(topic, ascii(`${HEADER}${token}`))).toEqual(read);
    expect(cipher.open(`${topic}/x`, ascii(`${HEADER}${token}`))).toBeNull();
    expect(createCipher(bytes('ff'.repeat(32))).open(topic, ascii(`${HEADER}${token}`))).toBeNull();
  });

  it('agrees with appendix B.1 of RFC 7518 in what it is made of', () => {
    // The key of the appendix is 00 … 1f, the first half for the tag: what differs here is the header and the text.
    const key = Buffer.from(Array.from({ length: 32 }, (_, index) => index));
    const iv = Buffer.from('1af38c2dc2b96ffdd86694092341bc04', 'hex');
    const text =
      'A cipher system must not be required to be secret, and it must be able to fall into the hands of the enemy without inconvenience';
    const header = Buffer.from('The second principle of Auguste Kerckhoffs');
    const made = createCipheriv('aes-128-cbc', key.subarray(16), iv);
    const ciphertext = Buffer.concat([made.update(text), made.final()]);
    const bits = Buffer.from('0000000000000150', 'hex');
    const tag = createHmac('sha256', key.subarray(0, 16)).update(header).update(iv).update(ciphertext).update(bits);
    expect(ciphertext.subarray(0, 4).toString('hex')).toBe('c80edfa3');
    expect(tag.digest().subarray(0, 16).toString('hex')).toBe('652c3fa36b0a7c5b3219fab3a30bc1c4');
  });

  it('seals the same text each time in another way', () => {
    const random = createCipher(KEY);
    const text: SealedText = { boot: 1, counter: 2, id: '0', value: 'on' };
    const tokens = Array.from({ length: 100 }, () => random.seal('heating/pump', text));
    expect(new Set(tokens).size).toBe(100);
    for (const token of tokens) expect(random.open('heating/pump', ascii(token))).toEqual(text);
  });

  it('takes nothing that was altered, cut, extended, or sealed for another topic or device', {
    timeout: 900_000,
  }, () => {
    const random = createRandom(11);
    const others = [createCipher(bytes('01'.repeat(32))), createCipher(bytes('02'.repeat(32)))];
    const real = createCipher(KEY);
    let taken = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const text: SealedText = { boot: round, counter: round * 3, id: '0', value: String(random.next()) };
      const token = real.seal('heating/flow', text);
      const forged = forge(token, text, random, others);
      if (forged.token === token && forged.topic === 'heating/flow') continue;
      if (real.open(forged.topic, forged.token instanceof Uint8Array ? forged.token : ascii(forged.token)) !== null)
        taken += 1;
    }
    expect(taken).toBe(0);
  });

  it.each(['', 'on', '64.3', '....', `${HEADER}..`, `${HEADER}....`, `${HEADER}..AA.AA.AA`, '{"value": 3}'])(
    'finds nothing in %j',
    text => {
      expect(cipher.open('heating/flow', ascii(text))).toBeNull();
    },
  );

  it('tells what claims to be sealed from what came in the clear', () => {
    expect(isToken(ascii(`${HEADER}..x`))).toBe(true);
    expect(isToken(ascii(HEADER))).toBe(false);
    expect(isToken(ascii('64.3'))).toBe(false);
    expect(isToken(ascii('x'.repeat(100_000)))).toBe(false);
  });

  it('does not look into what is longer than any of ours', () => {
    const long = cipher.seal('heating/flow', { boot: 1, counter: 1, id: '0', value: 'x'.repeat(4_000) });
    expect(long.length).toBeGreaterThan(4_096);
    expect(cipher.open('heating/flow', ascii(long))).toBeNull();
  });
});

type Random = ReturnType<typeof createRandom>;

interface Forged {
  readonly topic: string;
  readonly token: string | Uint8Array;
}

/** One of the ways in which somebody on the way makes something else of a token. */
function forge(
  token: string,
  text: SealedText,
  random: Random,
  others: readonly ReturnType<typeof createCipher>[],
): Forged {
  const at = Math.floor(random.next() * token.length);
  const sign = String.fromCharCode(Math.floor(random.next() * 128));
  const topic = 'heating/flow';
  switch (Math.floor(random.next() * 8)) {
    case 0:
      return { topic, token: token.slice(0, at) + sign + token.slice(at + 1) };
    case 1:
      return { topic, token: token.slice(0, at) };
    case 2:
      return { topic, token: token.slice(0, at) + sign + token.slice(at) };
    case 3:
      return { topic, token: token + sign };
    case 4:
      return { topic: random.pick(['heating/return', 'heating/flow/', 'Heating/flow', '', 'heating/pump']), token };
    case 5:
      return { topic, token: random.pick(others).seal(topic, text) };
    case 6: {
      const altered = ascii(token);
      altered[at] = (altered[at] ?? 0) ^ (1 << Math.floor(random.next() * 8));
      return { topic, token: altered };
    }
    default: {
      const parts = token.split('.');
      const place = 2 + Math.floor(random.next() * 3);
      parts[place] = Buffer.from(Array.from({ length: 16 }, () => Math.floor(random.next() * 256))).toString(
        'base64url',
      );
      return { topic, token: parts.join('.') };
    }
  }
}
