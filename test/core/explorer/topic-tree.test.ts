import { describe, expect, it } from 'vitest';
import { childrenOf, type TopicNode, topicOf } from '../../../src/core/explorer/topic-node.ts';
import { createTopicTree, type TopicTree } from '../../../src/core/explorer/topic-tree.ts';
import { createRandom } from '../../helpers/random/random.ts';

const KEPT_BYTES = 512;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function nodesOf(node: TopicNode): readonly TopicNode[] {
  return childrenOf(node).flatMap(child => [child, ...nodesOf(child)]);
}

const heardBelow = (tree: TopicTree) => tree.belowOf(tree.root);

describe('a tree of topics', () => {
  it('sums up what is below each branch: topics, messages, times, what is retained', () => {
    const random = createRandom(7);
    const tree = createTopicTree();
    const names = ['a', 'a/b', 'a/b/c', 'a/d', 'x', 'x//y', '/x', '$SYS/uptime', 'ä ö/ß'];
    for (let at = 1; at <= 500; at++)
      tree.add(random.pick(names), bytes(String(random.below(3))), random.below(4) === 0, at);
    for (const node of [tree.root, ...nodesOf(tree.root)]) {
      const below = tree.belowOf(node);
      const selves = nodesOf(node).flatMap(one => one.self ?? []);
      const sum = (part: (one: (typeof selves)[number]) => number): number =>
        selves.reduce((all, one) => all + part(one), 0);
      if (below === null) {
        expect(selves).toEqual([]);
        continue;
      }
      expect(below).toMatchObject({
        topics: selves.length,
        live: sum(one => one.live),
        retained: sum(one => one.retained),
        lastAt: Math.max(...selves.map(one => one.lastAt)),
        changedAt: Math.max(...selves.map(one => one.changedAt)),
      });
    }
    for (const name of names) {
      const node = tree.find(name);
      expect(node === null ? null : topicOf(node)).toBe(name);
    }
  });

  it('what is retained is never live, and never covers what was said since', () => {
    const tree = createTopicTree();
    const node = tree.add('a', bytes('old'), true, 1);
    expect(node?.self).toMatchObject({ live: 0, retained: 1, payload: 'old' });
    tree.add('a', bytes('new'), false, 2);
    tree.add('a', bytes('old'), true, 3);
    expect(node?.self).toMatchObject({ live: 1, lastLiveAt: 2, retained: 1, payload: 'new', changedAt: 2 });
    if (node !== null) tree.forgetRetained(node);
    expect([node?.self?.retained, heardBelow(tree)?.retained]).toEqual([0, 0]);
  });

  it('knows a change from the same again', () => {
    const tree = createTopicTree();
    const node = tree.add('a', bytes('1'), false, 1);
    tree.add('a', bytes('1'), false, 2);
    expect(node?.self?.changedAt).toBe(1);
    tree.add('a', bytes('2'), false, 3);
    expect([node?.self?.changedAt, heardBelow(tree)?.changedAt]).toEqual([3, 3]);
  });

  it('tells what it was while it is stopped, and then all that came meanwhile', () => {
    const tree = createTopicTree();
    const node = tree.add('a/b', bytes('1'), false, 1);
    tree.stop(true);
    tree.add('a/b', bytes('2'), false, 2);
    const later = tree.add('a/new', bytes('3'), false, 3);
    if (node === null || later === null) throw new Error('there is room');
    expect([tree.selfOf(node)?.payload, heardBelow(tree), tree.selfOf(later)]).toEqual([
      '1',
      expect.objectContaining({ topics: 1, live: 1, lastAt: 1 }),
      null,
    ]);
    tree.stop(false);
    expect([tree.selfOf(node)?.payload, heardBelow(tree)?.live, tree.selfOf(later)?.payload]).toEqual(['2', 3, '3']);
    tree.stop(true);
    tree.add('a/b', bytes('4'), false, 4);
    expect([tree.selfOf(node)?.payload, tree.selfOf(later)?.payload, heardBelow(tree)?.live]).toEqual(['2', '3', 3]);
  });
});

describe('it is bounded', () => {
  it('in topics, in names and in payloads; what is beyond is counted', () => {
    const few = createTopicTree({ topics: 2 });
    for (const topic of ['a', 'b', 'c/d', 'a', 'c/d']) few.add(topic, bytes('1'), false, 1);
    expect([few.counts(), heardBelow(few)?.topics]).toEqual([{ messages: 5, unlisted: 2 }, 2]);
    const short = createTopicTree({ nameCharacters: 10 });
    expect([short.add('12345/67', bytes(''), false, 1), short.add('x/1234', bytes(''), false, 1)]).toEqual([
      expect.anything(),
      null,
    ]);
    const small = createTopicTree({ payloadBytes: 600 });
    const lengths = ['a', 'b', 'c'].map(name => small.add(name, new Uint8Array(1_000), false, 1)?.self?.payload.length);
    expect(lengths).toEqual([KEPT_BYTES, KEPT_BYTES, 64]);
  });

  it('in levels: 65,535 slashes are one deep topic that can be found again', () => {
    const tree = createTopicTree();
    const deep = '/'.repeat(65_535);
    const node = tree.add(deep, bytes('1'), false, 1);
    expect(nodesOf(tree.root)).toHaveLength(32);
    expect([node === null ? null : topicOf(node), tree.find(deep)]).toEqual([deep, node]);
  });
});
