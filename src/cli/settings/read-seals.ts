import { ExitCode } from '../../app/exit-code.ts';
import { failureOfIssues } from '../../app/failure.ts';
import type { Seals } from '../../app/sealed/seals.ts';
import type { World } from '../../app/world.ts';
import type { House } from '../../core/house/house.ts';
import type { LinkOptions } from '../../io/mqtt-options/mqtt-options.ts';
import { settingsFolder } from '../../io/preferences/folder.ts';

/**
 * What opens and seals the payloads of the devices that seal; `null` where none does. Throws a `Failure` (78) where the keys
 * cannot be read.
 */
export async function readSeals(house: House, { session }: LinkOptions, world: World): Promise<Seals | null> {
  if (house.sealed.size === 0) return null;
  const [{ createSeals }, { openKeyFile }, { openMarkFile }] = await Promise.all([
    import('../../app/sealed/seals.ts'),
    import('../../io/sealed/key-file.ts'),
    import('../../io/sealed/mark-file.ts'),
  ]);
  const folder = settingsFolder(world.env, world.platform);
  const keys = folder === null ? null : openKeyFile(folder).read();
  if (keys !== null && !keys.ok) throw failureOfIssues(ExitCode.config, [keys.error]);
  const marks = openMarkFile(world.env, `${house.config.name} at ${session.url}`);
  return createSeals({ house, keys: keys?.value ?? {}, marks, now: world.clock.wallNow });
}
