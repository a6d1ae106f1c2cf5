import { ExitCode } from '../app/exit-code.ts';
import { Failure } from '../app/failure.ts';
import type { World } from '../app/world.ts';
import type { CommandName } from './args/commands.ts';
import { type Arguments, parseArguments, readWord, wantedHelp, wantsVersion } from './args/parse.ts';
import { reportError } from './report-error.ts';
import { print } from './stdio/output.ts';

/** One command: does its work in the world and gives the code to exit with; throws a `Failure` where it cannot. */
type RunCommand = (args: Arguments, world: World) => Promise<ExitCode>;

/** Each command is loaded only when it runs, so that `status` and `set` never see Ink. */
const loaders: Readonly<Record<CommandName, () => Promise<RunCommand>>> = {
  console: async () => (await import('./commands/console.ts')).runConsoleCommand,
  status: async () => (await import('./commands/status.ts')).runStatus,
  get: async () => (await import('./commands/get.ts')).runGet,
  set: async () => (await import('./commands/set.ts')).runSet,
  watch: async () => (await import('./commands/watch.ts')).runWatch,
  discover: async () => (await import('./commands/discover.ts')).runDiscover,
  topics: async () => (await import('./commands/topics.ts')).runTopics,
  daemon: async () => (await import('./commands/daemon.ts')).runDaemon,
  history: async () => (await import('./commands/history.ts')).runHistory,
  replay: async () => (await import('./commands/replay.ts')).runReplayCommand,
  alarms: async () => (await import('./commands/watching/alarms.ts')).runAlarms,
  events: async () => (await import('./commands/watching/events.ts')).runEvents,
  notify: async () => (await import('./commands/watching/notify.ts')).runNotify,
  house: async () => (await import('./commands/house.ts')).runHouse,
  export: async () => (await import('./commands/house/export.ts')).runExport,
  import: async () => (await import('./commands/house/import.ts')).runImport,
  demo: async () => (await import('./commands/demo.ts')).runDemo,
  simulate: async () => (await import('./commands/simulate.ts')).runSimulateCommand,
  acl: async () => (await import('./commands/broker/acl.ts')).runAcl,
  users: async () => (await import('./commands/broker/users.ts')).runUsers,
  setup: async () => (await import('./commands/broker/setup.ts')).runSetup,
  keys: async () => (await import('./commands/broker/keys.ts')).runKeys,
  doctor: async () => (await import('./commands/broker/doctor.ts')).runDoctor,
  terminal: async () => (await import('./commands/terminal.ts')).runTerminal,
  config: async () => (await import('./commands/config.ts')).runConfig,
  completion: async () => (await import('./commands/help/completion.ts')).runCompletion,
  help: async () => (await import('./commands/help/help.ts')).runHelp,
};

/** Runs the command line of the world and gives the code to exit with. Never throws. */
export async function run(world: World): Promise<ExitCode> {
  // The commands with a screen listen too, and have given the terminal back when this is told.
  const crash = new Promise<never>((_, reject) => world.onCrash(reject));
  try {
    return await Promise.race([dispatch(world), crash]);
  } catch (error) {
    await world.firstPaint?.giveBack();
    return reportError(error, world);
  }
}

async function dispatch(world: World): Promise<ExitCode> {
  const help = wantedHelp(world.argv);
  if (help !== null) {
    const { usageText } = await import('./help/usage.ts');
    await print(world.stdout, usageText(help));
    return ExitCode.ok;
  }
  if (wantsVersion(world.argv)) {
    await print(world.stdout, `${world.version}\n`);
    return ExitCode.ok;
  }
  const parsed = await parseArguments(world.argv);
  if (!parsed.ok) throw new Failure(ExitCode.usage, parsed.error.message, parsed.error.cure);
  const { command, operands } = parsed.value;
  const word = readWord(command, operands);
  if (!word.ok) throw new Failure(ExitCode.usage, word.error.message, word.error.cure);
  return (await loaders[command]())(parsed.value, world);
}
