import { expect, it } from 'vitest';
import { grafanaDashboard } from '../../../src/core/export/grafana.ts';
import { createHouse } from '../../../src/core/house/house.ts';
import { presets } from '../../../src/core/house/presets.ts';
import type { HouseConfig } from '../../../src/core/house/schema.ts';

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly Readonly<Record<string, unknown>>[];
  readonly fieldConfig?: { readonly defaults: Readonly<Record<string, unknown>> };
  readonly interval?: string;
}

const house = createHouse(presets.article as HouseConfig);
const panelsOf = (source: Parameters<typeof grafanaDashboard>[1]): readonly Panel[] =>
  grafanaDashboard(house, source).panels as readonly Panel[];

it('has the panels of the house with their values and a chart for each unit, none over another', () => {
  const panels = panelsOf('influxdb');
  expect(panels.map(({ type, title }) => `${type} ${title}`)).toEqual([
    ...['row Heating', 'gauge Flow', 'gauge Return', 'timeseries °C'],
    ...['row Cellar', 'gauge Temperature', 'gauge Humidity', 'timeseries °C', 'timeseries %'],
  ]);
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, n) => `${x + (n % w)},${y + Math.floor(n / w)}`),
  );
  expect(new Set(cells).size).toBe(cells.length);
});

it('draws limits and ranges, and no line where nothing was heard', () => {
  const panels = panelsOf('influxdb');
  expect(panels.find(({ title }) => title === 'Flow')?.fieldConfig?.defaults).toMatchObject({
    ...{ unit: 'suffix: °C', min: 20, max: 90, decimals: 1 },
    thresholds: {
      steps: [
        { color: '#5cd65c', value: null },
        { color: '#ffc800', value: 80 },
        { color: '#ea5353', value: 90 },
      ],
    },
  });
  const chart = panels.find(({ type }) => type === 'timeseries');
  expect(chart?.interval).toBe('10s');
  expect(chart?.fieldConfig?.defaults.custom).toMatchObject({ spanNulls: false });
});

it('asks each database for what the daemon writes or shows', () => {
  const query = (source: Parameters<typeof grafanaDashboard>[1]) =>
    panelsOf(source).find(({ title }) => title === 'Humidity')?.targets?.[0];
  expect(query('influxdb')?.query).toBe(
    `SELECT mean("value") FROM "hometui" WHERE "house" = 'Home' AND "sensor" = 'humidity' AND "unit" = '%' AND $timeFilter GROUP BY time($__interval) fill(null)`,
  );
  expect(query('victoriametrics')?.expr).toBe(
    'avg_over_time(hometui_value{house="Home",sensor="humidity",unit="%"}[$__interval])',
  );
  expect(query('prometheus')?.expr).toBe(
    'avg_over_time(hometui_sensor_ratio{house="Home",sensor="humidity"}[$__interval]) / 0.01',
  );
});

/** Where Grafana puts the database in that it was told of. */
const DS_HISTORY = `\${${'DS_HISTORY'}}`;

/** A house of sensors on one panel, beside one on which nothing can be drawn. */
const rowOf = (...sensors: readonly Readonly<Record<string, unknown>>[]) => {
  const entries = sensors.map((sensor, place) => [
    `s${place}`,
    { label: `S${place}`, topic: `t${place}`, unit: 'W', ...sensor },
  ]);
  const config = {
    ...{ name: 'H', sensors: Object.fromEntries(entries), switches: {}, clients: {} },
    panels: [
      { label: 'None', items: [] },
      { label: 'All', items: entries.map(([id]) => id) },
    ],
  };
  return createHouse(config as unknown as HouseConfig);
};

it('what is imported is a whole dashboard, which asks for its database', () => {
  const { panels, ...rest } = grafanaDashboard(rowOf({}), 'influxdb');
  expect(panels).toHaveLength(3);
  expect(rest).toStrictEqual({
    __inputs: [
      { name: 'DS_HISTORY', label: 'History', type: 'datasource', pluginId: 'influxdb', pluginName: 'InfluxDB' },
    ],
    ...{ title: 'H', tags: ['hometui'], timezone: 'browser', schemaVersion: 39, editable: true },
    ...{ time: { from: 'now-24h', to: 'now' }, refresh: '30s', templating: { list: [] }, annotations: { list: [] } },
  });
  for (const source of ['prometheus', 'victoriametrics'] as const)
    expect(grafanaDashboard(rowOf({}), source).__inputs).toMatchObject([
      { pluginId: 'prometheus', pluginName: 'Prometheus' },
    ]);
});

