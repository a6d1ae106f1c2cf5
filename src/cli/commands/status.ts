import { ExitCode } from '../../app/exit-code.ts';
import { Failure } from '../../app/failure.ts';
import { type HomeSession, openSession } from '../../app/session.ts';
import { openShutdown } from '../../app/shutdown.ts';
import type { World } from '../../app/world.ts';
import { assertNever } from '../../core/assert-never.ts';
import { nagiosText } from '../../core/format/nagios.ts';
import { prometheusText } from '../../core/format/prometheus.ts';
import { statusCsv } from '../../core/format/status-csv.ts';
import { type StatusSnapshot, statusJson, takeSnapshot } from '../../core/format/status-snapshot.ts';
import { statusText } from '../../core/format/status-text.ts';
import { countedOf, freshnessOfClient, freshnessOfReading } from '../../core/home/select.ts';
import type { HomeState } from '../../core/home/state/state.ts';
import { getRow } from '../../core/home/state/table.ts';
import type { House } from '../../core/house/house.ts';
import { writeTextFile } from '../../io/files/text-file.ts';
import { within } from '../../io/mqtt-link/within.ts';
import { readNamedIds } from '../args/named-ids.ts';
import { readFormat, refuseOperands } from '../args/operands.ts';
import type { Arguments } from '../args/parse.ts';
import { codeWithoutLink, failureWithoutLink, isSettled, isUnanswered } from '../link/link-outcome.ts';
import { closeSoon, waitForState } from '../link/wait-for-state.ts';
import { readConnection, withPassword } from '../settings/connection.ts';
import { print } from '../stdio/output.ts';
import { styleFor } from '../stdio/text-style.ts';

/** Two cadences of the article's devices and a little, seconds. */
const DEFAULT_TIMEOUT_S = 12;

const formats = ['text', 'json', 'nagios', 'prometheus', 'csv'] as const;
type Format = (typeof formats)[number];

/** `hometui status`: one snapshot as soon as every value is live, at the latest after `--timeout`. */
export async function runStatus(args: Arguments, world: World): Promise<ExitCode> {
  refuseOperands(args);
  const format = readFormat(args, formats);
  const read = await readConnection(args, world);
  const only = readNamedIds(args.flags.only, read.house);
  const connection = await withPassword(read.link, read.settings, world);
  const shutdown = openShutdown(world);
  const { clock, random } = world;
  const startedAt = clock.monotonicNow();
  const timeoutMs = (args.flags.timeout ?? DEFAULT_TIMEOUT_S) * 1_000;
  const session = openSession({ ...read, connection, clock, random });
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
    if (shutdown.stopped.aborted)
      return await reportStopped(shutdown.signalCode() ?? ExitCode.interrupted, format, world);
    return await report(session, format, only, args, world);
  } finally {
    await shutdown.run();
  }
}

/** Nagios knows 0 to 3 only, and is told why there is nothing to tell; a person knows that he broke it off. */
async function reportStopped(code: ExitCode, format: Format, world: World): Promise<ExitCode> {
  if (format !== 'nagios') return code;
  await print(world.stdout, 'HOMETUI UNKNOWN - ended by a signal before the house was known\n');
  return ExitCode.unknown;
}

/** Whether everything that counts is live; a switch that `--only` names need only be known, for it speaks when asked. */
function isComplete(state: HomeState, only: ReadonlySet<string> | null): boolean {
  const { sensors, clients, switches } = countedOf(state, only);
  // A house without sensors is there when its clients are.
  const awaited = only === null && sensors.length > 0 ? [] : clients;
  return (
    sensors.every(id => freshnessOfReading(state, id).freshness === 'live') &&
    awaited.every(id => freshnessOfClient(state, id).freshness === 'live') &&
    switches.every(id => getRow(state.switches, id)?.position != null)
  );
}

async function report(
  session: HomeSession,
  format: Format,
  only: ReadonlySet<string> | null,
  args: Arguments,
  world: World,
): Promise<ExitCode> {
  // Time went by since the last event: ages and silences are those of now.
  session.store.dispatch({ type: 'ticked', at: world.clock.now() });
  const state = session.store.getState();
  const taken = takeSnapshot(state, only);
  const code = exitCodeOf(state, taken, format);
  const failure = taken.broker.connected ? null : failureWithoutLink(state, code);
  if (format === 'text' && failure !== null) throw failure;
  const snapshot = failure === null ? taken : withFailure(taken, failure);
  const text = render(format, snapshot, state.house, world);
  if (args.flags.output === undefined) await print(world.stdout, text);
  else write(args.flags.output, text);
  return code;
}

/** A snapshot is the end of the wait: where we were still connecting, nobody answered in time. */
function withFailure(snapshot: StatusSnapshot, { message, cure }: Failure): StatusSnapshot {
  const error = cure === null ? message : `${message}. ${cure}`;
  return { ...snapshot, reasons: [message], broker: { ...snapshot.broker, error } };
}

function render(format: Format, snapshot: StatusSnapshot, house: House, world: World): string {
  switch (format) {
    case 'text':
      return statusText(snapshot, house, styleFor(world));
    case 'json':
      return statusJson(snapshot);
    case 'nagios':
      return nagiosText(snapshot, house);
    case 'prometheus':
      return prometheusText(snapshot, house.config.name);
    case 'csv':
      return statusCsv(snapshot);
    default:
      return assertNever(format);
  }
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
