import type { ExitCode } from '../../app/exit-code.ts';
import type { World } from '../../app/world.ts';
import { runScreen } from '../../console/run-screen.ts';
import type { Preferences } from '../../core/settings/schema.ts';
import { openPreferences } from '../../io/preferences/preferences.ts';
import { skeletonFrame } from '../../ui/picture/skeleton.ts';
import * as themes from '../../ui/theme/themes.ts';
import { refuseOperands } from '../args/operands.ts';
import type { Arguments } from '../args/parse.ts';
import { openHouse } from '../console/open-house.ts';
import { namesHouse, savedHouses } from '../console/saved-houses.ts';
import { layOver } from '../settings/connection.ts';

/**
 * `hometui`: the live console, on the house that is named, or on the one that is chosen where several are saved. Settings
 * that are broken fall back to the defaults, and the screen says so.
 */
export async function runConsoleCommand(args: Arguments, world: World): Promise<ExitCode> {
  refuseOperands(args);
  const file = openPreferences(world.env, world.platform);
  const read = await file.read();
  const isSeveral = hasProfiles(read.preferences) && savedHouses(read.preferences, world).length > 1;
  const { houseShelf } = isSeveral ? await import('../console/house-shelf.ts') : { houseShelf: null };
  const isNamed = !isSeveral || namesHouse(args.flags, world.env);
  return runScreen(
    {
      flags: { ...args.flags, mouse: args.flags.mouse === true || read.preferences.mouse === true },
      hasBell: args.flags.bell === true || read.preferences.bell === true,
      theme: layOver(args, read.preferences, world).theme?.value,
      first: isNamed ? await openHouse(args, { read, file }, world) : null,
      houses: houseShelf === null ? null : houseShelf(args, file, world),
    },
    { themes, skeletonFrame, loadConsole: () => import('../../console/run-console.ts') },
    world,
  );
}

/** Without one there is one house at the most; to look where each of them is takes a while, and nearly nobody has any. */
const hasProfiles = ({ profiles = {} }: Preferences): boolean => Object.keys(profiles).length > 0;
