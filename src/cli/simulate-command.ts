import { openShutdown } from '../app/shutdown.ts';
import type { LinkOptions } from '../io/mqtt-options.ts';
import { openPreferences } from '../io/preferences.ts';
import { readTextFile } from '../io/text-file.ts';
import { runSimulate } from './commands/simulate.ts';
import { layOver, readLink, withPassword } from './connection.ts';
import { ExitCode } from './exit-code.ts';
import { Failure } from './failure.ts';
import { loadHouseConfig } from './load-house.ts';
import { print } from './output.ts';
import type { Arguments } from './parse.ts';
import type { Settings } from './settings.ts';
import type { World } from './world.ts';

/** `hometui simulate`: each device logs in as the user that the house file names for it, unless `--user` names one. */
export async function runSimulateCommand(args: Arguments, world: World): Promise<ExitCode> {
  const { flags, operands } = args;
  if (flags.user !== undefined && new Set(operands).size > 1) {
    const cure = 'Leave --user out, or start one process for each device.';
    throw new Failure(ExitCode.usage, '--user is one name, and two devices log in with their own', cure);
  }
  const { preferences } = openPreferences(world.env, world.platform).read();
  const settings = layOver(args, preferences, world);
  const house = await loadHouseConfig(settings.house.value);
  const shutdown = openShutdown(world);
  try {
    const code = await runSimulate(
      {
        operands,
        faults: flags.fault ?? [],
        speed: flags.speed ?? 1,
        seed: flags.seed ?? 1,
        house,
        linkFor: user => linkFor(flags.user ?? user, settings, world),
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
        signal: shutdown.stopped,
      },
    );
    return shutdown.signalCode() ?? code;
  } finally {
    await shutdown.run();
  }
}

/** The settings with this user in place of the one who watches, and his password. */
async function linkFor(user: string, settings: Settings, world: World): Promise<LinkOptions> {
  const { passwordFile, ...others } = settings;
  const own = passwordFile === undefined ? null : passwordOf(user, passwordFile.value);
  const settled: Settings = {
    ...(own === null ? settings : { ...others, password: { value: own, origin: 'flag' } }),
    user: { value: user, origin: 'flag' },
  };
  return withPassword(readLink(settled, world, own === null), world);
}

/** A line `user:password` of the file, which so serves several devices; `null` where it has none for this user. */
function passwordOf(user: string, file: string): string | null {
  const text = readTextFile(file);
  if (!text.ok) return null;
  const line = text.value.split(/\r?\n/).find(candidate => candidate.startsWith(`${user}:`));
  return line === undefined ? null : line.slice(user.length + 1);
}
