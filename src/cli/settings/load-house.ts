import { ExitCode } from '../../app/exit-code.ts';
import { Failure, failureOfIssues } from '../../app/failure.ts';
import { createHouse, type House } from '../../core/house/house.ts';
import { presets } from '../../core/house/presets.ts';
import type { HouseConfig } from '../../core/house/schema.ts';
import { nearestWord } from '../../core/nearest-word.ts';
import { cureOfOwnFile } from '../../io/files/file-facts.ts';
import { openHouseCache } from '../../io/files/house-cache.ts';
import { readTextFile } from '../../io/files/text-file.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The house of a preset or a house file, ready for use. With the environment, what was checked before is not checked again.
 * Throws a `Failure` (78) with place and cure.
 */
export async function loadHouse(name: string, env?: Environment): Promise<House> {
  return createHouse(await loadHouseConfig(name, env));
}

/** The same as written, for who only needs the description. */
export async function loadHouseConfig(name: string, env: Environment = {}): Promise<HouseConfig> {
  const preset = Object.hasOwn(presets, name) ? presets[name] : undefined;
  if (preset !== undefined) return preset;
  const text = readTextFile(name);
  if (!text.ok) {
    const nearest = nearestWord(name, Object.keys(presets));
    const meant = nearest === null ? '' : ` Did you mean ${nearest}?`;
    const cure = `Name a house file, or one of the presets ${Object.keys(presets).join(', ')}.${meant}`;
    throw new Failure(
      ExitCode.config,
      `the house file ${name} cannot be read: ${text.error.why}`,
      cureOfOwnFile(text.error, name, cure),
    );
  }
  const cache = openHouseCache(env);
  const kept = cache.read(text.value);
  if (kept !== null) return kept;
  // The schema library is loaded for a file only: the presets are checked when hometui is built.
  const { parseHouse } = await import('../../core/house/parse.ts');
  const house = parseHouse(text.value, name);
  if (!house.ok) throw failureOfIssues(ExitCode.config, house.error);
  cache.keep(text.value, house.value);
  return house.value;
}
