import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openRecorder, type Recorder } from '../../../src/app/history/recorder.ts';
import { createStore, type HomeStore } from '../../../src/app/store.ts';
import { type ExportFormat, exportHistory } from '../../../src/cli/history/export-history.ts';
import { readItems } from '../../../src/core/history/query/items.ts';
import { localEdges } from '../../../src/core/history/query/local-edges.ts';
import { queryHistory } from '../../../src/core/history/query/query.ts';
import type { Span } from '../../../src/core/history/spans.ts';
import { openTimeWatch } from '../../../src/io/clock.ts';
import { openHistoryReader } from '../../../src/io/history-store/reader.ts';
import { createFakeClock, type FakeClock } from '../../helpers/fake-clock.ts';
import { connected, emptyHome, message, START } from '../../helpers/ui/home.ts';

const MINUTE = 60_000;
const HOUR = 3_600_000;
/** The clocks of Vienna are put forward, and back. */
const SPRING = Date.UTC(2026, 2, 29, 1);
const AUTUMN = Date.UTC(2026, 9, 25, 1);

interface Run {
  readonly clock: FakeClock;
  readonly store: HomeStore;
  readonly folder: string;
  /** Lives for so many minutes, from now on unless told; without a voice the device says nothing. */
  readonly live: (minutes: number, hasVoice?: boolean, from?: number) => void;
  recorder: Recorder;
}

const lost = (at: number) =>
  ({
    type: 'link-changed',
    at,
    link: {
      phase: 'waiting',
      attempt: 1,
      retryAt: at + 1_000,
      failure: { kind: 'closed', message: 'the broker closed the connection', cure: 'Wait.', code: null },
    },
  }) as const;

/** What happens in the sixth minute, and when the story begins. */
const CASES: readonly (readonly [what: string, start: number, happen: (run: Run) => void | Promise<void>])[] = [
  ['nothing', START, () => {}],
  [
    'link lost for 10 min',
    START,
    run => {
      run.store.dispatch(lost(run.clock.now()));
      run.live(10, false);
      run.store.dispatch(connected(run.clock.now()));
    },
  ],
  [
    'recording stopped for 10 min',
    START,
    async run => {
      await run.recorder.close();
      run.live(10);
      run.recorder = record(run);
    },
  ],
  ['device silent for 10 min', START, run => run.live(10, false)],
  ['machine asleep for 10 min', START, ({ clock }) => clock.suspend(10 * MINUTE)],
  ['program stopped for 10 min', START, ({ clock }) => clock.stop(10 * MINUTE)],
  ['clock set forward by 1 h', START, ({ clock }) => clock.setWall(HOUR)],
  ['clock set back by 1 h', START, ({ clock }) => clock.setWall(-HOUR)],
  ['summer time begins', SPRING - 5 * MINUTE, () => {}],
  ['summer time ends', AUTUMN - 5 * MINUTE, () => {}],
];

let place: string;
const zone = process.env.TZ;
beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'hometui-gaps-'));
  process.env.TZ = 'Europe/Vienna';
});
afterAll(() => {
  process.env.TZ = zone;
  rmSync(place, { recursive: true, force: true });
});

function record(
  { store, clock, folder }: Omit<Run, 'recorder' | 'live'>,
  onCommitted?: (span: Span) => void,
): Recorder {
  const machine = { readDiskFacts: () => null, readTimeSync: () => 'yes' as const };
  return openRecorder({ store, clock, folder, keepaliveMs: 15_000, version: '1.2.3', machine, onCommitted });
}

function open(start: number, folder: string, onCommitted?: (span: Span) => void): Run {
  const clock = createFakeClock(start);
  const store = createStore(emptyHome(), () => {});
  openTimeWatch(clock, store.dispatch);
  store.dispatch(connected(clock.now()));
  const live: Run['live'] = (minutes, hasVoice = true, from = clock.now()) => {
    for (let second = 5; second <= 60 * minutes; second += 5) {
      clock.advance(Math.max(0, from + 1_000 * second - clock.now()));
      store.dispatch({ type: 'ticked', at: clock.now() });
      if (hasVoice) store.dispatch(message(clock.now(), 'heating/flow', '55.1'));
    }
  };
  const run = { clock, store, folder, live };
  return { ...run, recorder: record(run, onCommitted) };
}

