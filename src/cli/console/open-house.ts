import { resolve } from 'node:path';
import { createPastReader, type PastReaderSetup } from '../../app/history/past-reader.ts';
import { recallSoon } from '../../app/history/recall-soon.ts';
import { recordSoon } from '../../app/history/record-soon.ts';
import { createEventReader } from '../../app/visits/event-reader.ts';
import type { World } from '../../app/world.ts';
import type { HouseRun } from '../../console/run-house.ts';
import type { Issue } from '../../core/issue.ts';
import type { PreferencesRead } from '../../core/settings/parse.ts';
import type { PreferencesFile } from '../../io/preferences/preferences.ts';
import type { Arguments } from '../args/parse.ts';
import { alarmPlace } from '../daemon/alarms.ts';
import { pastOf } from '../daemon/ask.ts';
import { noteCommands } from '../daemon/note.ts';
import { layOver, readConnection, unusedPassword } from '../settings/connection.ts';
import { followHouse, houseFile } from '../settings/follow-house.ts';
import { readHistoryLimits } from '../settings/history-limits.ts';
import { changePreferences, rememberBroker } from '../settings/remember.ts';
import { type Settings, typesPassword } from '../settings/settings.ts';

/** The settings as they were read, and where they stand. */
export interface SettledFile {
  readonly read: PreferencesRead;
  readonly file: PreferencesFile;
}

/**
 * All that the console needs of the house that a command line means. Throws a `Failure` for an unknown profile, a house
 * file or a connection that makes no sense, and files of theirs that cannot be read.
 */
export async function openHouse(
  args: Arguments,
  { read, file: settingsFile }: SettledFile,
  world: World,
): Promise<HouseRun> {
  const { preferences, issues } = read;
  const settings = layOver(args, preferences, world);
  const connection = await readConnection(args, world, settings);
  const { link, house, sources, seals } = connection;
  const current = { house };
  const needsPassword = link.session.user !== null && link.password === null;
  return {
    session: {
      connection: link,
      house,
      seals,
      sources: [...sources, ...followHouse(connection, world)],
      askPast: pastOf(connection, args, world),
    },
    issues: needsPassword ? [...issues, ...unusedPasswordIssue(settings)] : issues,
    needsPassword,
    housePath: houseFile(settings, world),
    firstPaintFiles: firstPaintFiles(args, settings, settingsFile, world),
    onKeepTheme: (name, session) => void changePreferences(old => ({ ...old, theme: name }), session, world),
    favourites: {
      ids: preferences.favourites?.[house.config.name] ?? [],
      onKeep: (ids, session) =>
        void changePreferences(
          old => ({ ...old, favourites: { ...old.favourites, [house.config.name]: ids } }),
          session,
          world,
        ),
    },
    readPast: createPastReader({
      env: world.env,
      clock: world.clock,
      house: () => current.house,
      link,
      engine: engineOf(settings, world),
    }),
    readHappened: createEventReader({ env: world.env, house: () => current.house, link }),
    openReplay: async () => {
      const { openReplay, USUAL_SPEED } = await import('../../app/replay/open-replay.ts');
      const { env, clock } = world;
      const opened = openReplay({ env, house: current.house, session: link.session, clock, speed: USUAL_SPEED });
      return opened.ok ? opened.value : opened.error.message;
    },
    alarms: alarmPlace(connection, args, world),
    onOpened: (session, teardown) => {
      session.store.observe(({ after }) => {
        current.house = after.house;
      });
      rememberBroker(session, world);
      teardown.add(noteCommands(session, connection, world, false));
      recallSoon({ session, link }, teardown, world);
      if (settings.history?.value !== false)
        recordSoon({ session, link, limits: readHistoryLimits(settings) }, teardown, world);
    },
  };
}

/** The database on another machine; what asks it is loaded when something is missing here. */
function engineOf(settings: Settings, { clock }: World): PastReaderSetup['engine'] {
  if (settings.engine === undefined) return null;
  const open = async () => {
    const { openSettledEngine } = await import('../settings/engine.ts');
    const engine = openSettledEngine(settings, clock, new AbortController().signal);
    if (engine === null) throw new RangeError('an engine is settled');
    return engine;
  };
  return { name: 'the engine', open };
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
