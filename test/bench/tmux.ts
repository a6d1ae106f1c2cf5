import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMosquitto } from '../helpers/brokers/mosquitto.ts';
import { findProgram } from '../helpers/require-program.ts';
import { openDevices } from './devices.ts';
import { type Figure, round } from './figures.ts';
import { pause, startTimed, type TimedConsole } from './processes.ts';

const COUNTED_MS = 30_000;
const ARTICLE = ['heating/flow', 'heating/return', 'cellar/temperature', 'cellar/humidity'];

/** Bytes per second of a real console on a real broker, straight and through tmux, side by side for half a minute. */
export async function measureTmux(program: string): Promise<readonly Figure[]> {
  const tmux = findProgram('tmux');
  if (tmux === null) return [{ what: 'through tmux', value: 'tmux is not installed' }];
  const home = mkdtempSync(join(tmpdir(), 'hometui-bench-'));
  const broker = await startMosquitto({ log: false });
  const devices = await openDevices(broker.url, ARTICLE);
  const quiet = devices.talk(ARTICLE.length / 5);
  const console = [process.execPath, program, '-h', '127.0.0.1', '-p', String(broker.port)];
  const straight = startTimed(console, home);
  const server = ['-L', `hometui-bench-${process.pid}`, '-f', '/dev/null'];
  const through = startTimed([tmux, ...server, 'set', '-g', 'status', 'off', ';', 'new', ...console], home);
  // The console in it ends with the server, which would outlive its client, and the bench.
  const endServer = (): void => {
    process.off('exit', endServer);
    execFileSync(tmux, [...server, 'kill-server'], { stdio: 'ignore' });
  };
  process.once('exit', endServer);
  try {
    await Promise.all([straight, through].map(one => one.until(['Humidity', 'live'], performance.now())));
    await pause(2_000);
    const [ours, theirs] = await Promise.all([straight, through].map(bytesPerSecond));
    return [
      { what: 'real console, 80×24', value: `${round(ours ?? 0)} bytes/s`, goal: '≤ 60 bytes/s' },
      {
        what: 'the same through tmux',
        value: `${round(theirs ?? 0)} bytes/s`,
        compared: `${round((theirs ?? 0) / (ours ?? 1))} × ours`,
      },
    ];
  } finally {
    quiet();
    endServer();
    await Promise.all([straight.close(), through.close(), devices.close()]);
    await broker.close();
    rmSync(home, { recursive: true, force: true });
  }
}

async function bytesPerSecond(one: TimedConsole): Promise<number> {
  const before = one.bytes();
  const startedAt = performance.now();
  await pause(COUNTED_MS);
  return ((one.bytes() - before) * 1_000) / (performance.now() - startedAt);
}
