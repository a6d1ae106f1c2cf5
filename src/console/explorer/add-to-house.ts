import type { Explorer } from '../../app/explorer/explorer.ts';
import { cleanText } from '../../core/clean-text.ts';
import type { HouseProposal } from '../../core/discover/house/topic-item.ts';
import { numberPaths } from '../../core/explorer/numbers.ts';
import { type TopicNode, topicOf } from '../../core/explorer/topic-node.ts';
import type { House } from '../../core/house/house.ts';
import { formatIssue } from '../../core/issue.ts';
import { fail, ok, type Result } from '../../core/result.ts';

/** What a topic would be in the house, by what is kept of it and around it; `number` is which of its numbers is looked at. */
export async function proposeFor(
  node: TopicNode,
  number: number,
  explorer: Pick<Explorer, 'tree' | 'values' | 'status'>,
  house: House,
): Promise<Result<HouseProposal, string>> {
  // Discovery is loaded for this only.
  const { proposeItem } = await import('../../core/discover/house/topic-item.ts');
  const { seenAround } = await import('./seen-around.ts');
  const value = explorer.values.of(node).at(-1);
  const paths = value === undefined ? [] : numberPaths(value);
  const path = paths[number % Math.max(1, paths.length)];
  return proposeItem({ topic: topicOf(node), value, path, seen: seenAround(explorer, node), house });
}

/** Puts a proposed item into a house file, of which no character is lost; gives what was done, or why not, in words. */
export async function addToHouse(path: string, { additions, label, panel }: HouseProposal): Promise<string> {
  // The schema library is loaded for this only.
  const { mergeIntoHouse } = await import('../../core/house/merge.ts');
  const { changeFile } = await import('../../io/files/change-file.ts');
  const name = cleanText(path);
  const changed = changeFile<Result<null, string>>(path, content => {
    if (content === null) return { content, value: fail(`There is no ${name} any more`) };
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(content);
    const merged = mergeIntoHouse(text, path, additions);
    if (!merged.ok) return { content: null, value: fail(merged.error.map(formatIssue).join(' ')) };
    return { content: new TextEncoder().encode(merged.value), value: ok(null) };
  });
  if (!changed.ok) return `${name} cannot be changed: ${changed.error.why}`;
  if (!changed.value.ok) return `${name} is as it was: ${changed.value.error}`;
  return `${name} has ${label} now, on the panel ${panel}; no line of it was taken away`;
}
