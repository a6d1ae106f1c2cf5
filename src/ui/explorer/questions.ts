import { cleanText } from '../../core/clean-text.ts';
import { countText } from '../../core/count-text.ts';
import { bytesOfText } from '../../core/explorer/binary-text.ts';
import { payloadLine, payloadText } from '../../core/explorer/payload-kind.ts';
import type { TopicMessage } from '../../core/explorer/publish-verdict.ts';
import type { PastValue } from '../../core/explorer/recent-values.ts';
import { childrenOf, type TopicNode, topicOf } from '../../core/explorer/topic-node.ts';
import { ownAccess } from '../../core/home/access/own-access.ts';
import { ourName } from '../../core/home/state/link.ts';
import type { HomeState } from '../../core/home/state/state.ts';
import type { CommandedConfig } from '../../core/house/house.ts';
import { commandPayload } from '../../core/house/values/commanded.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import type { TopicDialog } from '../state/app-state.ts';

/** What there is to know before a message is published. */
export function publishQuestion({ topic, payload, qos, retain }: TopicMessage, home: HomeState): TopicDialog {
  const bytes = new TextEncoder().encode(payload);
  const text = payloadLine(bytes, bytes.length, 200);
  const isCommand = [...home.house.switches.values()].some(({ command }) => command === topic);
  const denied = `The ACL file does not let ${cleanText(ourName(home.session), 60)} write it`;
  return {
    question: `Publish on ${cleanText(topic)}?`,
    facts: [
      `${payload === '' ? text : `"${text}"`}, at QoS ${qos}${retain ? ', retained' : ', not retained'}`,
      ...(retain && payload === '' ? ['An empty retained message clears what is retained there'] : []),
      ...(retain && payload !== '' && isCommand
        ? ['A retained command is carried out again each time that its device reconnects']
        : []),
      ...(ownAccess(home, 'write', topic)?.allowed === false ? [denied] : []),
    ],
  };
}

/** Payloads to begin with: the last one, the words of the house for this topic, and what was published before. */
export function templatesFor(
  topic: string,
  last: PastValue | undefined,
  sent: readonly string[],
  home: HomeState,
): readonly string[] {
  const words = [...home.house.switches.values()].filter(({ command }) => command === topic).flatMap(wordsOf);
  const text =
    last === undefined || last.payload.length < last.bytes ? null : payloadText(bytesOfText(last.payload), last.bytes);
  return [...new Set([...(text === null || text === '' ? [] : [text]), ...words, ...sent])];
}

function wordsOf(config: CommandedConfig): readonly string[] {
  if (config.kind === 'number' || config.kind === 'select') return [];
  const targets = config.kind === 'button' ? ['press'] : ['on', 'off'];
  return targets.map(target => commandPayload(config, target));
}

/** Retained messages that are to be cleared: on a topic, or on all of a branch. */
export interface ClearPlan {
  readonly topics: readonly string[];
  /** What takes them in, and little else. */
  readonly filter: string;
}

/** So many are cleared in one go. */
const MOST_CLEARED = 1_000;
/** So many of them are named. */
const MOST_NAMED = 6;

/** What is retained at a level and below it, as far as it was heard; or why nothing can be cleared. */
export function clearPlan(node: TopicNode): Result<ClearPlan, string> {
  const topics: string[] = [];
  const visit = (one: TopicNode): void => {
    if (topics.length > MOST_CLEARED) return;
    if (one.self !== null && one.self.retained > 0) topics.push(topicOf(one));
    for (const child of childrenOf(one))
      if ((child.self?.retained ?? 0) + (child.branch?.below.retained ?? 0) > 0) visit(child);
  };
  visit(node);
  const name = topicOf(node);
  if (topics.length === 0) return fail(`Nothing retained was heard on ${cleanText(name, 80)}`);
  if (topics.length > MOST_CLEARED)
    return fail(`That is more than ${MOST_CLEARED} retained messages: choose a smaller branch`);
  const isOne = topics.length === 1 && topics[0] === name;
  return ok({ topics, filter: isOne ? name : `${name}/#` });
}

/** The question before retained messages are cleared, with the list of them. */
export function clearQuestion({ topics, filter }: ClearPlan): TopicDialog {
  const [first = ''] = topics;
  const named = topics.slice(0, MOST_NAMED).map(topic => cleanText(topic, 120));
  const more = topics.length - named.length;
  const end = 'Whoever subscribes from then on gets nothing there until it is said again';
  if (topics.length === 1) return { question: `Clear the retained message of ${cleanText(first)}?`, facts: [end] };
  return {
    question: `Clear ${countText(topics.length, 'retained message')} of ${cleanText(filter.replace(/\/#$/, ''))}?`,
    facts: [...named, ...(more > 0 ? [`and ${more} more`] : []), end],
  };
}
