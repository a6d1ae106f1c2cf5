import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DAY_S } from '../../../src/core/history/calendar.ts';
import { stepFor } from '../../../src/core/history/query/step.ts';
import { findProgram } from '../../helpers/require-program.ts';
import { type Figure, median, round } from '../figures.ts';
import { timeRun } from '../processes.ts';
import { COLUMNS, QUESTIONS } from './own.ts';
import type { RawDays } from './raw.ts';

const CADENCE_S = 5;
/** So many moments are a line of its input. */
const AT_ONCE = 200;
const RUNS = 7;

/** The same values in RRDtool: each 5 s of so many days, and lowest, mean and highest of 5 minutes and of an hour. */
export async function measureRrdtool(raw: RawDays, today: number, days: number): Promise<readonly Figure[]> {
  if (findProgram('rrdtool') === null) {
    console.error('SKIPPED: RRDtool, for there is no rrdtool: apt-get install rrdtool');
    return [];
  }
  const place = mkdtempSync(join(tmpdir(), 'hometui-rrd-'));
  const file = join(place, 'h.rrd');
  try {
    execFileSync('rrdtool', createArgs(file, raw, today, days));
    await fill(file, raw, today, days);
    const bytes = statSync(file).size;
    const figures: Figure[] = [
      {
        what: `RRDtool: ${days} days of the same, with 5 min and 1 h`,
        value: `${round(bytes / 1_048_576)} MiB`,
        compared: 'all of it from the first day on',
      },
    ];
    for (const [name, length] of QUESTIONS.filter(([, one]) => one <= days)) {
      const step = String(stepFor(length * DAY_S, COLUMNS));
      const [from, until] = [String((today - length) * DAY_S), String(today * DAY_S)];
      const times: number[] = [];
      for (let run = 0; run < RUNS; run++) {
        times.push(await timeRun('rrdtool', ['fetch', file, 'AVERAGE', '-r', step, '-s', from, '-e', until], place));
      }
      figures.push({ what: `RRDtool: a ${name} as a whole command, means alone`, value: `${round(median(times))} ms` });
    }
    return figures;
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

function createArgs(file: string, { series }: RawDays, today: number, days: number): readonly string[] {
  const rows = (stepS: number): number => Math.ceil((days * DAY_S) / stepS);
  const archives = [300, 3_600].flatMap(stepS =>
    ['MIN', 'AVERAGE', 'MAX'].map(kind => `RRA:${kind}:0.5:${stepS / CADENCE_S}:${rows(stepS)}`),
  );
  return [
    ...['create', file, '--step', String(CADENCE_S), '--start', String((today - days) * DAY_S - CADENCE_S)],
    ...series.map(({ n }) => `DS:s${n}:GAUGE:60:U:U`),
    `RRA:LAST:0:1:${rows(CADENCE_S)}`,
    ...archives,
  ];
}

async function fill(file: string, raw: RawDays, today: number, days: number): Promise<void> {
  const child = spawn('rrdtool', ['-'], { stdio: ['pipe', 'ignore', 'inherit'] });
  for (let day = today - days; day < today; day++) {
    const lists = [...raw.read(day).values()];
    const moments = Math.min(...lists.map(list => list.length / 2));
    const lines: string[] = [];
    for (let first = 0; first < moments; first += AT_ONCE) {
      const parts: string[] = [];
      for (let index = first; index < Math.min(moments, first + AT_ONCE); index++) {
        const values = lists.map(list => list[2 * index + 1]).join(':');
        parts.push(`${day * DAY_S + CADENCE_S * index}:${values}`);
      }
      lines.push(`update ${file} ${parts.join(' ')}\n`);
    }
    if (!child.stdin.write(lines.join(''))) await once(child.stdin, 'drain');
  }
  child.stdin.end('quit\n');
  await once(child, 'close');
}
