import type { House } from '../../core/house/house.ts';
import type { Issue } from '../../core/issue.ts';
import { ok, type Result } from '../../core/result.ts';
import type { Seals } from './seals.ts';

/** The seals of a house whose file, and whose keys, may be changed while it is on. */
export interface HouseSeals {
  /** `null` where no device of the house seals. */
  readonly now: () => Seals | null;
  /**
   * Makes those of the house that is taken next, with the keys as they are then: nothing that comes between shall be told
   * as what nobody has a key for. With an issue those of before stay.
   */
  readonly follow: (house: House) => Promise<Issue | null>;
  /** The same for the house as it is, when its keys were changed. */
  readonly readAgain: () => Promise<Issue | null>;
}

/** Makes those of a house, after those of `before`; loaded where one of its devices seals. */
export type OpenSeals = (house: House, before: Seals | null) => Promise<Result<Seals | null, Issue>>;

/** The seals of a house as it begins, which follow its file from there. The error: the keys cannot be read. */
export async function openHouseSeals(first: House, open: OpenSeals): Promise<Result<HouseSeals, Issue>> {
  const opened = await open(first, null);
  if (!opened.ok) return opened;
  let [house, seals] = [first, opened.value];
  const take = async (next: House): Promise<Issue | null> => {
    const made = await open(next, seals);
    if (!made.ok) return made.error;
    [house, seals] = [next, made.value];
    return null;
  };
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = (next: () => House): Promise<Issue | null> => {
    const taken = last.then(() => take(next()));
    last = taken.catch(() => {});
    return taken;
  };
  return ok({ now: () => seals, follow: next => inTurn(() => next), readAgain: () => inTurn(() => house) });
}
