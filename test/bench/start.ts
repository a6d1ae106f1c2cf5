import { type Figure, median, round } from './figures.ts';
import { startTimed, timeRun, untilKept } from './processes.ts';

export interface StartOptions {
  readonly program: string;
  readonly home: string;
  readonly port: number;
  readonly runs: number;
  /** Whether mosquitto_sub is there to compare with. */
  readonly hasSubscriber: boolean;
}

/** What stands on the overview of the article's house. */
const LABELS = ['Heating', 'Flow', 'Return', 'Spread', 'Pump', 'Burner', 'Cellar', 'Temperature', 'Humidity', 'Fan'];
/** Typed before the program is there: answered when keys are accepted. */
const HELP_KEY = '?';
const HELP_WORDS = ['Switch Pump on or off'];

/** Start to the first whole frame, to the first key, and of the headless commands; each run beside a `node -e 0`. */
export async function measureStart(options: StartOptions): Promise<readonly Figure[]> {
  const { program, home, port } = options;
  const broker = ['-h', '127.0.0.1', '-p', String(port)];
  const runs: Record<Timed, number[]> = {
    ...{ bare: [], frame: [], keys: [], version: [], status: [], get: [], subscriber: [] },
  };
  // The first round fills the code cache and is not counted.
  for (let run = -1; run < options.runs; run += 1) {
    const times = {
      bare: await timeRun(process.execPath, ['-e', '0'], home),
      version: await timeRun(process.execPath, [program, '--version'], home),
      status: await timeRun(process.execPath, [program, 'status', ...broker], home),
      get: await timeRun(process.execPath, [program, 'get', 'flow', ...broker], home),
      ...(options.hasSubscriber
        ? { subscriber: await timeRun('mosquitto_sub', [...broker, '-t', '#', '-C', '1'], home) }
        : {}),
      ...(await timeConsole([process.execPath, program, ...broker], home, run < 0)),
    };
    if (run >= 0) for (const [name, ms] of Object.entries(times)) runs[name as keyof typeof runs].push(ms);
  }
  const bare = median(runs.bare);
  const answered = await timeAnswered(options, broker);
  const figure = (what: string, times: readonly number[], goal?: string): Figure => ({
    what,
    value: `${round(median(times))} ms`,
    compared: `${round(median(times) / bare)} × node -e 0`,
    ...(goal === undefined ? {} : { goal }),
  });
  return [
    { what: 'node -e 0', value: `${round(bare)} ms` },
    figure('hometui --version', runs.version),
    figure('console: frame with all labels', runs.frame, '≤ 1.45 ×'),
    figure('console: a key is answered', runs.keys, '≤ 2.7 ×'),
    figure('status, values come at once', runs.status, '≤ 2.7 × and the wait'),
    figure('get flow, retained', runs.get, '≤ 2.5 ×'),
    figure('status, answered by the daemon', answered, '≤ 3 ×'),
    ...(options.hasSubscriber ? [figure('mosquitto_sub -C 1, the same broker', runs.subscriber)] : []),
  ];
}

type Timed = 'bare' | 'frame' | 'keys' | 'version' | 'status' | 'get' | 'subscriber';

/** `status` where a daemon has listened. */
async function timeAnswered(
  { program, home, runs }: StartOptions,
  broker: readonly string[],
): Promise<readonly number[]> {
  const daemon = startTimed([process.execPath, program, 'daemon', ...broker], home, 400);
  try {
    await daemon.until(['answers on', 'connected'], performance.now());
    const times: number[] = [];
    // As soon as all values have come; the first rounds wait for them, and fill the code cache.
    for (let run = -3; run < runs; run += 1) {
      const time = await timeRun(process.execPath, [program, 'status', ...broker], home);
      if (run >= 0) times.push(time);
    }
    return times;
  } finally {
    await daemon.close();
  }
}

async function timeConsole(
  args: readonly string[],
  home: string,
  isFirst: boolean,
): Promise<{ frame: number; keys: number }> {
  const startedAt = performance.now();
  const drawing = startTimed(args, home);
  const frame = await drawing.until(LABELS, startedAt);
  if (isFirst) await untilKept(home);
  await drawing.close();
  const typedAt = performance.now();
  const typing = startTimed(args, home);
  typing.write(HELP_KEY);
  const keys = await typing.until(HELP_WORDS, typedAt);
  await typing.close();
  return { frame, keys };
}
