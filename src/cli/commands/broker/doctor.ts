import { ExitCode } from '../../../app/exit-code.ts';
import { openShutdown } from '../../../app/shutdown.ts';
import type { World } from '../../../app/world.ts';
import { doctorCode } from '../../../core/doctor/check.ts';
import { reportJson, reportText } from '../../../core/doctor/report/report.ts';
import { readFormat, refuseOperands } from '../../args/operands.ts';
import type { Arguments } from '../../args/parse.ts';
import { examine } from '../../doctor/examine.ts';
import { print } from '../../stdio/output.ts';
import { openProgress } from '../../stdio/progress.ts';
import { styleFor } from '../../stdio/text-style.ts';
import { widthOf } from '../../stdio/wrap-lines.ts';

/** Longer lines are hard to read. */
const WIDEST = 100;

/**
 * `hometui doctor`: an existing installation, examined from the network to the disk. It switches nothing and leaves
 * nothing behind. Exits as `status` does: 0 well, 1 with warnings, 2 with faults, 3 where nothing could be examined.
 */
export async function runDoctor(args: Arguments, world: World): Promise<ExitCode> {
  refuseOperands(args);
  const isJson = readFormat(args, ['text', 'json']) === 'json';
  const progress = openProgress(world);
  const shutdown = openShutdown(world);
  try {
    const checks = await examine(args, { world, progress, stopped: shutdown.stopped });
    progress.end();
    if (shutdown.stopped.aborted) return shutdown.signalCode() ?? ExitCode.interrupted;
    const text = isJson ? reportJson(checks, world.clock.wallNow()) : reportText(checks, lookOf(world));
    await print(world.stdout, text);
    return doctorCode(checks);
  } finally {
    progress.end();
    await shutdown.run();
  }
}

/** A terminal that says it knows no UTF-8 gets ASCII signs. */
function lookOf(world: World): Parameters<typeof reportText>[1] {
  const { env, stdout } = world;
  const locale = [env.LC_ALL, env.LC_CTYPE, env.LANG].find(value => value !== undefined && value !== '') ?? '';
  const isAscii = stdout.isTTY === true && !/utf-?8/i.test(locale);
  return { style: styleFor(world), width: Math.min(WIDEST, widthOf(stdout)), isAscii };
}
