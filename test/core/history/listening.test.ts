import { describe, expect, test } from 'vitest';
import { clipListening, heardOf, joinListening, knownOf, type Listening } from '../../../src/core/history/listening.ts';
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
});
