import { describe, expect, it } from 'vitest';
import { seenAround } from '../../../src/console/explorer/seen-around.ts';
import type { TopicNode } from '../../../src/core/explorer/topic-node.ts';
import { createTestExplorer, type TestExplorer } from '../../helpers/ui/explorer.ts';

const GRANTED_AT = 1_000_000;

/** The topics were opened, and somebody switched a lamp twenty seconds later. */
function heard(): TestExplorer {
  const explorer = createTestExplorer();
  explorer.become({ grantedAt: GRANTED_AT });
  explorer.hear('attic/lamp', 'off', GRANTED_AT - 5_000, true);
  explorer.hear('attic/lamp/set', 'on', GRANTED_AT + 20_000);
  explorer.hear('attic/lamp', 'on', GRANTED_AT + 20_100);
  explorer.hear('cellar/flow', '1', GRANTED_AT + 60_000);
  return explorer;
}

const nodeOf = (explorer: TestExplorer, topic: string): TopicNode => {
  const node = explorer.tree.find(topic);
  if (node === null) throw new Error(`${topic} was not heard`);
  return node;
};

describe('what was seen around a topic', () => {
  it('was heard from the first grant up to the last message of it', () => {
    const explorer = heard();
    const { topics, listenedMs } = seenAround(explorer, nodeOf(explorer, 'attic/lamp'));
    expect([...topics.keys()].sort()).toEqual(['attic/lamp', 'attic/lamp/set']);
    expect(topics.get('attic/lamp')).toMatchObject({ live: 1, isRetained: true, texts: ['off', 'on'] });
    expect(listenedMs).toBe(20_100);
  });

  it('was heard for no time that is known where nothing is granted', () => {
    const explorer = heard();
    explorer.become({ grantedAt: null });
    expect(seenAround(explorer, nodeOf(explorer, 'attic/lamp')).listenedMs).toBe(0);
  });
});
