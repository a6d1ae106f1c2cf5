import { ExitCode } from '../../app/exit-code.ts';
import { Failure } from '../../app/failure.ts';
import type { World } from '../../app/world.ts';
import { cleanLines } from '../../core/clean-text.ts';
import { countHouse, houseText, type Rights } from '../../core/format/house-text.ts';
import { createHouse } from '../../core/house/house.ts';
import { presets } from '../../core/house/presets.ts';
import { jsonText } from '../../core/json-text.ts';
import { checkAccess } from '../../core/mosquitto/acl-check.ts';
import { readAcl } from '../acl/files.ts';
import type { commands } from '../args/commands.ts';
import { readFormat, refuseForeignFlags } from '../args/operands.ts';
import type { OptionName } from '../args/options.ts';
import type { Arguments } from '../args/parse.ts';
import { editHouse } from '../house/edit-house.ts';
import { readSettings } from '../settings/connection.ts';
import { loadHouseConfig } from '../settings/load-house.ts';
import { print } from '../stdio/output.ts';

type HouseWord = (typeof commands)['house']['words'][number];

const TAKEN: Readonly<Record<HouseWord, readonly OptionName[]>> = {
  check: ['house', 'profile'],
  show: ['house', 'profile', 'format', 'acl', 'user'],
  edit: ['house', 'profile'],
};

/** The width where the output is no terminal. */
const DEFAULT_COLUMNS = 100;

/** `hometui house check|show|edit [FILE]`: the description of a house. */
export async function runHouse(args: Arguments, world: World): Promise<ExitCode> {
  const [word = '', file, ...rest] = args.operands;
  if (rest.length > 0) {
    throw new Failure(
      ExitCode.usage,
      `hometui house ${word} takes one file`,
      'hometui house --help says what it takes.',
    );
  }
  refuseForeignFlags(word as HouseWord, args, TAKEN);
  const name = file ?? (await readSettings(args, world)).house.value;
  if (word === 'edit') return editHouse(fileOf(name), world);
  const config = await loadHouseConfig(name);
  const house = createHouse(config);
  if (word === 'check') {
    await print(world.stdout, cleanLines(`${name} is right: ${config.name}, ${countHouse(house)}\n`));
    return ExitCode.ok;
  }
  const columns = world.stdout.columns ?? DEFAULT_COLUMNS;
  const text =
    readFormat(args, ['text', 'json']) === 'json'
      ? `${jsonText(config, 2)}\n`
      : houseText(house, { rights: readRights(args), columns });
  await print(world.stdout, cleanLines(text));
  return ExitCode.ok;
}

function fileOf(name: string): string {
  if (!Object.hasOwn(presets, name)) return name;
  const cure = `Make a file of it first: hometui house show ${name} --format json > my-house.json`;
  throw new Failure(ExitCode.usage, `${name} is a preset, which cannot be edited`, cure);
}

/** What a user may by an ACL file, where one is named. Throws a `Failure` (66) for a file that cannot be read. */
function readRights({ flags }: Arguments): Rights | null {
  if (flags.acl === undefined) return null;
  const acl = readAcl(flags.acl);
  const user = flags.user ?? null;
  return (access, topic) => checkAccess(acl, { user, clientId: '', access, topic }).allowed;
}
