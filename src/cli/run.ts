import type { CommandName } from './commands.ts';
import { ExitCode } from './exit-code.ts';
import { Failure } from './failure.ts';
import { print } from './output.ts';
import { type Arguments, parseArguments, wantedHelp, wantsVersion } from './parse.ts';
import { reportError } from './report-error.ts';
import type { World } from './world.ts';

/** One command: does its work in the world and gives the code to exit with; throws a `Failure` where it cannot. */
type RunCommand = (args: Arguments, world: World) => Promise<ExitCode>;

/** Each command is loaded only when it runs, so that `status` and `set` never see Ink. */
const loaders: Readonly<Partial<Record<CommandName, () => Promise<RunCommand>>>> = {
  status: async () => (await import('./commands/status.ts')).runStatus,
  set: async () => (await import('./commands/set.ts')).runSet,
  watch: async () => (await import('./commands/watch.ts')).runWatch,
  console: async () => (await import('./commands/console.ts')).runConsoleCommand,
  acl: async () => (await import('./commands/acl.ts')).runAcl,
  demo: async () => (await import('./commands/demo.ts')).runDemo,
};

/** Runs the command line of the world and gives the code to exit with. Never throws. */
export async function run(world: World): Promise<ExitCode> {
  try {
    return await dispatch(world);
  } catch (error) {
    return reportError(error, world);
  }
}

async function dispatch(world: World): Promise<ExitCode> {
  const help = wantedHelp(world.argv);
  if (help !== null) {
    const { usageText } = await import('./usage.ts');
    await print(world.stdout, usageText(help));
    return ExitCode.ok;
  }
  if (wantsVersion(world.argv)) {
    await print(world.stdout, `${world.version}\n`);
    return ExitCode.ok;
  }
  const parsed = await parseArguments(world.argv);
  if (!parsed.ok) throw new Failure(ExitCode.usage, parsed.error.message, parsed.error.cure);
  const load = loaders[parsed.value.command];
  if (load === undefined) throw new Failure(ExitCode.usage, `hometui ${parsed.value.command} is not there`);
  return (await load())(parsed.value, world);
}
