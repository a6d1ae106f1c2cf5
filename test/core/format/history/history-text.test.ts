import { describe, expect, it } from 'vitest';
import { historyText } from '../../../../src/core/format/history/history-text.ts';
import { plainStyle } from '../../../../src/core/format/style.ts';
import type { GapKind, HistoryBucket } from '../../../../src/core/history/query/query.ts';
import { createHouse } from '../../../../src/core/house/house.ts';
import { article } from '../../../helpers/ui/home.ts';

const item = { id: 'flow', unit: '°C', series: [], everyS: null, expireAfterS: null };
const bucket = (hour: number, value: number | null, gap: GapKind | null = null): HistoryBucket => ({
  ...{ from: 3_600 * hour, until: 3_600 * (hour + 1), n: value === null ? 0 : 2, gap },
  ...{ min: value, max: value, mean: value, last: value },
});

function report(isTable: boolean): string {
  const buckets = [
    bucket(0, 20),
    bucket(1, 30),
    bucket(2, null, 'silent'),
    bucket(3, null, 'not-listening'),
    bucket(4, 25),
  ];
  return historyText({
    ...{ house: createHouse(article()), isTable, now: 16_200, style: plainStyle, bars: [...'123'] },
    answer: {
      items: [{ item, buckets, silences: [{ from: 7_200, until: 10_800 }] }],
      gaps: [{ from: 10_800, until: 14_400, kind: 'not-listening' }],
    },
    events: [{ at: 15_000_000, type: 'verdict', id: 'pump', severity: 'good', text: 'Pump on: confirmed', detail: {} }],
    timeText: second => new Date(second * 1_000).toISOString().slice(11, 16),
    marks: { 'not-listening': '/', silent: '_', damaged: '?' },
  });
}

describe('historyText', () => {
  it('draws gaps as what they were, says them in words, and tells nothing of what is yet to come', () => {
    expect(report(false)).toBe(`Flow  13_/2  20.0 to 30.0 °C, mean 25.0, last 25.0 before 04:30

/ nobody listened   _ silent

Nobody listened
  03:00 to 04:00  60 min

Silent though somebody listened
  02:00 to 03:00  60 min     Flow

What happened
  04:10  Pump on: confirmed
`);
  });

  it('has a line for each stretch where a table is asked for', () => {
    expect(report(true).split('\n').slice(0, 6)).toEqual([
      '        Flow °C',
      '00:00   20.0 (20.0 to 20.0)',
      '01:00   30.0 (30.0 to 30.0)',
      '02:00   silent',
      '03:00   nobody listened',
      '04:00   25.0 (25.0 to 25.0)',
    ]);
  });
});
