import { ExitCode } from '../../app/exit-code.ts';
import { failureOfIssues } from '../../app/failure.ts';
import { type HouseSeals, openHouseSeals } from '../../app/sealed/house-seals.ts';
import type { World } from '../../app/world.ts';
import type { House } from '../../core/house/house.ts';
import { ok } from '../../core/result.ts';
import type { LinkOptions } from '../../io/mqtt-options/mqtt-options.ts';
import { settingsFolder } from '../../io/preferences/folder.ts';

/**
 * What opens and seals the payloads of the devices that seal; nothing is loaded where none does. Throws a `Failure` (78)
 * where the keys cannot be read.
 */
export async function readSeals(house: House, { session }: LinkOptions, world: World): Promise<HouseSeals> {
  const name = `${house.config.name} at ${session.url}`;
  const opened = await openHouseSeals(house, async (next, before) => {
    if (next.sealed.size === 0) return ok(null);
    const [{ createSeals }, { openKeyFile }, { openMarkFile }] = await Promise.all([
      import('../../app/sealed/seals.ts'),
      import('../../io/sealed/key-file.ts'),
      import('../../io/sealed/mark-file.ts'),
    ]);
    const folder = settingsFolder(world.env, world.platform);
    const keys = folder === null ? ok({}) : openKeyFile(folder).read();
    if (!keys.ok) return keys;
    const marks = openMarkFile(world.env, name);
    return ok(createSeals({ house: next, keys: keys.value, marks, before, now: world.clock.wallNow }));
  });
  if (!opened.ok) throw failureOfIssues(ExitCode.config, [opened.error]);
  return opened.value;
}
