import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Feed, openFeed } from '../../../src/app/engine/feed.ts';
import { parseEngineAddress } from '../../../src/core/engine/address.ts';
import type { Issue } from '../../../src/core/issue.ts';
import { systemClock } from '../../../src/io/clock.ts';
import { openEngine } from '../../../src/io/engine/engine.ts';
import { openEngineHttp } from '../../../src/io/engine/http.ts';
import { closeAfterEach } from '../../helpers/close-after-each.ts';
import { type FakeInflux2, refusal, startFakeInflux2 } from '../../helpers/engines/influx2.ts';
import { createFakeClock, type FakeClock } from '../../helpers/fake-clock.ts';
import { DAY_FROM, type HouseDay, openHouseDay } from '../../helpers/history/house-day.ts';

const TOKEN = 'a-token';
/** A line for each value of four sensors in a minute, and one that says that it was listened to. */
const LINES_A_MINUTE = 4 * 12 + 1;

let folder = '';
let clock: FakeClock;
let told: (Issue | null)[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-influx2-'));
  clock = createFakeClock((DAY_FROM + 86_400) * 1_000);
  told = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const keep = closeAfterEach();

function feedTo(server: FakeInflux2, { token = TOKEN, bucket = 'hometui' } = {}): Feed {
  const address = parseEngineAddress(`http://127.0.0.1:${server.port}/api/v2/write?org=home&bucket=${bucket}`);
  if (!address.ok) throw new Error(address.error.message);
  const engine = openEngine(address.value, openEngineHttp({ token }, systemClock(), new AbortController().signal));
  return keep(openFeed({ engine, folder, house: 'Home', clock, tell: issue => told.push(issue) }));
}

async function commit(day: HouseDay, feed: Feed, minute: number): Promise<number> {
  const span = await day.commit(minute);
  if (span === null) throw new Error('somebody listened in this minute');
  feed.committed(span);
  return span.until;
}

const answered = (server: FakeInflux2, count: number) =>
  expect.poll(() => server.answers.length, { timeout: 10_000, interval: 5 }).toBe(count);
/** What a feed makes of an answer is done before it waits for its clock. */
const waiting = () => expect.poll(() => clock.pendingTimers(), { timeout: 10_000, interval: 5 }).toBe(1);

describe('InfluxDB 2 and 3, as their documentation says', () => {
  it('gets each line once, with the token, made small', async () => {
    const server = keep(await startFakeInflux2(TOKEN));
    const day = keep(await openHouseDay(folder));
    const feed = feedTo(server);
    const until = await commit(day, feed, 0);
    await expect.poll(feed.sentUntil, { timeout: 10_000 }).toBe(until);
    expect([server.answers, server.lines.length, new Set(server.lines).size]).toEqual([
      [204],
      LINES_A_MINUTE,
      LINES_A_MINUTE,
    ]);
    expect(server.lines.at(-1)).toBe(`hometui_listening,house=Home seconds=60 ${DAY_FROM}000000000`);
    expect(told).toEqual([]);
  });

  it.each([
    [
      { token: 'another' },
      'it answers 401: unauthorized access',
      'Give it a user and password, or a token, that may write there. Nothing is lost',
    ],
    [
      { bucket: 'other' },
      'it answers 404: bucket "other" not found',
      'Make the database other there, or mend its name in the settings. Nothing is lost',
    ],
  ])('%j: keeps all, and says what to do', async (wrong, message, cure) => {
    const server = keep(await startFakeInflux2(TOKEN));
    const day = keep(await openHouseDay(folder));
    const feed = feedTo(server, wrong);
    await commit(day, feed, 0);
    await waiting();
    expect(told.map(issue => issue?.message)).toEqual([expect.stringContaining(message)]);
    expect(told[0]?.cure).toContain(cure);
    expect([feed.sentUntil(), server.lines.length]).toEqual([null, 0]);
  });

  it('that is asked too much is left alone for as long as it says', async () => {
    const server = keep(await startFakeInflux2(TOKEN));
    const day = keep(await openHouseDay(folder));
    const feed = feedTo(server);
    server.refuse({
      ...refusal(429, 'too many requests', 'org is over its limit'),
      headers: { 'Retry-After': '700' },
    });
    await commit(day, feed, 0);
    await waiting();
    expect(told.at(-1)?.message).toContain('it answers 429: org is over its limit');
    // What comes meanwhile waits with it.
    clock.advance(60_000);
    const until = await commit(day, feed, 1);
    clock.advance(639_000);
    await new Promise(resolve => setImmediate(resolve));
    expect(server.answers).toEqual([429]);
    clock.advance(1_000);
    await expect.poll(feed.sentUntil, { timeout: 10_000 }).toBe(until);
    expect([server.answers, server.lines.length, told.at(-1)]).toEqual([[429, 204], 2 * LINES_A_MINUTE, null]);
  });

  it('that wants to be left alone for days is asked again after an hour, and sooner than ours is never', async () => {
    const server = keep(await startFakeInflux2(TOKEN));
    const day = keep(await openHouseDay(folder));
    const feed = feedTo(server);
    const busy = (after: string) => ({
      ...refusal(503, 'unavailable', 'the engine is starting'),
      headers: { 'Retry-After': after },
    });
    server.refuse(busy('864000'), busy('1'));
    const until = await commit(day, feed, 0);
    await waiting();
    clock.advance(3_599_999);
    await new Promise(resolve => setImmediate(resolve));
    expect(server.answers).toEqual([503]);
    clock.advance(1);
    await answered(server, 2);
    await waiting();
    // The second wait of ours is 20 s.
    clock.advance(19_999);
    await new Promise(resolve => setImmediate(resolve));
    expect(server.answers).toEqual([503, 503]);
    clock.advance(1);
    await expect.poll(feed.sentUntil, { timeout: 10_000 }).toBe(until);
    expect(server.lines.length).toBe(LINES_A_MINUTE);
  });

  it('gets less at once where it says that it is too much, until it takes it', async () => {
    // Two minutes of lines are more than it takes.
    const server = keep(await startFakeInflux2(TOKEN, 5_000));
    const day = keep(await openHouseDay(folder));
    for (let minute = 0; minute < 9; minute++) await day.commit(minute);
    const feed = feedTo(server);
    const until = await commit(day, feed, 9);
    await expect.poll(feed.sentUntil, { timeout: 10_000 }).toBe(until);
    expect(server.answers.filter(status => status === 413).length).toBeGreaterThan(0);
    expect([server.lines.length, new Set(server.lines).size]).toEqual([10 * LINES_A_MINUTE, 10 * LINES_A_MINUTE]);
    expect(told).toEqual([]);
  });

  it.each([
    [400, 'invalid', 'unable to parse: invalid field format'],
    [422, 'unprocessable entity', 'failure writing points to database: points beyond retention policy'],
  ])('%i: leaves out what it will never take, says so, and goes on', async (status, code, message) => {
    const server = keep(await startFakeInflux2(TOKEN));
    const day = keep(await openHouseDay(folder));
    const feed = feedTo(server);
    server.refuse(refusal(status, code, message));
    const until = await commit(day, feed, 0);
    await expect.poll(feed.sentUntil, { timeout: 10_000 }).toBe(until);
    expect(told[0]?.message).toContain(`it answers ${status}: ${message}`);
    expect(told[0]?.cure).toBe('They are missing there; the history here has them.');
    const next = await commit(day, feed, 1);
    await expect.poll(feed.sentUntil, { timeout: 10_000 }).toBe(next);
    expect([server.answers, server.lines.length, told.at(-1)]).toEqual([[status, 204], LINES_A_MINUTE, null]);
  });
});
