import { describe, expect, it } from 'vitest';
import { parseExport } from '../../../../src/core/node-red/flow/parse-export.ts';
import { importFlow } from '../../../../src/core/node-red/import/import-flow.ts';
import { DASHBOARD, type ExportedNode, flowNode, mqttIn } from '../../../helpers/house/flow.ts';

type Fields = Readonly<Record<string, unknown>>;

function read(nodes: readonly ExportedNode[]) {
  const parsed = parseExport(JSON.stringify([...DASHBOARD, ...nodes]));
  if (!parsed.ok) throw new Error(parsed.error.message);
  const { items, leftOut } = importFlow(parsed.value);
  return { items: [...items.values()], whys: leftOut.map(({ why }) => why) };
}

/** A widget that shows what comes in on `a/b_c`. */
const shown = (type: string, fields: Fields) =>
  read([mqttIn('m', 'a/b_c', 'w'), flowNode('w', type, { group: 'group', title: 'W', label: '', ...fields })]);
const fieldsOf = (type: string, fields: Fields) => shown(type, fields).items[0]?.fields;
const COMPUTED = 'what it shows of a message is computed by its format';

describe('a gauge of dashboard 1', () => {
  it('is a sensor with all that it says', () => {
    const colors = { colors: ['green', 'yellow', 'red'], seg1: 60, seg2: 80 };
    expect(
      shown('ui_gauge', { label: '°C', format: '{{value | number:1}}', min: 0, max: 100, ...colors }).items,
    ).toStrictEqual([
      {
        ...{ group: 'sensors', sameAs: '["heard","a/b_c",[]]', label: 'W', broker: 'broker', rank: 5, notes: [] },
        fields: {
          ...{ topic: 'a/b_c', unit: '°C', range: { min: 0, max: 100 }, decimals: 1 },
          ...{ warning: { high: 60 }, critical: { high: 80 } },
        },
      },
    ]);
  });

  it.each<[Fields, Fields]>([
    [{}, { unit: '' }],
    [{ format: '{{value}} W' }, { unit: 'W' }],
    [{ label: 'kW', format: '{{value}} W' }, { unit: 'kW' }],
    [{ format: '{{msg.payload.t}}' }, { path: 't', unit: '' }],
    [{ min: 5 }, { unit: '' }],
    [{ max: 5 }, { unit: '' }],
    [{ min: 5, max: 5 }, { unit: '' }],
    [
      { min: 5, max: 6 },
      { unit: '', range: { min: 5, max: 6 } },
    ],
    [
      { min: 0, seg1: 5, colors: ['green', 'red'] },
      { unit: '', critical: { high: 5 } },
    ],
    [
      { min: 0, seg2: 5, colors: ['green', '', 'red'] },
      { unit: '', critical: { high: 5 } },
    ],
    [{ min: 0, colors: ['green', 'red'] }, { unit: '' }],
    [{ seg1: 5, seg2: 6, colors: ['green', 'yellow', 'red'] }, { unit: '' }],
  ])('with %o', (fields, expected) => {
    expect(fieldsOf('ui_gauge', fields)).toStrictEqual({ topic: 'a/b_c', ...expected });
  });

  it('whose colours are no limits says so, and one that computes is none', () => {
    const note = 'the colours of its gauge are no limits that can be told';
    expect(shown('ui_gauge', { min: 0, seg1: 5, colors: ['blue', 'red'] }).items).toMatchObject([{ notes: [note] }]);
    expect(shown('ui_gauge', { min: 0, seg1: 5, seg2: 6 }).items).toMatchObject([{ notes: [note] }]);
    expect(shown('ui_gauge', { format: '{{value * 2}}' })).toEqual({ items: [], whys: [COMPUTED] });
  });
});

describe('a gauge of dashboard 2', () => {
  it.each<[Fields, Fields]>([
    [{ units: 'kWh' }, { unit: 'kWh' }],
    [{ suffix: ' W' }, { unit: 'W' }],
    [{ units: 'units', suffix: ' W' }, { unit: 'W' }],
    [
      { valueType: 'msg', value: 'payload.t' },
      { path: 't', unit: '' },
    ],
    [{ value: 'payload.t' }, { path: 't', unit: '' }],
    [{ valueType: 'msg' }, { unit: '' }],
    [{ valueType: 'str', value: 'payload.t' }, { unit: '' }],
    [
      {
        segments: [
          { from: 0, color: 'green' },
          { from: '50', color: 'red' },
        ],
      },
      { unit: '', critical: { high: 50 } },
    ],
    [
      {
        segments: [
          { from: 0, color: 'green' },
          { from: ' ', color: 'blue' },
          { from: 'x', color: 'blue' },
        ],
      },
      { unit: '' },
    ],
    [{ segments: [{ from: 0, color: 'blue' }] }, { unit: '' }],
  ])('with %o', (fields, expected) => {
    expect(fieldsOf('ui-gauge', fields)).toStrictEqual({ topic: 'a/b_c', ...expected });
  });
});

