import type { EngineAddress } from '../engine/address.ts';
import { influxConditions } from '../engine/influxql.ts';
import { seriesMetric } from '../engine/promql.ts';
import type { House } from '../house/house.ts';
import { DEFAULT_CADENCE_S, decimalsOf } from '../house/house.ts';
import type { SensorConfig } from '../house/schema.ts';
import { bandsOf } from '../node-red/export/gauge-bands.ts';
import { metricUnit } from '../prometheus-unit.ts';

/** The database of the history, as Grafana asks it. */
export type DataSource = 'influxdb' | 'victoriametrics' | 'prometheus';

type Json = Readonly<Record<string, unknown>>;

/** A dashboard asks for the database when it is imported. */
const INPUT = 'DS_HISTORY';
const UID = `\${${INPUT}}`;
const ROW_HEIGHT = 1;
const GAUGE = { w: 6, h: 6 };
const CHART = { w: 24, h: 9 };
const COLUMNS = 24;

/**
 * A dashboard of Grafana for what a daemon sends to a database, or Prometheus fetches from it: of each panel of the house
 * its values with their limits, and a chart for each unit. Where nothing was heard there is no line.
 */
export function grafanaDashboard(house: House, source: DataSource): Json {
  const type = source === 'influxdb' ? 'influxdb' : 'prometheus';
  const name = type === 'influxdb' ? 'InfluxDB' : 'Prometheus';
  const panels: Json[] = [];
  let y = 0;
  const put = (panel: Json, x: number, { w, h }: { readonly w: number; readonly h: number }): void => {
    panels.push({ id: panels.length + 1, ...panel, gridPos: { x, y, w, h } });
  };
  for (const panel of house.config.panels) {
    const sensors = panel.items.flatMap(id => {
      const sensor = house.sensors.get(id);
      return sensor === undefined ? [] : [{ id, sensor }];
    });
    if (sensors.length === 0) continue;
    put({ type: 'row', title: panel.label, collapsed: false, panels: [] }, 0, { w: COLUMNS, h: ROW_HEIGHT });
    y += ROW_HEIGHT;
    for (const [place, one] of sensors.entries()) {
      if (place > 0 && place % (COLUMNS / GAUGE.w) === 0) y += GAUGE.h;
      put(gaugePanel(house, one, source), (place * GAUGE.w) % COLUMNS, GAUGE);
    }
    y += GAUGE.h;
    for (const unit of new Set(sensors.map(({ sensor }) => sensor.unit))) {
      put(
        chartPanel(
          house,
          sensors.filter(({ sensor }) => sensor.unit === unit),
          unit,
          source,
        ),
        0,
        CHART,
      );
      y += CHART.h;
    }
  }
  return {
    __inputs: [{ name: INPUT, label: 'History', type: 'datasource', pluginId: type, pluginName: name }],
    ...{ title: house.config.name, tags: ['hometui'], timezone: 'browser', schemaVersion: 39, editable: true },
    ...{ time: { from: 'now-24h', to: 'now' }, refresh: '30s', templating: { list: [] }, annotations: { list: [] } },
    panels,
  };
}

interface Shown {
  readonly id: string;
  readonly sensor: SensorConfig;
}

function gaugePanel(house: House, shown: Shown, source: DataSource): Json {
  const { sensor } = shown;
  return {
    type: sensor.range === undefined ? 'stat' : 'gauge',
    title: sensor.label,
    datasource: datasourceOf(source),
    targets: [target(house, shown, source, 0)],
    options: { reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false } },
    fieldConfig: { defaults: { ...fieldOf(sensor), thresholds: thresholdsOf(sensor) }, overrides: [] },
  };
}

function chartPanel(house: House, shown: readonly Shown[], unit: string, source: DataSource): Json {
  const everyS = Math.max(...shown.map(({ sensor }) => cadenceOf(house, sensor)));
  return {
    type: 'timeseries',
    title: unit === '' ? shown.map(({ sensor }) => sensor.label).join(', ') : unit,
    datasource: datasourceOf(source),
    // Shorter ones would be empty now and then, and the line in pieces.
    interval: `${Math.ceil(2 * everyS)}s`,
    targets: shown.map((one, place) => target(house, one, source, place)),
    fieldConfig: {
      defaults: {
        unit: unit === '' ? 'none' : `suffix: ${unit}`,
        custom: { drawStyle: 'line', spanNulls: false, showPoints: 'auto' },
      },
      overrides: [],
    },
  };
}

function fieldOf(sensor: SensorConfig): Json {
  const { unit, range } = sensor;
  return { unit: unit === '' ? 'none' : `suffix: ${unit}`, decimals: decimalsOf(sensor), ...range };
}

function thresholdsOf(sensor: SensorConfig): Json {
  const lowest = Number.NEGATIVE_INFINITY;
  const steps = bandsOf(sensor, lowest).map(({ from, color }) => ({ color, value: from === lowest ? null : from }));
  return { mode: 'absolute', steps };
}

function datasourceOf(source: DataSource): Json {
  return { type: source === 'influxdb' ? 'influxdb' : 'prometheus', uid: UID };
}

function cadenceOf(house: House, sensor: SensorConfig): number {
  return sensor.every ?? house.config.cadence ?? DEFAULT_CADENCE_S;
}

function target(house: House, { id, sensor }: Shown, source: DataSource, place: number): Json {
  const asked = { house: house.config.name, sensor: { id, unit: sensor.unit } };
  const common = { refId: `A${place}`, datasource: datasourceOf(source) };
  if (source === 'influxdb') {
    const where = `${influxConditions(asked)} AND $timeFilter`;
    const query = `SELECT mean("value") FROM "hometui" WHERE ${where} GROUP BY time($__interval) fill(null)`;
    return { ...common, rawQuery: true, resultFormat: 'time_series', alias: sensor.label, query };
  }
  const kind: EngineAddress['kind'] = source === 'prometheus' ? 'prometheus' : 'line-protocol';
  const mean = `avg_over_time(${seriesMetric(kind, asked)}[$__interval])`;
  return { ...common, expr: kind === 'prometheus' ? inUnit(mean, sensor.unit) : mean, legendFormat: sensor.label };
}

/** What Prometheus fetches is in base units. */
function inUnit(expression: string, unit: string): string {
  const { factor, shift } = metricUnit(unit) ?? { factor: 1, shift: 0 };
  const shifted = shift === 0 ? expression : `(${expression} - ${shift})`;
  return factor === 1 ? shifted : `${shifted} / ${factor}`;
}
