import type { Saying } from '../observer.ts';

/** What chance alone brings about more often than this proves nothing. */
export const MOST_CHANCE = 0.05;

/** The chance that at least `hits` of so many tries hit, where each does with the chance `each`; 0 to 1. */
export function chanceOf(hits: number, tries: number, each: number): number {
  let chance = 0;
  let ways = 1;
  for (let hit = 0; hit <= tries; hit++) {
    if (hit >= hits) chance += ways * each ** hit * (1 - each) ** (tries - hit);
    ways = (ways * (tries - hit)) / (hit + 1);
  }
  return chance;
}

/**
 * Those of the commands that are tries of their own. What comes in step with the pace of a topic, ms, is followed by it each
 * time alike: of such commands the first counts. In step are those that are no further apart than `withinMs`.
 */
export function outOfStep(commands: readonly Saying[], periodMs: number | null, withinMs: number): readonly Saying[] {
  const [first] = commands;
  if (periodMs === null || first === undefined) return commands;
  const phases: number[] = [];
  return commands.filter(({ at }) => {
    const phase = (at - first.at) % periodMs;
    const isInStep = phases.some(known => {
      const apart = Math.abs(phase - known);
      return Math.min(apart, periodMs - apart) <= withinMs;
    });
    if (!isInStep) phases.push(phase);
    return !isInStep;
  });
}