describe.each(['ui_chart', 'ui-chart'])('a chart, %s,', type => {
  it.each<[Fields, Fields]>([
    [{}, { unit: '' }],
    [{ label: 'Power [W]' }, { unit: 'W' }],
    [{ label: 'Power (W)' }, { unit: 'W' }],
    [{ label: 'W' }, { unit: '' }],
    [{ yAxisLabel: 'kW', label: 'Power [W]' }, { unit: 'kW' }],
    [{ yAxisProperty: 'payload.t' }, { path: 't', unit: '' }],
    [{ yAxisProperty: 't.u' }, { path: 't.u', unit: '' }],
    [{ yAxisProperty: 'mypayload' }, { path: 'mypayload', unit: '' }],
    [
      { ymin: 1, ymax: 2 },
      { unit: '', range: { min: 1, max: 2 } },
    ],
    [{ ymin: 1, ymax: 1 }, { unit: '' }],
    [{ ymin: 1 }, { unit: '' }],
    [{ ymax: 1 }, { unit: '' }],
  ])('with %o', (fields, expected) => {
    expect(fieldsOf(type, fields)).toStrictEqual({ topic: 'a/b_c', ...expected });
  });

  it('shows numbers, and says less than a gauge', () => {
    expect(shown(type, {}).items).toMatchObject([{ group: 'sensors', rank: 3, notes: [] }]);
    expect(shown(type, { yAxisProperty: 't[' }).whys).toEqual([COMPUTED]);
  });
});

describe('a text', () => {
  it.each<[string, Fields, string, Fields]>([
    ['ui_text', { format: '{{msg.payload}}' }, 'states', {}],
    ['ui_text', { format: '{{msg.payload.t}}' }, 'states', { path: 't' }],
    ['ui_text', { format: '{{msg.payload}} W' }, 'sensors', { unit: 'W' }],
    ['ui_text', { format: '{{msg.payload | number:2}}' }, 'sensors', { unit: '', decimals: 2 }],
    ['ui-text', { format: '{{msg.payload.t}} W' }, 'sensors', { path: 't', unit: 'W' }],
    ['ui-text', { format: 'bold', value: 'payload.t', valueType: 'msg' }, 'states', { path: 't' }],
  ])('%s with %o', (type, fields, group, expected) => {
    const { items } = shown(type, { ...fields, label: 'L' });
    expect(items).toMatchObject([{ group, label: 'L', rank: 1, notes: [] }]);
    expect(items[0]?.fields).toStrictEqual({ topic: 'a/b_c', ...expected });
  });

  it('that computes is none', () => {
    expect(shown('ui_text', { format: '{{msg.payload * 2}}' })).toEqual({ items: [], whys: [COMPUTED] });
    expect(shown('ui-text', { valueType: 'jsonata', value: 'payload * 2' })).toEqual({ items: [], whys: [COMPUTED] });
  });
});

it('a bar of progress is a share of a hundred', () => {
  expect(shown('ui-progress', { label: 'Done' }).items).toStrictEqual([
    {
      ...{ group: 'sensors', sameAs: '["heard","a/b_c",[]]', label: 'Done', broker: 'broker', rank: 4, notes: [] },
      fields: { topic: 'a/b_c', unit: '%', range: { min: 0, max: 100 } },
    },
  ]);
});

describe('what a widget shows of several topics', () => {
  const several = (...nodes: readonly ExportedNode[]) =>
    read([...nodes, flowNode('w', 'ui_text', { group: 'group', label: 'L', format: '{{msg.payload.t}}' })]);

  it('is each by the end of its topic, and says less of it', () => {
    expect(several(mqttIn('m', 'x/hall-1', 'w'), mqttIn('n', 'kitchen', 'w')).items).toMatchObject([
      { label: 'Hall 1 t', rank: 0 },
      { label: 'Kitchen t', rank: 0 },
    ]);
  });

  it('is told where a part of it cannot be followed', () => {
    const made = flowNode('f', 'function', { name: 'f' }, ['w']);
    expect(several(mqttIn('m', 'a', 'w'), made).items).toMatchObject([
      { label: 'L', rank: 1, notes: ['a part of what it shows is not taken: what it gets is made by function "f"'] },
    ]);
  });

  it('and only now and then, is told', () => {
    const by = flowNode('by', 'switch', { property: 'payload', rules: [{ t: 'gt', v: '5' }] }, ['w']);
    expect(several(mqttIn('m', 'a', 'by'), by).items).toMatchObject([
      { notes: ['a switch node lets only some of its values through in Node-RED: hometui shows all'] },
    ]);
  });
});

it('what is made of a number is what a house file has for it', () => {
  const range = { action: 'scale', minin: 0, maxin: 10, minout: 5, maxout: 25 };
  const made = read([
    ...[mqttIn('m', 'a', 'r'), flowNode('r', 'range', range, ['w'])],
    flowNode('w', 'ui_text', { group: 'group', label: 'L', format: '{{msg.payload}}' }),
  ]);
  expect(made.items).toMatchObject([{ group: 'sensors' }]);
  expect(made.items[0]?.fields).toStrictEqual({ topic: 'a', unit: '', scale: 2, offset: 5 });
});
