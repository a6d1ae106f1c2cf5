import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dayOf } from '../../../src/core/history/calendar.ts';
import { historyFolder } from '../../../src/io/history-store/place.ts';
import { startMosquitto } from '../../helpers/brokers/mosquitto.ts';
import { writeYear } from '../../helpers/history/year.ts';
import { ARTICLE_TOPICS, openDevices } from '../devices.ts';
import { type Figure, median, medianBounds, round } from '../figures.ts';
import { cpuMs, startTimed, type TimedConsole, untilKept } from '../processes.ts';

/**
 * Pairs of starts: with 21 of them two looks at the same program differ by up to a tenth in the time that goes by, and with
 * 61 the bounds of the frame's difference lie ten per cent apart; they come nearer as the root of the number.
 */
const PAIRS = Number(process.env.HOMETUI_BENCH_PAIRS ?? 181);
const LABELS = ['Heating', 'Flow', 'Return', 'Cellar', 'Humidity'];

/** The console's start with a year of history and without one, in turn. */
export async function measureStartBeside(program: string): Promise<readonly Figure[]> {
  const homes = mkdtempSync(join(tmpdir(), 'hometui-beside-'));
  const [year, bare] = [join(homes, 'year'), join(homes, 'bare')];
  for (const home of [year, bare]) mkdirSync(home);
  const broker = await startMosquitto({ log: false });
  const devices = await openDevices(broker.url, ARTICLE_TOPICS);
  try {
    const folder = historyFolder({ HOME: year }, 'Home', { host: '127.0.0.1', port: broker.port });
    if (folder === null) throw new Error('there is a place for a history');
    await writeYear(folder, dayOf(Date.now() / 1_000), 365);
    const quiet = devices.talk(400);
    const command = [process.execPath, program, '-h', '127.0.0.1', '-p', String(broker.port)];
    const pairs = await startInTurn(command, year, bare);
    quiet();
    return (['frame', 'key'] as const).flatMap(what => [figureOf(what, 'ms', pairs), figureOf(what, 'cpuMs', pairs)]);
  } finally {
    await devices.close();
    await broker.close();
    rmSync(homes, { recursive: true, force: true });
  }
}

/** How long something took, and how much of a processor, ms. */
interface Took {
  readonly ms: number;
  readonly cpuMs: number;
}

type Started = Readonly<Record<'frame' | 'key', Took>>;

/** Two starts one after the other, so that what the machine does besides weighs on both. */
interface Pair {
  readonly withYear: Started;
  readonly without: Started;
}

/** Who goes first changes, since the second one finds all warm. */
async function startInTurn(command: readonly string[], year: string, bare: string): Promise<readonly Pair[]> {
  const pairs: Pair[] = [];
  // The first round fills the code cache and is not counted.
  for (let round = -1; round < PAIRS; round++) {
    const isYearFirst = round % 2 === 0;
    const first = await timeStart(command, isYearFirst ? year : bare, round < 0);
    const second = await timeStart(command, isYearFirst ? bare : year, round < 0);
    if (round < 0) continue;
    pairs.push(isYearFirst ? { withYear: first, without: second } : { withYear: second, without: first });
  }
  return pairs;
}

/** The middle of what the pairs differ by, and between which it is with 95 % certainty: only what lies beyond is a difference. */
function figureOf(what: keyof Started, unit: keyof Took, pairs: readonly Pair[]): Figure {
  const percents = pairs.map(({ withYear, without }) => (withYear[what][unit] / without[what][unit] - 1) * 100);
  const signed = (percent: number): string => `${percent < 0 ? '−' : '+'}${round(Math.abs(percent))}`;
  const [low, high] = medianBounds(percents);
  const base = median(pairs.map(({ without }) => without[what][unit]));
  const name = what === 'frame' ? 'frame with all labels' : 'a key is answered';
  return {
    what: `console: ${name} with a year of history${unit === 'ms' ? '' : ', time of a processor'}`,
    value: `${round(median(pairs.map(({ withYear }) => withYear[what][unit])))} ms`,
    compared: `${signed(median(percents))} % (${signed(low)} to ${signed(high)}) in ${pairs.length} pairs, to ${round(base)} ms without`,
    goal: '± 5 %',
  };
}

async function timeStart(command: readonly string[], home: string, isFirst: boolean): Promise<Started> {
  const keyFrom = performance.now();
  const typing = startTimed(command, home);
  typing.write('?');
  const key = await timeUntil(typing, ['Switch Pump on or off'], keyFrom);
  if (isFirst) await untilKept(home);
  await typing.close();
  const frameFrom = performance.now();
  const drawing = startTimed(command, home);
  const frame = await timeUntil(drawing, LABELS, frameFrom);
  await drawing.close();
  return { frame, key };
}

async function timeUntil(console: TimedConsole, words: readonly string[], since: number): Promise<Took> {
  const ms = await console.until(words, since);
  return { ms, cpuMs: cpuMs(console.pid) };
}
