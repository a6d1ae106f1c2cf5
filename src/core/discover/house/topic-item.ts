import { cleanText } from '../../clean-text.ts';
import { type NumberPath, numberAt, unitAt } from '../../explorer/numbers.ts';
import type { PastValue } from '../../explorer/recent-values.ts';
import { placedItems } from '../../house/groups.ts';
import type { House } from '../../house/house.ts';
import type { HouseAdditions } from '../../house/merge.ts';
import { jsonPathOf, parseJsonPath } from '../../mqtt/json-path.ts';
import { fail, ok, type Result } from '../../result.ts';
import { type Discovery, discover } from '../discover.ts';
import { guessItems, nameOf } from '../guess/items.ts';
import { createLogCollector } from '../log-facts.ts';
import type { Seen } from '../observer.ts';
import { type Found, type Proposal, stateTopicOf } from '../proposal.ts';
import { additionsOf, newProposals } from './additions.ts';
import { readFacts } from './facts.ts';

/** An item that is proposed for a house file. */
export interface HouseProposal {
  readonly additions: HouseAdditions;
  readonly label: string;
  readonly panel: string;
  /** What it is, for a question: `a sensor on heating/flow, in °C`. */
  readonly text: string;
  /** What speaks for it, sentences without a full stop. */
  readonly evidence: readonly string[];
}

/** A topic that is to come into the house. */
export interface AskedTopic {
  readonly topic: string;
  /** What it said last; `undefined` where nothing of it is kept. */
  readonly value: PastValue | undefined;
  /** The number in it that is looked at; `undefined` where there is none. */
  readonly path: NumberPath | undefined;
  /** What was heard on it and around it. */
  readonly seen: Seen;
  readonly house: House;
}

/** What comes from the topics stands there until a person gives it its place. */
const PANEL = 'Topics';
const UNIT = 8;

/**
 * What a topic would be in the house, as a discovery has it: by its maker's own words, else by its payload and name. A
 * switch is proposed where its command was seen being answered. The number that is looked at goes first, and what is in the
 * house already last. The error says why it is none, one sentence.
 */
export function proposeItem(asked: AskedTopic): Result<HouseProposal, string> {
  const { topic, value, seen, house } = asked;
  if (value === undefined) return fail('Nothing is kept of what it said: wait for its next message');
  const facts = readFacts(house.config);
  const discovery = discover(seen, createLogCollector('').facts());
  const about = proposalsFor(asked, discovery);
  if (!about.ok) return about;
  const [proposal] = newProposals({ ...discovery, proposals: about.value }, facts);
  const { found: first } = about.value[0] ?? {};
  if (proposal === undefined) {
    const known = placedItems(house.config).find(({ item }) => first !== undefined && isIn(first, item));
    return fail(`It is in the house already${known === undefined ? '' : `: ${known.item.label}`}`);
  }
  const taken = [{ ...proposal, device: null }];
  const { groups, notes, panels } = additionsOf({ taken, discovery, seen }, facts);
  const items = panels.flatMap(panel => panel.items);
  const isHeard = seen.topics.has(stateTopicOf(proposal.found) ?? '');
  return ok({
    additions: { groups, ...(notes === undefined ? {} : { notes }), panels: [{ label: PANEL, items }], tabs: [] },
    ...{ label: cleanText(proposal.label, 40), panel: PANEL },
    text: textOf(proposal.found, topic),
    // The last of it is what was heard, of which here nothing is known where it was said elsewhere.
    evidence: isHeard ? proposal.evidence : proposal.evidence.slice(0, -1),
  });
}

/** All that could be said of it, the number that is looked at first; never none. */
function proposalsFor({ topic, value, path, seen }: AskedTopic, discovery: Discovery): Result<Proposal[], string> {
  const about = discovery.proposals.filter(({ found }) => isAbout(found, topic));
  const sure = about.filter(({ basis }) => basis !== 'supposed');
  const isNumber = value !== undefined && path !== undefined && numberAt(value, path) !== null;
  const isChosen = ({ found }: Proposal): boolean => isNumber && isAt(found, path);
  if (sure.some(isChosen)) return ok([...sure.filter(isChosen), ...sure.filter(one => !isChosen(one))]);
  if (isNumber && !about.some(isChosen)) return ok([numberAlone(topic, value, path), ...sure]);
  const [known] = [...sure].sort((one, other) => Number(one.isExtra) - Number(other.isExtra));
  if (known !== undefined) return ok([known, ...sure.filter(one => one !== known)]);
  const supposed = about.find(({ found }) => 'command' in found && found.command === topic);
  if (supposed !== undefined) return fail(whyDoubted(supposed));
  return guessAlone(topic, value, seen, discovery);
}

