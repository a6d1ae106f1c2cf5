/**
 * Randomness that can be repeated: the same seed gives the same run, which is what tests, screenshots and `--seed` need.
 * Not for secrets.
 */
export interface Random {
  /** Evenly distributed in [0, 1). */
  next(): number;
  /** Evenly distributed in [min, max). */
  between(min: number, max: number): number;
  /** Normally distributed with mean 0 and standard deviation 1, cut at ±4 so that models stay bounded. */
  normal(): number;
  /** One of the items, each as likely as the others. Throws `RangeError` on an empty list. */
  pick<Item>(items: readonly Item[]): Item;
}

/** How far `normal` goes: beyond four deviations nothing plausible happens in a house. */
const NORMAL_LIMIT = 4;

/** A generator with its own state, by the "mulberry32" scheme (32 bits of state, period 2^32). */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (min: number, max: number): number => min + next() * (max - min);
  return {
    next,
    between,
    normal: () => normalFrom(next(), next()),
    pick: items => {
      const item = items[Math.floor(next() * items.length)];
      if (items.length === 0) throw new RangeError('Nothing to pick from: the list is empty');
      return item as (typeof items)[number];
    },
  };
}

/** A seed of its own for each name under one seed, so that two devices of one run do not move in step (FNV-1a, 32 bit). */
export function seedFor(seed: number, name: string): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (const character of name) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash;
}

/** Two even numbers in [0, 1) made one normal one (Box and Muller 1958). */
function normalFrom(first: number, second: number): number {
  const value = Math.sqrt(-2 * Math.log(1 - first)) * Math.cos(2 * Math.PI * second);
  return Math.max(-NORMAL_LIMIT, Math.min(NORMAL_LIMIT, value));
}
