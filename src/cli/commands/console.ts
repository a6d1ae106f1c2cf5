import { resolve } from 'node:path';
import type { ExitCode } from '../../app/exit-code.ts';
import { createPastReader } from '../../app/history/past-reader.ts';
import { recallSoon } from '../../app/history/recall-soon.ts';
import { recordSoon } from '../../app/history/record-soon.ts';
import type { World } from '../../app/world.ts';
import { runScreen } from '../../console/run-screen.ts';
import type { Issue } from '../../core/issue.ts';
import { openPreferences, type PreferencesFile } from '../../io/preferences/preferences.ts';
import { skeletonFrame } from '../../ui/picture/skeleton.ts';
import * as themes from '../../ui/theme/themes.ts';
import { refuseOperands } from '../args/operands.ts';
import type { Arguments } from '../args/parse.ts';
import { pastOf } from '../daemon/ask.ts';
import { noteCommands } from '../daemon/note.ts';
import { layOver, readConnection, unusedPassword } from '../settings/connection.ts';
import { readHistoryLimits } from '../settings/history-limits.ts';
import { changePreferences, rememberBroker } from '../settings/remember.ts';
import { type Settings, typesPassword } from '../settings/settings.ts';

/** `hometui`: the live console. Settings that are broken fall back to the defaults, and the screen says so. */
export async function runConsoleCommand(args: Arguments, world: World): Promise<ExitCode> {
  refuseOperands(args);
  const preferencesFile = openPreferences(world.env, world.platform);
  const { preferences, issues } = await preferencesFile.read();
  const settings = layOver(args, preferences, world);
  const read = await readConnection(args, world, settings);
  const { link, house, sources } = read;
  const askPast = pastOf(read, args, world);
  const needsPassword = link.session.user !== null && link.password === null;
  return runScreen(
    {
      session: { connection: link, house, sources, askPast },
      flags: args.flags,
      theme: settings.theme?.value,
      issues: needsPassword ? [...issues, ...unusedPasswordIssue(settings)] : issues,
      needsPassword,
      firstPaintFiles: firstPaintFiles(args, settings, preferencesFile, world),
      onKeepTheme: (name, session) => void changePreferences(old => ({ ...old, theme: name }), session, world),
      readPast: createPastReader({ env: world.env, clock: world.clock, house, link }),
      openReplay: async () => {
        const { openReplay, USUAL_SPEED } = await import('../../app/replay/open-replay.ts');
        const { env, clock } = world;
        const opened = openReplay({ env, house, session: link.session, clock, speed: USUAL_SPEED });
        return opened.ok ? opened.value : opened.error.message;
      },
      onOpened: (session, shutdown) => {
        rememberBroker(session, world);
        shutdown.add(noteCommands(session, read, world, false));
        recallSoon({ session, link }, shutdown, world);
        if (settings.history?.value !== false)
          recordSoon({ session, link, limits: readHistoryLimits(settings) }, shutdown, world);
      },
    },
    { themes, skeletonFrame, loadConsole: () => import('../../console/run-console.ts') },
    world,
  );
}

function unusedPasswordIssue(settings: Settings): readonly Issue[] {
  const message = unusedPassword(settings);
  return message === null ? [] : [{ severity: 'warning', message, cure: 'Type the one that belongs here.' }];
}

/**
 * What the first picture is made from: settings, house and theme, where these are files. Before a picture nothing can be
 * said, as about a password among the arguments.
 */
function firstPaintFiles(
  { flags }: Arguments,
  { house, theme }: Settings,
  { path }: PreferencesFile,
  { cwd }: World,
): readonly string[] | null {
  if (typesPassword(flags)) return null;
  const named = [path, house.value, theme?.value].filter(name => typeof name === 'string');
  return named.map(name => resolve(cwd, name));
}
