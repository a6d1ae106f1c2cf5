import { resolve } from 'node:path';
import { ExitCode } from '../../app/exit-code.ts';
import { Failure } from '../../app/failure.ts';
import type { World } from '../../app/world.ts';
import { PLAIN_PORT, type SetupListener, TLS_PORT } from '../../core/mosquitto/setup/conf.ts';
import type { SetupWish } from '../../core/mosquitto/setup/plan.ts';
import { isRoot, machineNames } from '../../io/broker-setup/machine.ts';
import { listFolder } from '../../io/files/file-facts.ts';
import { rolesOf } from '../acl/write.ts';
import type { Flags } from '../args/options.ts';
import type { Arguments } from '../args/parse.ts';
import { readSettings } from '../settings/connection.ts';
import { loadHouse } from '../settings/load-house.ts';
import { ask } from '../stdio/ask.ts';

/** What is to be set up, and where; all but the passwords. */
export interface SetupTask {
  readonly wish: Omit<SetupWish, 'passwords'>;
  /** Where the files are written, absolute. */
  readonly folder: string;
  /** The names and addresses of the broker, the one for devices first. */
  readonly names: readonly string[];
}

/** The folder of Debian's package; below it what stands in for it where we may not write there. */
export const SYSTEM_FOLDER = '/etc/mosquitto';
const OWN_FOLDER = 'mosquitto';

/** What to set up: by the flags; with `asks` what they leave open is asked on the terminal, and Enter takes the default. */
export async function readTask(args: Arguments, world: World, asks: boolean): Promise<SetupTask> {
  const { flags } = args;
  const question = (text: string, fallback: string): Promise<string> => askOr(world, asks, text, fallback);
  const houseName =
    flags.house ?? (await question('House file or preset', (await readSettings(args, world)).house.value));
  const house = await loadHouse(houseName);
  const folder = resolve(world.cwd, flags.dir ?? (await question('Folder for the files', defaultFolder())));
  const isStaged = flags.dir === undefined && folder === resolve(world.cwd, OWN_FOLDER);
  const brokerFolder = flags.brokerDir ?? (isStaged ? SYSTEM_FOLDER : folder);
  const wantsTls =
    flags.tls === true || (await question('TLS too, on port 8883? y or n', 'n')).toLowerCase().startsWith('y');
  return {
    wish: {
      house,
      roles: rolesOf(flags),
      listeners: listenersOf(flags, wantsTls),
      brokerFolder: resolve(world.cwd, brokerFolder),
    },
    folder,
    names: [...new Set([flags.host, flags.bind, ...machineNames()].filter(name => name !== undefined))],
  };
}

/** The folder of `--dir`, or the one that holds without it. */
export function folderOf({ flags }: Arguments, world: World): string {
  return resolve(world.cwd, flags.dir ?? defaultFolder());
}

function defaultFolder(): string {
  return isRoot() && listFolder(SYSTEM_FOLDER).length > 0 ? SYSTEM_FOLDER : OWN_FOLDER;
}

function listenersOf(flags: Flags, wantsTls: boolean): readonly SetupListener[] {
  const { port = PLAIN_PORT } = flags;
  const bind = flags.bind ?? null;
  const plain = { port, bind, isEncrypted: false };
  return wantsTls ? [plain, { port: TLS_PORT, bind, isEncrypted: true }] : [plain];
}

async function askOr(world: World, asks: boolean, text: string, fallback: string): Promise<string> {
  if (!asks) return fallback;
  const answer = await ask(world, `${text} [${fallback}]: `, false);
  if (answer === null) throw new Failure(ExitCode.interrupted, 'the set-up was broken off, and nothing was changed');
  return answer.trim() === '' ? fallback : answer.trim();
}
