import { fitText } from '../../core/fit-text.ts';
import { noEvents } from '../../core/history/query/page-events.ts';
import { limitText } from '../../core/home/readings/level.ts';
import { rangeOf } from '../../core/home/readings/range.ts';
import { formatValue } from '../../core/home/readings/value-text.ts';
import { freshnessOfReading, levelOfReading, trendOf } from '../../core/home/select.ts';
import type { Reading } from '../../core/home/state/reading.ts';
import { getRow } from '../../core/home/state/table.ts';
import { decimalsOf } from '../../core/house/house.ts';
import type { SensorConfig } from '../../core/house/schema.ts';
import { BIG_ROWS, bigNumber } from '../charts/big-number.ts';
import { CHART_MIN_ROWS, chartLines } from '../charts/chart-lines.ts';
import { pickText } from '../layout/item-columns.ts';
import { plotColumns } from '../layout/plot.ts';
import { clientFields } from '../panels/client-lines.ts';
import { type Field, fieldLines } from '../panels/field-lines.ts';
import { partsOf } from '../panels/part-lines.ts';
import type { DetailPage, PastState } from '../state/app-state.ts';
import { calmAge } from '../text/age-text.ts';
import { freshnessSymbol, type HouseView, type Lines } from '../text/house-view.ts';
import { type Line, lineWidth, span } from '../text/line.ts';
import { freshnessStyle, levelStyle } from '../text/state-style.ts';
import { chartEvents } from './chart-events.ts';
import { type ChartSight, chartSight, emptyWordsOf, isUnread } from './chart-sight.ts';
import { chartStatus } from './chart-status.ts';
import { findingFields } from './finding-fields.ts';

/** Rows in which a chart can be read. */
const CHART_GOOD_ROWS = 7;
/** From this height on there is room for a value in big digits. */
const BIG_FROM_ROWS = 17;

/**
 * A sensor in full: value, freshness, limits, statistics, chart, topic and client, and what happened in the time of the
 * chart; `name` where the title cuts it. Where there is little room the chart comes first, with why the sensor is silent,
 * and the facts that stay the same after it.
 */
export function sensorParts(
  view: HouseView,
  page: DetailPage,
  past: PastState,
  name: Lines,
  { width, rows }: { readonly width: number; readonly rows: number },
): readonly Lines[] {
  const { id } = page;
  const sensor = view.home.house.sensors.get(id);
  const reading = getRow(view.home.readings, id);
  if (sensor === undefined || reading === undefined) return [];
  const columns = plotColumns(rangeOf(sensor, reading), decimalsOf(sensor), width);
  const sight = chartSight(view.home, page, past, columns);
  const isBig = rows >= BIG_FROM_ROWS && view.glyphs.hasHalfBlocks && isPlainNumber(sensor, reading);
  const makeHead = isBig ? bigHead : smallHead;
  const factsIn: FactsIn = room => [
    freshnessFact(view, id),
    levelFact(view, sensor, reading, room),
    statsFact(sight, sensor, room),
  ];
  const head = makeHead(view, sensor, reading, factsIn, width);
  const why = fieldLines([...whyFields(view, reading), ...heldFields(reading), ...troubleFields(sight)], width);
  const found = fieldLines(findingFields(view, id), width);
  const all = [...name, ...why, ...found, ...fieldLines(sensorFields(view, sensor, reading), width)];
  const events = chartEvents(view, sight, width);
  const gap: Lines = rows >= BIG_FROM_ROWS ? [[]] : [];
  const status = chartStatus(view, sensor, sight, width);
  const below: Lines = rows >= BIG_FROM_ROWS || status.length > 0 ? [status] : [];
  const look = { events: sight.past?.events ?? noEvents, cursor: sight.view.cursor, emptyWords: emptyWordsOf(sight) };
  const chartOf = (height: number): Lines => chartLines(view, sensor, sight.samples, width, height, look);
  // The events are another part, to which a row leads.
  const left = rows - head.length - gap.length - below.length - (events.length === 0 ? 0 : 1);
  const others = events.length === 0 ? [] : partsOf(events, rows - 1);
  if (left - all.length >= CHART_GOOD_ROWS) {
    return [[...head, ...gap, ...chartOf(left - all.length), ...below, ...all], ...others];
  }
  const room = rows - 1 - head.length - gap.length - below.length;
  const shown = room - why.length >= CHART_MIN_ROWS ? why : [];
  if (room - shown.length < CHART_MIN_ROWS) return [...partsOf([...head, ...all], rows), ...others];
  const chart = [...head, ...gap, ...chartOf(room - shown.length), ...below, ...shown];
  return [chart, ...partsOf(all, rows - 1), ...others];
}

