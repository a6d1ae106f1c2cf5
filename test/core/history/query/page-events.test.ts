import { describe, expect, it } from 'vitest';
import { makeFrame } from '../../../../src/core/history/bytes/frame.ts';
import { joinBytes } from '../../../../src/core/history/day-file.ts';
import { type EventTally, joinTallies, TALLY_S, tallyFile } from '../../../../src/core/history/event-tally.ts';
import { encodeEvent, type HistoryEvent } from '../../../../src/core/history/history-event.ts';
import {
  type EventSource,
  type EventsAsked,
  readPageEvents,
  readToldEvents,
} from '../../../../src/core/history/query/page-events.ts';
import type { Span } from '../../../../src/core/history/spans.ts';

const HOUR = 3_600;
const DAY = 24 * HOUR;
/** A whole hour, seconds since 1970. */
const START = 1_795_910_400;

const event = (second: number, type = 'switch', severity = 'info'): HistoryEvent => ({
  ...{ at: (START + second) * 1_000, type, id: null, severity, text: `${second}`, detail: {} },
});
const denial = (second: number): HistoryEvent => event(second, 'denial', 'critical');

interface Asked {
  readonly what: 'events' | 'tally';
  readonly span: Span;
}

function sourceOf(events: readonly HistoryEvent[], asked: Asked[] = [], lost: EventTally['lost'] = []): EventSource {
  const tally = tallyFile(joinBytes(events.map(one => makeFrame(encodeEvent(one)))), START);
  return {
    events: span => {
      asked.push({ what: 'events', span });
      return events.filter(({ at }) => at >= span.from * 1_000 && at < span.until * 1_000);
    },
    tally: span => {
      asked.push({ what: 'tally', span });
      return joinTallies([{ ...tally, lost: [...lost] }], span);
    },
  };
}

/** So many columns of a length from the start. */
const columns = (count: number, lengthS: number): readonly number[] =>
  Array.from({ length: count + 1 }, (_, place) => START + place * lengthS);

const ask = (source: EventSource, edges: readonly number[], more: Partial<EventsAsked> = {}) =>
  readPageEvents(source, { edges, now: START + 10_000 * DAY, told: null, aheadMs: 0, ...more });

describe('what happened on a page', () => {
  it('has a mark for each column in which anything did, the worst of it, and how much that was', () => {
    const events = [event(-1), event(0), event(3_599), denial(3_599), event(7_200, 'link', 'warning'), event(10_800)];
    const { marks, newest, told, lost } = ask(sourceOf(events), columns(3, HOUR));
    expect(
      marks.map(({ from, until, mark, count }) => [from / 1_000 - START, until / 1_000 - START, mark, count]),
    ).toEqual([
      [0, 3_600, 'denied', 3],
      [7_200, 10_800, 'trouble', 1],
    ]);
    expect(newest.map(({ text, mark }) => [text, mark])).toEqual([
      ['0', 'switched'],
      ['3599', 'switched'],
      ['3599', 'denied'],
      ['7200', 'trouble'],
    ]);
    expect([told, lost]).toEqual([null, []]);
  });

  it('is the same for a year, of which no more is read than is told', () => {
    const events = Array.from({ length: 365 * 4 }, (_, place) => event(place * 6 * HOUR));
    const asked: Asked[] = [];
    const { marks, newest } = ask(sourceOf(events, asked), columns(73, 5 * DAY));
    expect(marks.map(({ count }) => count)).toEqual(new Array(73).fill(20));
    expect(newest.map(({ text }) => Number(text))).toEqual(
      Array.from({ length: 200 }, (_, place) => (365 * 4 - 200 + place) * 6 * HOUR),
    );
    const read = asked
      .filter(({ what }) => what === 'events')
      .reduce((sum, { span }) => sum + span.until - span.from, 0);
    expect(read).toBe((2 + 31 + 31) * DAY);
  });

  it('looks for the newest as far back as the page goes, and no further', () => {
    const { newest } = ask(sourceOf([event(-1), event(0), event(300 * DAY)]), columns(73, 5 * DAY));
    expect(newest.map(({ text }) => Number(text))).toEqual([0, 300 * DAY]);
  });

  it('ends with the second that is now, also within what is counted as one', () => {
    for (const edges of [columns(4, TALLY_S), columns(4, 250)]) {
      const events = [event(5), event(400), event(410), event(411), event(900)];
      const { marks, newest } = ask(sourceOf(events), edges, { now: START + 410 });
      expect(marks.map(({ count }) => count)).toEqual([1, 2]);
      expect(newest.map(({ text }) => text)).toEqual(['5', '400', '410']);
    }
    expect(ask(sourceOf([event(5)]), columns(4, HOUR), { now: START - 1 }).marks).toEqual([]);
    expect(ask(sourceOf([event(5)]), columns(4, HOUR), { now: START - 100 }).newest).toEqual([]);
  });

  it('counts the events themselves where a column begins within what is counted as one', () => {
    const edges = [START + 10, START + 310, START + 610, START + 70 * DAY];
    const { marks } = ask(sourceOf([event(9), event(10), event(309), event(310), event(69 * DAY)]), edges);
    expect(marks.map(({ from, count }) => [from / 1_000 - START, count])).toEqual([
      [10, 2],
      [310, 1],
      [610, 1],
    ]);
  });

  it('tells the column that is asked for', () => {
    const events = Array.from({ length: 500 }, (_, second) => event(second));
    const told = (from: number, until: number, now = START + DAY) =>
      ask(sourceOf(events), columns(3, HOUR), { told: { from: START + from, until: START + until }, now }).told?.map(
        ({ text }) => Number(text),
      );
    expect(told(3, 6)).toEqual([3, 4, 5]);
    expect(told(0, 500)).toEqual(Array.from({ length: 200 }, (_, place) => 300 + place));
    expect(told(0, 500, START + 2)).toEqual([0, 1, 2]);
    const alone = readToldEvents(sourceOf(events), { from: START, until: START + 9 }, START + 1, 5_000);
    expect(alone.map(({ at }) => at - START * 1_000)).toEqual([5_000, 6_000]);
  });

  it('says of which time something cannot be read any more, in the time of the house', () => {
    const lost = [
      { from: START + 100, until: START + 200 },
      { from: START + 150, until: START + 400 },
      { from: START - 9, until: START },
    ];
    for (const edges of [columns(3, HOUR), columns(3, 1_000)]) {
      const page = ask(sourceOf([event(5)], [], lost), edges, { aheadMs: 90_000 });
      expect(page.lost).toContainEqual({ from: (START + 100) * 1_000 + 90_000, until: (START + 400) * 1_000 + 90_000 });
      expect(page.lost.filter(({ from }) => from > START * 1_000 + 90_000)).toHaveLength(1);
      expect(page.marks[0]?.from).toBe(START * 1_000 + 90_000);
      expect(page.newest[0]?.at).toBe((START + 5) * 1_000 + 90_000);
    }
  });
});
