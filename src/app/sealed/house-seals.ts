import type { House } from '../../core/house/house.ts';
import type { Issue } from '../../core/issue.ts';
import { ok, type Result } from '../../core/result.ts';
import type { Seals } from './seals.ts';

/** The seals of a house whose file may be changed while it is on. */
export interface HouseSeals {
  /** `null` where no device of the house seals. */
  readonly now: () => Seals | null;
  /**
   * Makes those of the house that is taken next, with the keys as they are then: nothing that comes between shall be told
   * as what nobody has a key for. With an issue those of before stay.
   */
  readonly follow: (house: House) => Promise<Issue | null>;
}

/** Makes those of a house; loaded where one of its devices seals. */
export type OpenSeals = (house: House) => Promise<Result<Seals | null, Issue>>;

/** The seals of a house as it begins, which follow its file from there. The error: the keys cannot be read. */
export async function openHouseSeals(house: House, open: OpenSeals): Promise<Result<HouseSeals, Issue>> {
  const first = await open(house);
  if (!first.ok) return first;
  let seals = first.value;
  return ok({
    now: () => seals,
    follow: async next => {
      const opened = await open(next);
      if (!opened.ok) return opened.error;
      seals = opened.value;
      return null;
    },
  });
}
