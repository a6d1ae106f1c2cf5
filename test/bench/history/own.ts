import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DAY_S } from '../../../src/core/history/calendar.ts';
import { queryHistory } from '../../../src/core/history/query/query.ts';
import { stepFor } from '../../../src/core/history/query/step.ts';
import { openHistoryReader } from '../../../src/io/history-store/reader.ts';
import { type Figure, median, round } from '../figures.ts';
import { timeRun } from '../processes.ts';

/** What is asked for, in days. */
export const QUESTIONS = [
  ['day', 1],
  ['week', 7],
  ['month', 30],
  ['year', 365],
] as const;

/** So many stretches a question is answered in at the most. */
export const COLUMNS = 80;
/** Of each question; the middle one is told. */
const RUNS = 15;
const COMMAND_RUNS = 7;

/** How long a question takes in a process that runs; `today` is in days since 1970, and the last day before it the last one. */
export function measureQuestion(folder: string, name: string, today: number, days: number): Figure {
  const until = today * DAY_S;
  const step = stepFor(days * DAY_S, COLUMNS);
  const from = until - days * DAY_S;
  const edges = Array.from({ length: Math.floor((until - from) / step) + 1 }, (_, index) => from + index * step);
  const cpuBefore = process.cpuUsage();
  const times = Array.from({ length: RUNS + 1 }, () => {
    const startedAt = performance.now();
    const reader = openHistoryReader(folder);
    const items = reader.series.map(series => ({
      ...{ id: series.id, unit: series.unit, series: [series] },
      ...{ everyS: null, expireAfterS: null },
    }));
    queryHistory(reader, items, edges, until);
    return performance.now() - startedAt;
  });
  const { user, system } = process.cpuUsage(cpuBefore);
  return {
    what: `history: a ${name} of 4 sensors in the process, ${edges.length - 1} columns`,
    value: `${round(median(times.slice(1)))} ms`,
    compared: `the first ${round(times[0] ?? 0)} ms, the quickest ${round(Math.min(...times))} ms, ${round((user + system) / 1_000 / times.length)} ms of a processor each`,
    goal: '≤ 20 ms',
  };
}

/** How long the whole command takes beside a `node -e 0`, in turn with it. */
export async function measureCommand(program: string, home: string, name: string, days: number): Promise<Figure> {
  const times: { command: number[]; bare: number[] } = { command: [], bare: [] };
  const args = [program, 'history', '--last', `${days}d`];
  // The first round fills the code cache.
  for (let run = -1; run < COMMAND_RUNS; run++) {
    const command = await timeRun(process.execPath, args, home);
    const bare = await timeRun(process.execPath, ['-e', '0'], home);
    if (run < 0) continue;
    times.command.push(command);
    times.bare.push(bare);
  }
  return {
    what: `history: a ${name} as a whole command`,
    value: `${round(median(times.command))} ms`,
    compared: `${round(median(times.command) / median(times.bare))} × node -e 0, the quickest ${round(Math.min(...times.command))} ms`,
    goal: '≤ 90 ms',
  };
}

/** The most memory that a command which reads a year had at a time. */
export async function measureMemory(program: string, home: string): Promise<Figure> {
  const [hook, told] = [join(home, 'peak.cjs'), join(home, 'peak')];
  writeFileSync(
    hook,
    `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(told)}, String(process.resourceUsage().maxRSS)));`,
  );
  const peakOf = async (args: readonly string[]): Promise<number> => {
    const { PATH = '' } = process.env;
    const child = spawn(process.execPath, ['--require', hook, ...args], { env: { PATH, HOME: home }, stdio: 'ignore' });
    await once(child, 'exit');
    return Number(readFileSync(told, 'utf8')) / 1_024;
  };
  const [bare, year, every] = [
    await peakOf(['-e', '0']),
    await peakOf([program, 'history', '--last', '365d']),
    await peakOf([program, 'history', '--last', '30d', '--format', 'csv']),
  ];
  return {
    what: 'history: memory of a command that reads a year',
    value: `${round(year)} MiB`,
    compared: `${round(bare)} MiB of node -e 0; every value of a month as CSV ${round(every)} MiB`,
    goal: '≤ 70 MiB',
  };
}
