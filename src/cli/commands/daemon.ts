import type { ExitCode } from '../../app/exit-code.ts';
import type { World } from '../../app/world.ts';
import { refuseOperands } from '../args/operands.ts';
import type { Arguments } from '../args/parse.ts';
import { runForeground } from '../daemon/foreground.ts';

/** `hometui daemon`: listens and records until it is stopped. */
export async function runDaemon(args: Arguments, world: World): Promise<ExitCode> {
  refuseOperands(args);
  return runForeground(args, world);
}
