import type { Explorer, ExplorerStatus } from '../../../src/app/explorer/explorer.ts';
import { binaryText } from '../../../src/core/explorer/binary-text.ts';
import type { LookedAt } from '../../../src/core/explorer/filter-plan.ts';
import type { PublishAnswer, TopicMessage } from '../../../src/core/explorer/publish-verdict.ts';
import { createRecentValues } from '../../../src/core/explorer/recent-values.ts';
import { createTopicTree } from '../../../src/core/explorer/topic-tree.ts';

/** An explorer in a test's hands: it hears what the test says. */
export interface TestExplorer extends Explorer {
  readonly hear: (topic: string, payload: string | Uint8Array, at: number, isRetained?: boolean) => void;
  readonly become: (status: Partial<ExplorerStatus>) => void;
  /** What was last looked at. */
  readonly looked: () => LookedAt | null;
  readonly isClosed: () => boolean;
  /** Whether the broker refuses to be written. */
  isDenied: boolean;
  readonly published: readonly TopicMessage[];
}

/** Makes one that has heard nothing yet. */
export function createTestExplorer(): TestExplorer {
  const tree = createTopicTree();
  const values = createRecentValues();
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const listener of [...listeners]) listener();
  };
  let status: ExplorerStatus = {
    ...{ phase: 'settled', reason: null, cure: null, extent: 'all', rate: 0 },
    ...{ refused: [], granted: ['#'], grantedAt: null },
  };
  let looked: LookedAt | null = null;
  let isClosed = false;
  const published: TopicMessage[] = [];
  return {
    tree,
    values,
    status: () => status,
    look: what => {
      looked = what;
    },
    setExtent: extent => {
      status = { ...status, extent };
    },
    subscribe: listener => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: async () => {
      isClosed = true;
    },
    hear: (topic, payload, at, isRetained = false) => {
      const bytes = typeof payload === 'string' ? new TextEncoder().encode(payload) : payload;
      const node = tree.add(topic, bytes, isRetained, at);
      if (node !== null) values.add(node, { at, payload: binaryText(bytes, 16_384), bytes: bytes.length, isRetained });
      tell();
    },
    become: changed => {
      status = { ...status, ...changed };
      tell();
    },
    looked: () => looked,
    isClosed: () => isClosed,
    isDenied: false,
    published,
    async publish(message) {
      published.push(message);
      const code = this.isDenied ? 135 : 0;
      return { message, protocol: '5', answer: { kind: 'taken', code }, hasEcho: false, mayRead: true };
    },
    async clear(topics) {
      for (const topic of topics) published.push({ topic, payload: '', qos: 1, retain: true });
      const answer: PublishAnswer = { kind: 'taken', code: this.isDenied ? 135 : 0 };
      const still = new Set(this.isDenied ? topics : []);
      for (const topic of topics) {
        const node = tree.find(topic);
        if (!this.isDenied && node !== null) tree.forgetRetained(node);
      }
      return { answers: new Map(topics.map(topic => [topic, answer])), still };
    },
  };
}
