import { timesText } from '../count-text.ts';
import { formatCadence, formatDuration } from '../duration.ts';
import { decodeField, payloadExcerpt } from '../mqtt/payload.ts';
import { wordsOfName } from './document.ts';
import { guessDevices, isAvailability } from './guess/devices.ts';
import { guessItems, nameOf, siblingsOf } from './guess/items.ts';
import { findPairs, type Pair } from './guess/pairs.ts';
import type { LogFacts } from './log-facts.ts';
import { readEsphome } from './makers/esphome.ts';
import { readHomeAssistant } from './makers/home-assistant.ts';
import { readHomie } from './makers/homie.ts';
import { readShelly } from './makers/shelly.ts';
import { readTasmota } from './makers/tasmota.ts';
import { readZigbee2mqtt } from './makers/zigbee2mqtt.ts';
import type { Seen } from './observer.ts';
import {
  type Findings,
  identityOf,
  type Proposal,
  type ProposedDevice,
  stateTopicOf,
  type Untaken,
} from './proposal.ts';

/** What could be a house, and what was seen beside it. */
export interface Discovery {
  readonly proposals: readonly Proposal[];
  readonly devices: readonly ProposedDevice[];
  readonly untaken: readonly Untaken[];
}

/** Who describes itself is believed, in this order: the more exact before those that repeat it. */
const READERS: readonly ((seen: Seen) => Findings)[] = [
  ...[readZigbee2mqtt, readTasmota, readHomie, readHomeAssistant, readShelly, readEsphome],
];

/** So many items are proposed: more than a house has, and what a person would ever look through. */
const MOST_PROPOSALS = 2_000;

/** What a house file could hold of all that was heard, each item with the evidence for it. */
export function discover(seen: Seen, log: LogFacts): Discovery {
  const told = READERS.map(read => read(seen));
  const explained = new Set(told.flatMap(({ explained: topics }) => topics));
  const open = [...seen.topics.values()].filter(({ topic }) => !explained.has(topic) && !topic.startsWith('$'));
  const pairs = findPairs(seen, open, log);
  const inPairs = new Set(pairs.flatMap(({ command, feedback }) => [command, feedback]));
  const spare = new Map(pairs.flatMap(pair => pair.others.map(command => [command, pair] as const)));
  const siblings = siblingsOf(seen.topics.keys());
  const guessed = open.flatMap(heard => {
    const { topic } = heard;
    if (inPairs.has(topic) || isAvailability(heard)) return [];
    const pair = spare.get(topic);
    if (pair !== undefined) return [{ proposals: [], untaken: [sameCommand(topic, pair)] }];
    return COMMAND.test(topic) ? [{ proposals: [], untaken: [unanswered(topic)] }] : [guessItems(heard, siblings)];
  });
  const stated = unique(told.flatMap(({ proposals }) => proposals));
  const others = guessDevices([...guessed.flatMap(({ proposals }) => proposals), ...pairs.map(proposalOf)], seen, log);
  const proposals = unique([...stated, ...others.proposals]).slice(0, MOST_PROPOSALS);
  const used = new Set(proposals.map(({ device }) => device));
  const devices = [...told.flatMap(found => found.devices), ...others.devices].filter(({ key }) => used.has(key));
  return {
    proposals: proposals.map(proposal => withHearing(proposal, seen)),
    devices: devices.map(device => withUser(device, proposals, log)),
    untaken: [...told.flatMap(found => found.untaken), ...guessed.flatMap(found => found.untaken)],
  };
}

/** The first proposal of each thing; what is about a topic of a device that is known is that device's. */
function unique(proposals: readonly Proposal[]): readonly Proposal[] {
  const known = new Map<string, Proposal>();
  const owners = new Map<string, string | null>();
  for (const proposal of proposals) {
    const identity = identityOf(proposal.found);
    if (known.has(identity)) continue;
    const topic = stateTopicOf(proposal.found) ?? identity;
    const owner = owners.get(topic) ?? proposal.device;
    owners.set(topic, owner);
    known.set(identity, { ...proposal, device: owner });
  }
  return [...known.values()];
}

const COMMAND = /\/(?:set|cmd|command|cmnd)$|^cmnd\//;

function unanswered(topic: string): Untaken {
  return { topic, why: 'it is called like a command, and nothing was seen answering it' };
}

function sameCommand(topic: string, { command, feedback }: Pair): Untaken {
  return { topic, why: `it commands the same as ${command}: both were answered on ${feedback}` };
}

function proposalOf({ command, feedback, payloads, answers, basis, doubt, evidence }: Pair): Proposal {
  const name = nameOf(command.replace(COMMAND, ''));
  return {
    found: { kind: 'switch', command, feedback, payloads, answers },
    ...{ label: wordsOfName(name), device: null, basis, evidence, isExtra: false },
    ...(doubt === undefined ? {} : { doubt }),
  };
}

/** What was heard of it: what a person holds against what is proposed. */
function withHearing(proposal: Proposal, seen: Seen): Proposal {
  const topic = stateTopicOf(proposal.found);
  if (topic === null) return proposal;
  const path = 'path' in proposal.found ? proposal.found.path : undefined;
  return {
    ...proposal,
    evidence: [...proposal.evidence, hearingText(seen, { kind: proposal.found.kind, topic, path })],
  };
}

/** So many messages have a pace. */
const PACED_FROM = 3;

function hearingText(
  seen: Seen,
  { kind, topic, path }: { kind: string; topic: string; path: string | undefined },
): string {
  const heard = seen.topics.get(topic);
  if (heard === undefined) return `nothing was heard on ${topic} in ${formatDuration(seen.listenedMs)}`;
  const payload = new TextEncoder().encode(heard.text ?? '');
  const field = decodeField(payload, path);
  const value = field.ok
    ? payloadExcerpt(new TextEncoder().encode(field.value))
    : `nothing that can be read, for ${field.error}`;
  if (heard.live === 0) return `${topic} is retained: ${value}`;
  const isSensor = kind === 'sensor' && heard.intervalMs !== null && heard.live >= PACED_FROM;
  const pace = isSensor ? `every ${formatCadence(heard.intervalMs)}` : timesText(heard.live);
  return `${topic} was heard ${pace}, at last ${value}`;
}

/** The user that publishes all that is known of a device, by the log. */
function withUser(device: ProposedDevice, proposals: readonly Proposal[], log: LogFacts): ProposedDevice {
  if (device.user !== null) return device;
  const topics = proposals.flatMap(({ device: key, found }) => (key === device.key ? (stateTopicOf(found) ?? []) : []));
  const users = new Set(topics.flatMap(topic => log.whoPublishes(topic) ?? []));
  const [user] = users;
  if (user === undefined || users.size > 1) return device;
  return { ...device, user, evidence: [...device.evidence, `by the broker's log ${user} publishes for it`] };
}
