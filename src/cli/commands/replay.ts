import { ExitCode } from '../../app/exit-code.ts';
import { Failure } from '../../app/failure.ts';
import { createPastReader } from '../../app/history/past-reader.ts';
import { openReplay, USUAL_SPEED } from '../../app/replay/open-replay.ts';
import { createEventReader } from '../../app/visits/event-reader.ts';
import type { World } from '../../app/world.ts';
import { runReplay } from '../../console/run-replay.ts';
import { cleanText } from '../../core/clean-text.ts';
import { parsePast } from '../../core/history/query/when.ts';
import { openPreferences } from '../../io/preferences/preferences.ts';
import { skeletonFrame } from '../../ui/picture/skeleton.ts';
import * as themes from '../../ui/theme/themes.ts';
import { refuseOperands } from '../args/operands.ts';
import type { Arguments } from '../args/parse.ts';
import { readLink, readSettings } from '../settings/connection.ts';
import { loadHouse } from '../settings/load-house.ts';

/** Without a word of when, the last hour is shown. */
const USUAL_AT = '1 h ago';

/** `hometui replay`: the screens of the console over what was recorded. It opens no connection. */
export async function runReplayCommand(args: Arguments, world: World): Promise<ExitCode> {
  refuseOperands(args);
  const { flags } = args;
  const at = readAt(flags.at ?? USUAL_AT, world.clock.wallNow());
  const settings = await readSettings(args, world);
  const house = await loadHouse(settings.house.value);
  const link = readLink(settings, world, flags);
  const speed = flags.speed ?? USUAL_SPEED;
  const player = openReplay({ env: world.env, house, session: link.session, clock: world.clock, speed });
  if (!player.ok) throw new Failure(ExitCode.unknown, player.error.message, player.error.cure ?? null);
  return runReplay(
    {
      ...{ player: player.value, at, flags, theme: settings.theme?.value },
      readPast: createPastReader({ env: world.env, clock: world.clock, house: () => house, link }),
      readHappened: createEventReader({ env: world.env, house: () => house, link }),
      onKeepTheme: name =>
        void openPreferences(world.env, world.platform).change(preferences => ({ ...preferences, theme: name })),
    },
    { themes, skeletonFrame, loadConsole: () => import('../../console/run-console.ts') },
    world,
  );
}

function readAt(text: string, now: number): number {
  const when = parsePast(text, now);
  if (when.ok) return when.value;
  throw new Failure(ExitCode.usage, `--at does not understand "${cleanText(text, 60)}"`, when.error);
}
