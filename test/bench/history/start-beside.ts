import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMosquitto } from '../../helpers/brokers/mosquitto.ts';
import { openDevices } from '../devices.ts';
import { type Figure, median, medianBounds, round } from '../figures.ts';
import { pause, startTimed } from '../processes.ts';

/** Pairs of starts: with fewer a difference of 5 % is within what chance makes. */
const PAIRS = 21;
const TOPICS = ['heating/flow', 'heating/return', 'cellar/temperature', 'cellar/humidity'];
const LABELS = ['Heating', 'Flow', 'Return', 'Cellar', 'Humidity'];

/**
 * The console's start with a history in `home` and without one, in turn. `place` is told the broker's port, so that the
 * history can be put where a console at that broker looks for it.
 */
export async function measureStartBeside(
  program: string,
  home: string,
  place: (port: number) => void,
): Promise<readonly Figure[]> {
  const bare = mkdtempSync(join(tmpdir(), 'hometui-bare-'));
  const broker = await startMosquitto({ log: false });
  const devices = await openDevices(broker.url, TOPICS);
  const quiet = devices.talk(400);
  const pairs: Pair[] = [];
  try {
    place(broker.port);
    const command = [process.execPath, program, '-h', '127.0.0.1', '-p', String(broker.port)];
    // The first round fills the code cache and is not counted. Who goes first changes, since the second one finds all warm.
    for (let round = -1; round < PAIRS; round++) {
      const isYearFirst = round % 2 === 0;
      const first = await timeStart(command, isYearFirst ? home : bare, round < 0);
      const second = await timeStart(command, isYearFirst ? bare : home, round < 0);
      if (round >= 0)
        pairs.push(isYearFirst ? { withYear: first, without: second } : { withYear: second, without: first });
    }
  } finally {
    quiet();
    await devices.close();
    await broker.close();
    rmSync(bare, { recursive: true, force: true });
  }
  return (['frame', 'key'] as const).map(what => figureOf(what, pairs));
}

type Started = Readonly<Record<'frame' | 'key', number>>;

/** Two starts one after the other, so that what the machine does besides weighs on both. */
interface Pair {
  readonly withYear: Started;
  readonly without: Started;
}

/** The middle of what the pairs differ by, and between which it is with 95 % certainty: only what lies beyond is a difference. */
function figureOf(what: keyof Started, pairs: readonly Pair[]): Figure {
  const percents = pairs.map(({ withYear, without }) => (withYear[what] / without[what] - 1) * 100);
  const signed = (percent: number): string => `${percent < 0 ? '−' : '+'}${round(Math.abs(percent))}`;
  const [low, high] = medianBounds(percents);
  const base = median(pairs.map(({ without }) => without[what]));
  return {
    what: `console: ${what === 'frame' ? 'frame with all labels' : 'a key is answered'} with a year of history`,
    value: `${round(median(pairs.map(({ withYear }) => withYear[what])))} ms`,
    compared: `${signed(median(percents))} % (${signed(low)} to ${signed(high)}) in ${pairs.length} pairs, to ${round(base)} ms without`,
    goal: '± 5 %',
  };
}

async function timeStart(
  command: readonly string[],
  home: string,
  isFirst: boolean,
): Promise<{ readonly frame: number; readonly key: number }> {
  const startedAt = performance.now();
  const console = startTimed(command, home);
  console.write('?');
  const key = await console.until(['Switch Pump on or off'], startedAt);
  if (isFirst) await pause(5_000);
  await console.close();
  const drawnFrom = performance.now();
  const drawing = startTimed(command, home);
  const frame = await drawing.until(LABELS, drawnFrom);
  await drawing.close();
  return { frame, key };
}
