import { describe, expect, it } from 'vitest';
import { type ImportFormat, openFormat } from '../../../../src/core/history/import/format.ts';
import { type ImportedRow, readTime, timeFault } from '../../../../src/core/history/import/imported.ts';

const AT = Date.UTC(2026, 10, 29, 12);
const reading = (sensor: string, value: number, more: object = {}) => ({
  ...{ kind: 'reading', at: AT, sensor, unit: null, base: null, value },
  ...more,
});

/** What a file says, line by line: its rows, or what is wrong. */
function read(text: string, asked: ImportFormat | null = null): readonly (ImportedRow | string)[] {
  const lines = text.split('\n');
  const reader = openFormat(lines, asked);
  if (reader === null) return ['nothing of the kind'];
  return lines.flatMap((line): readonly (ImportedRow | string)[] => {
    const result = reader.readLine(line);
    return result.ok ? result.value : [result.error.message];
  });
}

describe('the form of a file is found by what it holds', () => {
  it.each<[string, ImportFormat | null]>([
    ['at,until,type,id,unit,value,n,min,max,last,text', 'csv'],
    ['time,sensor,value', 'csv'],
    ['2026-11-29T12:00:00Z,flow,55.1', 'csv'],
    ['entity_id;state;last_changed', 'csv'],
    ['hometui,house=Home,sensor=flow value=55.1 1795953600000000000', 'line-protocol'],
    ['# a remark\ntemperature,room=cellar value=14i 1795953600000000000', 'line-protocol'],
    ['# TYPE hometui_sensor_celsius gauge\nhometui_sensor_celsius{sensor="flow"} 55.1 1795953600', 'openmetrics'],
    ['flow 55.1 1795953600', 'openmetrics'],
    ['{"type":"reading"}', null],
    ['a text that somebody wrote', null],
    ['', null],
    ['a,b,c', null],
    ['\u0000\u0001\u0002', null],
  ])('%j', (text, format) => {
    expect(openFormat(text.split('\n'), null)?.format ?? null).toBe(format);
  });

  it('unless it is forced, and then it must be of that form', () => {
    expect(openFormat(['flow 55.1 1795953600'], 'openmetrics')?.format).toBe('openmetrics');
    expect(openFormat(['flow 55.1 1795953600'], 'csv')).toBeNull();
  });
});