/** Whether big digits can show a value: they have no `e`, as in 1e+21. */
const isPlainNumber = (sensor: SensorConfig, { value }: Reading): boolean =>
  value === null || /^[-.\d]*$/.test(value.toFixed(decimalsOf(sensor)));

/** What is known beside or below the number, in so many columns. */
type FactsIn = (room: number) => readonly Line[];

function bigHead(view: HouseView, sensor: SensorConfig, reading: Reading, factsIn: FactsIn, width: number): Lines {
  const isLive = freshnessOfReading(view.home, reading.id).freshness === 'live';
  const text = reading.value === null ? '---' : reading.value.toFixed(decimalsOf(sensor));
  const rows = bigNumber(text);
  const tail = ['', trendText(view, reading.id), sensor.unit];
  const facts = factsIn(width - (rows[0].length + 2) - 12);
  return Array.from(
    { length: BIG_ROWS },
    (_, row): Line => [
      span(` ${rows[row] ?? ''} `, isLive ? 'value' : 'notLive'),
      span(fitText(tail[row] ?? '', 12), 'muted'),
      ...(facts[row] ?? []),
    ],
  );
}

function smallHead(view: HouseView, sensor: SensorConfig, reading: Reading, factsIn: FactsIn, width: number): Lines {
  const isLive = freshnessOfReading(view.home, reading.id).freshness === 'live';
  const text = reading.value === null ? 'no value yet' : formatValue(reading.value, sensor.unit, sensor.decimals);
  const [freshness = [], ...others] = factsIn(width);
  return [[span(`${text} ${trendText(view, reading.id)}  `, isLive ? 'value' : 'notLive'), ...freshness], ...others];
}

function trendText({ home, glyphs }: HouseView, id: string): string {
  const trend = freshnessOfReading(home, id).freshness === 'live' ? trendOf(home, id) : null;
  if (trend === null) return '';
  const { up, down, flat } = glyphs.symbols;
  return `${trend === 'rising' ? up : trend === 'falling' ? down : flat} ${trend}`;
}

function freshnessFact(view: HouseView, id: string): Line {
  const { freshness } = freshnessOfReading(view.home, id);
  return [span(`${freshnessSymbol(view.glyphs, freshness)} ${freshness}`, freshnessStyle[freshness])];
}

function levelFact(view: HouseView, sensor: SensorConfig, reading: Reading, room: number): Line {
  const limit = reading.value === null ? null : limitText(sensor, reading.value);
  const level = levelOfReading(view.home, reading.id);
  if (limit === null) return [span(withinText(view, sensor, reading), 'muted')];
  const sign = level === 'critical' ? view.glyphs.symbols.critical : view.glyphs.symbols.warning;
  const texts = [
    `${sign} ${level}: ${limit} ${sensor.unit}`.trimEnd(),
    `${sign} ${level}: ${limit}`,
    `${sign} ${level}`,
  ];
  return [span(pickText(texts, room), levelStyle[level])];
}

/** Of a value that is old nobody knows whether it still is within its limits, and of none whether it is. */
function withinText({ home }: HouseView, sensor: SensorConfig, reading: Reading): string {
  if (!hasLimits(sensor)) return 'no limits are set';
  if (reading.value === null) return 'its limits are below';
  return freshnessOfReading(home, reading.id).freshness === 'live' ? 'within its limits' : 'was within its limits';
}

