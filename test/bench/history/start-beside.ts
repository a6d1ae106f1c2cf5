import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMosquitto } from '../../helpers/brokers/mosquitto.ts';
import { openDevices } from '../devices.ts';
import { type Figure, median, round } from '../figures.ts';
import { pause, startTimed } from '../processes.ts';

const RUNS = 15;
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
  const times = {
    withYear: { frame: [] as number[], key: [] as number[] },
    without: { frame: [] as number[], key: [] as number[] },
  };
  try {
    place(broker.port);
    const command = [process.execPath, program, '-h', '127.0.0.1', '-p', String(broker.port)];
    // The first round fills the code cache and is not counted.
    for (let run = -1; run < RUNS; run++) {
      for (const [name, folder] of [
        ['withYear', home],
        ['without', bare],
      ] as const) {
        const { frame, key } = await timeStart(command, folder, run < 0);
        if (run < 0) continue;
        times[name].frame.push(frame);
        times[name].key.push(key);
      }
    }
  } finally {
    quiet();
    await devices.close();
    await broker.close();
    rmSync(bare, { recursive: true, force: true });
  }
  return (['frame', 'key'] as const).map(what => {
    const [withYear, without] = [median(times.withYear[what]), median(times.without[what])];
    const percent = (withYear / without - 1) * 100;
    return {
      what: `console: ${what === 'frame' ? 'frame with all labels' : 'a key is answered'} with a year of history`,
      value: `${round(withYear)} ms`,
      compared: `${percent < 0 ? '−' : '+'}${round(Math.abs(percent))} % to ${round(without)} ms without`,
      goal: '± 5 %',
    };
  });
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
