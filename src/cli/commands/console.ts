import { openPreferences } from '../../io/preferences.ts';
import { skeletonFrame } from '../../ui/skeleton.ts';
import * as themes from '../../ui/themes.ts';
import { layOver, readConnection } from '../connection.ts';
import type { ExitCode } from '../exit-code.ts';
import { refuseOperands } from '../operands.ts';
import type { Arguments } from '../parse.ts';
import { changePreferences, rememberBroker } from '../remember.ts';
import { runScreen } from '../run-screen.ts';
import type { World } from '../world.ts';

/** `hometui`: the live console. Settings that are broken fall back to the defaults, and the screen says so. */
export async function runConsoleCommand(args: Arguments, world: World): Promise<ExitCode> {
  refuseOperands(args);
  const { preferences, issues } = openPreferences(world.env, world.platform).read();
  const settings = layOver(args, preferences, world);
  const { link, house, sources } = await readConnection(args, world, settings);
  return runScreen(
    {
      session: { connection: link, house, sources },
      flags: args.flags,
      theme: settings.theme?.value,
      issues,
      needsPassword: link.session.user !== null && link.password === null,
      onKeepTheme: (name, session) => void changePreferences(old => ({ ...old, theme: name }), session, world),
      onOpened: session => rememberBroker(session, world),
    },
    { themes, skeletonFrame, loadConsole: () => import('../../ui/run-console.ts') },
    world,
  );
}