it('a value and its chart are drawn from that database alone', () => {
  const datasource = { type: 'influxdb', uid: DS_HISTORY };
  const query =
    `SELECT mean("value") FROM "hometui" WHERE "house" = 'H' AND "sensor" = 's0' AND "unit" = 'W' AND $timeFilter ` +
    'GROUP BY time($__interval) fill(null)';
  const target = { refId: 'A0', datasource, rawQuery: true, resultFormat: 'time_series', alias: 'S0', query };
  expect(grafanaDashboard(rowOf({}), 'influxdb').panels).toStrictEqual([
    { id: 1, type: 'row', title: 'All', collapsed: false, panels: [], gridPos: { x: 0, y: 0, w: 24, h: 1 } },
    {
      ...{ id: 2, type: 'stat', title: 'S0', datasource, targets: [target], gridPos: { x: 0, y: 1, w: 6, h: 6 } },
      options: { reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false } },
      fieldConfig: {
        defaults: {
          ...{ unit: 'suffix: W', decimals: 1 },
          thresholds: { mode: 'absolute', steps: [{ color: '#5cd65c', value: null }] },
        },
        overrides: [],
      },
    },
    {
      ...{ id: 3, type: 'timeseries', title: 'W', datasource, targets: [target], gridPos: { x: 0, y: 7, w: 24, h: 9 } },
      interval: '10s',
      fieldConfig: {
        defaults: { unit: 'suffix: W', custom: { drawStyle: 'line', spanNulls: false, showPoints: 'auto' } },
        overrides: [],
      },
    },
  ]);
  const asked = panelsIn(grafanaDashboard(rowOf({}), 'prometheus')).flatMap(({ targets = [] }) => targets);
  expect(asked.map(one => one.datasource)).toEqual([
    { type: 'prometheus', uid: DS_HISTORY },
    { type: 'prometheus', uid: DS_HISTORY },
  ]);
});

const panelsIn = ({ panels }: Readonly<Record<string, unknown>>): readonly Panel[] => panels as readonly Panel[];

it('four values stand in a row, and the chart of each unit below them all', () => {
  const panels = panelsIn(grafanaDashboard(rowOf({}, {}, {}, {}, { unit: 'V' }), 'influxdb'));
  expect(panels.map(({ title, gridPos: { x, y } }) => [title, x, y])).toEqual([
    ['All', 0, 0],
    ...[
      ['S0', 0, 1],
      ['S1', 6, 1],
      ['S2', 12, 1],
      ['S3', 18, 1],
      ['S4', 0, 7],
    ],
    ...[
      ['W', 0, 13],
      ['V', 0, 22],
    ],
  ]);
  const [watts, volts] = panels.slice(-2).map(({ targets = [] }) => targets.map(one => [one.refId, one.alias]));
  expect(watts).toEqual([
    ['A0', 'S0'],
    ['A1', 'S1'],
    ['A2', 'S2'],
    ['A3', 'S3'],
  ]);
  expect(volts).toEqual([['A0', 'S4']]);
  expect(panelsIn(grafanaDashboard(rowOf({}, {}, {}, {}), 'influxdb')).at(-1)?.gridPos.y).toBe(7);
});

it('what has no unit is drawn without one, under the names of all', () => {
  const panels = panelsIn(grafanaDashboard(rowOf({ unit: '' }, { unit: '' }), 'influxdb'));
  expect(panels.map(({ title }) => title)).toEqual(['All', 'S0', 'S1', 'S0, S1']);
  for (const { fieldConfig } of panels.slice(1)) expect(fieldConfig?.defaults.unit).toBe('none');
});

it('a chart has a step in which the slowest of it speaks twice', () => {
  const intervalOf = (...sensors: readonly Readonly<Record<string, unknown>>[]) =>
    panelsIn(grafanaDashboard(rowOf(...sensors), 'influxdb')).at(-1)?.interval;
  expect(intervalOf({ every: 7.2 })).toBe('15s');
  expect(intervalOf({ every: 60 }, { every: 1 })).toBe('120s');
  expect(intervalOf({}, { every: 1 })).toBe('10s');
  const slow = createHouse({ ...rowOf({}).config, cadence: 30 });
  expect(panelsIn(grafanaDashboard(slow, 'influxdb')).at(-1)?.interval).toBe('60s');
});

it.each([
  ['°F', /^\(avg_over_time\(.*\) - -?[\d.]+\) \/ [\d.]+$/],
  ['W', /^avg_over_time\([^/]*\)$/],
  ['odd', /^avg_over_time\([^/]*\)$/],
])('in %s Prometheus gives base units, which are turned back', (unit, expected) => {
  const target = panelsIn(grafanaDashboard(rowOf({ unit }), 'prometheus')).at(-1)?.targets?.[0];
  expect(target?.expr).toMatch(expected);
});
