import { fromBase64Url, toBase64Url } from './base64-url.ts';

/**
 * A sealed payload is a token of JWE in its compact form (RFC 7516, section 7.1) with `{"alg":"dir","enc":"A128CBC-HS256"}`
 * (RFC 7518, sections 4.5 and 5.2.3): five parts, of which the second is empty. The header is compared as a text: no other
 * algorithm can be asked for.
 */
export const HEADER = 'eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4Q0JDLUhTMjU2In0';

/** What the tag is made over behind the ciphertext: the length of the header in bits, 64 bits long. */
export const HEADER_BITS: Uint8Array = new Uint8Array([0, 0, 0, 0, 0, 0, 1, 120]);

/** What stands before a topic where its key is made of that of its device. */
export const KEY_PURPOSE = 'hometui sealed 1\0';

/** Bytes of a block of AES, of an initialization vector and of the tag. */
export const BLOCK = 16;

/** Payloads longer than this, bytes, are none of ours and are not looked into. */
const LONGEST = 4_096;

/** The parts of a token that are not the same in all. */
export interface TokenParts {
  /** 16 bytes. */
  readonly iv: Uint8Array;
  /** 16 bytes, or a multiple of that. */
  readonly ciphertext: Uint8Array;
  /** 16 bytes. */
  readonly tag: Uint8Array;
}

/** The parts of a sealed payload; `null` for everything else, and for one that is written in another way. */
export function splitToken(payload: Uint8Array): TokenParts | null {
  if (payload.length > LONGEST) return null;
  const [header, key, ...rest] = asciiOf(payload).split('.');
  if (header !== HEADER || key !== '' || rest.length !== 3) return null;
  const [iv, ciphertext, tag] = rest.map(fromBase64Url);
  if (iv?.length !== BLOCK || tag?.length !== BLOCK) return null;
  if (ciphertext == null || ciphertext.length === 0 || ciphertext.length % BLOCK !== 0) return null;
  return { iv, ciphertext, tag };
}

/** A sealed payload as it is sent. */
export function joinToken({ iv, ciphertext, tag }: TokenParts): string {
  return [HEADER, '', ...[iv, ciphertext, tag].map(toBase64Url)].join('.');
}

/** Whether a payload claims to be sealed: what does not was sent in the clear. */
export function isToken(payload: Uint8Array): boolean {
  return asciiOf(payload.subarray(0, HEADER.length + 2)) === `${HEADER}..`;
}

function asciiOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
