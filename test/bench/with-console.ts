import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HouseConfig } from '../../src/core/house/schema.ts';
import { startMosquitto } from '../helpers/brokers/mosquitto.ts';
import { ARTICLE_TOPICS, type Devices, openDevices } from './devices.ts';
import { insideArgs } from './inside.ts';
import { pause, startTimed, type TimedConsole } from './processes.ts';

/** A console on a real broker, and who talks to it. */
export interface Bench {
  readonly console: TimedConsole;
  readonly devices: Devices;
  /** For what is asked inside; the console is started for that. */
  readonly inside: { readonly pid: number; readonly home: string };
}

/** How long the first start is left alone, ms: what it compiled is kept when the program has come to rest. */
const FILLING_MS = 10_000;

/**
 * Starts a console of a house, of the article's one unless told otherwise, for as long as it is measured. As with whoever uses
 * it daily it is not the first start: the code of that was compiled for the next ones.
 */
export async function withConsole<Result>(
  program: string,
  house: HouseConfig | null,
  measure: (bench: Bench) => Promise<Result>,
): Promise<Result> {
  const home = mkdtempSync(join(tmpdir(), 'hometui-bench-'));
  const broker = await startMosquitto({ log: false });
  const topics = house === null ? ARTICLE_TOPICS : Object.values(house.sensors).map(({ topic }) => topic);
  const devices = await openDevices(broker.url, topics);
  const place = ['-h', '127.0.0.1', '-p', String(broker.port)];
  if (house !== null) {
    writeFileSync(join(home, 'house.json'), JSON.stringify(house));
    place.push('--house', join(home, 'house.json'));
  }
  const start = async (): Promise<TimedConsole> => {
    const started = startTimed([process.execPath, ...insideArgs, program, ...place], home);
    await started.until([house === null ? 'Humidity' : 'Sensor s0'], performance.now());
    return started;
  };
  const first = await start();
  await pause(FILLING_MS);
  await first.close();
  const console = await start();
  try {
    return await measure({ console, devices, inside: { pid: console.pid, home } });
  } finally {
    await console.close();
    await devices.close();
    await broker.close();
    rmSync(home, { recursive: true, force: true });
  }
}
