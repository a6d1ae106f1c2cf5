import { createHash, randomBytes } from 'node:crypto';
import { KEY_BYTES } from './cipher.ts';

/** A key out of the system's randomness, 64 hexadecimal digits. */
export function newKey(): string {
  return randomBytes(KEY_BYTES).toString('hex');
}

/** By what people tell keys apart that they never see: eight hexadecimal digits of a hash of it. */
export function fingerprint(key: string): string {
  const digits = createHash('sha256').update(key).digest('hex');
  return `${digits.slice(0, 4)} ${digits.slice(4, 8)}`;
}
