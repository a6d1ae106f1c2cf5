import { fitText } from '../../core/fit-text.ts';
import type { SensorConfig } from '../../core/home/config-schema.ts';
import { limitText } from '../../core/home/level.ts';
import type { Reading } from '../../core/home/reading.ts';
import { freshnessOfReading, levelOfReading, trendOf } from '../../core/home/select.ts';
import { getRow } from '../../core/home/table.ts';
import { formatValue } from '../../core/home/text.ts';
import { type ChartWindow, chartWindows } from '../app-state.ts';
import { type ChartSamples, chartSamples } from '../chart-samples.ts';
import { type Line, span } from '../line.ts';
import { BIG_ROWS, bigNumber } from '../lines/big-number.ts';
import { CHART_MIN_ROWS, chartLines } from '../lines/chart-lines.ts';
import { type Field, fieldLines } from '../lines/field-lines.ts';
import { criticalSymbol, freshnessSymbol, type Lines, type View } from '../view.ts';
import { calmText, freshnessStyle, levelStyle } from '../words.ts';
import { clientField } from './client-field.ts';

/** Rows in which a chart can be read. */
const CHART_GOOD_ROWS = 7;
/** From this height on there is room for a value in big digits. */
const BIG_FROM_ROWS = 17;

/** A sensor in full: value, freshness, limits, statistics, chart, topic and client. */
export function sensorDetail(view: View, id: string, window: ChartWindow, width: number, rows: number): Lines {
  const sensor = view.home.house.sensors.get(id);
  const reading = getRow(view.home.readings, id);
  if (sensor === undefined || reading === undefined) return [];
  const samples = chartSamples(view.home, id, window, width - 8);
  const facts = [freshnessFact(view, id), levelFact(view, sensor, reading), statsFact(samples, sensor, window)];
  const head =
    rows >= BIG_FROM_ROWS && view.glyphs.hasHalfBlocks
      ? bigHead(view, sensor, reading, facts)
      : smallHead(view, sensor, reading, facts);
  const all = fieldLines(sensorFields(view, sensor, reading), width);
  // Where there is little room, the chart is worth more than the facts that stay the same.
  const gap: Lines = rows >= BIG_FROM_ROWS ? [[]] : [];
  const fields = all.slice(0, Math.max(1, rows - head.length - 2 * gap.length - CHART_GOOD_ROWS));
  const chartRows = rows - head.length - fields.length - 2 * gap.length;
  if (chartRows < CHART_MIN_ROWS) return [...head, ...all];
  return [...head, ...gap, ...chartLines(view, sensor, samples, width, chartRows), ...gap, ...fields];
}

/** How the choice of windows reads: the one that is shown in brackets. */
export function windowChoice(window: ChartWindow): string {
  return chartWindows.map(one => (one === window ? `[${one.label}]` : one.label)).join('  ');
}

function bigHead(view: View, sensor: SensorConfig, reading: Reading, facts: readonly Line[]): Lines {
  const isLive = freshnessOfReading(view.home, reading.id).freshness === 'live';
  const text = reading.value === null ? '---' : reading.value.toFixed(sensor.decimals ?? 1);
  const rows = bigNumber(text);
  const tail = ['', trendText(view, reading.id), sensor.unit];
  return Array.from(
    { length: BIG_ROWS },
    (_, row): Line => [
      span(` ${rows[row] ?? ''} `, isLive ? 'value' : 'notLive'),
      span(fitText(tail[row] ?? '', 12), 'muted'),
      ...(facts[row] ?? []),
    ],
  );
}

function smallHead(view: View, sensor: SensorConfig, reading: Reading, facts: readonly Line[]): Lines {
  const isLive = freshnessOfReading(view.home, reading.id).freshness === 'live';
  const text = reading.value === null ? 'no value yet' : formatValue(reading.value, sensor.unit, sensor.decimals);
  const [freshness = [], ...others] = facts;
  return [[span(`${text} ${trendText(view, reading.id)}  `, isLive ? 'value' : 'notLive'), ...freshness], ...others];
}

function trendText({ home, glyphs }: View, id: string): string {
  const trend = freshnessOfReading(home, id).freshness === 'live' ? trendOf(home, id) : null;
  if (trend === null) return '';
  const { up, down, flat } = glyphs.symbols;
  return `${trend === 'rising' ? up : trend === 'falling' ? down : flat} ${trend}`;
}

function freshnessFact(view: View, id: string): Line {
  const { freshness } = freshnessOfReading(view.home, id);
  return [span(`${freshnessSymbol(view.glyphs, freshness)} ${freshness}`, freshnessStyle[freshness])];
}

function levelFact(view: View, sensor: SensorConfig, reading: Reading): Line {
  const limit = reading.value === null ? null : limitText(sensor, reading.value);
  const level = levelOfReading(view.home, reading.id);
  if (limit === null) return [span(hasLimits(sensor) ? 'within its limits' : 'no limits are set', 'muted')];
  const sign = level === 'critical' ? criticalSymbol(view.glyphs) : view.glyphs.symbols.warning;
  return [span(`${sign} ${level}: ${limit} ${sensor.unit}`.trimEnd(), levelStyle[level])];
}

function statsFact(samples: ChartSamples, sensor: SensorConfig, window: ChartWindow): Line {
  const { stats } = samples;
  if (stats === null) return [span(`nothing heard in ${window.label}`, 'muted')];
  const number = (value: number): string => value.toFixed(sensor.decimals ?? 1);
  const pair = (name: string, value: number): Line => [span(`${name} `, 'muted'), span(`${number(value)}  `)];
  return [
    ...pair('min', stats.min),
    ...pair('mean', stats.mean),
    ...pair('max', stats.max),
    span(`in ${window.label}`, 'muted'),
  ];
}

function sensorFields(view: View, sensor: SensorConfig, reading: Reading): readonly Field[] {
  const { freshness, reason } = freshnessOfReading(view.home, reading.id);
  const path = sensor.path === undefined ? '' : `, at ${sensor.path} in its JSON`;
  return [
    ...(reason === null ? [] : [{ name: 'Why', text: calmText(reason), style: freshnessStyle[freshness] }]),
    { name: 'Limits', text: limitsText(sensor) },
    { name: 'Topic', text: `${sensor.topic}${path}` },
    clientField(view, reading.id),
  ];
}

function hasLimits({ warning, critical }: SensorConfig): boolean {
  return warning !== undefined || critical !== undefined;
}

function limitsText(sensor: SensorConfig): string {
  const one = (name: string, limits: SensorConfig['warning']): readonly string[] => [
    ...(limits?.low === undefined ? [] : [`${name} below ${limits.low}`]),
    ...(limits?.high === undefined ? [] : [`${name} above ${limits.high}`]),
  ];
  const parts = [...one('warning', sensor.warning), ...one('critical', sensor.critical)];
  const unit = sensor.unit === '' ? '' : ` ${sensor.unit}`;
  const scale = `scale ${sensor.range.min} to ${sensor.range.max}`;
  return parts.length === 0 ? `none; ${scale}` : `${parts.join(', ')}${unit}; ${scale}`;
}
