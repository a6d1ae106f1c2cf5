import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { parseSealedText, type SealedText, sealedText } from '../../core/sealed/sealed-text.ts';
import { BLOCK, HEADER, HEADER_BITS, joinToken, KEY_PURPOSE, splitToken } from '../../core/sealed/token.ts';

/** Seals and opens the payloads of one device. */
export interface Cipher {
  /** A token for this topic alone; the initialization vector is random. */
  readonly seal: (topic: string, text: SealedText) => string;
  /** What stands in a token; `null` where it was not sealed with this key for this topic, or not of our form. */
  readonly open: (topic: string, payload: Uint8Array) => SealedText | null;
}

/** Bytes of a device's key. */
export const KEY_BYTES = 32;

const ALGORITHM = 'aes-128-cbc';

/** The cipher of a device whose key of 32 bytes is given. The keys of its topics are made once. */
export function createCipher(key: Uint8Array, random: (bytes: number) => Uint8Array = randomBytes): Cipher {
  const topicKeys = new Map<string, TopicKey>();
  const keyOf = (topic: string): TopicKey => {
    const known = topicKeys.get(topic);
    if (known !== undefined) return known;
    const made = deriveKey(key, topic);
    topicKeys.set(topic, made);
    return made;
  };
  return {
    seal: (topic, text) => {
      const { mac, enc } = keyOf(topic);
      const iv = random(BLOCK);
      const cipher = createCipheriv(ALGORITHM, enc, iv);
      const ciphertext = Buffer.concat([cipher.update(sealedText(text), 'utf8'), cipher.final()]);
      return joinToken({ iv, ciphertext, tag: tagOf(mac, iv, ciphertext) });
    },
    open: (topic, payload) => {
      const parts = splitToken(payload);
      if (parts === null) return null;
      const { mac, enc } = keyOf(topic);
      // The tag first: nothing is decrypted that does not bear ours.
      if (!timingSafeEqual(tagOf(mac, parts.iv, parts.ciphertext), parts.tag)) return null;
      return decrypt(enc, parts.iv, parts.ciphertext);
    },
  };
}

interface TopicKey {
  readonly mac: Buffer;
  readonly enc: Buffer;
}

/** HKDF-Expand (RFC 5869, section 2.3) of one block; the halves as in RFC 7518, section 5.2.2.1. */
function deriveKey(key: Uint8Array, topic: string): TopicKey {
  const block = createHmac('sha256', key)
    .update(KEY_PURPOSE)
    .update(topic)
    .update(new Uint8Array([1]))
    .digest();
  return { mac: block.subarray(0, BLOCK), enc: block.subarray(BLOCK) };
}

function tagOf(mac: Buffer, iv: Uint8Array, ciphertext: Uint8Array): Buffer {
  const whole = createHmac('sha256', mac).update(HEADER).update(iv).update(ciphertext).update(HEADER_BITS).digest();
  return whole.subarray(0, BLOCK);
}

/** Its tag was ours, so padding and text are as somebody with the key made them: that may still be none of our form. */
function decrypt(enc: Buffer, iv: Uint8Array, ciphertext: Uint8Array): SealedText | null {
  try {
    const decipher = createDecipheriv(ALGORITHM, enc, iv);
    const bytes = Buffer.concat([decipher.update(ciphertext), decipher.final()]);
    return parseSealedText(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return null;
  }
}
