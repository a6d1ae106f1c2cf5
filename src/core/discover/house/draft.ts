import type { Availability } from '../../house/availability-word.ts';
import type { Heard, Seen } from '../observer.ts';
import { type Found, type Proposal, type ProposedDevice, stateTopicOf } from '../proposal.ts';

/** One member of a house file as it will stand there, with what is said beside it. */
export interface Member {
  /** The group: `sensors`, `switches`, `clients`. */
  readonly group: string;
  readonly id: string;
  readonly value: Readonly<Record<string, unknown>>;
  /** A comment, one line. */
  readonly note: string;
}

/** Seconds of silence after which something of which no pace is known is called stale. */
const UNKNOWN_PACE_S = 3_600;
/** A house file lists no more words than this for a state. */
const MOST_WORDS = 20;
const MOST_OPTIONS = 100;
const LONGEST_OPTION = 40;
/** Names that no field of a house file may have. */
const RESERVED: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** What makes members of proposals needs. */
export interface Drafting {
  readonly seen: Seen;
  /** What the house assumes of the time between two messages, seconds. */
  readonly cadenceS: number;
  readonly idFor: (label: string) => string;
  readonly keyFor: (label: string) => string | null;
  /** The label of an item, told apart from others of the same name. */
  readonly labelOf: (proposal: Proposal) => string;
}

/** A proposal as a member of a house file. */
export function draftItem(proposal: Proposal, { seen, cadenceS, idFor, keyFor, labelOf }: Drafting): Member {
  const { found, presence } = proposal;
  const label = labelOf(proposal);
  const topic = stateTopicOf(found);
  const heard = topic === null ? undefined : seen.topics.get(topic);
  const { group, fields } = bodyOf(found);
  const key = found.kind === 'switch' ? keyFor(label) : null;
  const isRead = group === 'sensors' || group === 'states' || group === 'binaries';
  return {
    group,
    id: idFor(label),
    value: {
      label,
      ...fields,
      ...(key === null ? {} : { key }),
      ...(isRead && !isFading(found) ? paceOf(proposal, heard, cadenceS) : {}),
      ...(heard?.isRetained === true && group !== 'events' && group !== 'buttons' ? { retained: true } : {}),
      ...(presence === undefined ? {} : whereHere(presence.availabilities, presence.availabilityMode)),
    },
    note: proposal.evidence.join('; '),
  };
}

function pathIn(found: Found): { readonly path?: string } {
  return 'path' in found && found.path !== undefined ? { path: found.path } : {};
}

/** The group of a kind, and what it has beside its label. */
function bodyOf(found: Found): { readonly group: string; readonly fields: Readonly<Record<string, unknown>> } {
  const path = pathIn(found);
  switch (found.kind) {
    case 'sensor': {
      const { kind: _, ...fields } = found;
      return { group: 'sensors', fields };
    }
    case 'state': {
      const { topic, options = [] } = found;
      const words = options.filter(isShort).map(option => [option, {}]);
      const isListed = words.length > 0 && words.length <= MOST_WORDS;
      return { group: 'states', fields: { topic, ...path, ...(isListed ? { words: Object.fromEntries(words) } : {}) } };
    }
    case 'binary': {
      const { topic, payloads, words, offAfter } = found;
      const fading = offAfter === undefined ? {} : { offAfter };
      return { group: 'binaries', fields: { topic, ...path, ...payloads, words, ...fading } };
    }
    case 'event': {
      const { topic, options } = found;
      const only = options?.length === 1 ? { only: options } : {};
      return { group: 'events', fields: { topic, ...path, ...only } };
    }
    default:
      return commandedBody(found, path);
  }
}

type Commanded = Extract<Found, { readonly command: string }>;

function commandedBody(
  found: Commanded,
  path: { readonly path?: string },
): { readonly group: string; readonly fields: Readonly<Record<string, unknown>> } {
  if (found.kind === 'button')
    return { group: 'buttons', fields: { command: found.command, payload: found.payload, ask: true } };
  const feedback = found.feedback === undefined ? {} : { feedback: found.feedback };
  const loop = { command: found.command, ...feedback, ...path };
  if (found.kind === 'switch') {
    const { payloads, answers, asks } = found;
    const isSame = payloads.on === answers.on && payloads.off === answers.off;
    const own = isSame ? {} : { answers: { on: [answers.on], off: [answers.off] } };
    return { group: 'switches', fields: { ...loop, ...payloads, ...own, ...(asks === true ? { ask: true } : {}) } };
  }
  const template = found.template === undefined ? {} : { template: found.template };
  if (found.kind === 'number') {
    const { unit, min, max, step } = found;
    return { group: 'numbers', fields: { ...loop, unit, min, max, step, ...template } };
  }
  const options = [...new Set(found.options)].filter(isShort).slice(0, MOST_OPTIONS);
  return { group: 'selects', fields: { ...loop, options, ...template } };
}

function isShort(option: string): boolean {
  return option.length > 0 && option.length <= LONGEST_OPTION && !RESERVED.has(option);
}

/** Whether it says only that something is so: a silence of it is what it says of all else. */
function isFading(found: Found): boolean {
  return found.kind === 'binary' && found.offAfter !== undefined;
}

/** What is known of its pace: by its maker, or that nothing is. Where it was heard again and again, hometui learns it. */
function paceOf(
  { expireAfter, every }: Proposal,
  heard: Heard | undefined,
  houseCadenceS: number,
): Readonly<Record<string, unknown>> {
  if (expireAfter !== undefined) return { expireAfter };
  if (every !== undefined) return { every };
  if (heard === undefined || heard.intervalMs === null || heard.live < LEARNED_FROM)
    return { expireAfter: UNKNOWN_PACE_S };
  const seconds = Math.round(heard.intervalMs / 100) / 10;
  return seconds > houseCadenceS * SLOWER ? { every: seconds } : {};
}

/** So many messages teach a pace. */
const LEARNED_FROM = 3;
/** What is slower than the house's own pace by so much would be called late before it has spoken twice. */
const SLOWER = 1.5;

/** A device as a client of a house file. */
export function draftClient(
  device: ProposedDevice,
  items: readonly string[],
  idFor: (label: string) => string,
): Member {
  const { label, user, availabilities, availabilityMode } = device;
  const id = idFor(user ?? label);
  return {
    group: 'clients',
    id,
    value: {
      ...(label === id ? {} : { label }),
      ...(user === null || user === id ? {} : { user }),
      publishes: items,
      ...whereHere(availabilities, availabilityMode),
    },
    note: device.evidence.join('; '),
  };
}

function whereHere(
  topics: readonly Availability[],
  mode: ProposedDevice['availabilityMode'],
): Readonly<Record<string, unknown>> {
  const [first] = topics;
  if (first === undefined) return {};
  return topics.length === 1 ? { availability: first } : { availabilities: { mode, topics } };
}
