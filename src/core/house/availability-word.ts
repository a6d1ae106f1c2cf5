import { cleanText } from '../clean-text.ts';
import { decodeField, payloadExcerpt } from '../mqtt/payload.ts';
import type { ClientConfig } from './schema.ts';

/** Where and in which words a client says whether it is there. */
export type Availability = NonNullable<ClientConfig['availability']>;

/** What a client or its will said of itself. */
export interface AvailabilityWord {
  /** Clean and short, as people are told. */
  readonly text: string;
  /** `null` where neither the house file nor anybody else knows the word. */
  readonly meaning: 'online' | 'offline' | null;
}

/**
 * Words by which clients and their wills say that they are there: plain, Tasmota, ESPHome, Zigbee2MQTT, Homie, and what
 * people write themselves. In small letters, with blanks for `-` and `_`.
 */
const ONLINE: readonly string[] = [
  ...['online', 'ready', 'alive', 'connected', 'available', 'true', '1', 'on', 'up', 'running', 'started', 'active'],
  ...['reachable', 'sleeping', 'init', 'alert'],
];
const OFFLINE: readonly string[] = [
  ...['offline', 'lost', 'disconnected', 'dead', 'unavailable', 'false', '0', 'off', 'down', 'stopped', 'inactive'],
  ...['unreachable', 'connection lost', 'not connected', 'not available', 'not alive', 'not reachable', 'not running'],
  ...['deepsleep', 'deep sleep'],
];

/** Members of a JSON document that hold the word, where the house file names no path: a word, or whether it is so. */
const WORD_MEMBERS: readonly string[] = ['state', 'status', 'availability'];
const TRUTH_MEMBERS: readonly string[] = ['online', 'alive', 'connected', 'available'];

/** Homie: it is there, and something about it needs a person. */
const ALERT = 'alert';

/**
 * Reads a payload of an availability topic: words of the house file beat the usual ones, as a device may say "off" where
 * it is there. `null` for an empty payload, by which a retained message is removed.
 */
export function readAvailability(payload: Uint8Array, config: Availability): AvailabilityWord | null {
  if (payload.length === 0) return null;
  const field = decodeField(payload, config.path);
  if (!field.ok) return { text: payloadExcerpt(payload), meaning: null };
  const { text, word } = config.path === undefined ? wordIn(field.value) : { text: field.value, word: field.value };
  return { text: cleanText(text, 24), meaning: meaningOf(word, config) };
}

/** Whether it is there, and asks for a person. */
export function isAlert({ text, meaning }: AvailabilityWord, { online }: Availability): boolean {
  return online === undefined && meaning === 'online' && text.toLowerCase() === ALERT;
}

/** The word itself, of one in quotes too, or the one that a document holds. */
function wordIn(field: string): { readonly text: string; readonly word: string } {
  const bytes = new TextEncoder().encode(field);
  const quoted = /^(["'])(.*)\1$/su.exec(field)?.[2];
  if (quoted !== undefined) return { text: quoted.trim(), word: quoted.trim() };
  if (!field.startsWith('{')) return { text: field, word: field };
  for (const member of [...WORD_MEMBERS, ...TRUTH_MEMBERS]) {
    const found = decodeField(bytes, member);
    if (found.ok) {
      const text = WORD_MEMBERS.includes(member) ? found.value : `${member}: ${found.value}`;
      return { text, word: found.value };
    }
  }
  return { text: field, word: field };
}

function meaningOf(word: string, { online, offline }: Availability): AvailabilityWord['meaning'] {
  if (online !== undefined && isWord(word, online)) return 'online';
  if (offline !== undefined && isWord(word, offline)) return 'offline';
  const usual = word.replace(/[-_\s]+/g, ' ');
  if (offline === undefined && isWord(usual, OFFLINE)) return 'offline';
  return online === undefined && isWord(usual, ONLINE) ? 'online' : null;
}

function isWord(word: string, words: readonly string[]): boolean {
  return words.some(known => known.toLowerCase() === word.toLowerCase());
}
