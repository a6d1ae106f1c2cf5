import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DAY_S, dayOf } from '../../src/core/history/calendar.ts';
import { queryHistory } from '../../src/core/history/query/query.ts';
import { stepFor } from '../../src/core/history/query/step.ts';
import { openHistoryReader } from '../../src/io/history-store/reader.ts';
import { writeYear } from '../helpers/history/year.ts';
import { type Figure, median, percentile, round } from './figures.ts';
import { measurePaging } from './past-paging.ts';

const COLUMNS = 80;
/** Of each question; the middle one is told. */
const RUNS = 9;

/** What a year of the article's house takes, and how long a question about it takes in a process that runs. */
export async function measureHistory(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'hometui-history-'));
  try {
    const today = dayOf(Date.UTC(2026, 10, 29) / 1_000);
    const year = await writeYear(folder, today, 365);
    const mib = (ending: RegExp): number => sizeOf(folder, ending) / 1_048_576;
    const raw = mib(/\.day$/);
    const all = mib(/./);
    const figures: Figure[] = [
      {
        what: `history: a year, ${year.readings.toLocaleString('en')} readings, ${round(100 * year.equal)} % equal to the one before`,
        value: `${round(raw)} MiB`,
        compared: `${round((raw * 1_048_576) / year.readings)} B a reading`,
        goal: '≤ 8 MiB',
      },
      { what: 'history: with its roll-ups of 5 min and 1 h', value: `${round(all)} MiB`, goal: '≤ 12 MiB' },
      {
        what: 'history: sealing a day of 4 sensors',
        value: `${round(median(year.sealMs))} ms`,
        compared: `95 % within ${round(percentile(year.sealMs, 95))} ms, in 12 pieces`,
      },
    ];
    for (const [name, days] of [
      ['day', 1],
      ['week', 7],
      ['month', 30],
      ['year', 365],
    ] as const) {
      figures.push(measureQuery(folder, name, today, days));
    }
    return [...figures, ...measurePaging(folder, today)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function measureQuery(folder: string, name: string, today: number, days: number): Figure {
  const until = today * DAY_S;
  const step = stepFor(days * DAY_S, COLUMNS);
  const from = until - days * DAY_S;
  const edges = Array.from({ length: Math.floor((until - from) / step) + 1 }, (_, index) => from + index * step);
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
  return {
    what: `history: a ${name} of 4 sensors, ${edges.length - 1} columns`,
    value: `${round(median(times.slice(1)))} ms`,
    compared: `the first ${round(times[0] ?? 0)} ms`,
    goal: '≤ 20 ms',
  };
}

function sizeOf(folder: string, ending: RegExp): number {
  const names = readdirSync(folder).filter(name => ending.test(name));
  return names.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}
