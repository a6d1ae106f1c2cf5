import { createRandom as createUniform } from '../../../src/core/simulation/random.ts';

/** Random numbers that are the same each time for the same seed. */
export interface Random {
  /** An integer from 0 up to, not including, `limit`. */
  below(limit: number): number;
  /** True in one of `times` cases. */
  oneIn(times: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
}

/** Integers from the generator that the simulation uses. */
export function createRandom(seed: number): Random {
  const uniform = createUniform(seed);
  const below = (limit: number) => Math.floor(uniform.next() * limit);
  return { below, oneIn: times => below(times) === 0, pick: uniform.pick };
}
