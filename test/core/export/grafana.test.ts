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