/** Least, mean and most, as far as there is room; the time they are of stands in the title too. */
function statsFact(sight: ChartSight, sensor: SensorConfig, room: number): Line {
  const { samples, place, isReading } = sight;
  const { stats } = samples;
  const { ms, label } = place.window;
  // What is still shown is of another time.
  if (isReading) return [];
  if (stats === null) {
    const isHeardOnly = place.until === null && !isUnread(sight);
    const nothing = Number.isFinite(ms) ? `nothing heard in ${label}` : 'nothing heard, and nothing kept';
    return [span(isHeardOnly ? nothing : 'no value is known of that time', 'muted')];
  }
  const number = (value: number): string => value.toFixed(decimalsOf(sensor));
  const pair = (name: string, value: number): Line => [span(`${name} `, 'muted'), span(`${number(value)}  `)];
  const all = [...pair('min', stats.min), ...pair('mean', stats.mean), ...pair('max', stats.max)];
  const lines: Lines = [
    [...all, span(`in ${label}`, 'muted')],
    all,
    [...pair('mean', stats.mean), span(`${number(stats.min)} to ${number(stats.max)}`)],
    [span(`${number(stats.min)} to ${number(stats.max)}`)],
    pair('mean', stats.mean),
  ];
  return lines.find(line => lineWidth(line) <= room) ?? [];
}

/** Why it is not live. */
function whyFields({ home }: HouseView, reading: Reading): readonly Field[] {
  const { freshness, reason } = freshnessOfReading(home, reading.id, calmAge);
  return reason === null ? [] : [{ name: 'Why', text: reason, style: freshnessStyle[freshness] }];
}

/** A jump that waits for the next reading. */
function heldFields({ held }: Reading): readonly Field[] {
  return held === null ? [] : [{ name: 'Waits', text: `${held.reason}: the next reading decides`, style: 'warning' }];
}

/** Why the past is not shown. */
function troubleFields({ trouble, past }: ChartSight): readonly Field[] {
  const elsewhere = past?.elsewhere;
  const engine =
    elsewhere?.kind === 'failed'
      ? [{ name: 'Engine', text: `${elsewhere.name} tells nothing: ${elsewhere.why}`, style: 'warning' } as const]
      : [];
  if (trouble === null) return engine;
  const cure = trouble.cure === undefined ? '' : `. ${trouble.cure}`;
  return [{ name: 'History', text: `${trouble.message}${cure}`, style: 'warning' }, ...engine];
}

function sensorFields(view: HouseView, sensor: SensorConfig, reading: Reading): readonly Field[] {
  const path = sensor.path === undefined ? '' : `, at ${sensor.path} in its JSON`;
  return [
    { name: 'Limits', text: limitsText(sensor, reading) },
    { name: 'Topic', text: `${sensor.topic}${path}` },
    ...clientFields(view, reading.id),
  ];
}

function hasLimits({ warning, critical }: SensorConfig): boolean {
  return warning !== undefined || critical !== undefined;
}

function limitsText(sensor: SensorConfig, reading: Reading): string {
  const one = (name: string, limits: SensorConfig['warning']): readonly string[] => [
    ...(limits?.low === undefined ? [] : [`${name} below ${limits.low}`]),
    ...(limits?.high === undefined ? [] : [`${name} above ${limits.high}`]),
  ];
  const parts = [...one('warning', sensor.warning), ...one('critical', sensor.critical)];
  const unit = sensor.unit === '' ? '' : ` ${sensor.unit}`;
  const scale = scaleText(sensor, reading);
  return parts.length === 0 ? `none; ${scale}` : `${parts.join(', ')}${unit}; ${scale}`;
}

function scaleText({ range }: SensorConfig, { learnedRange }: Reading): string {
  const shown = range ?? learnedRange;
  if (shown === null) return 'scale not learned yet';
  return `scale ${shown.min} to ${shown.max}${range === undefined ? ', learned' : ''}`;
}