/** A stretch, in minutes from the beginning, as `5 to 15`. */
const inMinutes = (from: number, until: number, start: number): string =>
  `${Math.round((from - start / 1_000) / 60)} to ${Math.round((until - start / 1_000) / 60)}`;

/** What is shown of it, what each form of export says, and what is told in words. */
function look(folder: string, start: number, end: number): readonly string[] {
  const reader = openHistoryReader(folder);
  const house = emptyHome().house;
  const span = { from: Math.floor(start / 1_000), until: Math.ceil(end / 1_000) };
  const items = readItems(reader.series, house, new Set(['flow']));
  const edges = Array.from({ length: (span.until - span.from) / 60 + 1 }, (_, index) => span.from + 60 * index);
  const { items: answers, gaps } = queryHistory(reader, items, edges, span.until);
  const buckets = answers[0]?.buckets ?? [];
  const shown = [
    ...gaps.map(({ kind, from, until }) => `${kind} ${inMinutes(from, until, start)}`),
    ...(answers[0]?.silences ?? []).map(({ from, until }) => `silent ${inMinutes(from, until, start)}`),
  ];
  const most = Math.max(...buckets.map(({ n }) => n));
  const twice = buckets.filter(({ n }) => n > 13).length;
  const form = (format: ExportFormat): string => exported(format, folder, span, start);
  const texts = reader.events(span).filter(({ type }) => type !== 'recording');
  return [
    shown.join(', ') || 'no gap',
    `${buckets.filter(({ n }) => n > 0).length} min${twice > 0 ? `, ${twice} of them with ${most} values` : ''}`,
    ...(['csv', 'jsonl', 'line-protocol', 'openmetrics'] as const).map(form),
    texts.map(({ text }) => text.replace(/[:;].*/, '')).join(', ') || '-',
  ];
}

function exported(format: ExportFormat, folder: string, span: { from: number; until: number }, start: number): string {
  const reader = openHistoryReader(folder);
  const items = readItems(reader.series, emptyHome().house, new Set(['flow']));
  const time = { ...span, stepS: null, edges: [span.from, span.until] };
  const only = new Set(['flow']);
  const given = { reader, items, time, now: span.until, house: 'Home', only };
  const text = [...exportHistory(given, format, () => {})].join('');
  const lines = text.split(/\r?\n/);
  const values = lines.filter(line => /,reading,|"reading"| value=|^hometui_sensor/.test(line)).length;
  const told = lines.flatMap(line => {
    const kind = /not-listening|silent|damaged/.exec(line)?.[0];
    const [from = '', until = ''] = line.match(/\d{4}-\d\d-\d\dT[\d:.]+Z/g) ?? [];
    return kind === undefined
      ? []
      : [`${kind} ${inMinutes(Date.parse(from) / 1_000, Date.parse(until) / 1_000, start)}`];
  });
  return [`${values}`, ...told].join(', ');
}

/** As columns, so that one sees it. */
function asTable(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0))) ?? [];
  return rows
    .map(row =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join(' | ')
        .trimEnd(),
    )
    .join('\n');
}

