import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HouseConfig } from '../../src/core/house/schema.ts';
import { startMosquitto } from '../helpers/brokers/mosquitto.ts';
import { houseOf, tabbedHouseOf } from './devices.ts';
import { type Figure, median, percentile, round } from './figures.ts';
import { cpuMs, pause, residentMb, startTimed, timeRun } from './processes.ts';
import { type Bench, withConsole } from './with-console.ts';

const STARTS = 7;
const SETTLE_MS = 5_000;
/**
 * So long code is compiled and the console learns how often each of a thousand values speaks, ms: ten seconds of it are told
 * beside what messages cost from then on.
 */
const LEARNING_MS = 45_000;
const MEASURED_MS = 10_000;
const KEY_ROUNDS = 25;
/** What `status` waits for, s. */
const STATUS_S = 5;

/** A house of 1,000 values on tabs, one of 100 that speak 1,000 times a second, and one of 10,000. */
export async function measureHouse(program: string): Promise<readonly Figure[]> {
  const starts = await measureStarts(program);
  const four = await withConsole(program, houseOf(4), bench => steady(bench, 100));
  const tabbed = await withConsole(program, tabbedHouseOf(1_000, 40, 8), async bench => {
    const load = await steady(bench, 100);
    return { load, keys: await keysOnTabs(bench), memory: residentMb(bench.console.pid) };
  });
  const flood = await withConsole(program, houseOf(100), bench => steady(bench, 1_000));
  const more = tabbed.load.percent - four.percent;
  return [
    ...starts,
    {
      what: '1,000 values on 8 tabs, 100 messages a second: CPU',
      value: `${round(tabbed.load.percent)} %`,
      compared: `${round(more)} % more than 4 values (${round(four.percent)} %); ${withFirst(tabbed.load)}, ${withFirst(four)}`,
      goal: '≤ 1 % more',
    },
    {
      what: 'the same: bytes',
      value: `${round(tabbed.load.bytes)} bytes/s`,
      compared: `4 values: ${round(four.bytes)}`,
    },
    { ...keysFigure(tabbed.keys), what: 'the same: key to paint, a tab or a page', goal: '≤ 50 ms at the 99th' },
    { what: 'the same: memory', value: `${round(tabbed.memory)} MB`, goal: '≤ 140 MB' },
    {
      what: '100 values, 1,000 messages a second: CPU',
      value: `${round(flood.percent)} %`,
      compared: withFirst(flood),
      goal: '≤ 4 % of a core',
    },
    { what: 'the same: bytes', value: `${round(flood.bytes)} bytes/s`, goal: '≤ 1,200 bytes/s' },
    ...(await measureTenThousand(program)),
  ];
}

function keysFigure(times: readonly number[]): Pick<Figure, 'value' | 'compared'> {
  return {
    value: `${round(median(times))} ms`,
    compared: `${round(percentile(times, 99))} ms at the 99th percentile, worst ${round(Math.max(...times))}`,
  };
}

/** What messages cost in steady state, % of a core, and in the ten seconds after the first five; bytes a second. */
interface Load {
  readonly percent: number;
  readonly percentAtFirst: number;
  readonly bytes: number;
}

const withFirst = ({ percentAtFirst }: Load): string => `at first ${round(percentAtFirst)} %`;

/** CPU and bytes while so many messages come in each second. */
async function steady({ console, devices }: Bench, rate: number): Promise<Load> {
  const quiet = devices.talk(rate);
  const measure = async (forMs: number) => {
    const [cpu, bytes, startedAt] = [cpuMs(console.pid), console.bytes(), performance.now()];
    await pause(forMs);
    const passedMs = performance.now() - startedAt;
    return {
      percent: ((cpuMs(console.pid) - cpu) * 100) / passedMs,
      bytes: ((console.bytes() - bytes) * 1_000) / passedMs,
    };
  };
  await pause(SETTLE_MS);
  const first = await measure(MEASURED_MS);
  await pause(LEARNING_MS - SETTLE_MS - MEASURED_MS);
  const { percent, bytes } = await measure(MEASURED_MS);
  quiet();
  return { percent, percentAtFirst: first.percent, bytes };
}

/** To another tab and back, a page down and up again, and a search. */
async function keysOnTabs({ console, devices }: Bench): Promise<readonly number[]> {
  const quiet = devices.talk(100);
  await pause(2_000);
  const times: number[] = [];
  const press = async (key: string, shown: string): Promise<void> => {
    const pressedAt = performance.now();
    console.write(key);
    times.push(await console.until([shown], pressedAt));
    await pause(20);
  };
  for (let turn = 0; turn < KEY_ROUNDS; turn += 1) {
    await press('8', 'Sensor s875');
    await press('\u001b[F', 'Sensor s999');
    await press('1', 'Sensor s0');
    await press('/', 'Search: ');
    await press('777', '1 of 1000 items');
    await press('\u001b[B', 'Sensor s777');
    await press('\u0015', '1000 items');
    await press('\u001b', 'Enter detail');
  }
  quiet();
  return times;
}

