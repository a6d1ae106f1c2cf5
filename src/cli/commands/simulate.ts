import { ExitCode } from '../../app/exit-code.ts';
import { Failure } from '../../app/failure.ts';
import { openShutdown, type Shutdown } from '../../app/shutdown.ts';
import type { World } from '../../app/world.ts';
import { readTextFile } from '../../io/files/text-file.ts';
import type { LinkOptions } from '../../io/mqtt-options/mqtt-options.ts';
import type { Arguments } from '../args/parse.ts';
import { readLink, readSettings, withPassword } from '../settings/connection.ts';
import { loadHouseConfig } from '../settings/load-house.ts';
import { runSimulate } from '../simulate/run-devices.ts';
import { print } from '../stdio/output.ts';

/** `hometui simulate`: each device logs in as the user that the house file names for it, unless `--user` names one. */
export async function runSimulateCommand(args: Arguments, world: World): Promise<ExitCode> {
  const { flags, operands } = args;
  if (flags.user !== undefined && new Set(operands).size > 1) {
    const cure = 'Leave --user out, or start one process for each device.';
    throw new Failure(ExitCode.usage, '--user is one name, and two devices log in with their own', cure);
  }
  const house = await loadHouseConfig((await readSettings(args, world)).house.value);
  let shutdown = null as Shutdown | null;
  try {
    const code = await runSimulate(
      {
        operands,
        faults: flags.fault ?? [],
        speed: flags.speed ?? 1,
        seed: flags.seed ?? 1,
        house,
        linkFor: user => linkFor(flags.user ?? user, args, world),
      },
      {
        writeLine: line => {
          print(world.stdout, `${line}\n`).then(
            // Nobody reads any more: the devices go on, for their readings are what counts.
            () => {},
            () => {},
          );
        },
        clock: world.clock,
        // Before, at the question for a password, a signal ends the process as it always does.
        listen: () => {
          shutdown = openShutdown(world);
          return shutdown.stopped;
        },
      },
    );
    return shutdown?.signalCode() ?? code;
  } finally {
    await shutdown?.run();
  }
}

/** As if `--user` had named this one: what is saved for another is not for him, but a line of his in a file is. */
async function linkFor(user: string, args: Arguments, world: World): Promise<LinkOptions> {
  const settings = await readSettings({ ...args, flags: { ...args.flags, user } }, world);
  const { passwordFile, ...others } = settings;
  const own = passwordFile === undefined ? null : passwordOf(user, passwordFile.value);
  if (own === null) return withPassword(readLink(settings, world, args.flags), settings, world);
  return readLink({ ...others, password: { value: own, origin: 'flag' } }, world, {});
}

/** A line `user:password` of the file, which so serves several devices; `null` where it has none for this user. */
function passwordOf(user: string, file: string): string | null {
  const text = readTextFile(file);
  if (!text.ok) return null;
  const line = text.value
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .find(candidate => candidate.startsWith(`${user}:`));
  return line === undefined ? null : line.slice(user.length + 1);
}
