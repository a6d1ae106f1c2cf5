import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { startMosquitto } from '../helpers/brokers/mosquitto.ts';
import { type Figure, median, round } from './figures.ts';
import { startTimed, timeRun, untilKept } from './processes.ts';

const VALUE = '54.3';

/** Start of the console to the first value of a broker that keeps one and sends at once, each run beside a `node -e 0`. */
export async function measureFirstValue(program: string, runs: number): Promise<readonly Figure[]> {
  const home = mkdtempSync(join(tmpdir(), 'hometui-bench-'));
  const broker = await startMosquitto({ log: false, conf: 'set_tcp_nodelay true' });
  try {
    const device = await connectAsync(broker.url, { reconnectPeriod: 0 });
    await device.publishAsync('heating/flow', VALUE, { qos: 1, retain: true });
    await device.endAsync();
    const bare: number[] = [];
    const values: number[] = [];
    for (let run = -1; run < runs; run += 1) {
      const node = await timeRun(process.execPath, ['-e', '0'], home);
      const startedAt = performance.now();
      const drawing = startTimed([process.execPath, program, '-h', '127.0.0.1', '-p', String(broker.port)], home);
      const value = await drawing.until([VALUE], startedAt);
      // The first round fills the code cache, which is written when the program has come to rest, and is not counted.
      if (run < 0) await untilKept(home);
      await drawing.close();
      if (run < 0) continue;
      bare.push(node);
      values.push(value);
    }
    const compared = `${round(median(values) / median(bare))} × node -e 0`;
    return [
      { what: 'console: the first value, retained', value: `${round(median(values))} ms`, compared, goal: '≤ 5 ×' },
    ];
  } finally {
    await broker.close();
    rmSync(home, { recursive: true, force: true });
  }
}
