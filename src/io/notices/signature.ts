import { createHmac } from 'node:crypto';

/** What a receiver can see by that a text is from somebody who has the key: HMAC-SHA256 (RFC 2104), in hexadecimal digits. */
export function signatureOf(text: string, key: string): string {
  return createHmac('sha256', key).update(text).digest('hex');
}
