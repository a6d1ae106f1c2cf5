import type { Explorer } from '../../app/explorer/explorer.ts';
import { createObserver, type Seen } from '../../core/discover/observer.ts';
import { bytesOfText } from '../../core/explorer/binary-text.ts';
import { type TopicNode, topicOf } from '../../core/explorer/topic-node.ts';

/** So many topics are looked at: what speaks for a switch stands near it. */
const MOST_TOPICS = 2_000;
/** Where devices of many makers describe themselves. */
const DESCRIPTIONS = 'homeassistant';

/** What is kept of a topic and of those around it, the nearest first, as a discovery would have seen it. */
export function seenAround(
  { tree, values, status }: Pick<Explorer, 'tree' | 'values' | 'status'>,
  node: TopicNode,
): Seen {
  const observer = createObserver(MOST_TOPICS);
  const visited = new Set<TopicNode>();
  const since = status().grantedAt ?? Number.POSITIVE_INFINITY;
  let lastAt = 0;
  const visit = (one: TopicNode): void => {
    if (visited.has(one) || visited.size >= MOST_TOPICS) return;
    visited.add(one);
    const kept = one.self === null ? [] : values.of(one);
    const topic = kept.length === 0 ? '' : topicOf(one);
    for (const { payload, bytes, isRetained, at } of kept) {
      // Of a document that was cut nothing can be said.
      lastAt = Math.max(lastAt, at);
      if (payload.length === bytes) observer.add(topic, bytesOfText(payload), isRetained, at);
    }
    for (const below of one.branch?.byLevel.values() ?? []) visit(below);
  };
  for (let around: TopicNode | null = node; around !== null && around !== tree.root; around = around.parent) {
    visited.delete(around);
    visit(around);
  }
  const descriptions = tree.find(DESCRIPTIONS);
  if (descriptions !== null) visit(descriptions);
  return observer.seen(Math.max(0, lastAt - since));
}
