import { describe, expect, it } from 'vitest';
import { makeFrame } from '../../../src/core/history/bytes/frame.ts';
import { joinBytes } from '../../../src/core/history/day-file.ts';
import {
  addMarks,
  decodeTally,
  encodeTally,
  type FileTally,
  joinTallies,
  noMarks,
  TALLY_S,
  tallyFile,
  tallyMore,
} from '../../../src/core/history/event-tally.ts';
import { encodeEvent, type HistoryEvent } from '../../../src/core/history/history-event.ts';

/** The begin of a stretch. */
const START = 300 * 5_986_368;

const event = (second: number, type = 'switch', severity = 'info'): HistoryEvent => ({
  ...{ at: (START + second) * 1_000 + 999, type, id: 'pump', severity, text: `at ${second}`, detail: {} },
});
const frameOf = (one: HistoryEvent): Uint8Array => makeFrame(encodeEvent(one));
const fileOf = (...events: readonly HistoryEvent[]): Uint8Array => joinBytes(events.map(frameOf));
const tallyOf = (...events: readonly HistoryEvent[]): FileTally => tallyFile(fileOf(...events), START);
const countsOf = ({ counts }: Pick<FileTally, 'counts'>) =>
  [...counts].map(([index, marks]) => [index - START / TALLY_S, marks.switched, marks.trouble, marks.denied]);
/** The last frame that is counted, to the end. */
const tailOf = ({ last }: FileTally, bytes: Uint8Array): Uint8Array => bytes.subarray(last.start);

describe('what is counted of events', () => {
  it('is how many of each mark there are in five minutes, and nothing of what is worth none', () => {
    const tally = tallyOf(
      event(0),
      event(299, 'denial', 'critical'),
      event(300, 'client', 'warning'),
      event(599),
      event(599, 'verdict', 'good'),
      event(600, 'command'),
      event(900, 'denial', 'critical'),
    );
    expect(countsOf(tally)).toEqual([
      [0, 1, 0, 1],
      [1, 2, 1, 0],
      [3, 0, 0, 1],
    ]);
    expect([tally.lost, tally.isCutOff]).toEqual([[], false]);
  });

  it('is nothing of a file without an event, and goes on from there', () => {
    const none = tallyFile(new Uint8Array(100), START);
    expect([none.counts.size, none.lost, none.end, none.isCutOff]).toEqual([0, [], 0, false]);
    const room = joinBytes([frameOf(event(1)), new Uint8Array(64)]);
    expect(tallyFile(room, START)).toEqual(tallyOf(event(1)));
  });

  it('goes on with what came since, wherever that was cut', () => {
    const events = [event(5), event(700, 'denial', 'critical'), event(20, 'client', 'warning'), event(9_000)];
    const bytes = fileOf(...events);
    for (let count = 1; count <= events.length; count++) {
      const known = tallyOf(...events.slice(0, count));
      expect(tallyMore(known, tailOf(known, bytes))).toEqual(tallyOf(...events));
    }
  });

  it('does not go on with a file that was written anew', () => {
    const known = tallyOf(event(5), event(700));
    for (const other of [
      fileOf(event(5), event(701)),
      fileOf(event(5)),
      new Uint8Array(0),
      fileOf(event(1_234), event(7)),
    ]) {
      expect(tallyMore(known, tailOf(known, other))).toBeNull();
    }
    // The same frame at another end is none of it.
    expect(tallyMore({ ...known, end: known.end + 1 }, tailOf(known, fileOf(event(5), event(700))))).toBeNull();
    expect(
      tallyMore({ ...known, last: { ...known.last, crc: 1 } }, tailOf(known, fileOf(event(5), event(700)))),
    ).toBeNull();
  });

  it('says between which events something is damaged', () => {
    const [first, second, third] = [frameOf(event(5)), frameOf(event(100)), frameOf(event(700))];
    const broken = second.slice();
    broken[20] = (broken[20] ?? 0) ^ 1;
    expect(tallyFile(joinBytes([first, broken, third]), START)).toMatchObject({
      lost: [{ from: START + 5, until: START + 701 }],
      isCutOff: false,
    });
    // Before the first one it is of the time since the begin.
    expect(tallyFile(joinBytes([broken, third]), START).lost).toEqual([{ from: START, until: START + 701 }]);
    // One that is told late: of both times.
    expect(tallyFile(joinBytes([third, broken, first]), START).lost).toContainEqual({
      from: START + 5,
      until: START + 701,
    });
    // Room that was never used is no damage.
    expect(tallyFile(joinBytes([first, new Uint8Array(90), third]), START).lost).toEqual([]);
  });

  it('says that something is damaged behind all, and what that was when more came', () => {
    const [first, second, third] = [frameOf(event(5)), frameOf(event(100)), frameOf(event(700))];
    const broken = second.slice();
    broken[20] = (broken[20] ?? 0) ^ 1;
    const known = tallyFile(joinBytes([first, broken]), START);
    expect([known.isCutOff, known.lost, known.end]).toEqual([true, [], first.length]);
    const more = tallyMore(known, joinBytes([first, broken, third]));
    expect([more?.isCutOff, more?.lost]).toEqual([false, [{ from: START + 5, until: START + 701 }]]);
  });

  it('counts an event that it does not understand as none, and goes on behind it', () => {
    const foreign = makeFrame(new TextEncoder().encode('{"kind":"of tomorrow"}'));
    const tally = tallyFile(joinBytes([frameOf(event(5)), foreign]), START);
    expect(countsOf(tally)).toEqual([[0, 1, 0, 0]]);
    expect([tally.lost, tally.last.second]).toEqual([[], START + 5]);
    expect(tally.end).toBe(frameOf(event(5)).length + foreign.length);
  });

  it('reads back as it was written, of whatever time', () => {
    const far = { ...event(0), at: -86_400_000 };
    const tally = {
      ...tallyOf(event(700), event(5), far, event(9_000, 'denial', 'critical')),
      lost: [{ from: 7, until: 9 }],
    };
    const read = decodeTally(encodeTally(tally));
    expect(read).toEqual({ ...tally, counts: new Map([...tally.counts].sort(([one], [other]) => one - other)) });
  });

  it('is none where something is missing, added, or of another kind', () => {
    const payload = encodeTally(tallyOf(event(5), event(700)));
    for (let length = 0; length < payload.length; length++) expect(decodeTally(payload.subarray(0, length))).toBeNull();
    expect(decodeTally(joinBytes([payload, new Uint8Array(1)]))).toBeNull();
    expect(decodeTally(joinBytes([new Uint8Array([7]), payload.subarray(1)]))).toBeNull();
  });
});

describe('several files', () => {
  it('say together what was in a stretch, and where that is not known', () => {
    const [one, other] = [tallyOf(event(0), event(300), event(600)), tallyOf(event(310, 'denial', 'critical'))];
    const lost = [
      { from: START - 9, until: START + 300 },
      { from: START + 100, until: START + 301 },
      { from: START + 599, until: START + 700 },
      { from: START + 600, until: START + 700 },
    ];
    const joined = joinTallies([{ ...one, lost }, other], { from: START + 300, until: START + 600 });
    expect(countsOf(joined)).toEqual([[1, 1, 0, 1]]);
    expect(joined.lost).toEqual([lost[1], lost[2]]);
  });

  it('are added mark by mark', () => {
    const marks = { switched: 1, trouble: 2, denied: 4 };
    expect(addMarks(marks, { switched: 8, trouble: 16, denied: 32 })).toEqual({ switched: 9, trouble: 18, denied: 36 });
    expect(addMarks(marks, noMarks)).toEqual(marks);
  });
});