describe('each form says the same', () => {
  it.each([
    ['named CSV', 'time,sensor,value\n2026-11-29T12:00:00Z,flow,55.1'],
    ['CSV without names', '1795953600,flow,55.1'],
    ['CSV of a spreadsheet', 'Time;Sensor;Value\n2026-11-29 12:00:00Z;flow;55,1'],
    ['line protocol', 'hometui,house=Home,sensor=flow value=55.1 1795953600000000000'],
    ['line protocol in seconds', 'flow value=55.1 1795953600'],
    ['OpenMetrics by name', 'flow 55.1 1795953600'],
    ['the text form of Prometheus', 'anything{sensor="flow"} 55.1 1795953600000'],
  ])('%s', (_, text) => {
    expect(read(text)).toEqual([reading('flow', 55.1)]);
  });

  it('our own export tells gaps and events, too', () => {
    const rows = read(
      [
        'at,until,type,id,unit,value,n,min,max,last,text',
        '2026-11-29T12:00:00Z,,reading,flow,°C,55.1,,,,,',
        '2026-11-29T12:00:00Z,2026-11-29T12:10:00Z,not-listening,,,,,,,,',
        '2026-11-29T12:00:00Z,2026-11-29T12:10:00Z,silent,flow,,,,,,,',
        '2026-11-29T12:00:00Z,2026-11-29T12:10:00Z,bucket,flow,°C,55,2,54,56,55,',
        '2026-11-29T12:00:00Z,,switch,pump,,,,,,,"Pump is on, ""at last"""',
        "2026-11-29T12:00:00Z,,denial,,,,,,,,'=formula",
      ].join('\n'),
    );
    const event = { at: AT, severity: 'info', detail: {} };
    expect(rows).toEqual([
      reading('flow', 55.1, { unit: '°C' }),
      { kind: 'gap', type: 'not-listening', from: AT, until: AT + 600_000 },
      { kind: 'no-value', what: 'stretches with several values in one' },
      { kind: 'event', event: { ...event, type: 'switch', id: 'pump', text: 'Pump is on, "at last"' } },
      { kind: 'event', event: { ...event, type: 'denial', id: null, text: '=formula' } },
    ]);
  });

  it('line protocol has several fields, escapes, and texts that are no values', () => {
    expect(read('my\\ house,room=a\\,b value=1,outside=2.5i,on=true,words="a b,c=d" 1795953600000000000')).toEqual([
      reading('my house', 1),
      reading('my house.outside', 2.5),
      ...[0, 1].map(() => ({ kind: 'no-value', what: 'fields that are no numbers' })),
    ]);
    expect(read('hometui,sensor=a\\ b value=1,min=0,max=2,last=1,n=3i 1795953600000000000')).toEqual([
      { kind: 'no-value', what: 'stretches with several values in one' },
    ]);
  });

  it('OpenMetrics has labels with all signs, and values in base units', () => {
    const text = 'hometui_sensor_ratio{sensor="a \\"b\\" } c",house="x"} 0.7 1795953600.5 # {trace="1"} 1';
    expect(read(text)).toEqual([{ ...reading('a "b" } c', 0.7, { base: 'ratio' }), at: AT + 500 }]);
    expect(read('hometui_sensor_value{sensor="a",unit="°dH"} 7 1795953600')).toEqual([
      reading('a', 7, { unit: '°dH' }),
    ]);
  });
});

describe('rubbish is named', () => {
  it.each([
    ['time,sensor,value\nyesterday,flow,1', 'it has no time that can be read'],
    ['time,sensor,value\n1795953600,flow,warm', 'its value is no number'],
    ['time,sensor,value\n1795953600,,1', 'it names no sensor'],
    ['time,sensor,value\n1795953600,"flow,1', 'a quote in it is not closed'],
    ['flow value=1 1795953600\nflow value=1 1795953600\nflow value=1', 'it has no time that can be read'],
    ['flow value=1 1795953600\nflow value=1 1795953600\nflow', 'it is no line of the line protocol'],
    ['flow 1 1795953600\nflow 1 1795953600\nflow 1', 'it has no time that can be read'],
    ['flow 1 1795953600\nflow x 1795953600\nflow 1 1795953600', 'its value is no number'],
  ])('%j: %s', (text, words) => {
    expect(read(text).filter(row => typeof row === 'string')).toEqual([words]);
  });

  it('but what says that it has no value is no fault', () => {
    expect(read('time,sensor,value\n1795953600,flow,unavailable')).toEqual([
      { kind: 'no-value', what: 'lines without a value' },
    ]);
  });
});

describe('times', () => {
  it.each([
    ['1795953600', AT],
    ['1795953600.25', AT + 250],
    ['1795953600000', AT],
    ['1795953600000000', AT],
    ['1795953600000000000', AT],
    ['2026-11-29T12:00:00Z', AT],
    ['2026-11-29 12:00:00+00:00', AT],
    ['2026-11-29T13:00:00.000+0100', AT],
    ['2026-11-29 12:00 UTC', AT],
    ['2026-13-29', null],
    ['29.11.2026', null],
    ['', null],
  ])('%s', (text, at) => expect(readTime(text)).toBe(at));

  it.each([
    [AT, null],
    [AT + 30_000, null],
    [AT + 90_000, 'its time, 2026-11-29T12:01:30Z, is in the future'],
    [0, 'its time, 1970-01-01T00:00:00Z, is before the year 2000'],
    [9e15, 'its time, 9000000000000000 ms since 1970, is in the future'],
  ])('%d', (at, words) => expect(timeFault(at, AT)?.message ?? null).toBe(words));
});
