import { describe, expect, it } from 'vitest';
import { createTopicBook } from '../../../src/core/explorer/topic-book.ts';
import { createRandom } from '../../helpers/random/random.ts';

const KEPT_BYTES = 512;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('a topic book', () => {
  it('a retained message is no live one, and gives no cadence', () => {
    const book = createTopicBook();
    book.add('a', bytes('1'), true, 1_000);
    expect(book.entries()).toMatchObject([{ topic: 'a', live: 0, isRetained: true, lastAt: 1_000, intervalMs: null }]);
    book.add('a', bytes('2'), false, 6_000);
    expect(book.entries()).toMatchObject([{ live: 1, isRetained: true, intervalMs: null }]);
    book.add('a', bytes('3'), false, 11_000);
    book.add('a', bytes('4'), false, 15_000);
    expect(book.entries()).toMatchObject([{ live: 3, isRetained: true, lastAt: 15_000, intervalMs: 4_500 }]);
    expect(book.counts()).toEqual({ topics: 1, messages: 4 });
  });

  it.each([
    [999, null],
    [1_000, 500],
  ])('three messages within %i ms have an interval of %j ms', (spanMs, intervalMs) => {
    const book = createTopicBook();
    for (const at of [0, 1, spanMs]) book.add('a', bytes('1'), false, 7_000 + at);
    expect(book.entries()).toMatchObject([{ live: 3, intervalMs }]);
  });

  it('keeps the begin of a payload and its length, in bytes of its own', () => {
    const book = createTopicBook();
    const payload = new Uint8Array(KEPT_BYTES + 1).fill(65);
    book.add('long', payload, false, 0);
    book.add('just', payload.subarray(1), false, 0);
    payload.fill(66);
    const [just, long] = book.entries();
    expect([just?.payload.length, just?.bytes, just?.payload[0]]).toEqual([KEPT_BYTES, KEPT_BYTES, 65]);
    expect([long?.payload.length, long?.bytes, long?.payload.buffer.byteLength]).toEqual([
      KEPT_BYTES,
      KEPT_BYTES + 1,
      KEPT_BYTES,
    ]);
  });

  it('is full at its limit: what it knows goes on, and the rest is counted', () => {
    const book = createTopicBook(2);
    for (const topic of ['a', 'b', 'c', 'a', 'c']) book.add(topic, bytes('1'), false, 0);
    expect(book.entries().map(({ topic, live }) => [topic, live])).toEqual([
      ['a', 2],
      ['b', 1],
    ]);
    expect([book.counts(), book.unlisted()]).toEqual([{ topics: 2, messages: 5 }, 2]);
  });

  it('what is under a topic follows it, whatever names stand beside it', () => {
    const random = createRandom(3);
    const name = (): string =>
      Array.from({ length: 1 + random.below(4) }, () => random.pick(['a', 'b', 'a-', 'a b', ''])).join('/');
    const book = createTopicBook();
    for (let round = 0; round < 300; round++) book.add(name(), bytes('1'), false, 0);
    const sorted = book.entries().map(({ topic }) => topic);
    expect(new Set(sorted).size).toBe(sorted.length);
    for (const [place, topic] of sorted.entries()) {
      const under = sorted.filter(other => other.startsWith(`${topic}/`));
      expect(sorted.slice(place + 1, place + 1 + under.length).sort()).toEqual(under.sort());
    }
  });
});
