import { expect, it } from 'vitest';
import { payloadLine, payloadText, pictureText } from '../../../src/core/explorer/payload-kind.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

it.each([
  [bytes('54.3 °C'), '54.3 °C'],
  [bytes('{"a":1,\n  "b":2}'), '{"a":1, "b":2}'],
  [bytes(''), '(empty)'],
  [bytes(' \n'), '(blank)'],
  [bytes('\u001b[31mred'), '\u{fffd}[31mred'],
  [Uint8Array.of(0xff, 0xfe, 0), '(3 bytes that are no text)'],
  [Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1), '(PNG picture, 9 bytes)'],
  [Uint8Array.of(0xff, 0xd8, 0xff, 0xe0), '(JPEG picture, 4 bytes)'],
  [bytes('x'.repeat(200)), `${'x'.repeat(39)}…`],
])('%j is shown as %s', (payload, line) => {
  expect(payloadLine(payload, payload.length, 40)).toBe(line);
});

it('a text of which the begin is kept is one, also where it was cut within a sign', () => {
  const whole = bytes('grün ist gut');
  for (let kept = 1; kept < whole.length; kept++) {
    expect(payloadText(whole.slice(0, kept), whole.length)).not.toBeNull();
    expect(payloadLine(whole.slice(0, kept), whole.length, 40)).toMatch(/^g.*…$/);
  }
  // The same without anything behind it is no text.
  expect(payloadText(whole.slice(0, 3), 3)).toBeNull();
});

it.each([
  [999, '999 bytes'],
  [1_000, '1.0 kB'],
  [1_000_000, '1.0 MB'],
])('%i bytes are told as %s', (size, text) => {
  expect(payloadLine(Uint8Array.of(0xff), size, 40)).toBe(`(${text} that are no text)`);
});

const ascii = (text: string): number[] => [...text].map(sign => sign.charCodeAt(0));

it.each([
  [
    'PNG',
    [0x89, ...ascii('PNG\r\n'), 0x1a, 0x0a, 0, 0, 0, 13, ...ascii('IHDR'), 0, 0, 2, 0x80, 0, 0, 1, 0xe0],
    '640 × 480',
  ],
  ['GIF', [...ascii('GIF89a'), 0x20, 0x03, 0x58, 0x02], '800 × 600'],
  [
    'JPEG',
    [0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 1, 0xff, 0xc4, 0, 3, 9, 0xff, 0xc0, 0, 11, 8, 1, 0xe0, 2, 0x80, 3, 0, 0, 0],
    '640 × 480',
  ],
])('the size of a %s is read where it stands', (name, whole, size) => {
  expect(pictureText(Uint8Array.from(whole))).toBe(`${name} picture, ${size}`);
  // Whatever is missing of it is no reason to fall.
  for (let kept = 0; kept < whole.length; kept++) {
    expect([null, `${name} picture`, `${name} picture, ${size}`]).toContain(
      pictureText(Uint8Array.from(whole.slice(0, kept))),
    );
  }
});
