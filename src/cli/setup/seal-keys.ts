import { ExitCode } from '../../app/exit-code.ts';
import { failureOfIssues } from '../../app/failure.ts';
import type { World } from '../../app/world.ts';
import type { House } from '../../core/house/house.ts';
import type { Keys } from '../../core/sealed/keys.ts';
import { settingsFolder } from '../../io/preferences/folder.ts';
import { NO_HOME } from '../../io/preferences/preferences.ts';
import { openKeyFile } from '../../io/sealed/key-file.ts';
import { newKey } from '../../io/sealed/new-key.ts';

/** The keys of the devices that seal, those included that are made for this set-up. */
export interface SealKeys {
  /** 64 hexadecimal digits, by client. */
  readonly all: ReadonlyMap<string, string>;
  /** Keeps the new ones beside the settings, and says where; nothing where none was made. Throws a `Failure` (78). */
  readonly keep: () => string;
}

/** Each device that seals has the key that it has, or gets one. Throws a `Failure` (78) where the keys cannot be read. */
export function planSealKeys({ clients }: House, world: World): SealKeys {
  const sealing = [...clients].flatMap(([id, { sealed }]) => (sealed === true ? [id] : []));
  if (sealing.length === 0) return { all: new Map(), keep: () => '' };
  const folder = settingsFolder(world.env, world.platform);
  if (folder === null) throw failureOfIssues(ExitCode.config, [NO_HOME]);
  const file = openKeyFile(folder);
  const read = file.read();
  if (!read.ok) throw failureOfIssues(ExitCode.config, [read.error]);
  const known = read.value;
  const madeAt = new Date(world.clock.wallNow()).toISOString();
  const missing = sealing.filter(id => !Object.hasOwn(known, id));
  const made: Keys = Object.fromEntries(missing.map(id => [id, { key: newKey(), madeAt }]));
  const all = { ...made, ...known };
  return {
    all: new Map(sealing.flatMap(id => (all[id] === undefined ? [] : [[id, all[id].key]]))),
    keep: () => {
      if (missing.length === 0) return '';
      // Who made one of the same name meanwhile, keeps it: this set-up is then to be made once more.
      const kept = file.change(old => ({ ...made, ...old }));
      if (!kept.ok) throw failureOfIssues(ExitCode.config, [kept.error]);
      return `Keys of ${missing.join(', ')}: in ${file.path}. Who switches these devices from another account needs them there.\n`;
    },
  };
}
