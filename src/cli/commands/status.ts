import { ExitCode } from '../../app/exit-code.ts';
import { Failure } from '../../app/failure.ts';
import { openSession } from '../../app/session.ts';
import { openShutdown, type Shutdown } from '../../app/shutdown.ts';
import type { World } from '../../app/world.ts';
import { assertNever } from '../../core/assert-never.ts';
import { statusText } from '../../core/format/status/status-text.ts';
import {
  type DaemonSnapshot,
  type StatusSnapshot,
  statusJson,
  takeSnapshot,
} from '../../core/format/status-snapshot.ts';
import type { FreshnessReport } from '../../core/home/clients/select-freshness.ts';
import { type Counted, countedOf, freshnessOfClient, freshnessOfReading } from '../../core/home/select.ts';
import type { HomeState } from '../../core/home/state/state.ts';
import { getRow } from '../../core/home/state/table.ts';
import type { House } from '../../core/house/house.ts';
import { writeTextFile } from '../../io/files/text-file.ts';
import { within } from '../../io/mqtt-link/within.ts';
import { readNamedIds } from '../args/named-ids.ts';
import { readFormat, refuseOperands } from '../args/operands.ts';
import type { Arguments } from '../args/parse.ts';
import { type Answer, daemonNote } from '../daemon/answer.ts';
import { askDaemon } from '../daemon/ask.ts';
import { codeWithoutLink, failureWithoutLink, isSettled, isUnanswered } from '../link/link-outcome.ts';
import { closeSoon, waitForState } from '../link/wait-for-state.ts';
import { type Connection, readConnection, withPassword } from '../settings/connection.ts';
import { print } from '../stdio/output.ts';
import { styleFor } from '../stdio/text-style.ts';

/** Two cadences of the article's devices and a little, seconds. */
const DEFAULT_TIMEOUT_S = 12;

const formats = ['text', 'json', 'nagios', 'prometheus', 'csv'] as const;
type Format = (typeof formats)[number];

/**
 * `hometui status`: one snapshot as soon as every value is live, at the latest after `--timeout`; at once where a daemon
 * has listened for us.
 */
export async function runStatus(args: Arguments, world: World): Promise<ExitCode> {
  refuseOperands(args);
  const format = readFormat(args, formats);
  const read = await readConnection(args, world);
  const only = readNamedIds(args.flags.only, read.house);
  const timeoutMs = (args.flags.timeout ?? DEFAULT_TIMEOUT_S) * 1_000;
  const asked = { format, only, args, timeoutMs };
  const answer = await statusOfDaemon(read, asked, world);
  return typeof answer === 'number' ? answer : statusOfBroker(read, answer, asked, world);
}

/** What is asked for. */
interface Asked {
  readonly format: Format;
  readonly only: ReadonlySet<string> | null;
  readonly args: Arguments;
  readonly timeoutMs: number;
}

/** The daemon is asked again so often, ms, where what counts may still come. */
const ASK_AGAIN_MS = 200;

/** Tells what the daemon knows, as soon as that is all; its answer where it is of no use. */
async function statusOfDaemon(read: Connection, asked: Asked, world: World): Promise<ExitCode | Answer> {
  const { clock } = world;
  const shutdown = openShutdown(world);
  const startedAt = clock.monotonicNow();
  try {
    for (;;) {
      const answer = await askDaemon(read, asked.args, world);
      if (shutdown.stopped.aborted) return await reportStopped(shutdown, asked.format, world);
      if (answer.kind !== 'heard') return answer;
      const leftMs = startedAt + asked.timeoutMs - clock.monotonicNow();
      if (leftMs <= 0 || isKnown(answer.state, asked)) return await report(answer.state, answer.daemon, asked, world);
      await new Promise<void>(resolve => clock.after(Math.min(ASK_AGAIN_MS, leftMs), resolve));
    }
  } finally {
    await shutdown.run();
  }
}

/**
 * Whether the daemon can tell no more by waiting: all that counts is live, or known to have fallen silent, or was not
 * heard in all the time that the broker would be given to say it. What is late may come at any moment.
 */
function isKnown(state: HomeState, { only, timeoutMs }: Asked): boolean {
  const { sensors, clients, words, switches } = awaitedOf(state, only);
  const hasListened = state.listeningSince !== null && state.at - state.listeningSince >= timeoutMs;
  const isSure = ({ freshness }: FreshnessReport): boolean =>
    freshness === 'live' || freshness === 'stale' || freshness === 'offline' || (freshness !== 'late' && hasListened);
  return (
    sensors.every(id => isSure(freshnessOfReading(state, id))) &&
    clients.every(id => isSure(freshnessOfClient(state, id))) &&
    (hasListened ||
      (switches.every(id => getRow(state.switches, id)?.position != null) &&
        words.every(id => getRow(state.words, id)?.word != null)))
  );
}

