import { expect, it } from 'vitest';
import {
  bucketRow,
  gapRow,
  historyCsv,
  historyJson,
  historyLineProtocol,
  historyOpenMetrics,
  openMetricsHead,
  readingRow,
} from '../../../../src/core/format/history/history-row.ts';

const item = { id: 'humidity', unit: '%', series: [], everyS: null, expireAfterS: null };
const reading = readingRow(item, 1_795_824_003, 71.5);
const empty = { n: 0, min: null, max: null, mean: null, last: null };
const silent = bucketRow(item, { ...empty, from: 1_795_824_000, until: 1_795_827_600, gap: 'silent' });
const gap = gapRow('not-listening', { from: 1_795_824_000, until: 1_795_827_600 }, null);

it('a value is the same in each form', () => {
  expect(historyCsv(reading)).toBe('2026-11-28T00:00:03.000Z,,reading,humidity,%,71.5,,,,,\r\n');
  expect(historyJson(reading)).toBe(
    '{"type":"reading","at":"2026-11-28T00:00:03.000Z","id":"humidity","unit":"%","value":71.5}\n',
  );
  expect(historyLineProtocol(reading, 'Our, house=1')).toBe(
    'hometui,house=Our\\,\\ house\\=1,sensor=humidity,unit=% value=71.5 1795824003000000000\n',
  );
  expect(openMetricsHead('%') + historyOpenMetrics(reading, 'A "b"\\c')).toBe(
    '# TYPE hometui_sensor_ratio gauge\n# UNIT hometui_sensor_ratio ratio\n' +
      '# HELP hometui_sensor_ratio A value of a sensor; of several the mean.\n' +
      'hometui_sensor_ratio{sensor="humidity",house="A \\"b\\"\\\\c"} 0.715 1795824003\n',
  );
});

it('a gap is one where the form has a word for it, and is never a value', () => {
  expect(historyCsv(gap)).toBe('2026-11-28T00:00:00.000Z,2026-11-28T01:00:00.000Z,not-listening,,,,,,,,\r\n');
  expect(historyCsv(silent)).toBe('2026-11-28T00:00:00.000Z,2026-11-28T01:00:00.000Z,silent,humidity,%,,0,,,,\r\n');
  expect(historyJson(gap)).toContain('"type":"not-listening"');
  for (const row of [gap, silent]) {
    expect(historyLineProtocol(row, 'Home') + historyOpenMetrics(row, 'Home')).toBe('');
  }
});
