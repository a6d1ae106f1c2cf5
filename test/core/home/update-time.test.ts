import { afterAll, describe, expect, test } from 'vitest';
import type { JournalEntry } from '../../../src/core/home/state/journal.ts';
import { runHouse } from '../../helpers/house/house-run.ts';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const CADENCE = 5 * SECOND;
/** How far an announcement may be from the truth: three and a half cadences. */
const TOLERANCE = 3.5 * CADENCE;

interface Silence {
  readonly startMs: number;
  readonly endMs: number;
}

/** A small seeded generator (mulberry32): the same day for the same seed. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Silences long enough to be noticed, with pauses between them in which the device speaks. */
function planSilences(random: () => number): Silence[] {
  const silences: Silence[] = [];
  let at = 60 * SECOND;
  for (;;) {
    const startMs = at + random() * 40 * 60 * SECOND;
    const endMs = startMs + 25 * SECOND + random() ** 4 * 30 * 60 * SECOND;
    if (endMs > 24 * HOUR - 120 * SECOND) return silences;
    silences.push({ startMs, endMs });
    at = endMs + 60 * SECOND;
  }
}

/** A day of both devices with jitter, bursts and silences, second by second; returns what was announced of clients. */
function liveADay(seed: number): {
  heating: Silence[];
  dhtclient: Silence[];
  announced: JournalEntry[];
  startAt: number;
} {
  const random = seeded(seed);
  const run = runHouse();
  const startAt = run.state.at;
  const silences = { heating: planSilences(random), dhtclient: planSilences(random) };
  const topics = { heating: ['heating/flow', 'heating/return'], dhtclient: ['cellar/temperature', 'cellar/humidity'] };
  const dueMs = { heating: random() * CADENCE, dhtclient: random() * CADENCE };
  const announced = new Map<number, JournalEntry>();
  run.connect();
  const isSilent = (client: 'heating' | 'dhtclient'): boolean =>
    silences[client].some(({ startMs, endMs }) => run.elapsedMs >= startMs && run.elapsedMs < endMs);
  const speak = (client: 'heating' | 'dhtclient'): void => {
    if (run.elapsedMs < dueMs[client]) return;
    dueMs[client] += CADENCE + (random() - 0.5) * SECOND;
    const copies = isSilent(client) ? 0 : random() < 0.01 ? 4 : 1;
    for (let copy = 0; copy < copies; copy += 1) for (const topic of topics[client]) run.receive(topic, '50');
  };
  while (run.elapsedMs < 24 * HOUR) {
    run.pass(SECOND);
    speak('heating');
    speak('dhtclient');
    for (const entry of run.state.journal.slice(-4)) if (entry.kind === 'client') announced.set(entry.id, entry);
  }
  return { ...silences, announced: [...announced.values()], startAt };
}

/** How far the announcements of a day were from the truth, in cadences, and how many were of nothing. */
interface DayFigures {
  silences: number;
  worstStale: number;
  worstRecovery: number;
  falseAlarms: number;
}

describe('24 hours with random silences', () => {
  const figures: DayFigures[] = [];

  test.each([1, 2, 3])('every stale and every recovery is told in time, and nothing else (seed %i)', seed => {
    const day = liveADay(seed);
    const sum: DayFigures = { silences: 0, worstStale: 0, worstRecovery: 0, falseAlarms: 0 };
    for (const client of ['heating', 'dhtclient'] as const) {
      const told = day.announced.filter(entry => entry.subject === client);
      const stale = told.filter(entry => entry.text.includes('is stale')).map(entry => entry.at - day.startAt);
      const live = told.filter(entry => entry.text.includes('is live again')).map(entry => entry.at - day.startAt);
      expect(day[client].length).toBeGreaterThan(10);
      expect(stale).toHaveLength(day[client].length);
      expect(live).toHaveLength(day[client].length);
      sum.silences += day[client].length;
      sum.falseAlarms += stale.length - day[client].length;
      for (const [index, silence] of day[client].entries()) {
        const staleBy = Math.abs((stale[index] ?? 0) - silence.startMs);
        const recoveredBy = Math.abs((live[index] ?? 0) - silence.endMs);
        expect(staleBy).toBeLessThanOrEqual(TOLERANCE);
        expect(recoveredBy).toBeLessThanOrEqual(TOLERANCE);
        sum.worstStale = Math.max(sum.worstStale, staleBy / CADENCE);
        sum.worstRecovery = Math.max(sum.worstRecovery, recoveredBy / CADENCE);
      }
    }
    figures.push(sum);
  });

  afterAll(() => {
    const worst = (pick: (day: DayFigures) => number): string => Math.max(...figures.map(pick)).toFixed(2);
    const total = (pick: (day: DayFigures) => number): number => figures.reduce((sum, day) => sum + pick(day), 0);
    process.stdout.write(
      `${figures.length} days of 24 hours, ${total(day => day.silences)} silences: stale at most ` +
        `${worst(day => day.worstStale)} cadences after the silence began, live again at most ` +
        `${worst(day => day.worstRecovery)} cadences after it ended, ${total(day => day.falseAlarms)} false alarms\n`,
    );
  });
});
