import { readFileSync } from 'node:fs';
import { toJsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import {
  at,
  type Check,
  type CheckId,
  doctorCode,
  fault,
  unexamined,
  warning,
  well,
} from '../../../../src/core/doctor/check.ts';
import { reportJson, reportText } from '../../../../src/core/doctor/report/report.ts';
import { reportSchema } from '../../../../src/core/doctor/report/report-schema.ts';
import { plainStyle } from '../../../../src/core/format/style.ts';

const checks: readonly Check[] = [
  well('space', 'space', 'enough'),
  at(fault('acl', '/etc/acl', 'it is broken in a way that takes many words to say', 'Mend it.'), {
    file: '/etc/acl',
    line: 3,
  }),
  warning('log', 'log', 'it says little', 'Write: log_type all'),
  unexamined('login', 'login', 'none was given', null),
];

describe('the report of the doctor', () => {
  it('has one line a check, in its parts, with the cure below and the sum at the end', () => {
    const text = reportText(checks, { style: plainStyle, width: 40, isAscii: false });
    expect(text).toBe(
      [
        ...['Files', '✗ /etc/acl:3: it is broken in a way that', '  takes many words to say', '    Mend it.'],
        ...['▲ log: it says little', '    Write: log_type all', ''],
        ...['Rights', '– login: none was given', ''],
        ...['Machine', '✓ space: enough', '', '1 fault, 1 warning, 1 well, 1 not', 'examined', ''],
      ].join('\n'),
    );
    expect(text.split('\n').every(line => line.length <= 42)).toBe(true);
    expect(reportText(checks, { style: plainStyle, width: 40, isAscii: true })).toMatch(
      /^x \/etc[\s\S]*^! log[\s\S]*^- login[\s\S]*^\+ space/m,
    );
  });

  it('shows every check, whatever it is about', () => {
    const ids = [
      'reachable',
      'protocol',
      'tls',
      'version',
      'conf',
      'acl',
      'passwords',
      'certificate',
      'in-use',
      'log',
    ] as const;
    const more = [
      'anonymous',
      'login',
      'in-force',
      'rights',
      'device',
      'retained-command',
      'will',
      'keepalive',
    ] as const;
    const rest = ['session', 'denial', 'broker', 'clock', 'history', 'daemon', 'space'] as const;
    const all = [...ids, ...more, ...rest].map(id => well(id, id, `seen ${id}`));
    const text = reportText(all, { style: plainStyle, width: 80, isAscii: false });
    for (const { evidence } of all) expect(text).toContain(evidence);
  });

  it('says a cure that is the same for several in a row once, below the last', () => {
    const unknown = (id: 'will' | 'keepalive', cure: string) => unexamined(id, id, 'not told', cure);
    const look = { style: plainStyle, width: 80, isAscii: false };
    const said = (...some: Check[]) => reportText(some, look).split('\n').slice(1, -3);
    expect(said(unknown('will', 'Name it.'), unknown('keepalive', 'Name it.'))).toEqual([
      ...['– will: not told', '– keepalive: not told', '    Name it.'],
    ]);
    expect(said(unknown('will', 'Name it.'), warning('keepalive', 'esp', 'none', 'Name it.'))).toEqual([
      ...['– will: not told', '    Name it.', '▲ esp: none', '    Name it.'],
    ]);
  });

  it('tells once more what is wrong at its end, where it is longer than a glance', () => {
    const many = [...Array.from({ length: 9 }, (_, index) => well('space', `disk ${index}`, 'enough')), ...checks];
    const text = reportText(many, { style: plainStyle, width: 40, isAscii: false });
    expect(text.split('\n').slice(-6)).toEqual([
      ...['', '1 fault, 1 warning, 10 well, 1 not', 'examined'],
      ...['✗ /etc/acl:3: it is broken in a way tha…', '▲ log: it says little', ''],
    ]);
    expect(reportText(many.slice(0, 9), { style: plainStyle, width: 80, isAscii: false })).toMatch(
      /\n\nno fault, no warning, 9 well, 0 not examined\n$/,
    );
  });

  it('publishes the schema that its JSON is held against', () => {
    const file = new URL('../../../../src/core/doctor/report/doctor.schema.json', import.meta.url);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(toJsonSchema(reportSchema, { errorMode: 'ignore' }));
    const written: unknown = JSON.parse(reportJson(checks, 0));
    expect(v.parse(reportSchema, written)).toEqual(written);
    // The compiler holds that the schema has all kinds of checks, and no other one.
    const ids: readonly CheckId[] = reportSchema.entries.checks.item.entries.id.pipe[0].options;
    type Unpublished = Exclude<CheckId, v.InferOutput<typeof reportSchema>['checks'][number]['id']>;
    const isWhole: [Unpublished] extends [never] ? true : never = true;
    expect([isWhole, new Set(ids).size]).toEqual([true, ids.length]);
  });

  it('has its code from the worst, as status has', () => {
    expect(doctorCode(checks)).toBe(2);
    expect(doctorCode(checks.filter(({ sign }) => sign !== 'fault'))).toBe(1);
    expect(doctorCode(checks.filter(({ sign }) => sign === 'well' || sign === 'unexamined'))).toBe(0);
    expect(doctorCode(checks.filter(({ sign }) => sign === 'unexamined'))).toBe(3);
    expect(JSON.parse(reportJson(checks, 0))).toEqual({
      schema: 1,
      at: '1970-01-01T00:00:00.000Z',
      overall: 'critical',
      checks,
    });
  });

  it('fits into its width to the column, the cure too', () => {
    const long = 'eleven word'.repeat(30);
    const all = [fault('acl', 'acl', long, long), at(warning('log', 'log', long, long), { file: '/a', line: 1 })];
    for (const width of [20, 41, 79]) {
      const lines = reportText(all, { style: plainStyle, width, isAscii: false }).split('\n').slice(0, -2);
      expect(Math.max(...lines.map(line => line.length)), `${width}`).toBeLessThanOrEqual(width);
      // No room is given away: a word more would be too long.
      expect(Math.max(...lines.map(line => line.length)), `${width}`).toBeGreaterThan(width - 'wordeleven'.length);
    }
  });

  it('says what a place is about, unless it is about the file itself', () => {
    const line = (subject: string) =>
      reportText([at(well('acl', subject, 'seen'), { file: '/etc/acl', line: 3 })], {
        ...{ style: plainStyle, width: 80, isAscii: false },
      }).split('\n')[1];
    expect(line('/etc/acl')).toBe('✓ /etc/acl:3: seen');
    expect(line('plugin')).toBe('✓ /etc/acl:3: plugin: seen');
  });

  it('ends with a sum that looks like the worst of it', () => {
    const sum = (...some: readonly Check[]) =>
      reportText(some, { style: (text, role) => `${role}(${text})`, width: 80, isAscii: false })
        .split('\n')
        .at(-2);
    const [one, two, three, four] = [
      well('acl', 'a', 'b'),
      warning('acl', 'a', 'b', 'c'),
      fault('acl', 'a', 'b', 'c'),
      unexamined('acl', 'a', 'b', null),
    ];
    expect(sum(one)).toBe('good(no fault, no warning, 1 well, 0 not examined)');
    expect(sum(one, two, four)).toBe('warning(no fault, 1 warning, 1 well, 1 not examined)');
    expect(sum(two, three)).toBe('critical(1 fault, 1 warning, 0 well, 0 not examined)');
  });
});
