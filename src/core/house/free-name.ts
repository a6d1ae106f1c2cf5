import { RESERVED_KEYS } from './check.ts';

/** The longest id of a house file. */
const LONGEST = 40;

/**
 * An id that nothing in the house has yet, made of the first of these texts that has letters in it (a label, a topic):
 * `Flow temperature` → `flowTemperature`, and with a number behind it where that is taken.
 */
export function freeId(texts: readonly string[], taken: ReadonlySet<string>): string {
  const base = texts.map(idOf).find(id => id !== '') ?? 'item';
  for (let number = 1; ; number += 1) {
    const suffix = number === 1 ? '' : String(number);
    const id = base.slice(0, LONGEST - suffix.length) + suffix;
    if (!taken.has(id)) return id;
  }
}

function idOf(text: string): string {
  const words = text
    .replace(/ä/gi, 'ae')
    .replace(/ö/gi, 'oe')
    .replace(/ü/gi, 'ue')
    .replace(/ß/g, 'ss')
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .split(/[^A-Za-z0-9]+/)
    .filter(word => word !== '');
  const joined = words
    .map((word, place) => (place === 0 ? lowered(word) : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('');
  return joined.replace(/^\d+/, '');
}

/** `CO2` stays what it is, `Flow` does not. */
function lowered(word: string): string {
  return /^[A-Z0-9]+$/.test(word) && word.length > 1 ? word : word.charAt(0).toLowerCase() + word.slice(1);
}

const KEYS = 'abcdefghijklmnopqrstuvwxyz0123456789';

/**
 * Those of the console that a house file may give to a switch, the ones that are missed least first: of tabs, of dates on a
 * chart, of topics, events and alarms. What is to be had there has a capital letter or another key then.
 */
const SPARED_KEYS: readonly string[] = [...'0123456789', ...'gevsa'];

/** A key for a switch: a letter of its label that is free, else any that is; `null` where none is left. */
export function freeKey(label: string, taken: ReadonlySet<string>): string | null {
  const candidates = [...label.toLowerCase().replace(/[^a-z0-9]/g, ''), ...KEYS];
  const free = candidates.filter(key => !taken.has(key) && !RESERVED_KEYS.includes(key));
  return free.find(key => !SPARED_KEYS.includes(key)) ?? SPARED_KEYS.find(key => free.includes(key)) ?? null;
}
