import { describe, expect, it } from 'vitest';
import { openDispatch, type Way } from '../../../src/app/notices/dispatch.ts';
import { bodyOf, type Sent } from '../../../src/core/notices/forms.ts';
import { emptyOutbox, type Outbox, parseOutbox } from '../../../src/core/notices/outbox.ts';
import type { Rules } from '../../../src/core/notices/plan.ts';
import { systemClock } from '../../../src/io/clock.ts';
import { postJson } from '../../../src/io/notices/http-post.ts';
import type { Outcome } from '../../../src/io/notices/outcome.ts';
import { closeAfterEach } from '../../helpers/close-after-each.ts';
import { createFakeClock, type FakeClock } from '../../helpers/fake-clock.ts';
import { AT, alarm, book, change } from '../../helpers/notices/changes.ts';
import { answer, type Behave, hangUp, stall, startHttpServer } from '../../helpers/notices/http-server.ts';

const keep = closeAfterEach();
const known = book(...Array.from({ length: 20 }, (_, index) => alarm(`a${index}`)), alarm('a'), alarm('b'));

interface RunSetup {
  readonly clock?: FakeClock;
  readonly kept?: Outbox | null;
  readonly rules?: Rules;
  readonly send?: (sent: Sent) => Promise<Outcome>;
}

/** A dispatch with one channel, whose disk is a text. */
function open({ clock = createFakeClock(AT), kept = null, rules = {}, send }: RunSetup = {}) {
  const disk = { text: '', writes: 0, fault: null as Error | null };
  const sent: Sent[] = [];
  const said: (string | null)[] = [];
  const faults: unknown[] = [];
  const deliver = (one: Sent): Promise<Outcome> => {
    sent.push(one);
    return send?.(one) ?? Promise.resolve({ isDelivered: true, answer: 'fine' });
  };
  const ways: readonly Way[] = [{ name: 'phone', rules, send: deliver }];
  const dispatch = openDispatch({
    ...{ house: 'Home', ways, clock, isOpen: () => true },
    outbox: { kept: kept ?? emptyOutbox('seed'), isNew: kept === null },
    keep: outbox => {
      if (disk.fault !== null) throw disk.fault;
      disk.text = JSON.stringify(outbox);
      disk.writes += 1;
    },
    onOutcome: (_, why) => said.push(why),
    onKept: error => {
      if (error !== null) faults.push(error);
    },
  });
  const outbox = (): Outbox => {
    const read = parseOutbox(disk.text);
    if (read === null) throw new Error(disk.text);
    return read;
  };
  return { clock, dispatch, disk, sent, said, faults, outbox };
}

/** Lets fake time go by in steps, with room for what is done meanwhile. */
async function live(clock: FakeClock, seconds: number, until: () => boolean = () => false): Promise<void> {
  for (let second = 0; second < seconds && !until(); second++) {
    clock.advance(1_000);
    await new Promise(resolve => setImmediate(resolve));
  }
}

describe('what becomes of alarms', () => {
  it('is told, and on the disk before it is', async () => {
    const run = open({
      send: async () => {
        // What is out is known to be out.
        expect(JSON.parse(run.disk.text).channels.phone.queue).toMatchObject([{ isOut: true, tries: 1 }]);
        return { isDelivered: true, answer: 'fine' };
      },
    });
    run.dispatch.take([change('a', 'raised'), change('b', 'raised')], known);
    expect(run.outbox().channels.phone?.plan.held).toHaveLength(2);
    await live(run.clock, 10);
    expect(run.sent.map(({ notice }) => notice.id)).toEqual(['seed-1']);
    expect(run.outbox().channels.phone).toMatchObject({ queue: [], failure: null, deliveredAt: expect.any(Number) });
    expect(run.said).toEqual([null]);
  });

  it('costs the disk nothing while nothing happens', async () => {
    const run = open();
    const before = run.disk.writes;
    await live(run.clock, 600);
    expect(run.disk.writes).toBe(before);
  });

  it('goes on after the disk was full', async () => {
    const run = open();
    run.disk.fault = new Error('ENOSPC');
    run.dispatch.take([change('a', 'raised')], known);
    await live(run.clock, 10);
    expect([run.sent.length, run.faults.length > 0]).toEqual([1, true]);
  });

  it('forgets channels that are there no more', () => {
    const kept = { ...emptyOutbox('seed'), channels: { gone: { queue: [] } as never } };
    expect(Object.keys(open({ kept }).outbox().channels)).toEqual(['phone']);
  });
});

