import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { dayOf } from '../../../src/core/history/calendar.ts';
import { writeYear, writeYearEvents } from '../../helpers/history/year.ts';
import { type Figure, median, percentile, round } from '../figures.ts';
import { measurePaging } from '../past-paging.ts';
import { measureCommand, measureMemory, measureQuestion, QUESTIONS } from './own.ts';
import { measurePrometheus } from './prometheus.ts';
import { openRawDays } from './raw.ts';
import { measureRrdtool } from './rrdtool.ts';
import { measureSqlite } from './sqlite.ts';
import { measureWrites } from './writes.ts';

/** The year in days; fewer with the variable, for a look at the bench itself. */
const DAYS = Number(process.env.HOMETUI_BENCH_DAYS ?? 365);
/** Prometheus is filled with so many at the most: its import reads all of the text anew for each two hours. */
const PROMETHEUS_DAYS = 7;
const MANY_HOUSES = 125;
/** What happens in a day of a house that is lived in. */
const EVENTS_A_DAY = 100;
const MIB = 1_048_576;

/** What a year of the article's house takes, and questions about it, beside other stores with the same values. */
export async function measureHistory(): Promise<readonly Figure[]> {
  const home = mkdtempSync(join(tmpdir(), 'hometui-history-'));
  // Where the command looks for it.
  const folder = join(home, '.local/state/hometui/history/Home@localhost');
  const program = resolve('dist/hometui.cjs');
  try {
    const today = dayOf(Date.now() / 1_000);
    const figures: Figure[] = [...(await measureYear(folder, today))];
    const asked = QUESTIONS.filter(([, days]) => days <= DAYS);
    for (const [name, days] of asked) figures.push(measureQuestion(folder, name, today, days));
    for (const [name, days] of asked) figures.push(await measureCommand(program, home, name, days));
    figures.push(await measureMemory(program, home));
    await writeYearEvents(folder, today, DAYS, EVENTS_A_DAY);
    figures.push(...measurePaging(folder, today));
    const raw = openRawDays(folder);
    for (const others of [
      () => measureSqlite(raw, today, DAYS),
      () => measureRrdtool(raw, today, DAYS),
      () => measurePrometheus(raw, today, Math.min(DAYS, PROMETHEUS_DAYS)),
    ]) {
      figures.push(...(await others().catch(sayFailure)));
    }
    figures.push(...(await measureMany(today)));
    figures.push(...(await measureWrites()));
    return figures;
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** Another store that fails does not take our own figures with it. */
function sayFailure(error: unknown): readonly Figure[] {
  console.error('FAILED:', error);
  return [];
}

async function measureYear(folder: string, today: number): Promise<readonly Figure[]> {
  const year = await writeYear(folder, today, DAYS);
  const raw = sizeOf(folder, /\.day$/);
  const name = DAYS === 365 ? 'a year' : `${DAYS} days`;
  return [
    {
      what: `history: ${name}, ${year.readings.toLocaleString('en')} readings, ${round(100 * year.equal)} % equal to the one before`,
      value: `${round(raw / MIB)} MiB`,
      compared: `${round(raw / year.readings)} B a reading`,
      goal: '≤ 8 MiB',
    },
    {
      what: 'history: with its roll-ups of 5 min and 1 h',
      value: `${round(sizeOf(folder, /./) / MIB)} MiB`,
      goal: '≤ 12 MiB',
    },
    {
      what: 'history: sealing a day of 4 sensors',
      value: `${round(median(year.sealMs))} ms`,
      compared: `95 % within ${round(percentile(year.sealMs, 95))} ms, in 12 pieces`,
    },
  ];
}

/** A day of 500 sensors, and what a year of them would take. */
async function measureMany(today: number): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'hometui-many-'));
  try {
    const { readings, sealMs, series } = await writeYear(join(folder, 'history'), today, 1, MANY_HOUSES);
    const bytes = sizeOf(join(folder, 'history'), /\.(day|5m|1h)$/);
    const [, , ...asked] = [...QUESTIONS].reverse();
    const question = measureQuestion(join(folder, 'history'), 'day', today, asked.at(-1)?.[1] ?? 1);
    return [
      {
        what: `history: a day of ${series.length} sensors, ${readings.toLocaleString('en')} readings`,
        value: `${round(bytes / MIB)} MiB`,
        compared: `with roll-ups; a year by that ${round((365 * bytes) / MIB)} MiB`,
      },
      {
        what: `history: sealing a day of ${series.length} sensors`,
        value: `${round(median(sealMs))} ms`,
        compared: 'in 12 pieces',
      },
      { ...question, what: `history: a day of all ${series.length} sensors in the process`, goal: '' },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function sizeOf(folder: string, ending: RegExp): number {
  const names = readdirSync(folder).filter(name => ending.test(name));
  return names.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}
