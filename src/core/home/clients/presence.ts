import { cleanText } from '../../clean-text.ts';
import { userOfClient } from '../../house/house.ts';
import type { HomeState } from '../state/state.ts';
import { getRow } from '../state/table.ts';

/** A denial that is this long past, ms, says nothing of now. */
const RECENT_MS = 60_000;

type DeniedPublish = HomeState['denials'][number] & { readonly topic: string };

/**
 * What shows that a client runs which is not heard where the house waits for it, on `topics`: what the broker denied it
 * since it was last heard. A clause, or `null`.
 */
export function signsOfLife(state: HomeState, clientId: string, topics: readonly string[]): string | null {
  const heardAt = getRow(state.clients, clientId)?.heardAt ?? Number.NEGATIVE_INFINITY;
  const denied = deniedPublishes(state, clientId).filter(({ at }) => at > heardAt);
  const alike = firstAlike(denied, topics);
  if (alike !== null) return alike;
  const [last] = denied;
  return last === undefined ? null : `it runs: the broker denied it ${cleanText(last.topic, 60)} ${times(last)}`;
}

/** What the broker denied lately that is the topic itself, or that topic in another spelling: a clause, or `null`. */
export function deniedInsteadOf(state: HomeState, clientId: string | undefined, topic: string): string | null {
  return firstAlike(deniedPublishes(state, clientId), [topic]);
}

/** That the broker holds a connection of the client, as its log says, which is no proof that it is awake; else `null`. */
export function heldConnection(state: HomeState, clientId: string): string | null {
  const holds = holdsConnection(state, clientId);
  if (holds === null) return null;
  const hidden = getRow(state.clients, clientId)?.keepaliveSeconds === 0;
  return `${holds}: it may be frozen${hidden ? ' or, which keepalive 0 hides, without power' : ''}`;
}

/** The same without what it may mean. */
export function holdsConnection(state: HomeState, clientId: string): string | null {
  const identifier = getRow(state.clients, clientId)?.clientIds.at(-1);
  return identifier === undefined ? null : `the broker holds its connection ("${cleanText(identifier, 40)}")`;
}

/** The same of a client that was never heard: it may also speak, and not be understood. */
export function heldUnheard(state: HomeState, clientId: string): string | null {
  const held = heldConnection(state, clientId);
  return held === null
    ? null
    : `${held}, or publish elsewhere, or give wrong lengths (MicroPython: send text.encode())`;
}

/** Newest first. */
function deniedPublishes(state: HomeState, clientId: string | undefined): readonly DeniedPublish[] {
  const user = clientId === undefined ? null : userOfClient(state.house, clientId);
  return state.denials.filter(
    (denial): denial is DeniedPublish =>
      denial.access === 'publish' &&
      denial.topic !== null &&
      (user === null || denial.user === user) &&
      state.at - denial.at <= RECENT_MS,
  );
}

function firstAlike(denied: readonly DeniedPublish[], topics: readonly string[]): string | null {
  for (const denial of denied) {
    const topic = topics.find(candidate => isAlike(candidate, denial.topic));
    if (topic === denial.topic) return `it runs: the broker denied it ${topic} ${times(denial)}`;
    if (topic !== undefined) {
      const name = cleanText(denial.topic, 60);
      return `it publishes ${name}, denied ${times(denial)}, and the house waits for ${topic}: ${whatCounts(topic, denial.topic)}`;
    }
  }
  return null;
}

function times({ count }: DeniedPublish): string {
  return count === 1 ? 'once' : `${count} times`;
}

function whatCounts(one: string, other: string): string {
  if (one.toLowerCase() === other.toLowerCase()) return 'capitals count in a topic';
  return 'each character of a topic counts, umlauts and slashes too';
}

function isAlike(one: string, other: string): boolean {
  const others = spellings(other);
  return spellings(one).some(spelling => others.includes(spelling));
}

const WRITTEN_OUT: readonly (readonly [RegExp, string])[] = [
  [/ä/g, 'ae'],
  [/ö/g, 'oe'],
  [/ü/g, 'ue'],
  [/ß/g, 'ss'],
];

/** A topic without what is easily typed otherwise: umlauts as two letters, and as one. */
function spellings(topic: string): readonly string[] {
  const plain = topic
    .normalize('NFC')
    .toLowerCase()
    .replace(/^\/|\/$|\s/g, '');
  const long = WRITTEN_OUT.reduce((text, [letter, letters]) => text.replace(letter, letters), plain);
  return [long, plain.normalize('NFD').replace(/\p{M}/gu, '')];
}
