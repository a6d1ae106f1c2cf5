import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Feed, openFeed } from '../../../src/app/engine/feed.ts';
import { openPast } from '../../../src/app/history/past.ts';
import { createPastReader } from '../../../src/app/history/past-reader.ts';
import { parseEngineAddress } from '../../../src/core/engine/address.ts';
import { engineItems } from '../../../src/core/engine/engine-history.ts';
import { type HistoryBucket, queryHistory } from '../../../src/core/history/query/query.ts';
import { createHouse } from '../../../src/core/house/house.ts';
import { presets } from '../../../src/core/house/presets.ts';
import type { Issue } from '../../../src/core/issue.ts';
import { systemClock } from '../../../src/io/clock.ts';
import { type Engine, openEngine } from '../../../src/io/engine/engine.ts';
import { type EngineLogin, openEngineHttp } from '../../../src/io/engine/http.ts';
import { openHistoryReader } from '../../../src/io/history-store/reader.ts';
import { parseConnectionOptions } from '../../../src/io/mqtt-options/mqtt-options.ts';
import { type CuttingProxy, openCuttingProxy } from '../../helpers/brokers/cutting-proxy.ts';
import { closeAfterEach } from '../../helpers/close-after-each.ts';
import { type RunningEngine, startInflux, startVictoria } from '../../helpers/engines/engines.ts';
import { createFakeClock, type FakeClock } from '../../helpers/fake-clock.ts';
import { DAY_FROM, openHouseDay } from '../../helpers/history/house-day.ts';
import { requireProgram } from '../../helpers/require-program.ts';

const { article: houseConfig } = presets;
if (houseConfig === undefined) throw new Error('the preset is gone');
const house = createHouse(houseConfig);
const NAME = 'Our house, "1"';
const named = createHouse({ ...houseConfig, name: NAME });

const ENGINES: readonly [name: string, isThere: boolean, start: () => Promise<RunningEngine>][] = [
  ['InfluxDB 1', requireProgram('influxd', 'influxdb') !== null, () => startInflux()],
  ['VictoriaMetrics', requireProgram('victoria-metrics') !== null, () => startVictoria()],
];

