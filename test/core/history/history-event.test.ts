import { expect, test } from 'vitest';
import { decodeEvent, encodeEvent, type HistoryEvent, peekEventAt } from '../../../src/core/history/history-event.ts';

const event: HistoryEvent = {
  ...{ at: 1_795_824_000_250, type: 'verdict', id: 'pump', severity: 'good', text: 'Pump on: confirmed' },
  detail: { verdict: 'confirmed', cure: null },
};

test('an event is read as it was written, a control character too', () => {
  expect(decodeEvent(encodeEvent(event))).toEqual(event);
  const odd = { ...event, id: null, text: 'a\u001b\u0000\n\u009bb' };
  expect(decodeEvent(encodeEvent(odd))).toEqual(odd);
  expect([...encodeEvent(odd)].filter(byte => byte < 0x20)).toEqual([]);
});

test.each<[string, unknown]>([
  ['no time', { ...event, at: '1' }],
  ['a time that is no number', { ...event, at: null }],
  ['no type', { ...event, type: 1 }],
  ['no severity', { ...event, severity: null }],
  ['no text', { ...event, text: undefined }],
  ['an id that is no text', { ...event, id: 7 }],
  ['no id', { ...event, id: undefined }],
  ['no detail', { ...event, detail: 'x' }],
  ['nothing', null],
  ['a number', 7],
])('an event with %s is none', (_, value) => {
  expect(decodeEvent(new TextEncoder().encode(JSON.stringify(value)))).toBeNull();
});

test('what is no JSON, or no UTF-8, is no event', () => {
  expect(decodeEvent(new TextEncoder().encode('{'))).toBeNull();
  expect(decodeEvent(Uint8Array.of(...encodeEvent(event), 0xff))).toBeNull();
});

test('its time is read from its first bytes, where it plainly stands there', () => {
  expect(peekEventAt(encodeEvent(event))).toBe(event.at);
  for (const at of [0, 9, 1_234_567_890_123_456]) expect(peekEventAt(encodeEvent({ ...event, at }))).toBe(at);
  const { at: _, ...others } = event;
  const odd = [
    { ...event, at: -5 },
    { ...event, at: 1.5 },
    { ...event, at: 1e21 },
    { ...others, at: 5 },
  ];
  expect(odd.map(one => peekEventAt(encodeEvent(one)))).toEqual([null, null, null, null]);
  const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
  expect(
    ['', '{"at":', '{"at":,', '{"at":12', '{"at":12}', '{"at":12345678901234567,'].map(text =>
      peekEventAt(bytesOf(text)),
    ),
  ).toEqual(new Array(6).fill(null));
  expect(peekEventAt(bytesOf('{"at":12,'))).toBe(12);
});