/** The same from the broker itself, after `answer`, which was none or of no use. */
async function statusOfBroker(read: Connection, answer: Answer, asked: Asked, world: World): Promise<ExitCode> {
  const { format, only, timeoutMs } = asked;
  const connection = await withPassword(read.link, read.settings, world);
  const shutdown = openShutdown(world);
  const { clock, random } = world;
  const startedAt = clock.monotonicNow();
  const session = openSession({ ...read, connection, clock, random });
  const note = daemonNote(answer);
  if (note !== null) session.store.dispatch({ type: 'issue-found', at: clock.now(), issue: note });
  shutdown.add(() => closeSoon(session, clock));
  try {
    const waited = await waitForState({
      store: session.store,
      isDone: state => isSettled(state.link) && (state.link.phase !== 'connected' || isComplete(state, only)),
      timeoutMs,
      clock,
      stopped: shutdown.stopped,
    });
    // The values may be there before the log was read, and what it says counts too.
    const leftMs = timeoutMs - (clock.monotonicNow() - startedAt);
    if (waited === 'done') await within(clock, Math.max(0, leftMs), session.caughtUp);
    if (shutdown.stopped.aborted) return await reportStopped(shutdown, format, world);
    // Time went by since the last event: ages and silences are those of now.
    session.store.dispatch({ type: 'ticked', at: clock.now() });
    return await report(session.store.getState(), null, asked, world);
  } finally {
    await shutdown.run();
  }
}

/** Nagios knows 0 to 3 only, and is told why there is nothing to tell; a person knows that he broke it off. */
async function reportStopped({ signalCode }: Shutdown, format: Format, world: World): Promise<ExitCode> {
  if (format !== 'nagios') return signalCode() ?? ExitCode.interrupted;
  await print(world.stdout, 'HOMETUI UNKNOWN - ended by a signal before the house was known\n');
  return ExitCode.unknown;
}

/** Whether everything that counts is live; a switch that `--only` names need only be known, for it speaks when asked. */
function isComplete(state: HomeState, only: ReadonlySet<string> | null): boolean {
  const { sensors, clients, words, switches } = awaitedOf(state, only);
  return (
    sensors.every(id => freshnessOfReading(state, id).freshness === 'live') &&
    clients.every(id => freshnessOfClient(state, id).freshness === 'live') &&
    switches.every(id => getRow(state.switches, id)?.position != null) &&
    words.every(id => getRow(state.words, id)?.word != null)
  );
}

/** What is waited for: a house without sensors is there when its clients are, and words only where they are named. */
function awaitedOf(state: HomeState, only: ReadonlySet<string> | null): Counted {
  const counted = countedOf(state, only);
  if (only !== null) return counted;
  return { ...counted, words: [], clients: counted.sensors.length > 0 ? [] : counted.clients };
}

async function report(
  state: HomeState,
  daemon: DaemonSnapshot | null,
  { format, only, args }: Asked,
  world: World,
): Promise<ExitCode> {
  const taken = await withAlarms({ ...takeSnapshot(state, only), daemon }, state, only);
  const code = exitCodeOf(state, taken, format);
  const failure = taken.broker.connected ? null : failureWithoutLink(state, code);
  if (format === 'text' && failure !== null) throw failure;
  const snapshot = failure === null ? taken : withFailure(taken, failure);
  const text = await render(format, snapshot, state.house, world);
  if (args.flags.output === undefined) await print(world.stdout, text);
  else write(args.flags.output, text);
  return code;
}

/** Only a daemon has watched over them: a snapshot alone cannot tell for how long something is so. */
async function withAlarms(
  snapshot: StatusSnapshot,
  state: HomeState,
  only: ReadonlySet<string> | null,
): Promise<StatusSnapshot> {
  if (state.alarms === null) return snapshot;
  return (await import('../../core/format/status/status-alarms.ts')).withAlarms(snapshot, state, only);
}

/** A snapshot is the end of the wait: where we were still connecting, nobody answered in time. */
function withFailure(snapshot: StatusSnapshot, { message, cure }: Failure): StatusSnapshot {
  const error = cure === null ? message : `${message}. ${cure}`;
  return { ...snapshot, reasons: [message], broker: { ...snapshot.broker, error } };
}

/** What is asked for seldom is loaded when it is. */
async function render(format: Format, snapshot: StatusSnapshot, house: House, world: World): Promise<string> {
  switch (format) {
    case 'text':
      return statusText(snapshot, house, styleFor(world), await alarmLines(snapshot, world));
    case 'json':
      return statusJson(snapshot);
    case 'nagios':
      return (await import('../../core/format/status/nagios.ts')).nagiosText(snapshot, house);
    case 'prometheus':
      return (await import('../../core/format/status/prometheus.ts')).prometheusText(snapshot, house.config.name);
    case 'csv':
      return (await import('../../core/format/status/status-csv.ts')).statusCsv(snapshot);
    default:
      return assertNever(format);
  }
}

async function alarmLines({ alarms, at }: StatusSnapshot, world: World): Promise<readonly string[]> {
  if (alarms === null) return [];
  return (await import('../../core/format/status/alarm-text.ts')).alarmBlock(alarms, at, styleFor(world));
}

function exitCodeOf({ link }: HomeState, { overall }: StatusSnapshot, format: Format): ExitCode {
  if (link.phase === 'connected' || format === 'nagios' || isUnanswered(link)) return ExitCode[overall];
  return codeWithoutLink(link);
}

function write(file: string, text: string): void {
  const written = writeTextFile(file, text);
  if (written.ok) return;
  throw new Failure(ExitCode.output, `${file} cannot be written: ${written.error.why}`, 'Choose another --output.');
}
