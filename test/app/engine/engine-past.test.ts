import { describe, expect, it } from 'vitest';
import { openEnginePast } from '../../../src/app/engine/engine-past.ts';
import { noEvents } from '../../../src/core/history/query/page-events.ts';
import type { PastPage } from '../../../src/core/history/query/past-page.ts';
import { createHouse } from '../../../src/core/house/house.ts';
import { fail, ok } from '../../../src/core/result.ts';
import type { Engine, EngineQuestion } from '../../../src/io/engine/engine.ts';
import { createFakeClock } from '../../helpers/fake-clock.ts';
import { turns } from '../../helpers/terminal/fake-tty.ts';
import { article } from '../../helpers/ui/home.ts';

const HOUR = 3_600;
const NOW = 30 * 365 * 86_400;
const house = createHouse(article());

const edges = Array.from({ length: 7 }, (_, place) => (NOW - (6 - place) * HOUR) * 1_000);
const pageOf = (question: Partial<PastPage['question']> = {}): PastPage => ({
  question: { sensorId: 'flow', edges, first: 0, comparedEdges: null, asOf: NOW * 1_000, ...question },
  ...{ columns: [], compared: null, events: noEvents, since: null, aheadMs: 0, leftOut: [] },
});

/** An engine that knows a value for each stretch from a moment on, unless it is to do something else. */
function engineFrom(from: number, answer?: (question: EngineQuestion) => ReturnType<Engine['query']>) {
  const asked: EngineQuestion[] = [];
  const query: Engine['query'] = async question => {
    asked.push(question);
    if (answer !== undefined) return answer(question);
    const buckets = question.edges.slice(1).map((until, place) => {
      const begin = question.edges[place] ?? 0;
      const value = until > from ? 42 : null;
      return {
        from: begin,
        until,
        n: value === null ? 0 : 12,
        min: value,
        max: value,
        mean: value,
        last: value,
        gap: null,
      };
    });
    return ok({ items: question.items.map(item => ({ item, buckets, silences: [] })), gaps: [], knownUntil: NOW });
  };
  const engine = { address: { base: 'http://pi:8086' }, query } as unknown as Engine;
  return { engine, asked };
}

function open(engine: Engine | Error) {
  const clock = createFakeClock(NOW * 1_000);
  const early: PastPage[] = [];
  const read = openEnginePast({
    ...{ house: () => house, clock, name: 'the engine' },
    open: async () => {
      if (engine instanceof Error) throw engine;
      return engine;
    },
  });
  return { clock, early, read: (page: PastPage) => read(page, NOW, told => void early.push(told)) };
}

describe('the past from an engine', () => {
  it('is told at once as being asked for, and then as it is', async () => {
    const { engine, asked } = engineFrom(NOW - 3 * HOUR);
    const { read, early } = open(engine);
    const page = await read(pageOf());
    expect(early.map(({ elsewhere }) => elsewhere)).toEqual([{ name: 'pi:8086', kind: 'asked' }]);
    expect(page.elsewhere).toEqual({ name: 'pi:8086', kind: 'told' });
    expect(page.columns.map(({ mean, gap }) => mean ?? gap)).toEqual(['unknown', 'unknown', 'unknown', 42, 42, 42]);
    expect(asked[0]).toMatchObject({ house: 'Home', now: NOW, items: [{ id: 'flow' }] });
  });

  it('is not asked for where all is kept here', async () => {
    const { engine, asked } = engineFrom(0);
    const { read, early } = open(engine);
    const columns = edges.slice(1).map((until, place) => {
      return {
        from: (edges[place] ?? 0) / 1_000,
        until: until / 1_000,
        n: 9,
        min: 1,
        max: 1,
        mean: 1,
        last: 1,
        gap: null,
      };
    });
    const page = { ...pageOf(), columns, unheardShare: 0 };
    expect(await read(page)).toBe(page);
    expect([asked.length, early.length]).toEqual([0, 0]);
  });

  it('stays while the same page is asked for again, and is not asked again where it is over', async () => {
    const { engine, asked } = engineFrom(0);
    const { read, early } = open(engine);
    await read(pageOf());
    await read(pageOf({ asOf: (NOW + 60) * 1_000 }));
    expect(early.map(({ elsewhere }) => elsewhere?.kind)).toEqual(['asked', 'told']);
    expect(asked).toHaveLength(2);
    const over = pageOf({ asOf: 0 });
    expect((await read(over)).elsewhere?.kind).toBe('told');
    expect(asked).toHaveLength(2);
  });

  it('says why it is not told, and asks again with the next page', async () => {
    const refused = engineFrom(0, async () => fail('it answers 401: authorization failed'));
    const { read } = open(refused.engine);
    const { elsewhere, columns } = await read(pageOf());
    expect(elsewhere).toEqual({ name: 'pi:8086', kind: 'failed', why: 'it answers 401: authorization failed' });
    expect(columns.every(({ gap }) => gap === 'unknown')).toBe(true);
    await read(pageOf());
    expect(refused.asked).toHaveLength(2);
    const unread = open(new Error("the engine's login /x cannot be read: there is no such file"));
    expect((await unread.read(pageOf())).elsewhere).toMatchObject({ name: 'the engine', kind: 'failed' });
  });

  it('gives up after ten seconds, and says so', async () => {
    const late = engineFrom(0, ({ signal }) => {
      return new Promise(resolve => signal?.addEventListener('abort', () => resolve(fail('it was broken off'))));
    });
    const { read, clock } = open(late.engine);
    const reading = read(pageOf());
    await turns(2);
    clock.advance(10_000);
    expect((await reading).elsewhere).toMatchObject({ kind: 'failed', why: 'it did not answer within 10 seconds' });
  });

  it('breaks off what is asked for an older page', async () => {
    const signals: AbortSignal[] = [];
    const slow = engineFrom(0, ({ signal }) => {
      if (signal !== undefined) signals.push(signal);
      return new Promise(resolve => signal?.addEventListener('abort', () => resolve(fail('it was broken off'))));
    });
    const { read, clock } = open(slow.engine);
    const first = read(pageOf());
    await turns(2);
    const second = read(pageOf({ edges: edges.map(edge => edge - HOUR * 1_000) }));
    await first;
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
    clock.advance(10_000);
    await second;
  });

  it('also says from when on there is anything, where all is wanted', async () => {
    const begin = NOW - 400 * 86_400;
    const { engine, asked } = engineFrom(begin);
    const { read } = open(engine);
    const { since } = await read(pageOf({ wantsAll: true }));
    // As coarse as 28 days.
    expect((since ?? 0) / 1_000).toBeLessThanOrEqual(begin);
    expect((since ?? 0) / 1_000).toBeGreaterThan(begin - 28 * 86_400);
    await read(pageOf({ wantsAll: true }));
    expect(asked).toHaveLength(3);
  });

  it('asks for the hours that it is compared with, too', async () => {
    const { engine, asked } = engineFrom(0);
    const { read } = open(engine);
    const comparedEdges = edges.map(edge => edge - 86_400_000);
    const page = await read(pageOf({ comparedEdges }));
    expect(asked.map(question => question.edges[0])).toEqual(
      [edges[0], comparedEdges[0]].map(edge => (edge ?? 0) / 1_000),
    );
    expect(page.compared?.every(({ mean }) => mean === 42)).toBe(true);
  });
});
