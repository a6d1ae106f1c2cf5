import { ExitCode } from '../../app/exit-code.ts';
import { Failure } from '../../app/failure.ts';
import { openSession } from '../../app/session.ts';
import { openShutdown } from '../../app/shutdown.ts';
import type { World } from '../../app/world.ts';
import { cleanText } from '../../core/clean-text.ts';
import { type Answer, answerJson, answerOf, answerText } from '../../core/format/answer.ts';
import { derivedValue, freshnessOfReading, freshnessOfSwitch, freshnessOfWord } from '../../core/home/select.ts';
import type { Freshness } from '../../core/home/state/client.ts';
import type { HomeState } from '../../core/home/state/state.ts';
import { type House, narrowHouse, withDerivedParts } from '../../core/house/house.ts';
import { nearestCure } from '../args/named-ids.ts';
import { readFormat } from '../args/operands.ts';
import type { Arguments } from '../args/parse.ts';
import { askDaemon } from '../daemon/ask.ts';
import { failureWithoutLink, isSettled } from '../link/link-outcome.ts';
import { closeSoon, waitForState } from '../link/wait-for-state.ts';
import { readConnection, withPassword } from '../settings/connection.ts';
import { print } from '../stdio/output.ts';

const DEFAULT_TIMEOUT_S = 12;
/** The script that asked waits for our end, ms: enough to send the goodbye, and not for the broker to take it. */
const GOODBYE_MS = 2;

/** `hometui get`: the retained or first value of each item as soon as it is there, at the latest after `--timeout`. */
export async function runGet(args: Arguments, world: World): Promise<ExitCode> {
  const isJson = readFormat(args, ['text', 'json']) === 'json';
  const read = await readConnection(args, world);
  const ids = readItems(args.operands, read.house);
  const heard = await askDaemon(read, args, world);
  if (heard.kind === 'heard' && ids.every(id => isOfUse(heard.state, id))) {
    const answers = answersOf(heard.state, ids);
    await say(answers, heard.daemon.pid, isJson, world);
    return codeOf(answers, args.flags.any === true);
  }
  const connection = await withPassword(read.link, read.settings, world);
  const house = narrowHouse(read.house, withDerivedParts(read.house, new Set(ids)));
  const { clock, random } = world;
  const timeoutMs = (args.flags.timeout ?? DEFAULT_TIMEOUT_S) * 1_000;
  const shutdown = openShutdown(world);
  const session = openSession({ connection, house, seals: read.seals, clock, random, scope: 'values' });
  shutdown.add(() => closeSoon(session, clock, GOODBYE_MS));
  try {
    const { store } = session;
    const isDone = (state: HomeState): boolean => isLost(state) || answersOf(state, ids).every(isSettledAnswer);
    await waitForState({ store, isDone, timeoutMs, clock, stopped: shutdown.stopped });
    if (shutdown.stopped.aborted) return shutdown.signalCode() ?? ExitCode.interrupted;
    store.dispatch({ type: 'ticked', at: clock.now() });
    const answers = answersOf(store.getState(), ids);
    if (store.getState().link.phase !== 'connected' && !answers.every(isSettledAnswer)) {
      throw failureWithoutLink(store.getState());
    }
    await say(answers, null, isJson, world);
    return codeOf(answers, args.flags.any === true);
  } finally {
    await shutdown.run();
  }
}

/** The ids, in the case of the house. Throws a `Failure` (64) that names the nearest one. */
function readItems(operands: readonly string[], house: House): readonly string[] {
  const known = [house.sensors, house.derived, house.words, house.switches].flatMap(table => [...table.keys()]);
  if (operands.length === 0)
    throw new Failure(ExitCode.usage, 'no item is named', `The house has ${known.join(', ')}.`);
  return operands.map(name => {
    const id = known.find(it => it === name) ?? known.find(it => it.toLowerCase() === name.toLowerCase());
    if (id !== undefined) return id;
    const message = `the house has no sensor or switch "${cleanText(name, 60)}"`;
    throw new Failure(ExitCode.usage, message, nearestCure(name, known));
  });
}

/** Whether the daemon has what the broker would give at once: a value that is live, or the one that is retained. */
function isOfUse(state: HomeState, id: string): boolean {
  const freshness = freshnessOf(state, id);
  return freshness === 'live' || freshness === 'retained';
}

/** There is no link, and none will come. */
function isLost({ link }: HomeState): boolean {
  return isSettled(link) && link.phase !== 'connected';
}

function answersOf(state: HomeState, ids: readonly string[]): readonly Answer[] {
  return ids.map(id => answerOf(state, id));
}

function freshnessOf(state: HomeState, id: string): Freshness {
  if (state.house.derived.has(id)) return derivedValue(state, id).freshness;
  if (state.house.words.has(id)) return freshnessOfWord(state, id).freshness;
  return (state.house.switches.has(id) ? freshnessOfSwitch(state, id) : freshnessOfReading(state, id)).freshness;
}

/** There is a value, or the broker has said that none will come. */
function isSettledAnswer({ freshness, isDenied }: Answer): boolean {
  return freshness !== 'waiting' || isDenied;
}

/** One value alone, several each with its id; what is missing or presumed is told where it does not disturb a script. */
async function say(answers: readonly Answer[], daemon: number | null, isJson: boolean, world: World): Promise<void> {
  const line = (answer: Answer): string => {
    if (isJson) return answerJson(answer, daemon);
    if (answer.value === null) return '';
    return answers.length === 1 ? `${answerText(answer)}\n` : `${answer.id} ${answerText(answer)}\n`;
  };
  await print(world.stdout, answers.map(line).join(''));
  if (isJson) return;
  const doubtful = answers.filter(({ value, presumed }) => value === null || presumed === true);
  const words = doubtful.map(({ label, reason }) => `hometui: ${label}: ${reason}\n`);
  if (doubtful.length > 0) await print(world.stderr, words.join(''));
}

/** The worst of them: denied, not heard, retained or presumed, live. */
function codeOf(answers: readonly Answer[], isAnyGood: boolean): ExitCode {
  if (answers.some(({ isDenied }) => isDenied)) return ExitCode.denied;
  if (answers.some(({ value }) => value === null)) return ExitCode.unknown;
  const isDoubtful = answers.some(
    ({ freshness, isKept, presumed }) => presumed === true || (freshness === 'retained' && !isKept),
  );
  return isDoubtful && !isAnyGood ? ExitCode.warning : ExitCode.ok;
}
