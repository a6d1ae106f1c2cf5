import type { DemoHouse } from '../../app/demo-house.ts';
import { aclTextSource, createLogRelay } from '../../app/demo-sources.ts';
import { ExitCode } from '../../app/exit-code.ts';
import { Failure, failureOfIssues } from '../../app/failure.ts';
import type { HomeSession } from '../../app/session.ts';
import type { World } from '../../app/world.ts';
import { runScreen } from '../../console/run-screen.ts';
import { cleanText } from '../../core/clean-text.ts';
import { createHouse, readTopics } from '../../core/house/house.ts';
import type { HouseConfig } from '../../core/house/schema.ts';
import { nearestWord } from '../../core/nearest-word.ts';
import { demoUsers } from '../../core/simulation/demo-house.ts';
import { withDoor } from '../../core/simulation/door.ts';
import { type LinkOptions, parseConnectionOptions } from '../../io/mqtt-options/mqtt-options.ts';
import { openPreferences } from '../../io/preferences/preferences.ts';
import { skeletonFrame } from '../../ui/picture/skeleton.ts';
import * as themes from '../../ui/theme/themes.ts';
import { refuseOperands } from '../args/operands.ts';
import type { Arguments } from '../args/parse.ts';
import { layOver } from '../settings/connection.ts';
import { loadHouseConfig } from '../settings/load-house.ts';
import { changePreferences } from '../settings/remember.ts';
import type { sealedDemo } from '../simulate/sealed-demo.ts';

/** Devices announce their relays once, at their start: they start when we listen, or after this, ms. */
const LISTEN_LIMIT_MS = 2_000;

/** Reads all, may switch, and sees its own denials: the one who learns most. */
const DEFAULT_USER = 'monitor';

/** `hometui demo`: broker, devices and guest in this process, and the console on them as `monitor` or `--user`. */
export async function runDemo(args: Arguments, world: World): Promise<ExitCode> {
  refuseOperands(args);
  const plain = await loadHouseConfig('article');
  const sealed = args.flags.sealed === true ? await loadSealed(plain, world) : null;
  const config = sealed?.config ?? withDoor(plain);
  const user = readUser(args.flags.user, demoUsers(config));
  const { preferences, issues } = await openPreferences(world.env, world.platform).read();
  const settings = layOver(args, preferences, world);
  const { openDemoHouse } = await import('../../app/demo-house.ts');
  const log = createLogRelay(world.clock);
  const demo = await openDemoHouse({
    house: config,
    keys: sealed?.keys ?? null,
    seed: args.flags.seed ?? 1,
    speed: args.flags.speed ?? 1,
    clock: world.clock,
    randomPassword: () => randomPassword(world.random),
    log: entry => log.say(entry.line),
  });
  try {
    const connection = linkTo(demo, user, world);
    const sources = [aclTextSource(demo.aclText, 'demo.acl', world.clock), log.source];
    return await runScreen(
      {
        hasBell: args.flags.bell === true || preferences.bell === true,
        ...{ flags: args.flags, theme: settings.theme?.value, houses: null },
        first: {
          session: { connection, house: createHouse(config), sources, seals: { now: () => sealed?.seals ?? null } },
          issues,
          needsPassword: false,
          // Its broker listens on another port each time.
          firstPaintFiles: null,
          readPast: null,
          onKeepTheme: (name, session) => void changePreferences(old => ({ ...old, theme: name }), session, world),
          openReplay: null,
          alarms: { folder: null, door: null },
          onOpened: session => startWhenHeard(demo, session, world),
        },
      },
      { themes, skeletonFrame, loadConsole: () => import('../../console/run-console.ts') },
      world,
    );
  } finally {
    await demo.close();
  }
}

async function loadSealed(plain: HouseConfig, world: World): Promise<ReturnType<typeof sealedDemo>> {
  return (await import('../simulate/sealed-demo.ts')).sealedDemo(plain, world);
}

function readUser(wanted: string | undefined, users: readonly string[]): string {
  const user = wanted ?? DEFAULT_USER;
  if (users.includes(user)) return user;
  const nearest = nearestWord(user, users);
  const cure = `${nearest === null ? '' : `Did you mean ${nearest}? `}It has ${users.join(', ')}.`;
  throw new Failure(ExitCode.usage, `the demo has no user "${cleanText(user, 60)}"`, cure);
}

/** Said beforehand, because asking a broker that speaks no MQTT 5 leaves a protocol error in its log. */
function linkTo(demo: DemoHouse, user: string, world: World): LinkOptions {
  const password = demo.passwordOf(user) ?? '';
  const link = parseConnectionOptions({ url: demo.url, user, password, protocolVersion: '311' }, world.random);
  if (!link.ok) throw failureOfIssues(ExitCode.bug, link.error);
  return link.value;
}

/** Nobody needs to know it: it lives as long as the process. */
function randomPassword(random: () => number): string {
  return Array.from({ length: 16 }, () => Math.floor(random() * 36).toString(36)).join('');
}

/** Lets the devices start when all that we listen to is subscribed. */
function startWhenHeard(demo: DemoHouse, session: HomeSession, { clock }: World): void {
  const waited = new Set(readTopics(session.store.getState().house));
  const timer = clock.after(LISTEN_LIMIT_MS, start, { isBackground: true });
  const release = session.store.observe(({ event }) => {
    if (event.type !== 'filter-answered') return;
    waited.delete(event.filter);
    if (waited.size === 0) start();
  });
  function start(): void {
    release();
    timer.cancel();
    demo.start();
  }
}
