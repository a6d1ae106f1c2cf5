import { jsonPathOf } from '../../mqtt/json-path.ts';
import { fieldsOf, parseDocument, unitOf, wordsOfName } from '../document.ts';
import type { Heard } from '../observer.ts';
import type { Found, Proposal, Untaken } from '../proposal.ts';
import { quantityOf, wordsIn } from './quantities.ts';
import { plainNumber, wordPair } from './values.ts';

/** Last levels of a topic that say nothing of what it is about. */
const GENERIC = /^(?:value|values|state|status|data|sensor|reading|result|payload|json|out|tele|stat|SENSOR|STATE)$/;
/** Keys of a document that are not about the house. */
const NO_ITEM =
  /^(?:time|timestamp|date|datetime|ts|t_ms|epoch|id|mac|ip|ssid|bssid|host|hostname|model|name|type|version|fw|sw|hw|unit|units)$/i;
/** A device that sends more values than this in one document is asked about by hand. */
const MOST_LEAVES = 60;
const DEEPEST = 4;
/** Longer texts are sentences. */
const LONGEST_STATE = 32;
/** A number beyond this is a time in seconds since 1970, and no value of a house. */
const EPOCH_S = 1_000_000_000;

/** What is guessed of a topic that nobody has explained. */
export interface Guessed {
  readonly proposals: readonly Proposal[];
  readonly untaken: readonly Untaken[];
}

/** Guesses what the values on one topic are. */
export function guessItems(heard: Heard, siblings: Siblings): Guessed {
  const { topic, text } = heard;
  const document = fieldsOf(parseDocument(text));
  if (document !== null) return guessDocument(topic, document);
  const name = nameOf(topic);
  const numbers = heard.texts.map(plainNumber);
  const isNumber = numbers.length > 0 && numbers.every(number => number !== null);
  const pair = wordPair(heard.texts);
  const isTruth = pair !== null && (!isNumber || /^[01]$/.test(pair.on));
  if (isTruth && (!isNumber || isAboutTruth(name)))
    return one(topic, binaryOf({ topic }, pair), name, pairEvidence(pair));
  if (isNumber) return guessNumber(topic, heard, name, siblings.get(parentOf(topic)) ?? []);
  if (text === null) return { proposals: [], untaken: [] };
  const isShort = text.length <= LONGEST_STATE && heard.texts.length > 0;
  if (isShort) return one(topic, { kind: 'state', topic }, name, ['its payloads are words'], isAboutDevice(name));
  return { proposals: [], untaken: [{ topic, why: 'its payload is a text of many words' }] };
}

function one(topic: string, found: Found, name: string, evidence: readonly string[], isExtra = false): Guessed {
  const proposal: Proposal = { found, label: wordsOfName(name), device: null, basis: 'seen', evidence, isExtra };
  return { proposals: topic === '' ? [] : [proposal], untaken: [] };
}

function guessNumber(topic: string, heard: Heard, name: string, beside: readonly string[]): Guessed {
  const numbers = heard.texts.flatMap(text => plainNumber(text) ?? []);
  const units = new Set(numbers.map(({ unit }) => unit));
  const value = numbers.at(-1)?.value ?? 0;
  const [written = ''] = units;
  if (units.size > 1) return { proposals: [], untaken: [{ topic, why: 'its values come in several units' }] };
  if (value > EPOCH_S) return { proposals: [], untaken: [{ topic, why: 'its number looks like a time' }] };
  const levels = topic.split('/').reverse();
  const guess = quantityOf([name, ...levels.slice(0, 2)], value, beside);
  if (written !== '') {
    const found: Found = { kind: 'sensor', topic, unit: unitOf(written) };
    return one(topic, found, name, [`its payload says ${unitOf(written)}`], guess.isExtra);
  }
  const { unit, range, why, isExtra } = guess;
  const isFit = range !== undefined && numbers.every(({ value: each }) => each >= range.min && each <= range.max);
  const found: Found = { kind: 'sensor', topic, unit, ...(isFit ? { range } : {}), ...digits(heard.texts) };
  return one(topic, found, name, [why], isExtra);
}

/** Whole numbers are shown as such; 1 digit is usual. */
function digits(texts: readonly string[]): { readonly decimals?: number } {
  const most = Math.max(...texts.map(text => /[.,](\d+)/.exec(text)?.[1]?.length ?? 0));
  return most === 1 ? {} : { decimals: Math.min(most, 3) };
}

