import { Failure } from '../../app/failure.ts';
import type { World } from '../../app/world.ts';
import type { HouseShelf } from '../../console/run-screen.ts';
import { cleanText } from '../../core/clean-text.ts';
import { fail, ok } from '../../core/result.ts';
import type { PreferencesFile } from '../../io/preferences/preferences.ts';
import type { HouseEntry } from '../../ui/state/house-list.ts';
import type { Arguments } from '../args/parse.ts';
import { houseFacts } from './house-facts.ts';
import { openHouse } from './open-house.ts';
import { choiceOf, savedHouses } from './saved-houses.ts';

/** More than any screen shows of why a house cannot be opened. */
const LONGEST_WHY = 400;

/** The houses that are saved, read anew each time: somebody may have saved another one meanwhile. */
export function houseShelf(args: Arguments, file: PreferencesFile, world: World): HouseShelf {
  const meant = (entry: HouseEntry) => {
    const { flags, world: bare } = choiceOf(entry, args.flags, world);
    return { args: { ...args, flags }, world: bare };
  };
  return {
    list: async () => savedHouses((await file.read()).preferences, world),
    factsOf: entry => {
      const { args: chosen, world: bare } = meant(entry);
      return houseFacts(chosen, bare);
    },
    open: async entry => {
      const { args: chosen, world: bare } = meant(entry);
      try {
        const run = await openHouse(chosen, { read: await file.read(), file }, bare);
        // The next start begins with the list.
        return ok({ ...run, firstPaintFiles: null });
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        const cure = error.cure === null ? '' : `. ${error.cure}`;
        return fail(cleanText(`${error.message}${cure}`.replace(/\s+/g, ' '), LONGEST_WHY));
      }
    },
  };
}
