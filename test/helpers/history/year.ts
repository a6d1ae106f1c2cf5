import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeBatch } from '../../../src/core/history/batch.ts';
import { makeFrame } from '../../../src/core/history/bytes/frame.ts';
import { DAY_S } from '../../../src/core/history/calendar.ts';
import { joinBytes } from '../../../src/core/history/day-file.ts';
import { encodeEvent } from '../../../src/core/history/history-event.ts';
import { type SeriesInfo, seriesLine, tableHeader } from '../../../src/core/history/series.ts';
import { createRandom, type Random } from '../../../src/core/simulation/random.ts';
import { openDiskFile } from '../../../src/io/history-store/disk-file.ts';
import { keepTallies } from '../../../src/io/history-store/events/tallies.ts';
import { eventsName, logFile, SERIES_FILE } from '../../../src/io/history-store/file-names.ts';
import { sealDay } from '../../../src/io/history-store/seal-day.ts';

/** The article's house: each sensor with the steps and the noise of its chip, in its unit. */
const SENSORS = [
  { id: 'flow', unit: '°C', mean: 55, swing: 8, periodS: 5_400, chip: 0.0625, noise: 0.0185 },
  { id: 'return', unit: '°C', mean: 45, swing: 6, periodS: 5_400, chip: 0.0625, noise: 0.0185 },
  { id: 'temperature', unit: '°C', mean: 13.6, swing: 0.6, periodS: DAY_S, chip: 0.1, noise: 0.026 },
  { id: 'humidity', unit: '%', mean: 71, swing: 2, periodS: DAY_S, chip: 0.1, noise: 0.027 },
];
const CADENCE_S = 5;
const SCALE = 2;

/** A history that was written day by day, as the recorder and the sealing leave it. */
export interface WrittenYear {
  readonly series: readonly SeriesInfo[];
  readonly readings: number;
  /** Readings that are equal to the one before, as a share. */
  readonly equal: number;
  /** What sealing one day took, ms. */
  readonly sealMs: readonly number[];
}

/** Writes so many days of so many houses like the article's, the last one before `today`, days since 1970. */
export async function writeYear(folder: string, today: number, days: number, houses = 1): Promise<WrittenYear> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const random = createRandom(11);
  const series = Array.from({ length: houses * SENSORS.length }, (_, n) => {
    const { id, unit } = sensorAt(n);
    return { n, id: n < SENSORS.length ? id : `${id}-${n}`, unit, scale: SCALE };
  });
  writeFileSync(join(folder, SERIES_FILE), tableHeader() + series.map(seriesLine).join(''), { mode: 0o600 });
  const state = { readings: 0, equal: 0, last: new Map<number, number>(), random };
  const sealMs: number[] = [];
  for (let day = today - days; day < today; day++) {
    writeFileSync(logFile(folder, day), logOf(day, series, state), { mode: 0o600 });
    const startedAt = performance.now();
    await sealDay(day, { folder, openFile: openDiskFile, pause: async () => {} });
    sealMs.push(performance.now() - startedAt);
  }
  return { series, readings: state.readings, equal: state.equal / state.readings, sealMs };
}

/** Adds what happened in so many days before `today`, and what was counted of it, as the sealing leaves it. */
export async function writeYearEvents(folder: string, today: number, days: number, aDay: number): Promise<void> {
  for (let day = today - days; day < today; day++) {
    const frames = Array.from({ length: aDay }, (_, place) => {
      const at = (day * DAY_S + Math.floor((place * DAY_S) / aDay)) * 1_000;
      const [state, detail] = place % 2 === 0 ? ['on', { state: 'on' }] : ['off', { state: 'off' }];
      const text = `Pump is ${state}: switched by somebody else or at the device`;
      return makeFrame(encodeEvent({ at, type: 'switch', id: 'pump', severity: 'info', text, detail }));
    });
    appendFileSync(join(folder, eventsName(day)), joinBytes(frames), { mode: 0o600 });
  }
  await keepTallies(folder, async () => {});
}

interface Counted {
  readings: number;
  equal: number;
  readonly last: Map<number, number>;
  readonly random: Random;
}

/** A day's log: a batch each minute. */
function logOf(day: number, series: readonly SeriesInfo[], counted: Counted): Uint8Array {
  const frames: Uint8Array[] = [];
  for (let from = day * DAY_S; from < (day + 1) * DAY_S; from += 60) {
    const readings = new Map(series.map(({ n }) => [n, minuteOf(n, from, counted)]));
    frames.push(makeFrame(encodeBatch({ heard: [{ from, until: from + 60 }], readings })));
  }
  return joinBytes(frames);
}

function minuteOf(n: number, from: number, counted: Counted): readonly number[] {
  const { mean, swing, periodS, chip, noise } = sensorAt(n);
  const readings: number[] = [];
  for (let second = from + (n % CADENCE_S); second < from + 60; second += CADENCE_S) {
    const truth = mean + swing * Math.sin((2 * Math.PI * second) / periodS) + noise * counted.random.normal();
    const value = Math.round(Math.round(truth / chip) * chip * 10 ** SCALE);
    if (counted.last.get(n) === value) counted.equal++;
    counted.last.set(n, value);
    counted.readings++;
    // A message takes some milliseconds, so that one in fifty comes a second later.
    const isLate = counted.random.next() < 0.02 && second + 1 < from + 60;
    readings.push(isLate ? second + 1 : second, value);
  }
  return readings;
}

function sensorAt(n: number): (typeof SENSORS)[number] {
  const sensor = SENSORS[n % SENSORS.length];
  if (sensor === undefined) throw new RangeError(`no sensor ${n}`);
  return sensor;
}
