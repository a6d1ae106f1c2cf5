import { expect, it } from 'vitest';
import { createTopicBook } from '../../../src/core/explorer/topic-book.ts';
import { topicJson, topicsText } from '../../../src/core/format/topics.ts';

const book = createTopicBook();
const add = (topic: string, text: string, isRetained: boolean, at: number): void =>
  book.add(topic, new TextEncoder().encode(text), isRetained, at);
add('heating/flow', '54.3 °C', false, 0);
add('heating/flow', '54.4 °C', false, 5_000);
add('heating/pump', 'on', false, 4_000);
add('heating/pump/done', 'on', true, 1_000);
add('zigbee2mqtt/door', '{"contact":true,"battery":87}', true, 1_000);
add('zigbee2mqtt/door', '{"contact":false,"battery":87}', false, 3_000);
add('/odd//name', '', false, 5_000);

it('a tree of topics, each with its last value and how often it speaks', () => {
  expect(topicsText({ entries: book.entries(), now: 6_000, columns: 80 })).toBe(
    [
      '(empty)/',
      '  odd/',
      '    (empty)/',
      '      name    (empty)                                    once, 1 s ago',
      'heating/',
      '  flow        54.4 °C                                    every 5.0 s',
      '  pump        on                                         once, 2 s ago',
      '    done      on                                         retained',
      'zigbee2mqtt/',
      '  door        {"contact":false,"battery":87}             once, 3 s ago, retained',
      '',
    ].join('\n'),
  );
  expect(topicsText({ entries: [], now: 0, columns: 80 })).toBe('');
});

it('no line is wider than what it is printed on', () => {
  for (const columns of [40, 60, 80, 120]) {
    for (const line of topicsText({ entries: book.entries(), now: 6_000, columns }).split('\n')) {
      expect(line.length).toBeLessThanOrEqual(columns);
    }
  }
});

it('names of wide signs have the columns that they take', () => {
  const wide = createTopicBook();
  wide.add('暖房/温度', new TextEncoder().encode('21'), true, 0);
  expect(topicsText({ entries: wide.entries(), now: 0, columns: 40 }).split('\n')[1]).toMatch(
    /^ {2}温度 {2}21 +retained$/,
  );
});

it('a broker has more topics than a function takes arguments', () => {
  const payload = Uint8Array.of(0x31);
  const entry = { live: 0, isRetained: true, lastAt: 0, intervalMs: null, payload, bytes: 1 };
  const entries = Array.from({ length: 200_000 }, (_, place) => ({ ...entry, topic: `t/${place}` }));
  expect(topicsText({ entries, now: 0, columns: 40 }).split('\n')).toHaveLength(200_002);
});

it('a line of JSON for a script, the payload as it came', () => {
  const [first] = book.entries().filter(({ topic }) => topic === 'heating/flow');
  if (first === undefined) throw new Error('it is not there');
  expect(JSON.parse(topicJson(first))).toEqual({
    ...{ topic: 'heating/flow', live: 2, retained: false, every: 5 },
    ...{ at: '1970-01-01T00:00:05.000Z', bytes: 8, payload: '54.4 °C', cut: false },
  });
  const odd = { ...first, payload: Uint8Array.of(0x1b, 0x5b), bytes: 2 };
  expect(topicJson(odd)).toContain('"payload":"\\u001b["');
  expect(JSON.parse(topicJson({ ...first, payload: Uint8Array.of(0xff), bytes: 1 })).payload).toBeNull();
});