const keep = closeAfterEach();
let folder = '';
let clock: FakeClock;
let told: (Issue | null)[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-feed-'));
  clock = createFakeClock((DAY_FROM + 86_400) * 1_000);
  told = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function engineAt(port: number, login: EngineLogin = {}): Engine {
  const address = parseEngineAddress(`http://127.0.0.1:${port}/write?db=hometui`);
  if (!address.ok) throw new Error(address.error.message);
  return openEngine(address.value, openEngineHttp(login, systemClock(), new AbortController().signal));
}

const feedTo = (engine: Engine): Feed =>
  openFeed({ engine, folder, house: NAME, clock, tell: issue => told.push(issue) });

/** Lets the waits of a feed go by until it has sent all up to a second. */
async function sent(feed: Feed, second: number, port: number): Promise<void> {
  await expect
    .poll(
      async () => {
        if (feed.sentUntil() === second) return second;
        await flush(port);
        clock.advanceToNextTimer();
        return feed.sentUntil();
      },
      { timeout: 20_000, interval: 20 },
    )
    .toBe(second);
}

/** In VictoriaMetrics what was written is seen a little later. */
async function flush(port: number): Promise<void> {
  await fetch(`http://127.0.0.1:${port}/internal/force_flush`);
}

/** What the engine tells of the day is what is kept here, within rounding. */
async function expectAsHere(engine: Engine): Promise<void> {
  const reader = openHistoryReader(folder);
  const items = engineItems(house, null);
  const kept = items.map(item => ({ ...item, series: reader.series.filter(({ id }) => id === item.id) }));
  for (const stepS of [60, 1_080, 7_200]) {
    const edges = Array.from({ length: 86_400 / stepS + 1 }, (_, place) => DAY_FROM + place * stepS);
    const ours = queryHistory(reader, kept, edges, DAY_FROM + 86_400);
    const answer = await engine.query({ house: NAME, items, edges, now: DAY_FROM + 86_400 });
    if (!answer.ok) throw new Error(answer.error);
    const differences = ours.items.flatMap(({ buckets, item }, place) =>
      buckets.flatMap((bucket, at) => {
        const other = answer.value.items[place]?.buckets[at];
        return isSame(bucket, other) ? [] : [{ id: item.id, bucket, other }];
      }),
    );
    expect(differences.slice(0, 3), `every ${stepS} s`).toEqual([]);
    expect(ours.items[0]?.buckets.some(({ gap }) => gap === 'not-listening')).toBe(stepS === 60);
  }
  await expectSameCharts(engine);
}

/** A console that recorded nothing draws from the engine what is drawn here; of what is not there it says no reason. */
async function expectSameCharts(engine: Engine): Promise<void> {
  const here = openPast({ house: () => named, folder, clock });
  const link = parseConnectionOptions({ url: 'mqtt://127.0.0.1' }, Math.random);
  if (!link.ok) throw new Error('that is an address');
  const open = async (): Promise<Engine> => engine;
  const there = createPastReader({
    env: {},
    clock,
    house: () => named,
    link: link.value,
    engine: { name: 'it', open },
  });
  const end = DAY_FROM + 86_400;
  for (const [hours, columnS] of [
    [1, 60],
    [6, 360],
    [24, 900],
    [7 * 24, 7_200],
    [365 * 24, 7 * 86_400],
  ] as const) {
    const count = Math.ceil((hours * 3_600) / columnS);
    const edges = Array.from({ length: count + 1 }, (_, place) => (end - (count - place) * columnS) * 1_000);
    const question = { sensorId: 'temperature', edges, first: 0, comparedEdges: null, asOf: 0 };
    const [ours, theirs] = [here(question).result, (await there(question))?.result];
    if (!ours.ok || theirs?.ok !== true) throw new Error('there is a page');
    expect(theirs.value.elsewhere).toMatchObject({ kind: 'told' });
    const others = theirs.value.columns;
    const differences = ours.value.columns.filter((own, place) => {
      const other = others[place];
      const gap = own.gap === null ? null : 'unknown';
      return other?.gap !== gap || !isSame({ ...own, gap: null }, { ...other, gap: null });
    });
    expect(differences.slice(0, 3), `${hours} h`).toEqual([]);
    expect(others.some(({ n }) => n > 0)).toBe(true);
  }
}

function isSame(one: HistoryBucket, other: HistoryBucket | undefined): boolean {
  if (other === undefined) return false;
  const { mean, ...others } = one;
  const isNear = mean === other.mean || Math.abs((mean ?? 0) - (other.mean ?? Number.NaN)) <= 0.011;
  return isNear && Object.entries(others).every(([name, value]) => other[name as keyof HistoryBucket] === value);
}

describe.each(ENGINES)('%s', (_, isThere, start) => {
  it.runIf(isThere)(
    'has a whole day, once, though the network was cut twice and the feed was killed',
    async () => {
      const server = keep(await start());
      const proxy: CuttingProxy = keep(await openCuttingProxy(server.port));
      const day = keep(await openHouseDay(folder));
      let feed = feedTo(engineAt(Number(new URL(proxy.url).port)));
      for (let minute = 0; minute < 1_440; minute++) {
        // What is sent is lost; later what was sent arrives, and the answer is lost.
        if (minute === 480) proxy.cutBefore();
        if (minute === 900) proxy.cutAfter();
        const span = await day.commit(minute);
        if (span !== null && minute % 20 === 19) {
          feed.committed({ from: span.until - 1_200, until: span.until });
          await sent(feed, span.until, server.port);
        }
        // As killed: nothing is noted, and the next one begins where the last note says.
        if (minute === 1_200) {
          await flush(server.port);
          feed = feedTo(engineAt(Number(new URL(proxy.url).port)));
        }
      }
      feed.committed({ from: DAY_FROM + 86_400, until: DAY_FROM + 86_400 });
      await sent(feed, DAY_FROM + 86_400, server.port);
      await feed.close();
      await flush(server.port);

      await expectAsHere(engineAt(server.port));
      expect(told.filter(issue => issue !== null).length).toBeGreaterThan(0);
      expect(told.at(-1)).toBeNull();
    },
    120_000,
  );

  it.runIf(isThere)('keeps what it may not send, and sends it once it may', async () => {
    const server = keep(await start());
    const day = keep(await openHouseDay(folder));
    const span = await day.commit(0);
    const port = server.port;
    await server.close();
    const feed = keep(feedTo(engineAt(port)));
    feed.committed(span ?? { from: 0, until: 0 });
    await expect.poll(() => told.length, { timeout: 10_000 }).toBe(1);
    expect(told[0]?.message).toBe(`nothing can be sent to the engine http://127.0.0.1:${port}: nothing listens there`);
    expect(feed.sentUntil()).toBeNull();
  });
});

describe.runIf(requireProgram('influxd', 'influxdb') !== null)('InfluxDB 1', () => {
  it('wants a login: the right one is used, a wrong one is told and nothing is left out', async () => {
    const server = keep(await startInflux(true));
    const day = keep(await openHouseDay(folder));
    const span = (await day.commit(0)) ?? { from: 0, until: 0 };
    const wrong = feedTo(engineAt(server.port, { user: 'admin', password: 'wrong' }));
    wrong.committed(span);
    await expect.poll(() => told.length, { timeout: 10_000 }).toBe(1);
    expect(told[0]?.message).toContain('it answers 401: authorization failed');
    expect(told[0]?.cure).toContain('Nothing is lost');
    await wrong.close();
    const right = feedTo(engineAt(server.port, { user: 'admin', password: 'secret' }));
    right.committed(span);
    await sent(right, span.until, server.port);
    await right.close();
  });

  it('has no such database: it is told by its name, and nothing is left out', async () => {
    const server = keep(await startInflux());
    const day = keep(await openHouseDay(folder));
    const span = (await day.commit(0)) ?? { from: 0, until: 0 };
    const address = parseEngineAddress(`http://127.0.0.1:${server.port}/write?db=other`);
    if (!address.ok) throw new Error(address.error.message);
    const feed = feedTo(openEngine(address.value, openEngineHttp({}, systemClock(), new AbortController().signal)));
    feed.committed(span);
    await expect.poll(() => told.length, { timeout: 10_000 }).toBe(1);
    expect(told[0]?.message).toContain('database not found');
    expect(told[0]?.cure).toContain('Make the database other there');
    expect(feed.sentUntil()).toBeNull();
    await feed.close();
  });
});
