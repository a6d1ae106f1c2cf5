import { ExitCode } from '../../app/exit-code.ts';
import { Failure } from '../../app/failure.ts';
import { type HomeSession, openSession } from '../../app/session.ts';
import { openShutdown, type Shutdown } from '../../app/shutdown.ts';
import { leaveOpenVerdicts } from '../../app/verdict-log.ts';
import type { World } from '../../app/world.ts';
import { commandSeal } from '../../core/home/sealed/command-seal.ts';
import { freshnessOfClient, freshnessOfSwitch } from '../../core/home/select.ts';
import type { HomeState } from '../../core/home/state/state.ts';
import type { Position } from '../../core/home/state/switch.ts';
import { getRow } from '../../core/home/state/table.ts';
import { DEFAULT_CADENCE_S, labelOf } from '../../core/house/house.ts';
import { readFormat } from '../args/operands.ts';
import type { Arguments } from '../args/parse.ts';
import { readRequests, type SwitchRequest } from '../args/switch-requests.ts';
import { noteCommands } from '../daemon/note.ts';
import { failureWithoutLink, isSettled } from '../link/link-outcome.ts';
import { closeSoon, waitForState } from '../link/wait-for-state.ts';
import { codeOfVerdict, type Outcome, outcomeJson, outcomeText, planJson, planText } from '../set/set-report.ts';
import { type Connection, readConnection, withPassword } from '../settings/connection.ts';
import { askYes, canAsk } from '../stdio/ask.ts';
import { print } from '../stdio/output.ts';
import { styleFor } from '../stdio/text-style.ts';

const DEFAULT_TIMEOUT_S = 12;
/** How long a toggle waits to learn where the relay stands, ms: a little more than the article's cadence. */
const POSITION_WAIT_MS = 6_000;
/** Within so many of its cadences a device says something, if it is there. */
const HEARD_WITHIN_CADENCES = 3;
/** A verdict comes by itself when the switch's time is over; this is for a fault of ours, ms. */
const VERDICT_LIMIT_MS = 300_000;

/** `hometui set`: switches one after the other, each confirmed before the next, and exits with the verdict. */
export async function runSet(args: Arguments, world: World): Promise<ExitCode> {
  const isJson = readFormat(args, ['text', 'json']) === 'json';
  const read = await readConnection(args, world);
  const requests = readRequests(args.operands, read.house);
  if (args.flags.dryRun === true) {
    const say = isJson ? planJson : planText;
    await print(world.stdout, requests.map(request => say(request, read.house, read.link.session)).join(''));
    return ExitCode.ok;
  }
  const refusal = args.flags.yes === true ? null : await askFor(requests, read, world);
  if (refusal !== null) return refusal;
  const connection = await withPassword(read.link, read.settings, world);
  const shutdown = openShutdown(world);
  const session = openSession({ ...read, connection, clock: world.clock, random: world.random });
  shutdown.add(() => closeSoon(session, world.clock));
  shutdown.addUrgent(() => leaveOpenVerdicts(session, world));
  shutdown.add(noteCommands(session, read, world, true));
  try {
    const run: SetRun = { session, shutdown, world, isJson };
    await connect(run, (args.flags.timeout ?? DEFAULT_TIMEOUT_S) * 1_000);
    return await switchAll(run, requests);
  } finally {
    await shutdown.run();
  }
}

interface SetRun {
  readonly session: HomeSession;
  readonly shutdown: Shutdown;
  readonly world: World;
  readonly isJson: boolean;
}

/**
 * Asks for each switch that wants it; gives the code to exit with where the answer is no (75), or it was broken off (130).
 * Throws a `Failure` (64) where there is nobody to ask.
 */
async function askFor(
  requests: readonly SwitchRequest[],
  { house, link }: Connection,
  world: World,
): Promise<ExitCode | null> {
  for (const { id, target } of requests.filter(request => house.switches.get(request.id)?.ask === true)) {
    const what = `${labelOf(house, id)} ${target}`;
    if (!canAsk(world)) {
      const cure = 'Say --yes to switch without being asked.';
      throw new Failure(ExitCode.usage, `${what}: this switch asks first, and there is no terminal to ask on`, cure);
    }
    const answer = await askYes(world, `${what} at ${link.session.url}?`);
    if (answer !== true) {
      await print(world.stderr, 'hometui: nothing was switched\n');
      return answer === null ? ExitCode.interrupted : ExitCode.notConfirmed;
    }
  }
  return null;
}

async function connect({ session, shutdown, world }: SetRun, timeoutMs: number): Promise<void> {
  const { store } = session;
  const isDone = (state: HomeState): boolean => isSettled(state.link);
  const waited = await waitForState({ store, isDone, timeoutMs, clock: world.clock, stopped: shutdown.stopped });
  if (waited === 'stopped') return;
  const state = store.getState();
  if (state.link.phase !== 'connected') throw failureWithoutLink(state);
}

