import { openAlarmDesk } from '../../app/alarms/desk.ts';
import { ExitCode } from '../../app/exit-code.ts';
import { type HomeSession, openSession } from '../../app/session.ts';
import { openShutdown, type Shutdown } from '../../app/shutdown.ts';
import type { Step } from '../../app/store.ts';
import type { World } from '../../app/world.ts';
import { isShown, type WatchEvent, watchEvents, watchJson } from '../../core/format/watch/watch-event.ts';
import { watchCsv, watchCsvHeader, watchText } from '../../core/format/watch/watch-line.ts';
import { overallOf } from '../../core/home/select.ts';
import type { HomeState } from '../../core/home/state/state.ts';
import { clockText } from '../../core/moment-text.ts';
import { readNamedIds } from '../args/named-ids.ts';
import { readFormat, refuseOperands } from '../args/operands.ts';
import type { Arguments } from '../args/parse.ts';
import { alarmPlace } from '../daemon/alarms.ts';
import { pastOf } from '../daemon/ask.ts';
import { failureWithoutLink } from '../link/link-outcome.ts';
import { readConnection, withPassword } from '../settings/connection.ts';
import { followHouse } from '../settings/follow-house.ts';
import { print } from '../stdio/output.ts';
import { styleFor } from '../stdio/text-style.ts';

/** Why a watch ends. */
type End = 'count' | 'time' | 'ok' | 'closed' | 'refused' | 'stopped' | { readonly error: unknown };

/** `hometui watch`: one line per event until stopped, or until what the flags ask for. */
export async function runWatch(args: Arguments, world: World): Promise<ExitCode> {
  refuseOperands(args);
  const format = readFormat(args, ['text', 'json', 'csv']);
  const read = await readConnection(args, world);
  const only = readNamedIds(args.flags.only, read.house);
  const connection = await withPassword(read.link, read.settings, world);
  const shutdown = openShutdown(world);
  const askPast = pastOf(read, args, world);
  const sources = [...read.sources, ...followHouse(read, world)];
  const { clock, random } = world;
  const session = openSession({ ...read, connection, sources, clock, random, askPast });
  shutdown.add(session.close);
  // From the first event on: the alarms are the daemon's where one runs, else they are judged here.
  const { door } = alarmPlace(read, args, world);
  shutdown.add(openAlarmDesk({ store: session.store, clock, folder: null, door }).close);
  try {
    if (format === 'csv') await print(world.stdout, watchCsvHeader);
    const run: WatchRun = { session, shutdown, world, args, only, say: lineWriter(format, world) };
    return await endWatch(await watchUntil(run), run);
  } finally {
    await shutdown.run();
  }
}

interface WatchRun {
  readonly session: HomeSession;
  readonly shutdown: Shutdown;
  readonly world: World;
  readonly args: Arguments;
  readonly only: ReadonlySet<string> | null;
  /** The line of an event; empty where it says nothing new. */
  readonly say: (event: WatchEvent) => string;
}

function lineWriter(format: 'text' | 'json' | 'csv', world: World): (event: WatchEvent) => string {
  if (format === 'json') return watchJson;
  if (format === 'csv') return watchCsv;
  const style = styleFor(world);
  const isEcho = createEchoes();
  return event => (isEcho(event) ? '' : watchText(event, clockText, style));
}

/** So many denials are remembered: the alarm about one comes right after it. */
const MOST_DENIALS = 20;

/** Finds the alarms that say again what a line of this watch has said: a person needs it once. */
function createEchoes(): (event: WatchEvent) => boolean {
  let denials: readonly string[] = [];
  return ({ type, text }) => {
    if (type === 'denial') denials = [...denials, text].slice(-MOST_DENIALS);
    return type === 'alarm' && denials.some(denial => text.endsWith(`(${denial})`));
  };
}

/** Prints each event as it comes and resolves with the first reason to end. */
function watchUntil(run: WatchRun): Promise<End> {
  const { session, shutdown, world, args, only } = run;
  const { flags } = args;
  return new Promise(resolve => {
    let lines = 0;
    let isCaughtUp = false;
    const lookIfOk = (state: HomeState): void => {
      if (flags.untilOk === true && isCaughtUp && isOk(state, only)) resolve('ok');
    };
    const write = (event: WatchEvent): void => {
      if (lines === flags.count) return;
      const line = run.say(event);
      if (line === '') return;
      lines++;
      print(world.stdout, line).then(
        written => {
          if (written === 'closed') resolve('closed');
        },
        (error: unknown) => resolve({ error }),
      );
    };
    session.store.observe(step => {
      for (const event of eventsOf(step, only)) write(event);
      if (lines === flags.count) resolve('count');
      if (step.after.link.phase === 'refused') resolve('refused');
      lookIfOk(step.after);
    });
    // What the broker's log has said before counts too.
    void session.caughtUp.then(() => {
      isCaughtUp = true;
      lookIfOk(session.store.getState());
    });
    if (flags.for !== undefined) world.clock.after(flags.for * 1_000, () => resolve('time'));
    shutdown.stopped.addEventListener('abort', () => resolve('stopped'));
  });
}

/** What is shown: with `--only` what is about these ids, and always what is about all (see `isShown`). */
function eventsOf({ event, before, after }: Step, only: ReadonlySet<string> | null): readonly WatchEvent[] {
  const events = watchEvents(event, before, after);
  return only === null ? events : events.filter(one => isShown(one, after.house, only));
}

function isOk(state: HomeState, only: ReadonlySet<string> | null): boolean {
  return state.link.phase === 'connected' && overallOf(state, only).level === 'ok';
}

async function endWatch(end: End, run: WatchRun): Promise<ExitCode> {
  const { session, shutdown, args, only } = run;
  if (typeof end === 'object') throw end.error;
  const state = session.store.getState();
  if (end === 'stopped') return shutdown.signalCode() ?? ExitCode.interrupted;
  if (end === 'refused') throw failureWithoutLink(state);
  if (end === 'time' && state.listeningSince === null) throw failureWithoutLink(state);
  return end === 'time' && args.flags.untilOk === true ? ExitCode[overallOf(state, only).level] : ExitCode.ok;
}
