// Prints one table of what hometui costs, each figure beside what it is compared with, of the same run: npm run bench
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startMosquitto } from '../helpers/brokers/mosquitto.ts';
import { findProgram } from '../helpers/require-program.ts';
import { measureBytes } from './bytes.tsx';
import { measureDetailBytes } from './detail-bytes.ts';
import { openDevices } from './devices.ts';
import { measureExplorer } from './explorer.ts';
import { type Figure, formatTable } from './figures.ts';
import { measureFirstValue } from './first-value.ts';
import { measureHistory } from './history/history.ts';
import { measureStartBeside } from './history/start-beside.ts';
import { measureHouse } from './house.ts';
import { measureLoad } from './load.ts';
import { pause } from './processes.ts';
import { measureStalledLine } from './stalled-line.ts';
import { measureStart } from './start.ts';
import { measureTmux } from './tmux.ts';

/** Of each start; the middle one is told. */
const RUNS = 11;
const sections: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
  ...{ start, bytes, load, stalled },
  history: measureHistory,
  beside: () => measureStartBeside(program),
  explorer: () => measureExplorer(program),
  house: () => measureHouse(program),
};
const program = resolve('dist/hometui.cjs');

async function start(): Promise<readonly Figure[]> {
  const hasSubscriber = findProgram('mosquitto_sub') !== null;
  const started = await withHouse(
    ['heating/flow', 'heating/return', 'cellar/temperature', 'cellar/humidity'],
    400,
    (port, home) => measureStart({ program, home, port, runs: RUNS, hasSubscriber }),
  );
  return [...started, ...(await measureFirstValue(program, RUNS))];
}

async function bytes(): Promise<readonly Figure[]> {
  const small = await measureBytes({ columns: 80, rows: 24 }, '≤ 90, aim 65');
  const large = await measureBytes({ columns: 120, rows: 40 }, '≤ 100');
  const details = [...measureDetailBytes({ columns: 80, rows: 24 }), ...measureDetailBytes({ columns: 120, rows: 40 })];
  return [...small, ...large, ...details, ...(await measureTmux(program))];
}

async function load(): Promise<readonly Figure[]> {
  return measureLoad(program);
}

async function stalled(): Promise<readonly Figure[]> {
  return measureStalledLine(program);
}

/** A broker on which all topics speak so many times a second, and an empty HOME. */
async function withHouse(
  topics: readonly string[],
  rate: number,
  measure: (port: number, home: string) => Promise<readonly Figure[]>,
): Promise<readonly Figure[]> {
  const home = mkdtempSync(join(tmpdir(), 'hometui-bench-'));
  const broker = await startMosquitto({ log: false });
  const devices = await openDevices(broker.url, topics);
  const quiet = devices.talk(rate);
  try {
    await pause(100);
    return await measure(broker.port, home);
  } finally {
    quiet();
    await devices.close();
    await broker.close();
    rmSync(home, { recursive: true, force: true });
  }
}

// Brokers and tmux are ended when the process exits, which a signal alone would not do in order.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
const wanted = process.argv.slice(2);
const figures: Figure[] = [];
for (const [name, measure] of Object.entries(sections)) {
  if (wanted.length === 0 || wanted.includes(name)) figures.push(...(await measure()));
}
console.log(`Node ${process.version}, ${process.platform} ${process.arch}`);
console.log(formatTable(figures));
