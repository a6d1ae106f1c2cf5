import { expect, it } from 'vitest';
import {
  bucketRow,
  eventRow,
  gapRow,
  historyCsv,
  historyJson,
  historyLineProtocol,
  historyOpenMetrics,
  openMetricsHead,
  openMetricsName,
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

const hour = { from: 1_795_824_000, until: 1_795_827_600 };
const heard = bucketRow(item, { ...hour, n: 3, min: 70, max: 75, mean: 72, last: 71, gap: null });

it('a stretch has its end, its mean and what it is the mean of, in each form', () => {
  expect(historyCsv(heard)).toBe(
    '2026-11-28T00:00:00.000Z,2026-11-28T01:00:00.000Z,bucket,humidity,%,72,3,70,75,71,\r\n',
  );
  expect(historyJson(heard)).toBe(
    '{"type":"bucket","at":"2026-11-28T00:00:00.000Z","until":"2026-11-28T01:00:00.000Z","id":"humidity","unit":"%","value":72,"n":3,"min":70,"max":75,"last":71}\n',
  );
  expect(historyLineProtocol(heard, 'Home')).toBe(
    'hometui,house=Home,sensor=humidity,unit=% value=72,min=70,max=75,last=71,n=3i 1795824000000000000\n',
  );
  expect(historyOpenMetrics(heard, 'Home')).toBe(
    'hometui_sensor_ratio{sensor="humidity",house="Home"} 0.72 1795824000\n',
  );
});

it('an empty stretch is told by its gap, and is a plain one where nobody knows why', () => {
  expect(historyJson(silent)).toContain(
    '"type":"silent","at":"2026-11-28T00:00:00.000Z","until":"2026-11-28T01:00:00.000Z"',
  );
  const unknown = bucketRow(item, { ...empty, ...hour, gap: null });
  expect(historyCsv(unknown)).toContain(',bucket,humidity,%,,0,');
});

it('what happened has its words and no end', () => {
  const told = eventRow({
    at: 1_795_824_000_250,
    type: 'verdict',
    id: 'pump',
    severity: 'good',
    text: 'Pump on',
    detail: {},
  });
  expect(historyCsv(told)).toBe('2026-11-28T00:00:00.250Z,,verdict,pump,,,,,,,Pump on\r\n');
  expect(historyJson(told)).toBe('{"type":"verdict","at":"2026-11-28T00:00:00.250Z","id":"pump","text":"Pump on"}\n');
});

it.each([
  ['', 'hometui_sensor_value', '{sensor="x",house="Home"} 5 ', false, 'sensor=x value'],
  ['dB', 'hometui_sensor_value', '{sensor="x",house="Home",unit="dB"} 5 ', false, 'sensor=x,unit=dB value'],
  ['°F', 'hometui_sensor_celsius', '{sensor="x",house="Home"} -15 ', true, 'sensor=x,unit=°F value'],
])('a value in %j has the metric %s', (unit, name, sample, hasUnit, tags) => {
  const row = readingRow({ id: 'x', unit }, 1_795_824_003, 5);
  expect(openMetricsName(unit)).toBe(name);
  expect(openMetricsHead(unit).includes('# UNIT')).toBe(hasUnit);
  expect(historyOpenMetrics(row, 'Home')).toContain(name + sample);
  expect(historyLineProtocol(row, 'Home')).toContain(tags);
});
