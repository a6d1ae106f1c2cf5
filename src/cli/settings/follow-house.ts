import { resolve } from 'node:path';
import type { Source } from '../../app/session.ts';
import { houseSource } from '../../app/sources/house-source.ts';
import { keysSource } from '../../app/sources/keys-source.ts';
import type { World } from '../../app/world.ts';
import { presets } from '../../core/house/presets.ts';
import { settingsFolder } from '../../io/preferences/folder.ts';
import { keyFileIn } from '../../io/sealed/key-place.ts';
import type { Connection } from './connection.ts';
import type { Settings } from './settings.ts';

/** The house file, absolute; `null` where the house is one of the presets. */
export function houseFile({ house }: Settings, { cwd }: Pick<World, 'cwd'>): string | null {
  return Object.hasOwn(presets, house.value) ? null : resolve(cwd, house.value);
}

/** What follows the house file, and with it who seals and the keys of those; nothing where there is none. */
export function followHouse({ settings, seals }: Connection, world: World): readonly Source[] {
  const file = houseFile(settings, world);
  if (file === null) return [];
  const folder = settingsFolder(world.env, world.platform);
  return [
    houseSource(file, world.clock, seals.follow),
    ...(folder === null ? [] : [keysSource(keyFileIn(folder), seals, world.clock)]),
  ];
}
