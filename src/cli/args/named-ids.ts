import { ExitCode } from '../../app/exit-code.ts';
import { Failure } from '../../app/failure.ts';
import type { House } from '../../core/house/house.ts';
import { nearestWord } from '../../core/nearest-word.ts';

/** The ids of `--only`, checked; `null` where all count. Throws a `Failure` (64) for one that the house does not have. */
export function readNamedIds(only: readonly string[] | undefined, house: House): ReadonlySet<string> | null {
  if (only === undefined) return null;
  const known = [house.sensors, house.derived, house.words, house.switches, house.clients].flatMap(table => [
    ...table.keys(),
  ]);
  const unknown = only.find(id => !known.includes(id));
  if (unknown === undefined) return new Set(only);
  throw new Failure(ExitCode.usage, `the house has no "${unknown}"`, nearestCure(unknown, known));
}

/** What to write in place of an id that the house does not have. */
export function nearestCure(id: string, known: readonly string[]): string {
  const nearest = nearestWord(id, known);
  return `${nearest === null ? '' : `Did you mean ${nearest}? `}It has ${known.length === 0 ? 'none' : known.join(', ')}.`;
}
