import { expect, it } from 'vitest';
import { parseWebAddress } from '../../../src/core/notices/web-address.ts';

it.each([
  ['https://ntfy.sh', true],
  ['http://localhost:8080/x', true],
  ['http://127.0.0.1:8080', true],
  ['http://127.1.2.3', true],
  ['http://[::1]:80/', true],
  ['http://pi.local/hook', 'has no TLS, and what goes there can be read on the way'],
  ['http://127.0.0.1.example.org/', 'has no TLS, and what goes there can be read on the way'],
  ['http://not-localhost/', 'has no TLS, and what goes there can be read on the way'],
  ['http://127.0.0.10/', true],
  ['ftp://pi/', 'begins with ftp://'],
  ['pi', 'is no URL'],
  ['https://me@pi/', 'holds a user or a password, and is shown in messages'],
  ['https://:pw@pi/', 'holds a user or a password, and is shown in messages'],
])('%s: %s', (text, expected) => {
  const read = parseWebAddress(text, false);
  expect(read.ok ? true : read.error).toBe(expected);
});

it('may go in the clear where that is said', () => {
  expect(parseWebAddress('http://pi.local/hook', true).ok).toBe(true);
});