/** Why a switch is not proposed, and what helps. */
function whyDoubted({ found, doubt, evidence: [why = ''] }: Proposal): string {
  const answer = cleanText(stateTopicOf(found) ?? '');
  if (doubt === 'unanswered')
    return `Nothing shows that ${answer} answers it: switch it while the topics are open, then try again`;
  const sentence = cleanText(why, 200);
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}. hometui discover asks you about it`;
}

/** What its payload alone says of it. */
function guessAlone(
  topic: string,
  value: PastValue | undefined,
  seen: Seen,
  { untaken }: Discovery,
): Result<Proposal[], string> {
  const heard = seen.topics.get(topic);
  const guessed = heard === undefined ? [] : guessItems(heard, new Map()).proposals;
  const why = untaken.find(one => one.topic === topic)?.why;
  if (why !== undefined) return fail(`It is no item: ${why}`);
  if (guessed.length > 0) return ok([...guessed]);
  if (/^\s*[[{]/.test(value?.payload ?? '')) return fail('Nothing in it is a value of a house');
  return ok([alone({ kind: 'state', topic }, nameOf(topic), 'its payload is a text')]);
}

function numberAlone(topic: string, value: PastValue, path: NumberPath): Proposal {
  const unit = unitAt(value, path).slice(0, UNIT);
  const field = path.length > 0 ? { path: jsonPathOf(path) } : {};
  return alone({ kind: 'sensor', topic, ...field, unit }, path.at(-1) ?? nameOf(topic), 'it is a number');
}

function alone(found: Found, name: string, why: string): Proposal {
  const label = cleanText(name).replaceAll('\u{fffd}', '').trim() || 'Value';
  return { found, label, device: null, basis: 'seen', evidence: [why], isExtra: false };
}

function isAbout(found: Found, topic: string): boolean {
  return stateTopicOf(found) === topic || ('command' in found && found.command === topic);
}

/** Whether it is the value at a place in the payload. */
function isAt(found: Found, path: NumberPath): boolean {
  const own = 'path' in found ? found.path : undefined;
  const keys = own === undefined ? [] : keysOf(own);
  return keys !== null && keys.length === path.length && keys.every((key, place) => key === path[place]);
}

function keysOf(path: string): readonly string[] | null {
  const keys = parseJsonPath(path);
  return keys.ok ? keys.value : null;
}

function isIn(
  found: Found,
  item: { readonly topic?: string; readonly feedback?: string; readonly command?: string; readonly path?: string },
) {
  const path = 'path' in found ? found.path : undefined;
  const topic = stateTopicOf(found);
  const isHeardThere = topic !== null && (item.topic === topic || item.feedback === topic) && item.path === path;
  return isHeardThere || ('command' in found && item.command === found.command);
}

/** What it is, for a question. */
function textOf(found: Found, topic: string): string {
  const path = 'path' in found && found.path !== undefined ? `, ${cleanText(found.path, 80)}` : '';
  const where = `${cleanText(topic, 120)}${path}`;
  switch (found.kind) {
    case 'sensor':
      return `a sensor on ${where}${found.unit === '' ? '' : `, in ${cleanText(found.unit)}`}`;
    case 'state':
      return `a state on ${where}`;
    case 'binary':
      return `a binary on ${where}: ${cleanText(found.words.on)} or ${cleanText(found.words.off)}`;
    case 'event':
      return `an event on ${where}`;
    case 'switch':
      return `a switch: ${wayOf(found)}`;
    case 'number':
      return `a set-point from ${found.min} to ${found.max} ${cleanText(found.unit)}`
        .trimEnd()
        .concat(`: ${wayOf(found)}`);
    case 'select':
      return `a choice of ${found.options.length}: ${wayOf(found)}`;
    case 'button':
      return `a button: ${cleanText(found.command, 120)}`;
  }
}

function wayOf({ command, feedback }: { readonly command: string; readonly feedback?: string }): string {
  const answer = feedback === undefined ? 'which nothing answers' : `answered on ${cleanText(feedback, 120)}`;
  return `${cleanText(command, 120)}, ${answer}`;
}
