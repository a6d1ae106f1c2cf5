import { appendFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeFrame } from '../../../../src/core/history/bytes/frame.ts';
import { DAY_S } from '../../../../src/core/history/calendar.ts';
import { type EventTally, TALLY_S } from '../../../../src/core/history/event-tally.ts';
import { encodeEvent, type HistoryEvent } from '../../../../src/core/history/history-event.ts';
import type { Span } from '../../../../src/core/history/spans.ts';
import { checkHistory } from '../../../../src/io/history-store/check.ts';
import { openDiskFile } from '../../../../src/io/history-store/disk-file.ts';
import { keepTallies, readTally } from '../../../../src/io/history-store/events/tallies.ts';
import { pruneHistory } from '../../../../src/io/history-store/upkeep/prune.ts';
import { repairHistory } from '../../../../src/io/history-store/upkeep/repair.ts';
import { openHistoryWriter } from '../../../../src/io/history-store/writer.ts';

/** The first of a month, seconds since 1970. */
const FIRST = Date.UTC(2026, 9, 1) / 1_000;
const SPAN: Span = { from: FIRST, until: FIRST + 61 * DAY_S };
/** Bytes that are flipped of each file; all with the variable, which takes minutes. */
const EVERY = Number(process.env.HOMETUI_TEST_TALLY_EVERY ?? 7);

const event = (second: number, type = 'switch', severity = 'info'): HistoryEvent => ({
  ...{ at: (FIRST + second) * 1_000, type, id: 'pump', severity, text: `at ${second}`, detail: {} },
});
/** Two months: a switch twice a day, and each third day a denial. */
const EVENTS = Array.from({ length: 61 }, (_, day) => [
  event(day * DAY_S + 3_000),
  event(day * DAY_S + 70_000),
  ...(day % 3 === 0 ? [event(day * DAY_S + 70_001, 'denial', 'critical')] : []),
]);

let place: string;
let whole: string;
let folder: string;
beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), 'hometui-tallies-'));
  whole = join(place, 'whole');
  const writer = await openHistoryWriter(whole, { wallNow: () => SPAN.until * 1_000 });
  for (const day of EVENTS) await writer.commitEvents(day);
  await writer.close();
});
afterAll(() => rmSync(place, { recursive: true, force: true }));
beforeEach(() => {
  folder = join(place, 'history');
  rmSync(folder, { recursive: true, force: true });
  cpSync(whole, folder, { recursive: true });
});

const keep = (): Promise<void> => keepTallies(folder, async () => {});
const names = (ending: string): readonly string[] => readdirSync(folder).filter(name => name.endsWith(ending));
const countsOf = ({ counts }: EventTally) => [...counts].sort(([one], [other]) => one - other);
const eventsOf = (tally: EventTally): number =>
  [...tally.counts.values()].reduce((sum, { switched, trouble, denied }) => sum + switched + trouble + denied, 0);

