import { ExitCode } from '../../app/exit-code.ts';
import { Failure } from '../../app/failure.ts';
import type { World } from '../../app/world.ts';
import type { commands } from '../args/commands.ts';
import { refuseForeignFlags } from '../args/operands.ts';
import { type OptionName, placeNames } from '../args/options.ts';
import type { Arguments } from '../args/parse.ts';

type DaemonWord = (typeof commands)['daemon']['words'][number];

/** The options of each word, and of none. */
const TAKEN: Readonly<Record<DaemonWord | '', readonly OptionName[]>> = {
  '': [...placeNames, 'metrics'],
  install: [...placeNames, 'metrics', 'dryRun', 'yes'],
  uninstall: [...placeNames, 'metrics', 'dryRun', 'yes'],
  status: placeNames,
};

/** `hometui daemon [install|uninstall|status]`: listens and records until it is stopped; as a service of its user. */
export async function runDaemon(args: Arguments, world: World): Promise<ExitCode> {
  const [word = '', ...rest] = args.operands as readonly (DaemonWord | '')[];
  if (rest.length > 0) {
    const cure = 'hometui daemon --help says what it takes.';
    throw new Failure(ExitCode.usage, `hometui daemon ${word} takes no more words`, cure);
  }
  refuseForeignFlags(word, args, TAKEN);
  if (word === '') return (await import('../daemon/foreground.ts')).runForeground(args, world);
  if (word === 'status') return (await import('../daemon/report.ts')).report(args, world);
  const { install, uninstall } = await import('../daemon/install.ts');
  return word === 'install' ? install(args, world) : uninstall(args, world);
}