describe('after a restart', () => {
  it('tells what was kept and not taken, once', async () => {
    const first = open();
    const [taken, missed] = [change('a', 'raised'), change('b', 'raised')];
    first.dispatch.take([taken], known);
    await live(first.clock, 10);
    const second = open({ clock: first.clock, kept: first.outbox() });
    second.dispatch.catchUp([taken, missed], known);
    await live(second.clock, 10);
    expect(second.sent.map(({ notice }) => notice.entries.map(({ id }) => id))).toEqual([['b']]);
    const third = open({ clock: second.clock, kept: second.outbox() });
    third.dispatch.catchUp([taken, missed], known);
    await live(third.clock, 10);
    expect(third.sent).toEqual([]);
  });

  it('marks what was out when it was cut off', async () => {
    const first = open({ send: () => new Promise(() => {}) });
    first.dispatch.take([change('a', 'raised')], known);
    await live(first.clock, 10);
    const second = open({ clock: first.clock, kept: first.outbox() });
    await live(second.clock, 1);
    expect(second.sent).toMatchObject([{ isAgain: true, notice: { id: 'seed-1' } }]);
  });

  it('tells nothing of before the first channel was set up', async () => {
    const run = open();
    const old = change('a', 'raised');
    run.dispatch.catchUp([old], known);
    await live(run.clock, 10);
    expect([run.sent, run.outbox().lastChange]).toEqual([[], old.number]);
  });

  it('takes what comes though its numbers began anew', async () => {
    const run = open({ kept: { ...emptyOutbox('seed'), lastChange: 1_000_000 } });
    const fresh = change('a', 'raised', { number: 1 });
    run.dispatch.take([fresh], known);
    await live(run.clock, 10);
    expect([run.sent.length, run.outbox().lastChange]).toEqual([1, 1]);
  });
});

describe('a server that refuses, stalls, closes and fails', () => {
  /** What it does with the next requests; then it is well. */
  const moods: readonly Behave[] = [stall, hangUp, answer(500, 'out of order'), hangUp, answer(503)];

  it('has all in the end, in order, and none twice without a mark', async () => {
    let place = 0;
    const behave: Behave = (response, request) =>
      (moods[place++ % (moods.length + 1)] ?? answer(200))(response, request);
    let server = await startHttpServer(behave);
    const url = server.url;
    const port = Number(new URL(url).port);
    await server.close();
    const clock = systemClock();
    const run = open({
      send: sent => postJson({ url, headers: {}, body: bodyOf('webhook', sent, ''), limitMs: 150 }, clock),
    });
    for (let index = 0; index < 6; index++) {
      run.dispatch.take([change(`a${index}`, 'raised')], known);
      await live(run.clock, 6);
    }
    await expect.poll(() => run.said.length).toBeGreaterThan(0);
    expect(run.outbox().channels.phone?.failure?.why).toBe('nothing listens there');
    server = keep(await startHttpServer(behave, port));
    await expect
      .poll(
        async () => {
          await live(run.clock, 600);
          return run.outbox().channels.phone?.queue.length;
        },
        { timeout: 30_000, interval: 20 },
      )
      .toBe(0);
    const bodies = server.requests.map(({ body }) => JSON.parse(body));
    const order = [...new Set(bodies.map(({ id }) => id))];
    expect(order).toEqual(Array.from({ length: 6 }, (_, index) => `seed-${index + 1}`));
    // One after the other: none comes again once a later one came.
    expect(bodies.map(({ id }) => order.indexOf(id))).toEqual(
      [...bodies.map(({ id }) => order.indexOf(id))].sort((a, b) => a - b),
    );
    for (const id of order) {
      const [, ...others] = bodies.filter(body => body.id === id);
      expect(others.every(({ mayHaveComeBefore }) => mayHaveComeBefore)).toBe(true);
    }
    expect(bodies.length).toBeGreaterThan(6);
    await run.dispatch.close();
  });

  it('keeps no more than a hundred while it is away, and says how many are lost', async () => {
    let isWell = false;
    const run = open({
      send: async () =>
        isWell ? { isDelivered: true, answer: 'fine' } : { isDelivered: false, why: 'away', mayBeDone: false },
    });
    for (let index = 0; index < 130; index++) {
      run.dispatch.take([change(`x${index}`, 'raised')], known);
      await live(run.clock, 400);
    }
    const box = run.outbox().channels.phone;
    expect([box?.queue.length, box?.lost]).toEqual([100, 30]);
    isWell = true;
    await live(run.clock, 3_600);
    expect(run.sent.at(-100)).toMatchObject({ lost: 30 });
    expect(run.sent.at(-99)).toMatchObject({ lost: 0 });
    expect(run.outbox().channels.phone?.queue).toEqual([]);
  });
});
