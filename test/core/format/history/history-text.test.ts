import { describe, expect, it } from 'vitest';
import { historyText } from '../../../../src/core/format/history/history-text.ts';
import { plainStyle, type Style } from '../../../../src/core/format/style.ts';
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
      knownUntil: 1e9,
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

describe('a report of much', () => {
  const marked: Style = (text, role) => `<${role}>${text}</>`;
  const second = (count: number): string => `${count}s`;
  const spans = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ from: index * 100, until: index * 100 + 50 }));
  const event = (index: number) =>
    ({
      at: index * 1_000 + 999,
      type: 'verdict',
      id: 'pump',
      severity: 'good',
      text: `e${index}`,
      detail: {},
    }) as const;
  const base = {
    ...{
      house: createHouse(article()),
      isTable: false,
      now: 1e9,
      style: marked,
      bars: [...'1234'],
      timeText: second,
      events: [],
    },
    marks: { 'not-listening': '/', silent: ' ', damaged: '?' },
  };
  const gaps = (count: number, kind: 'not-listening' | 'damaged') => spans(count).map(span => ({ ...span, kind }));
  const told = (answer: Partial<Parameters<typeof historyText>[0]['answer']>, count = 0): readonly string[] =>
    historyText({
      ...base,
      answer: { items: [], gaps: [], knownUntil: 1e9, ...answer },
      events: Array.from({ length: count }, (_, index) => event(index)),
    }).split('\n');

  it('tells the newest twenty of a kind, and how many there are before', () => {
    expect(told({}, 20).filter(line => line.includes(' before'))).toEqual([]);
    expect(told({}, 22).slice(0, 3)).toEqual(['<title>What happened</>', '  … 2 before', '  2s  e2']);
    const lines = told({ gaps: [...gaps(21, 'not-listening'), ...gaps(1, 'damaged')] });
    expect(lines.slice(0, 3)).toEqual(['<title>Nobody listened</>', '  … 1 before', '  100s to 150s  50 s']);
    expect(lines.slice(-3)).toEqual(['<title>Damaged: kept, and cannot be read any more</>', '  0s to 50s  50 s', '']);
  });

  it('tells the silences of all items in the order of time', () => {
    const silent = (id: string, ...starts: number[]) => ({
      item: { ...item, id },
      buckets: [],
      silences: starts.map(from => ({ from, until: from + 60 })),
    });
    const lines = told({ items: [silent('flow', 300, 100), silent('return', 200)] });
    const at = lines.indexOf('<title>Silent though somebody listened</>');
    expect(lines.slice(at + 1, at + 4)).toEqual([
      '  100s to 160s  60 s       Flow',
      '  200s to 260s  60 s       Return',
      '  300s to 360s  60 s       Flow',
    ]);
  });

  it('says from when on nothing is written yet, up to now or to where the report ends', () => {
    const line = 'What is heard since 7000s is not written yet.';
    const items = [{ item, buckets: [bucket(0, 10), bucket(1, 10)], silences: [] }];
    expect(told({ items, knownUntil: 7_000 })).toContain(line);
    expect(told({ items, knownUntil: 7_200 }).join()).not.toContain('not written');
    expect(told({ items: [], knownUntil: 999_999_999 }).join()).toContain('not written yet');
  });

  it('weighs a mean by the values of each stretch, and draws the ends of the range with the ends of the bars', () => {
    const heard = (hour: number, n: number, mean: number) => ({ ...bucket(hour, mean), n });
    const [line = ''] = told({
      items: [{ item, buckets: [heard(0, 1, 10), heard(1, 3, 20), bucket(2, null)], silences: [] }],
    });
    expect(line).toBe('<title>Flow</>  14   10.0 to 20.0 °C, mean 17.5, last 20.0 before 7200s');
    const [same = ''] = told({ items: [{ item, buckets: [heard(0, 1, 10), heard(1, 3, 10)], silences: [] }] });
    expect(same).toContain('  33  10.0 to 10.0');
  });

  it('says of an item of which nothing was heard that it is so, and explains no mark that is a blank', () => {
    const lines = told({
      items: [{ item, buckets: [bucket(0, null, 'silent'), bucket(1, null, 'damaged')], silences: [] }],
    });
    expect(lines[0]).toBe('<title>Flow</>   ?  <quiet>nothing was heard</>');
    expect(lines[2]).toBe('<quiet>? damaged</>');
  });

  it('has a title line in a table, and a blank where nobody knows why there is nothing', () => {
    const text = historyText({
      ...{ ...base, isTable: true },
      answer: {
        items: [{ item: { ...item, unit: '' }, buckets: [bucket(0, 5), bucket(1, null)], silences: [] }],
        gaps: [],
        knownUntil: 1e9,
      },
    });
    expect(text).toBe(
      '<title>        Flow</>\n0s      5.0 (5.0 to 5.0)\n3600s\n'.replaceAll('        Flow', '        Flow'),
    );
  });
});
