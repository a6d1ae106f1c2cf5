import { describe, expect, test } from 'vitest';
import { ByteReader, ByteWriter } from '../../../src/core/history/bytes/varint.ts';
import {
  clipListening,
  heardOf,
  joinListening,
  knownOf,
  type Listening,
  readListening,
  readSingle,
  writeListening,
  writeSingle,
} from '../../../src/core/history/listening.ts';
import type { Span } from '../../../src/core/history/spans.ts';

const span = (from: number, until: number): Span => ({ from, until });
const listening: Listening = {
  heard: [span(0, 10), span(20, 30)],
  lost: [span(12, 14)],
  of: new Map([[1, [span(40, 50)]]]),
  spoke: new Map([[2, [span(60, 70)]]]),
};

describe('when somebody listened', () => {
  test('to one series is what was heard of all and of that one', () => {
    expect(heardOf(listening, [1])).toEqual([span(0, 10), span(20, 30), span(40, 50)]);
    expect(heardOf(listening, [2])).toEqual([span(0, 10), span(20, 30)]);
    expect(heardOf({ heard: [span(0, 1)], lost: [] }, [1])).toEqual([span(0, 1)]);
    expect(heardOf({ ...listening, of: new Map([[1, [span(5, 22)]]]) }, [2, 1])).toEqual([span(0, 30)]);
  });

  test('is known of a series by its own values too, and of any by all of them', () => {
    expect(knownOf(listening, [1])).toEqual([span(0, 10), span(20, 30), span(40, 50)]);
    expect(knownOf(listening, [2])).toEqual([span(0, 10), span(20, 30), span(60, 70)]);
    expect(knownOf(listening, [3])).toEqual([span(0, 10), span(20, 30)]);
    expect(knownOf(listening, null)).toEqual([span(0, 10), span(20, 30), span(40, 50), span(60, 70)]);
    expect(knownOf({ heard: [span(0, 1)], lost: [] }, null)).toEqual([span(0, 1)]);
  });

  test('is joined from several files', () => {
    const other: Listening = { heard: [span(10, 20)], lost: [], of: new Map([[1, [span(50, 55)]]]) };
    expect(joinListening([listening, other])).toEqual({
      heard: [span(0, 30)],
      lost: [span(12, 14)],
      of: new Map([[1, [span(40, 55)]]]),
      spoke: new Map([[2, [span(60, 70)]]]),
    });
    expect(joinListening([{ heard: [], lost: [] }])).toEqual({ heard: [], lost: [] });
  });

  test('is cut to a stretch, and what is damaged is taken out of all of it', () => {
    const damaged: Listening = { ...listening, lost: [span(5, 7), span(45, 100)] };
    expect(clipListening(damaged, span(2, 65))).toEqual({
      heard: [span(2, 5), span(7, 10), span(20, 30)],
      lost: [span(5, 7), span(45, 65)],
      of: new Map([[1, [span(40, 45)]]]),
      spoke: new Map([[2, []]]),
    });
  });

  /** Written and read again, as a frame has it: what is known of all, something else, and what is known of single series. */
  const again = (one: Listening) => {
    const writer = new ByteWriter();
    writeListening(writer, one);
    writer.whole(99);
    writeSingle(writer, one);
    const reader = new ByteReader(writer.take());
    const all = readListening(reader);
    const between = reader.whole();
    return { listening: { ...all, ...readSingle(reader) }, between, isAtEnd: reader.isAtEnd, length: writer.length };
  };

  test.each<[string, Listening]>([
    ['all of it', listening],
    ['nothing', { heard: [], lost: [] }],
    ['what is damaged only', { heard: [], lost: [span(1_795_910_400, 1_795_910_460)] }],
    ['one kind of single series', { heard: [span(5, 6)], lost: [], of: new Map([[3, [span(0, 10), span(20, 21)]]]) }],
    ['the other kind', { heard: [], lost: [], spoke: new Map([[0, [span(7, 9)]]]) }],
  ])('is read as it was written: %s', (_, one) => {
    expect(again(one)).toMatchObject({ listening: one, between: 99, isAtEnd: true });
    expect(Object.keys(again(one).listening).sort()).toEqual(Object.keys(one).sort());
  });

  test('of single series is not written where there is none', () => {
    const bare = again({ heard: [span(5, 6)], lost: [] }).length;
    expect(again({ heard: [span(5, 6)], lost: [], of: new Map([[3, []]]) }).length).toBe(bare);
    // Only those of which something is known.
    expect(
      again({
        heard: [],
        lost: [],
        of: new Map([
          [3, []],
          [4, [span(1, 2)]],
        ]),
      }).listening.of,
    ).toEqual(new Map([[4, [span(1, 2)]]]));
  });

  test('is written against its first second, so that a day costs a few bytes', () => {
    const at = 1_795_910_400;
    expect(again({ heard: [span(at, at + 60)], lost: [] }).length).toBeLessThan(12);
    expect(again({ heard: [], lost: [span(at, at + 60)] }).length).toBeLessThan(12);
    expect(again({ heard: [], lost: [], of: new Map([[3, [span(at, at + 60)]]]) }).length).toBeLessThan(16);
  });
});
