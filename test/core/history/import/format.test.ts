import { describe, expect, it } from 'vitest';
import { type ImportFormat, openFormat } from '../../../../src/core/history/import/format.ts';
import { type ImportedRow, readTime, timeFault } from '../../../../src/core/history/import/imported.ts';

const AT = Date.UTC(2026, 10, 29, 12);
const reading = (sensor: string, value: number, more: object = {}) => ({
  ...{ kind: 'reading', at: AT, sensor, unit: null, base: null, value },
  ...more,
});

const NOTHING = { kind: 'no-value', what: 'lines without a value' };

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

  it('by most of its first lines: a remark, or one that is cut off, does not decide', () => {
    const lines = (good: number, bad: number) => [
      ...Array.from({ length: bad }, () => 'not a line of it'),
      ...Array.from({ length: good }, () => 'flow 55.1 1795953600'),
    ];
    expect(openFormat(lines(3, 2), null)?.format).toBe('openmetrics');
    expect(openFormat(lines(2, 2), null)).toBeNull();
    expect(openFormat(lines(0, 3), null)).toBeNull();
    // Empty lines say nothing for or against it, and remarks alone say nothing at all.
    expect(openFormat(['', '  ', ...lines(2, 1), '', ''], null)?.format).toBe('openmetrics');
    expect(openFormat(['# a', '# b'], null)).toBeNull();
    expect(openFormat([], null)).toBeNull();
    expect(openFormat(['', 'time,sensor,value'], 'csv')?.format).toBe('csv');
  });

  it('and only our own export tells when nobody listened', () => {
    const own = 'at,until,type,id,unit,value,n,min,max,last,text';
    expect(openFormat([own], null)?.tellsGaps).toBe(true);
    // A spreadsheet may have moved the columns.
    expect(openFormat(['id;at;value;until;type'], null)?.tellsGaps).toBe(true);
    expect(openFormat(['id,at,value,until'], null)?.tellsGaps).toBe(false);
    expect(openFormat(['time,sensor,value'], null)?.tellsGaps).toBe(false);
    expect(openFormat([`x${own}`], null)?.tellsGaps ?? false).toBe(false);
    expect(openFormat(['flow 55.1 1795953600'], null)?.tellsGaps).toBe(false);
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

describe('CSV', () => {
  it.each([
    ['a unit of its own', 'time,sensor,value,unit\n1795953600,flow,1, °F ', [reading('flow', 1, { unit: '°F' })]],
    [
      'a unit in its first column',
      'unit,time,sensor,value\n°F,1795953600,flow,1',
      [reading('flow', 1, { unit: '°F' })],
    ],
    ['its columns in another order', 'Value , Unused, Sensor, TIME\n 1 ,x, flow , 1795953600 ', [reading('flow', 1)]],
    ['the names of Home Assistant', 'entity_id,state,last_changed\nflow,1,1795953600', [reading('flow', 1)]],
    ['blanks around a comma for a point', 'Time;Sensor;Value\n1795953600;flow; -12,75 ', [reading('flow', -12.75)]],
    ['quotes in some fields only', 'time,sensor,value\n1795953600,"flow",15', [reading('flow', 15)]],
    ['nothing before a quote', 'sensor,time,value\n,"1795953600",15', ['it names no sensor']],
    ['tabs', 'time\tsensor\tvalue\n1795953600\tflow\t-1,5', [reading('flow', -1.5)]],
    ['quotes', 'time,sensor,value\n"1795953600","a, ""b""","1.5"', [reading('a, "b"', 1.5)]],
    ['an empty line', 'time,sensor,value\n\n1795953600,flow,1\n', [reading('flow', 1)]],
    ['its names again', 'time,sensor,value\n1795953600,flow,1\ntime,sensor,value', [reading('flow', 1)]],
    ['a line that is too short', 'time,sensor,value\n1795953600', ['it names no sensor']],
    ['a value that is missing', 'time,sensor,value\n1795953600,flow', [NOTHING]],
    ['a comma that is no point', 'time,sensor,value\n1795953600,flow,"1,5"', ['its value is no number']],
  ] as const)('may have %s', (_, text, rows) => {
    expect(read(text)).toEqual(rows);
  });

  it.each([
    ...['sensor,value,more', 'time,value,more', 'time,sensor,more'],
    ...['1795953600,flow', '1795953600,flow,1,2', 'flow,1795953600,1'],
  ])('is not what begins with %s', first => expect(openFormat([first], 'csv')).toBeNull());

  const own = (line: string) => read(`at,until,type,id,unit,value,n,min,max,last,text\n${line}`);
  it.each([
    ['a gap without its end', '2026-11-29T12:00:00Z,,not-listening,,,,,,,,', 'it has no time that can be read'],
    ['a gap that ends before it begins', '1795953600,1795953599,damaged,,,,,,,,', 'it has no time that can be read'],
    ['a line without a time', ',,reading,flow,°C,1,,,,,', 'it has no time that can be read'],
    ['a kind that no export has', '1795953600,,Not This,,,,,,,,text', 'it is no line of an export'],
    ['a kind with something behind it', '1795953600,,switch 2,,,,,,,,text', 'it is no line of an export'],
    ['an event without a text', '1795953600,,switch,pump,,,,,,,', 'it is no line of an export'],
  ])('of our own names %s', (_, line, words) => {
    expect(own(line)).toEqual([words]);
  });

  it('of our own has gaps of the whole house, and takes no stretch of one sensor for one', () => {
    const gap = { kind: 'gap', type: 'damaged', from: AT, until: AT };
    expect(own('1795953600,1795953600,damaged,,,,,,,,')).toEqual([gap]);
    expect(own('1795953600,1795954200,damaged,flow,,,,,,,')).toEqual([]);
    expect(own('1795953600,1795954200,silent,flow,,,,,,,')).toEqual([]);
    // The apostrophe keeps a spreadsheet from taking a text for a formula.
    expect(own("1795953600,,reading,'=x,'-,1,,,,,")).toEqual([reading('=x', 1, { unit: '-' })]);
    expect(own("1795953600,,reading,it'=x,°C,1,,,,,")).toEqual([reading("it'=x", 1, { unit: '°C' })]);
    expect(own('1795953600,,reading,x,°C, ,,,,,')).toEqual([NOTHING]);
  });
});

/** What a line says to the reader of a form that is known. */
function told(format: ImportFormat, first: string, line: string): readonly unknown[] {
  const result = openFormat([first], format)?.readLine(line);
  if (result === undefined) return ['nothing of the kind'];
  return result.ok ? result.value : [result.error.message];
}

describe('line protocol', () => {
  it.each<[string, string, readonly unknown[]]>([
    ['blanks around it', '  flow value=1 1795953600  ', [reading('flow', 1)]],
    ['nothing', '', []],
    ['a remark', '# remark', []],
    ['one thing too many', 'flow value=1 1795953600 more', ['it is no line of the line protocol']],
    ['a time with a fraction', 'flow value=1 1795953600.5', ['it has no time that can be read']],
    ['a sensor by its entity', 'state,entity_id=flow value=1u 1795953600', [reading('flow', 1)]],
    [
      'a text that is a number',
      'flow value="1" 1795953600',
      [{ kind: 'no-value', what: 'fields that are no numbers' }],
    ],
    [
      'a number with more behind its kind',
      'flow value=1i2 1795953600',
      [{ kind: 'no-value', what: 'fields that are no numbers' }],
    ],
    ['an escaped backslash', 'a\\\\b value=1 1795953600', [reading('a\\b', 1)]],
    ['a quote that is not closed', 'flow value="a b 1795953600', ['it has no time that can be read']],
  ])('may have %s', (_, line, rows) => {
    expect(told('line-protocol', 'flow value=1 1795953600', line)).toEqual(rows);
  });
});

describe('OpenMetrics', () => {
  it.each<[string, string, readonly unknown[]]>([
    ['blanks around it', '  flow 1 1795953600  ', [reading('flow', 1)]],
    ['nothing', '', []],
    ['a remark', '# EOF', []],
    ['several blanks', 'flow  1 \t 1795953600', [reading('flow', 1)]],
    ['no value', 'flow NaN 1795953600', [NOTHING]],
    ['an endless one without a sign', 'flow inf 1795953600', [NOTHING]],
    ['an infinite one', 'flow +Inf 1795953600', [NOTHING]],
    ['a time with an exponent', 'flow 1 1.7959536e9', [reading('flow', 1)]],
    ['an exponent with its sign', 'flow 1 1.7959536e+09', [reading('flow', 1)]],
    ['a line feed in a label', 'x{sensor="a\\nb"} 1 1795953600', [reading('a\nb', 1)]],
    ['no labels', 'x{} 1 1795953600', [reading('x', 1)]],
    ['a unit of its own', 'hometui_sensor_value{sensor="a"} 1 1795953600', [reading('a', 1, { unit: '' })]],
    ['words', 'not a line of it', ['it is no line of OpenMetrics']],
    ['nothing behind the name', 'flow', ['it is no line of OpenMetrics']],
    ['a name that is none', '9flow 1 1795953600', ['it is no line of OpenMetrics']],
    ['more behind it', 'flow 1 1795953600 more', ['it is no line of OpenMetrics']],
  ])('may have %s', (_, line, rows) => expect(told('openmetrics', 'flow 1 1795953600', line)).toEqual(rows));
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
    ['-1795953600', -AT],
    ['99999999999', 99_999_999_999_000],
    ['100000000000', 100_000_000_000],
    ['99999999999999', 99_999_999_999_999],
    ['100000000000000', 100_000_000_000],
    ['100000000000000000', 100_000_000_000],
    ['2026-11-29T12:00:00z', AT],
    ['2026-11-29t12:00:00,5utc', AT + 500],
    ['2026-11-29T07:00-05:00', AT],
    ['2026-11-29T12:00:00Z, about', null],
    ['on 2026-11-29', null],
    ['1795953600s', null],
    ['1.2.3', null],
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

  it('are those of here without a zone, and a day alone begins at midnight', () => {
    expect(readTime('2026-11-29 12:00')).toBe(new Date(2026, 10, 29, 12).getTime());
    expect(readTime('2026-07-01T12:00:30')).toBe(new Date(2026, 6, 1, 12, 0, 30).getTime());
    expect(readTime('2026-07-01')).toBe(new Date(2026, 6, 1).getTime());
  });

  it.each([
    [AT, null],
    [AT + 30_000, null],
    [AT + 60_000, null],
    [AT + 60_001, 'its time, 2026-11-29T12:01:00.001Z, is in the future'],
    [Date.UTC(2000, 0, 1), null],
    [Date.UTC(2000, 0, 1) - 1, 'its time, 1999-12-31T23:59:59.999Z, is before the year 2000'],
    [-9e15, 'its time, -9000000000000000 ms since 1970, is before the year 2000'],
    [AT + 90_000, 'its time, 2026-11-29T12:01:30Z, is in the future'],
    [0, 'its time, 1970-01-01T00:00:00Z, is before the year 2000'],
    [8e15, 'its time, 8000000000000000 ms since 1970, is in the future'],
    [9e15, 'its time, 9000000000000000 ms since 1970, is in the future'],
  ])('%d', (at, words) => expect(timeFault(at, AT)?.message ?? null).toBe(words));
});