/** Each value of a JSON document. */
function guessDocument(topic: string, document: Readonly<Record<string, unknown>>): Guessed {
  const leaves = leavesOf(document, []);
  if (leaves.length > MOST_LEAVES) {
    return {
      proposals: [],
      untaken: [{ topic, why: `its document has ${leaves.length} values, more than are proposed` }],
    };
  }
  const names = leaves.map(({ keys }) => keys.at(-1) ?? '');
  const proposals = leaves.flatMap(({ keys, value }) => {
    const path = jsonPathOf(keys);
    const name = keys.filter(key => !/^\d+$/.test(key)).at(-1) ?? '';
    const found = leafFound({ topic, path }, name, value, names);
    if (found === null) return [];
    const { why, isExtra, ...rest } = found;
    const label = wordsOfName(GENERIC.test(name) ? `${nameOf(topic)} ${name}` : name);
    return [{ ...rest, label, device: null, basis: 'seen' as const, evidence: [why], isExtra }];
  });
  return { proposals, untaken: [] };
}

interface Place {
  readonly topic: string;
  readonly path?: string;
}

function leafFound(
  place: Place & { readonly path: string },
  name: string,
  value: unknown,
  beside: readonly string[],
): { readonly found: Found; readonly why: string; readonly isExtra: boolean } | null {
  const isExtra = isAboutDevice(name);
  if (typeof value === 'boolean') {
    const payloads = { on: 'true', off: 'false' };
    const found: Found = { kind: 'binary', ...place, payloads, words: { on: 'on', off: 'off' } };
    return { found, why: 'it is true or false', isExtra };
  }
  const number =
    typeof value === 'number' ? { value, unit: '' } : typeof value === 'string' ? plainNumber(value) : null;
  if (number !== null && Math.abs(number.value) < EPOCH_S) {
    const guess = quantityOf([name, nameOf(place.topic)], number.value, beside);
    const unit = number.unit === '' ? guess.unit : unitOf(number.unit);
    const range = guess.range === undefined || unit !== guess.unit ? {} : { range: guess.range };
    const why = number.unit === '' ? guess.why : `its payload says ${unit}`;
    return { found: { kind: 'sensor', ...place, unit, ...range }, why, isExtra: guess.isExtra || isExtra };
  }
  if (typeof value !== 'string' || value.length === 0 || value.length > LONGEST_STATE) return null;
  const pair = wordPair([value]);
  if (pair !== null) return { found: binaryOf(place, pair), why: pairEvidence(pair)[0] ?? '', isExtra };
  return { found: { kind: 'state', ...place }, why: 'it is a word', isExtra };
}

function leavesOf(value: unknown, keys: readonly string[]): readonly { keys: readonly string[]; value: unknown }[] {
  if (typeof value !== 'object' || value === null) return keys.length === 0 ? [] : [{ keys, value }];
  if (keys.length >= DEEPEST) return [];
  return Object.entries(value).flatMap(([key, inner]) => (NO_ITEM.test(key) ? [] : leavesOf(inner, [...keys, key])));
}

function binaryOf(place: Place, { on, off }: { readonly on: string; readonly off: string }): Found {
  const shown = (word: string): string =>
    ({ true: 'on', false: 'off', '1': 'on', '0': 'off' })[word.toLowerCase()] ?? word;
  return {
    kind: 'binary',
    ...place,
    payloads: { on, off },
    words: { on: shown(on).toLowerCase(), off: shown(off).toLowerCase() },
  };
}

function pairEvidence({ on, off, unheard }: { on: string; off: string; unheard: string | null }): readonly string[] {
  if (unheard === null) return [`it says "${on}" and "${off}"`];
  return [`it says "${unheard === on ? off : on}"; that its other word is "${unheard}" is supposed`];
}

/** What a topic is about, by its levels: the last one that says something. */
export function nameOf(topic: string): string {
  const levels = topic.split('/').filter(level => level !== '');
  return levels.findLast(level => !GENERIC.test(level)) ?? levels.at(-1) ?? topic;
}

/** The last levels of all topics, by what stands before these: what stands beside each other. */
export type Siblings = ReadonlyMap<string, readonly string[]>;

/** Finds which topics stand beside each other, once for all of them. */
export function siblingsOf(topics: Iterable<string>): Siblings {
  const siblings = new Map<string, string[]>();
  for (const topic of topics) {
    const parent = parentOf(topic);
    const level = topic.slice(parent.length);
    const known = siblings.get(parent);
    if (known === undefined) siblings.set(parent, [level]);
    else known.push(level);
  }
  return siblings;
}

function parentOf(topic: string): string {
  return topic.slice(0, topic.lastIndexOf('/') + 1);
}

const TRUTH =
  /^(?:motion|door|window|contact|leak|water|presence|occupancy|state|status|on|open|alarm|smoke|switch|relay|active|bewegung|tuer|tür|fenster|kontakt)$/;

function isAboutTruth(name: string): boolean {
  return wordsIn(name).some(word => TRUTH.test(word));
}

const DEVICE =
  /^(?:ip|mac|ssid|version|firmware|fw|sw|hw|build|boot|wifi|rssi|uptime|hostname|heap|info|log|debug|mqtt)$/;

function isAboutDevice(name: string): boolean {
  return wordsIn(name).some(word => DEVICE.test(word));
}
