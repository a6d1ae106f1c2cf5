import { describe, expect, it } from 'vitest';
import { createObserver, type Heard } from '../../../src/core/discover/observer.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What is heard of live messages on one topic, a second after each other. */
function heardOf(payloads: readonly (string | Uint8Array)[], topic = 'a/b'): Heard | undefined {
  const observer = createObserver();
  payloads.forEach((payload, second) => {
    observer.add(topic, typeof payload === 'string' ? bytes(payload) : payload, false, second * 1_000);
  });
  return observer.seen(0).topics.get(topic);
}

describe('what was heard on a topic', () => {
  it('is its messages, texts and pace', () => {
    expect(heardOf([' on ', 'off', 'on'])).toStrictEqual({
      ...{ topic: 'a/b', live: 3, isRetained: false, intervalMs: 1_000, bytes: 2, text: 'on', texts: ['on', 'off'] },
      said: [
        { at: 0, text: 'on' },
        { at: 1_000, text: 'off' },
        { at: 2_000, text: 'on' },
      ],
    });
  });

  it('has no pace by one message, and one by two', () => {
    expect(heardOf(['on'])?.intervalMs).toBeNull();
    expect(heardOf(['on', 'on'])?.intervalMs).toBe(1_000);
  });

  it('that is retained was not said while somebody listened', () => {
    const observer = createObserver();
    observer.add('a', bytes('on'), true, 5_000);
    expect(observer.seen(7)).toStrictEqual({
      listenedMs: 7,
      topics: new Map([
        [
          'a',
          { topic: 'a', live: 0, isRetained: true, intervalMs: null, said: [], texts: ['on'], text: 'on', bytes: 2 },
        ],
      ]),
    });
    observer.add('a', bytes('off'), false, 9_000);
    expect(observer.seen(7).topics.get('a')).toMatchObject({
      live: 1,
      isRetained: true,
      intervalMs: null,
      text: 'off',
    });
  });

  it('keeps its last 24 sayings and its first 12 texts', () => {
    const many = heardOf(Array.from({ length: 25 }, (_, place) => `w${place}`));
    expect(many?.said).toHaveLength(24);
    expect(many?.said[0]).toStrictEqual({ at: 1_000, text: 'w1' });
    expect(many?.texts).toHaveLength(12);
    expect(many?.texts.at(-1)).toBe('w11');
  });

  it('that is long is no word', () => {
    expect(heardOf(['x'.repeat(64)])).toMatchObject({ texts: ['x'.repeat(64)], said: [{ at: 0 }] });
    expect(heardOf(['x'.repeat(65)])).toMatchObject({ texts: [], said: [], live: 1, text: 'x'.repeat(65) });
  });

  it.each([
    ['a/b', 65_536],
    ['a/bridge/devices', 4_194_304],
    ['a/bridge/devices/x', 65_536],
  ])('on %s is read up to %d bytes', (topic, longest) => {
    expect(heardOf(['x'.repeat(longest)], topic)?.text).toHaveLength(longest);
    expect(heardOf(['x'.repeat(longest + 1)], topic)).toMatchObject({ text: null, bytes: longest + 1 });
  });

  it('that is empty, or no text, has none', () => {
    expect(heardOf([''])).toMatchObject({ text: null, bytes: 0, texts: [] });
    expect(heardOf([Uint8Array.of(0xff)])).toMatchObject({ text: null, bytes: 1, texts: [], said: [], live: 1 });
  });

  it('stays as it was when the packet that it came in is used again', () => {
    const observer = createObserver();
    const packet = bytes('on');
    observer.add('a', packet, false, 0);
    packet.fill(0);
    expect(observer.seen(0).topics.get('a')?.text).toBe('on');
  });
});

it('further topics than it looks at are counted only', () => {
  const observer = createObserver(2);
  for (const topic of ['a', 'b', 'c', 'a']) observer.add(topic, bytes('1'), false, 0);
  expect(observer.counts()).toStrictEqual({ topics: 2, messages: 4, unlisted: 1 });
  expect([...observer.seen(0).topics.keys()]).toStrictEqual(['a', 'b']);
  expect(observer.seen(0).topics.get('a')?.live).toBe(2);
});