async function switchAll(run: SetRun, requests: readonly SwitchRequest[]): Promise<ExitCode> {
  const { session, shutdown, world, isJson } = run;
  let code: ExitCode = ExitCode.ok;
  let failed: string | null = null;
  let unwritten: Failure | null = null;
  for (const request of requests) {
    if (shutdown.stopped.aborted) break;
    const outcome: Outcome | null =
      failed === null ? await switchOne(run, request) : notTried(`not tried, because ${failed} was not confirmed`);
    if (outcome === null) continue;
    const { house } = session.store.getState();
    const say = isJson ? outcomeJson : outcomeText;
    const words = say(request, outcome, house, world.clock.now(), styleFor(world));
    const fault = await sayVerdict(words, world);
    unwritten ??= fault;
    if (outcome.kind === 'confirmed' || failed !== null) continue;
    failed = labelOf(house, request.id);
    code = codeOfVerdict(outcome, session.store.getState().link);
  }
  if (unwritten !== null && code === ExitCode.ok) throw unwritten;
  return shutdown.signalCode() ?? code;
}

/**
 * Prints a verdict, on standard error where the output cannot be written: what was switched was switched, and somebody
 * wants to know. Gives what stands in the way.
 */
async function sayVerdict(words: string, world: World): Promise<Failure | null> {
  try {
    await print(world.stdout, words);
    return null;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    await print(world.stderr, words).catch(() => 'closed');
    return error;
  }
}

/** One command with its verdict; `null` where somebody broke it off. */
async function switchOne(run: SetRun, request: SwitchRequest): Promise<Outcome | null> {
  const { session, shutdown, world } = run;
  const { store } = session;
  const target = request.target === 'toggle' ? await otherPosition(run, request.id) : request.target;
  await untilSealable(run, request.id);
  if (shutdown.stopped.aborted) return null;
  if (target === null) {
    return notTried('where it stands is not known, so there is no other position to switch to', 'Say on or off.');
  }
  const before = getRow(store.getState().switches, request.id)?.verdict ?? null;
  store.dispatch({ type: 'switch-requested', at: world.clock.now(), switchId: request.id, target });
  const isDone = (state: HomeState): boolean => {
    const row = getRow(state.switches, request.id);
    return row !== undefined && row.command === null && row.verdict !== null && row.verdict !== before;
  };
  const options = { store, clock: world.clock, stopped: shutdown.stopped };
  const waited = await waitForState({ ...options, isDone, timeoutMs: VERDICT_LIMIT_MS });
  if (waited === 'done') return getRow(store.getState().switches, request.id)?.verdict ?? null;
  const label = labelOf(store.getState().house, request.id);
  // The terminal may be gone, as after SIGHUP: the log has it too.
  await print(world.stderr, `hometui: ${label} ${target} was sent, and its verdict is still open\n`).catch(
    () => 'closed',
  );
  return null;
}

/** A command to a device that seals names what it said last: that is waited for, as long as it may take to say something. */
async function untilSealable({ session, shutdown, world }: SetRun, id: string): Promise<void> {
  const { store } = session;
  const { switches, config } = store.getState().house;
  const topic = switches.get(id)?.command ?? '';
  const isDone = (state: HomeState): boolean => commandSeal(state, topic, 0).ok;
  const timeoutMs = HEARD_WITHIN_CADENCES * (config.cadence ?? DEFAULT_CADENCE_S) * 1_000;
  await waitForState({ store, clock: world.clock, stopped: shutdown.stopped, isDone, timeoutMs });
}

/** The position to toggle to; `null` where it stays unknown, or somebody broke it off. */
async function otherPosition({ session, shutdown, world }: SetRun, id: string): Promise<Position | null> {
  const { store } = session;
  const isKnown = (state: HomeState): boolean => ['live', 'late'].includes(freshnessOfSwitch(state, id).freshness);
  const options = { store, clock: world.clock, stopped: shutdown.stopped };
  await waitForState({ ...options, isDone: isKnown, timeoutMs: POSITION_WAIT_MS });
  const state = store.getState();
  const row = getRow(state.switches, id);
  if (row === undefined || row.position === null || !(isKnown(state) || isKept(state, id))) return null;
  return row.position === 'on' ? 'off' : 'on';
}

/** A retained position is the relay's last word: good enough while its device is there to contradict it. */
function isKept(state: HomeState, id: string): boolean {
  const client = state.house.servedBy.get(id);
  return client !== undefined && freshnessOfClient(state, client).freshness === 'live';
}

function notTried(detail: string, cure: string | null = null): Outcome {
  return { kind: 'not-sent', target: null, elapsedMs: 0, evidence: null, detail, cure };
}
