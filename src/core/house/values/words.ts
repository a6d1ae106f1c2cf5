import { assertNever } from '../../assert-never.ts';
import { cleanText } from '../../clean-text.ts';
import { formatDuration } from '../../duration.ts';
import { decodeField, inQuotes } from '../../mqtt/payload.ts';
import { fail, ok, type Result } from '../../result.ts';
import type { WordConfig } from '../house.ts';
import type { BinaryConfig, CounterConfig, StateConfig } from '../schema.ts';

/** Words longer than this, characters, are cut: they are to be seen at a glance. */
const LONGEST = 40;

/** What the usual devices say for the first of two words, and for the second; in small letters. */
const ON: readonly string[] = ['on', 'an', '1', 'true', 'yes', 'open', 'detected', 'active', 'motion', 'wet', 'alarm'];
const OFF: readonly string[] = ['off', 'aus', '0', 'false', 'no', 'closed', 'clear', 'inactive', 'none', 'dry', 'ok'];

/**
 * The word that a payload says: `on` or `off` of a binary, else what stands there, clean and short; `null` for what does
 * not count. The error is a clause, as `decodeField` has them.
 */
export function readWord(payload: Uint8Array, config: WordConfig): Result<string | null, string> {
  const field = decodeField(payload, config.path);
  if (!field.ok) return field;
  switch (config.kind) {
    case 'state':
      return ok(cleanText(field.value, LONGEST));
    case 'binary':
      return readBinary(field.value, config);
    case 'event':
    case 'counter':
      return ok(
        config.only === undefined || config.only.includes(field.value) ? cleanText(field.value, LONGEST) : null,
      );
    default:
      return assertNever(config);
  }
}

function readBinary(word: string, { on, off, words }: BinaryConfig): Result<'on' | 'off', string> {
  if (word === on) return ok('on');
  if (word === off) return ok('off');
  const folded = word.toLowerCase();
  const isOne = (own: string, usual: readonly string[]): boolean =>
    own.toLowerCase() === folded || usual.includes(folded);
  // Where the house file has a payload for one side, the usual words do not beat it.
  if (on === undefined && isOne(words.on, ON)) return ok('on');
  if (off === undefined && isOne(words.off, OFF)) return ok('off');
  const expected = `${inQuotes(on ?? words.on)} nor ${inQuotes(off ?? words.off)}`;
  return fail(`${inQuotes(cleanText(word, 24))} is neither ${expected}`);
}

/** A word as people read it: `open`, `error E7`; itself where the house file has no other text for it. */
export function textOfWord(word: string, config: WordConfig): string {
  switch (config.kind) {
    case 'state':
      return stateOf(word, config)?.text ?? word;
    case 'binary':
      return word === 'on' ? config.words.on : config.words.off;
    case 'event':
    case 'counter':
      return occurrenceText(word, config);
    default:
      return assertNever(config);
  }
}

function occurrenceText(word: string, { words = {} }: Pick<CounterConfig, 'words'>): string {
  return Object.hasOwn(words, word) ? (words[word] ?? word) : word;
}

/** The same of what is known of an item: a word that nobody said is called presumed. */
export function textOfSaid(
  { word, isPresumed }: { readonly word: string | null; readonly isPresumed: boolean },
  config: WordConfig,
): string {
  const text = textOfWord(word ?? '', config);
  return isPresumed ? `${text}, presumed` : text;
}

/** Why the second word of a binary is presumed: a clause. */
export function presumption({ words, offAfter = 0 }: BinaryConfig): string {
  return `presumed: it did not say ${words.on} for ${formatDuration(offAfter * 1_000)}`;
}

/** How bad a word is. One that is none of those that have levels is a warning: nobody knows what it means. */
export function levelOfWord(word: string, config: WordConfig): 'ok' | 'warning' | 'critical' {
  if (config.kind === 'binary') return (word === 'on' ? config.levels?.on : config.levels?.off) ?? 'ok';
  if (config.kind !== 'state') return 'ok';
  const known = stateOf(word, config);
  if (known !== null) return known.level ?? 'ok';
  return Object.values(config.words ?? {}).some(({ level }) => level !== undefined) ? 'warning' : 'ok';
}

/** Whether a word of it is one of few, so that each change of it is news. */
export function isOneOfFew(config: WordConfig): boolean {
  return config.kind === 'binary' || (config.kind === 'state' && config.words !== undefined);
}

/** Whether it says where something stands; else it tells of what happened and is over. */
export function isLasting({ kind }: WordConfig): boolean {
  return kind === 'state' || kind === 'binary';
}

function stateOf(
  word: string,
  { words = {} }: StateConfig,
): { text?: string; level?: 'ok' | 'warning' | 'critical' } | null {
  return Object.hasOwn(words, word) ? (words[word] ?? null) : null;
}
