import { describe, expect, it } from 'vitest';
import { keptText, packReply, readKept, unpackReply } from '../../../src/core/daemon/packed-alarms.ts';
import { runAlarms } from '../../helpers/house/alarm-run.ts';
import { NOON } from '../../helpers/house/house-run.ts';

const HOUR = 3_600_000;

function raised() {
  const run = runAlarms();
  run.connect();
  run.speak(40_000, { 'heating/flow': '84' });
  expect(run.news()).toEqual(['raised flow-high']);
  run.watch.act(['flow-high'], { kind: 'shelve', by: 'me', forMs: HOUR, reason: null }, run.state.at);
  const { alarms } = run.state;
  if (alarms === null) throw new Error('they are watched');
  return { kept: { ...run.watch.keep(), last: run.changes }, reply: { book: alarms, change: 2, changes: run.changes } };
}

describe('what is kept of alarms', () => {
  it('is the same when it is read again, with each moment moved', () => {
    const { kept } = raised();
    expect(readKept(keptText(kept, 0), 0)).toEqual(kept);
    const [alarm] = readKept(keptText(kept, HOUR), 0)?.alarms ?? [];
    expect(alarm).toMatchObject({
      ...{ raisedAt: NOON + 30_000 + HOUR, times: [NOON + 30_000 + HOUR], order: 1, count: 1 },
      shelf: { at: NOON + 40_000 + HOUR, untilAt: NOON + 40_000 + 2 * HOUR },
    });
    expect(readKept(keptText(kept, HOUR), -HOUR)).toEqual(kept);
  });

  it.each([
    ['no JSON', () => '{'],
    ['a list', () => '[]'],
    ['another version', (text: string) => text.replace('"version":1', '"version":2')],
    ['alarms that lack a field', (text: string) => text.replace('"isHeld":false', '"isKept":false')],
    ['no order', (text: string) => text.replace('"number":2,"last"', '"number":"2","last"')],
    ['no changes', (text: string) => text.replace('"last":[', '"first":[')],
  ])('is nothing where it is %s', (_, change) => {
    expect(readKept(change(keptText(raised().kept, 0)), 0)).toBeNull();
  });
});

describe('what a daemon says of its alarms', () => {
  const text = (reply: unknown, byMs = 0): string => JSON.stringify(packReply(reply as never, byMs));

  it('is its book as that of another process', () => {
    const { reply } = raised();
    expect(unpackReply(text(reply), 0)).toEqual({ ...reply, book: { ...reply.book, source: 'daemon' } });
    expect(unpackReply(text(reply, HOUR), -HOUR)?.changes).toEqual(reply.changes);
    expect(unpackReply(text({ ...reply, book: null }), 0)).toEqual({ ...reply, book: null });
  });

  it.each([
    ['no book', { book: {} }],
    ['no number', { change: '2' }],
    ['no changes', { changes: [{}] }],
  ])('is nothing where it has %s', (_, change) => {
    expect(unpackReply(text({ ...raised().reply, ...change }), 0)).toBeNull();
  });
});