/** Start to the labels on the screen, of the article's house and of a large one by turns, each as a multiple of Node's. */
async function measureStarts(program: string): Promise<readonly Figure[]> {
  const home = mkdtempSync(join(tmpdir(), 'hometui-bench-'));
  const broker = await startMosquitto({ log: false });
  const file = join(home, 'house.json');
  writeFileSync(file, JSON.stringify(tabbedHouseOf(1_000, 40, 8)));
  const times: Record<'node' | 'article' | 'large', number[]> = { node: [], article: [], large: [] };
  const start = async (args: readonly string[], label: string, run: number): Promise<number> => {
    const startedAt = performance.now();
    const place = ['-h', '127.0.0.1', '-p', String(broker.port)];
    const drawing = startTimed([process.execPath, program, ...place, ...args], home);
    // A key is answered: what is on the screen before may be the picture of the last start.
    drawing.write('?');
    const shown = await drawing.until([label], startedAt);
    if (run < 0) await pause(5_000);
    await drawing.close();
    return shown;
  };
  try {
    for (let run = -1; run < STARTS; run += 1) {
      const node = await timeRun(process.execPath, ['-e', '0'], home);
      const article = await start([], 'Show the chosen item in full', run);
      const large = await start(['--house', file], 'Show the chosen item in full', run);
      // The first round fills the caches.
      if (run < 0) continue;
      times.node.push(node);
      times.article.push(article);
      times.large.push(large);
    }
  } finally {
    await broker.close();
    rmSync(home, { recursive: true, force: true });
  }
  const [node, article, large] = [median(times.node), median(times.article), median(times.large)];
  return [
    {
      what: 'start to a key, 1,000 values on 8 tabs',
      value: `${round(large)} ms`,
      compared: `${round(large / article)} × the article's house (${round(article)} ms), ${round(large / node)} × node -e 0`,
      goal: '≤ 1.6 ×',
    },
  ];
}

async function measureTenThousand(program: string): Promise<readonly Figure[]> {
  const config = houseOf(10_000);
  const status = await measureStatus(program, config);
  const keys = await withConsole(program, config, keysOnScreens);
  return [
    {
      what: `10,000 values of one client: status -t ${STATUS_S}`,
      value: `${round(status.ms / 1_000)} s`,
      compared: `${round(status.cpuMs / 1_000)} s of CPU`,
      goal: '≤ 6 s',
    },
    { what: 'the same: memory at its highest', value: `${round(status.memory)} MB`, goal: '≤ 200 MB' },
    { ...keysFigure(keys), what: 'the same, console: key to paint on each screen', goal: 'none above 100 ms' },
  ];
}

/** From screen to screen, and through what is found. */
async function keysOnScreens({ console }: Bench): Promise<readonly number[]> {
  await pause(SETTLE_MS);
  const times: number[] = [];
  for (let turn = 0; turn < 5; turn += 1) {
    for (const [key, shown] of [
      ['c', 'Serves'],
      ['l', 'newest first'],
      ['d', 'Nothing was denied'],
      ['u', 'Users'],
      ['\u007f', 'Sensor s'],
      ['/', 'Search: '],
      ['9', 'Search: 9'],
      ['9', 'Search: 99'],
      ['\u0015', 'Search:  '],
    ] as const) {
      const pressedAt = performance.now();
      console.write(key);
      times.push(await console.until([shown], pressedAt));
      await pause(100);
    }
    console.write('\u001b');
    await console.until(['Enter detail'], performance.now());
  }
  return times;
}

async function measureStatus(
  program: string,
  config: HouseConfig,
): Promise<{ readonly ms: number; readonly cpuMs: number; readonly memory: number }> {
  const home = mkdtempSync(join(tmpdir(), 'hometui-bench-'));
  const broker = await startMosquitto({ log: false });
  const file = join(home, 'house.json');
  writeFileSync(file, JSON.stringify(config));
  try {
    const args = [program, 'status', '-h', '127.0.0.1', '-p', String(broker.port), '--house', file];
    const startedAt = performance.now();
    const child = spawn(process.execPath, [...args, '-t', String(STATUS_S)], { stdio: 'ignore', env: { HOME: home } });
    const ended = once(child, 'exit');
    let [memory, cpu] = [0, 0];
    const look = setInterval(() => {
      try {
        const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
        memory = Math.max(memory, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_024);
        cpu = Math.max(cpu, cpuMs(child.pid ?? 0));
      } catch {
        // It has ended meanwhile.
      }
    }, 20);
    await ended;
    clearInterval(look);
    return { ms: performance.now() - startedAt, cpuMs: cpu, memory };
  } finally {
    await broker.close();
    rmSync(home, { recursive: true, force: true });
  }
}