it('each gap is shown and exported as what it was', async () => {
  const rows: (readonly string[])[] = [
    ['what', 'shown', 'values in', 'csv', 'jsonl', 'line protocol', 'openmetrics', 'told'],
  ];
  for (const [index, [what, start, happen]] of CASES.entries()) {
    const folder = join(place, String(index));
    const run = open(start, folder);
    run.live(5);
    await happen(run);
    run.live(5);
    const wallEnd = Math.max(run.clock.wallNow(), start + 5 * MINUTE);
    await run.recorder.close();
    const from = what.includes('back') ? start - HOUR : start;
    rows.push([what, ...look(folder, from, wallEnd)]);
  }
  expect(`\n${asTable(rows)}\n`).toMatchInlineSnapshot(`
    "
    what                         | shown                                        | values in | csv                                               | jsonl                                             | line protocol | openmetrics | told
    nothing                      | no gap                                       | 10 min    | 119                                               | 119                                               | 119           | 119         | -
    link lost for 10 min         | not-listening 5 to 15                        | 11 min    | 119, not-listening 5 to 15                        | 119, not-listening 5 to 15                        | 119           | 119         | the broker closed the connection, connected to localhost
    recording stopped for 10 min | not-listening 5 to 15                        | 11 min    | 119, not-listening 5 to 15                        | 119, not-listening 5 to 15                        | 119           | 119         | -
    device silent for 10 min     | silent 5 to 15                               | 11 min    | 119, silent 5 to 15                               | 119, silent 5 to 15                               | 119           | 119         | heating is stale, heating is live again after 10 min
    machine asleep for 10 min    | not-listening 5 to 15                        | 11 min    | 119, not-listening 5 to 15                        | 119, not-listening 5 to 15                        | 119           | 119         | hometui itself stood still for 10 min, or the clock of this machine was put forward
    program stopped for 10 min   | not-listening 5 to 15                        | 11 min    | 119, not-listening 5 to 15                        | 119, not-listening 5 to 15                        | 119           | 119         | hometui itself stood still for 9 min, or the clock of this machine was put forward
    clock set forward by 1 h     | not-listening 5 to 65                        | 11 min    | 119, not-listening 5 to 65                        | 119, not-listening 5 to 65                        | 119           | 119         | hometui itself stood still for 60 min, or the clock of this machine was put forward
    clock set back by 1 h        | not-listening 0 to 5, not-listening 10 to 60 | 11 min    | 119, not-listening 0 to 5, not-listening 10 to 60 | 119, not-listening 0 to 5, not-listening 10 to 60 | 119           | 119         | the clock of this machine was set back
    summer time begins           | no gap                                       | 10 min    | 119                                               | 119                                               | 119           | 119         | -
    summer time ends             | no gap                                       | 10 min    | 119                                               | 119                                               | 119           | 119         | -
    "
  `);
});

it.each([
  [SPRING, 23, [1, 3]],
  [AUTUMN, 25, [2, 2]],
])('a day on which the clocks change has its hours, and each its values: %d', async (change, hours, around) => {
  const folder = join(place, `day-${change}`);
  let writtenUntil = 0;
  const run = open(change - 90 * MINUTE, folder, ({ until }) => {
    writtenUntil = until;
  });
  const begunAt = run.clock.now();
  for (let minute = 0; minute < 180; minute += 10) {
    run.live(10, true, begunAt + minute * MINUTE);
    // At midnight a day is sealed, which waits between two pieces by this clock: how often depends on how quick the disk is.
    await vi.waitFor(
      () => {
        run.clock.advance(50);
        expect(writtenUntil).toBeGreaterThan(run.clock.now() / 1_000 - 90);
      },
      { timeout: 15_000 },
    );
  }
  await run.recorder.close();
  const reader = openHistoryReader(folder);
  const items = readItems(reader.series, emptyHome().house, new Set(['flow']));
  const noon = change / 1_000;
  const edges = localEdges(noon - 3_600, noon + 20 * 3_600, 3_600);
  const dayEdges = localEdges(noon, noon + 1, 86_400);
  expect(((dayEdges[1] ?? 0) - (dayEdges[0] ?? 0)) / 3_600).toBe(hours);
  const { items: answers, gaps } = queryHistory(reader, items, edges, Math.floor(run.clock.wallNow() / 1_000));
  const near = (answers[0]?.buckets ?? []).filter(({ from }) => Math.abs(from - (noon - 1_800)) <= 1_800);
  expect(near.map(({ n }) => n)).toEqual([720, 720]);
  expect(near.map(({ from }) => new Date(from * 1_000).getHours())).toEqual(around);
  expect(gaps.filter(({ from, until }) => from >= noon - 5_390 && until <= noon + 5_390)).toEqual([]);
});
