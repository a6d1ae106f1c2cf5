import { expect, it } from 'vitest';
import { createRecentValues } from '../../../src/core/explorer/recent-values.ts';
import { createRandom } from '../../helpers/random/random.ts';

const value = (at: number, payload = 'x') => ({ at, payload, bytes: payload.length, isRetained: false });

it('keeps the last hundred of a topic, whatever others say', () => {
  const recent = createRecentValues();
  const [slow, fast] = [{}, {}];
  recent.add(slow, value(0));
  for (let at = 1; at <= 1_000; at++) recent.add(fast, value(at));
  expect([recent.of(slow).length, recent.of(fast).length, recent.of(fast)[0]?.at]).toEqual([1, 100, 901]);
});

it('is bounded in bytes and in messages: what goes is the oldest of all', () => {
  const random = createRandom(5);
  const limits = { values: 7, bytes: 4_000, messages: 40 };
  const recent = createRecentValues(limits);
  const topics = Array.from({ length: 6 }, () => ({}));
  const all: { topic: object; at: number }[] = [];
  for (let at = 1; at <= 3_000; at++) {
    const topic = random.pick(topics);
    recent.add(topic, value(at, 'p'.repeat(random.below(300))));
    all.push({ topic, at });
    const kept = topics.flatMap(one => recent.of(one));
    expect(kept.reduce((sum, { payload }) => sum + payload.length + 96, 0)).toBeLessThanOrEqual(limits.bytes);
    expect(kept.length).toBeLessThanOrEqual(limits.messages);
    for (const one of topics) {
      const said = all.filter(({ topic: whose }) => whose === one).map(({ at: when }) => when);
      const values = recent.of(one).map(({ at: when }) => when);
      // The newest of its own, without a gap.
      expect(values).toEqual(said.slice(said.length - values.length));
      expect(values.length).toBeLessThanOrEqual(limits.values);
    }
  }
});

it('keeps one value that alone is too long', () => {
  const recent = createRecentValues({ bytes: 100 });
  const topic = {};
  recent.add(topic, value(1, 'long'.repeat(100)));
  expect(recent.of(topic)).toHaveLength(1);
});

it('gives back what was put in, also when its places were used before', () => {
  const recent = createRecentValues({ messages: 3 });
  const [one, other] = [{}, {}];
  const said = Array.from({ length: 8 }, (_, place) => ({
    ...{ at: 1_790_000_000_000 + place, payload: `p${place}`, bytes: 70_000 + place, isRetained: place % 2 === 1 },
  }));
  for (const [place, value] of said.entries()) recent.add(place === 6 ? other : one, value);
  expect(recent.of(one)).toEqual([said[5], said[7]]);
  expect(recent.of(other)).toEqual([said[6]]);
  for (const value of said.slice(0, 3)) recent.add(other, value);
  expect([recent.of(one), recent.of(other)]).toEqual([[], said.slice(0, 3)]);
  expect(recent.of({})).toEqual([]);
});

it('gives the same object for the same value, so that one can be marked', () => {
  const recent = createRecentValues({ values: 2, messages: 3 });
  const topic = {};
  for (const at of [1, 2]) recent.add(topic, value(at));
  const [, second] = recent.of(topic);
  recent.add(topic, value(3));
  expect(recent.of(topic)[0]).toBe(second);
  for (const at of [4, 5, 6]) recent.add(topic, value(at));
  expect(recent.of(topic).map(({ at }) => at)).toEqual([5, 6]);
});
