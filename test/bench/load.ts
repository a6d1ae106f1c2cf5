import { houseOf } from './devices.ts';
import { type Figure, median, percentile, round } from './figures.ts';
import { growOld, measureHeap } from './memory.ts';
import { cpuMs, pause, residentMb } from './processes.ts';
import { type Bench, withConsole } from './with-console.ts';

const REST_MS = 60_000;
/** Ink is loaded by then, and the code cache written, which is put off for some seconds. */
const REST_SETTLE_MS = 15_000;
/** As the article's devices speak. */
const CADENCE_MS = 5_000;
const SETTLE_MS = 5_000;
const UPDATES = 10_000;
const KEY_PRESSES = 60;

/** What a console costs while it lives: CPU at rest and per update, memory, and how soon it answers a key. */
export async function measureLoad(program: string): Promise<readonly Figure[]> {
  const rest = await withConsole(program, null, atRest);
  const heap = await measureHeap(program);
  const four = await withConsole(program, houseOf(4), measureFour);
  const perUpdate = Number.parseFloat(four.find(({ what }) => what === PER_UPDATE)?.value ?? '1');
  const others: Figure[] = [];
  for (const sensors of [100, 1_000]) {
    const figure = await withConsole(program, houseOf(sensors), updateCost);
    const ratio = `${round(Number.parseFloat(figure.value) / perUpdate)} × 4 sensors`;
    others.push({ ...figure, what: `${PER_UPDATE}, ${sensors} sensors`, compared: ratio, goal: '≤ 1.5 ×' });
  }
  return [rest, heap, ...four, ...others];
}

const PER_UPDATE = 'CPU for a message, 200 a second';

async function measureFour(bench: Bench): Promise<readonly Figure[]> {
  const update = await updateCost(bench);
  const memory = await memoryAfterUpdates(bench);
  const quiet = await keyToPaint(bench, 0);
  const busy = await keyToPaint(bench, 1_000);
  const flooded = await keyToPaint(bench, 5_000);
  return [update, memory, quiet, busy, flooded];
}

/**
 * The article's house: each of its two devices says its two values every 5 s, which change each time. The console has run
 * for a day: with nothing in its series it has less to do.
 */
async function atRest(bench: Bench): Promise<Figure> {
  const { console, devices } = bench;
  await growOld(bench);
  const startedAt = performance.now();
  const speak = async (middles: Readonly<Record<string, number>>): Promise<void> => {
    const change = 3 * Math.sin((performance.now() - startedAt) / 30_000);
    for (const [topic, middle] of Object.entries(middles)) await devices.say(topic, (middle + change).toFixed(1));
  };
  const heating = setInterval(() => void speak({ 'heating/flow': 55, 'heating/return': 45 }), CADENCE_MS);
  await pause(CADENCE_MS / 3);
  const cellar = setInterval(() => void speak({ 'cellar/temperature': 12, 'cellar/humidity': 60 }), CADENCE_MS);
  await pause(REST_SETTLE_MS);
  const percent = await cpuPercent(console.pid, REST_MS);
  for (const timer of [heating, cellar]) clearInterval(timer);
  return {
    what: `CPU at rest, ${REST_MS / 1_000} s`,
    value: `${round(percent)} %`,
    compared: 'of one core',
    goal: '≤ 1 %, aim 0.5',
  };
}

async function updateCost({ console, devices }: Bench): Promise<Figure> {
  const rate = 200;
  const quiet = devices.talk(rate);
  await pause(SETTLE_MS);
  const percent = await cpuPercent(console.pid, 10_000);
  quiet();
  return { what: PER_UPDATE, value: `${round((percent * 10) / rate)} ms`, compared: `${round(percent)} % of one core` };
}

async function memoryAfterUpdates({ console, devices }: Bench): Promise<Figure> {
  const before = residentMb(console.pid);
  const rate = 500;
  const quiet = devices.talk(rate);
  await pause((UPDATES / rate) * 1_000);
  quiet();
  const after = residentMb(console.pid);
  const change = `${round(before)} MB before`;
  return {
    what: `memory after ${round(UPDATES)} updates`,
    value: `${round(after)} MB`,
    compared: change,
    goal: '≤ 120, aim 90',
  };
}

/** Help is opened and closed again: both are whole other pictures. */
async function keyToPaint({ console, devices }: Bench, rate: number): Promise<Figure> {
  const quiet = rate === 0 ? () => {} : devices.talk(rate);
  if (rate > 0) await pause(2_000);
  const times: number[] = [];
  for (let press = 0; press < KEY_PRESSES; press += 1) {
    for (const [key, shown] of [
      ['?', 'Show the chosen item in full'],
      ['\u007f', 'Sensor s0'],
    ] as const) {
      const pressedAt = performance.now();
      console.write(key);
      times.push(await console.until([shown], pressedAt));
      await pause(20);
    }
  }
  quiet();
  const value = `${round(median(times))} ms`;
  const worst = `${round(percentile(times, 99))} ms at the 99th percentile`;
  return { what: `key to paint, ${rate} messages a second`, value, compared: worst, goal: '≤ 50 ms at the 99th' };
}

async function cpuPercent(pid: number, forMs: number): Promise<number> {
  const before = cpuMs(pid);
  const startedAt = performance.now();
  await pause(forMs);
  return ((cpuMs(pid) - before) * 100) / (performance.now() - startedAt);
}
