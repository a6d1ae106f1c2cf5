import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { startMosquitto } from '../helpers/brokers/mosquitto.ts';
import { openDevices } from './devices.ts';
import { type Figure, median, percentile, round } from './figures.ts';
import { cpuMs, pause, residentMb, startTimed, type TimedConsole } from './processes.ts';

const TOPICS = 100_000;
const RATE = 5_000;
const FOR_MS = 60_000;
const KEY_PRESSES = 100;
/** mosquitto sends no more than that to who does not keep up, unless it is told to. */
const CONF = 'max_queued_messages 0\nmax_inflight_messages 0\nset_tcp_nodelay true';

/** What the topic explorer costs on a broker of a hundred thousand retained topics that says 5,000 messages a second. */
export async function measureExplorer(program: string): Promise<readonly Figure[]> {
  const home = mkdtempSync(join(tmpdir(), 'hometui-bench-'));
  const broker = await startMosquitto({ log: false, conf: CONF });
  const topics = Array.from(
    { length: TOPICS },
    (_, at) => `site${at % 10}/room${Math.floor(at / 10) % 100}/device${at}`,
  );
  await retain(broker.url, topics);
  const devices = await openDevices(broker.url, topics);
  const console = startTimed([process.execPath, program, '-h', '127.0.0.1', '-p', String(broker.port)], home);
  try {
    await console.until(['Humidity'], performance.now());
    const before = residentMb(console.pid);
    const askedAt = performance.now();
    console.write('e');
    const shown = await console.until([`${TOPICS} topics`], askedAt, 60_000);
    const quiet = devices.talk(RATE);
    const all = await whileItTalks(console, `${RATE} a second, heard as far as unfolded`);
    // By then it hears only what is unfolded, unless it is told to hear all.
    console.write('a');
    await pause(2_000);
    const parts = await whileItTalks(console, `${RATE} a second, heard in full`);
    quiet();
    return [
      {
        what: `explorer, ${round(TOPICS)} retained topics shown`,
        value: `${round(shown / 1_000)} s`,
        compared: `${round(before)} MB before, ${round(residentMb(console.pid))} MB at the end`,
      },
      ...all,
      ...parts,
    ];
  } finally {
    await console.close();
    await devices.close();
    await broker.close();
    rmSync(home, { recursive: true, force: true });
  }
}

async function retain(url: string, topics: readonly string[]): Promise<void> {
  const client = await connectAsync(url, { protocolVersion: 5, reconnectPeriod: 0 });
  for (const topic of topics) client.publish(topic, '50.0', { retain: true });
  await client.publishAsync('ready', '', { qos: 1 });
  await client.endAsync();
}

async function whileItTalks(console: TimedConsole, what: string): Promise<readonly Figure[]> {
  await pause(5_000);
  const [bytes, cpu, startedAt] = [console.bytes(), cpuMs(console.pid), performance.now()];
  await pause(FOR_MS);
  const seconds = (performance.now() - startedAt) / 1_000;
  const rate = (console.bytes() - bytes) / seconds;
  const percent = (cpuMs(console.pid) - cpu) / seconds / 10;
  const times = await keyTimes(console);
  return [
    {
      what: `explorer, ${what}: memory`,
      value: `${round(residentMb(console.pid))} MB`,
      compared: `${round(percent)} % of a core`,
    },
    { what: 'bytes on the line', value: `${round(rate)} a second`, compared: `${round(seconds)} s`, goal: '≤ 2,000' },
    {
      what: 'key to paint',
      value: `${round(median(times))} ms`,
      compared: `${round(percentile(times, 99))} ms at the 99th percentile`,
      goal: '≤ 50 ms at the 99th',
    },
  ];
}

/** A search is begun and given up: both are other pictures. */
async function keyTimes(console: TimedConsole): Promise<readonly number[]> {
  const times: number[] = [];
  for (let press = 0; press < KEY_PRESSES; press += 1) {
    for (const [key, shown] of [
      ['/', 'Esc all topics'],
      ['\r', 'Enter open'],
    ] as const) {
      const pressedAt = performance.now();
      console.write(key);
      times.push(await console.until([shown], pressedAt));
      await pause(20);
    }
  }
  return times;
}