describe('what is counted of the events', () => {
  it('is the same whether it was kept or not, and what came since is added', async () => {
    const before = readTally(folder, SPAN);
    expect([eventsOf(before), before.lost]).toEqual([61 * 2 + 21, []]);
    await keep();
    expect(names('.tally')).toEqual(['2026-10.tally', '2026-11.tally']);
    expect(countsOf(readTally(folder, SPAN))).toEqual(countsOf(before));
    // Also of a day that is long over.
    const writer = await openHistoryWriter(folder, { wallNow: () => SPAN.until * 1_000 });
    await writer.commitEvents([event(5 * DAY_S, 'client', 'warning')]);
    await writer.commitEvents([event(60 * DAY_S + 3_000)]);
    await writer.close();
    const after = readTally(folder, SPAN);
    expect(eventsOf(after)).toBe(eventsOf(before) + 2);
    expect(after.counts.get((FIRST + 5 * DAY_S) / TALLY_S)).toEqual({ switched: 0, trouble: 1, denied: 0 });
    expect(after.counts.get((FIRST + 60 * DAY_S + 3_000) / TALLY_S)?.switched).toBe(2);
    await keep();
    expect(countsOf(readTally(folder, SPAN))).toEqual(countsOf(after));
  });

  it('is of the stretch that is asked for', async () => {
    await keep();
    const day = { from: FIRST + 3 * DAY_S, until: FIRST + 4 * DAY_S };
    expect([...readTally(folder, day).counts.keys()].map(index => index * TALLY_S - day.from)).toEqual([3_000, 69_900]);
  });

  it('is written only where there is more of it, and gives others their turn', async () => {
    let pauses = 0;
    const pause = async () => void pauses++;
    await keepTallies(folder, pause);
    expect(pauses).toBe(2);
    await keepTallies(folder, pause);
    expect(pauses).toBe(2);
    appendFileSync(join(folder, '2026-10.events'), makeFrame(encodeEvent(event(9))));
    await keepTallies(folder, pause);
    expect(pauses).toBe(3);
  });

  it('is counted anew where the events were written anew', async () => {
    await keep();
    const path = join(folder, '2026-10.events');
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.subarray(0, Math.floor(bytes.length / 2)));
    expect(eventsOf(readTally(folder, { from: FIRST, until: FIRST + 31 * DAY_S }))).toBe(36);
    rmSync(path);
    expect(eventsOf(readTally(folder, { from: FIRST, until: FIRST + 31 * DAY_S }))).toBe(0);
  });

  it('goes with its events where these need not be kept any longer', async () => {
    await keep();
    const limits = { readingDays: null, rollUpYears: 1, budgetBytes: null };
    await pruneHistory(folder, limits, FIRST / DAY_S + 31 + 366, async () => {});
    expect([names('.events'), names('.tally')]).toEqual([['2026-11.events'], ['2026-11.tally']]);
  });
});

const upkeep = () => ({
  ...{ folder, wallNow: () => SPAN.until * 1_000, openFile: openDiskFile },
  ...{ pause: async () => {}, onProgress: () => {} },
});

describe('damage', () => {
  it('of what was counted, at any byte, changes nothing; it is told, and mended', async () => {
    await keep();
    const before = countsOf(readTally(folder, SPAN));
    const path = join(folder, '2026-10.tally');
    const bytes = readFileSync(path);
    for (let at = 0; at < bytes.length; at += EVERY) {
      writeFileSync(path, flipped(bytes, at));
      const tally = readTally(folder, SPAN);
      expect([countsOf(tally), tally.lost], `byte ${at}`).toEqual([before, []]);
      expect(checkHistory(folder).findings, `byte ${at}`).toMatchObject([{ file: '2026-10.tally' }]);
    }
    for (const cut of [0, 1, bytes.length - 1]) {
      writeFileSync(path, bytes.subarray(0, cut));
      expect(countsOf(readTally(folder, SPAN))).toEqual(before);
    }
    expect(await repairHistory(upkeep())).toMatchObject([{ file: '2026-10.tally', lost: [], note: null }]);
    expect(checkHistory(folder).findings).toEqual([]);
    expect(readFileSync(path)).toEqual(bytes);
  });

  it('of an event, at any byte, takes no more than that one, and is told of its time', () => {
    const path = join(folder, '2026-10.events');
    const bytes = readFileSync(path);
    const before = new Map(countsOf(readTally(folder, SPAN)));
    for (let at = 0; at < bytes.length; at += 5 * EVERY) {
      writeFileSync(path, flipped(bytes, at));
      const { counts, lost } = readTally(folder, SPAN);
      expect(eventsOf({ counts, lost }), `byte ${at}`).toBe(61 * 2 + 21 - 1);
      expect(lost, `byte ${at}`).toHaveLength(1);
      for (const [index, marks] of before) {
        const second = index * TALLY_S;
        const isLost = lost.some(({ from, until }) => from < second + TALLY_S && until > second);
        if (!isLost) expect(counts.get(index), `byte ${at}, ${second}`).toEqual(marks);
      }
    }
  });

  it('of an event that was counted before takes nothing from the marks', async () => {
    await keep();
    const before = countsOf(readTally(folder, SPAN));
    const path = join(folder, '2026-10.events');
    writeFileSync(path, flipped(readFileSync(path), 700));
    expect(countsOf(readTally(folder, SPAN))).toEqual(before);
    // Mended the event is gone for good, and what says so has a mark.
    await repairHistory(upkeep());
    const mended = readTally(folder, SPAN);
    expect(eventsOf(mended)).toBe(61 * 2 + 21);
    expect([...mended.counts.values()].reduce((sum, { trouble }) => sum + trouble, 0)).toBe(1);
  });
});

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 16;
  return copy;
}
