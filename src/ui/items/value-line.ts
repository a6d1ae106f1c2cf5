import { fitText } from '../../core/fit-text.ts';
import { levelOf, limitText } from '../../core/home/readings/level.ts';
import { derivedValue, freshnessOfReading, trendOf } from '../../core/home/select.ts';
import type { Freshness } from '../../core/home/state/client.ts';
import { faultWord, type Reading } from '../../core/home/state/reading.ts';
import { getRow } from '../../core/home/state/table.ts';
import { decimalsOf } from '../../core/house/house.ts';
import { textWidth } from '../../core/text-width.ts';
import { sparkline } from '../charts/sparkline.ts';
import { type ItemColumns, itemHead, pickText } from '../layout/item-columns.ts';
import { numberField } from '../layout/number-field.ts';
import { coarseAge, oldText } from '../text/age-text.ts';
import { freshnessSymbol, type HouseView } from '../text/house-view.ts';
import { fitLine, type Line, lineWidth, type Span, span } from '../text/line.ts';
import { freshnessStyle, levelStyle } from '../text/state-style.ts';
import type { StyleName } from '../theme/theme.ts';

/** The fewest columns in which a history still says something. */
const SPARKLINE_MIN = 6;

/** A value as it is drawn. */
export interface ShownValue {
  readonly label: string;
  readonly value: number | null;
  readonly decimals: number;
  readonly unit: string;
  readonly freshness: Freshness;
  /** What is to be said instead of a trend; the first that fits. */
  readonly words: readonly string[];
  readonly wordsStyle: StyleName;
  readonly sign: Span;
}

/** The row of a sensor: label, value on the decimal point, trend and history; words where all is not well. */
export function sensorLine(view: HouseView, id: string, isFocused: boolean, columns: ItemColumns): Line {
  const shown = shownSensor(view, id);
  if (shown === null) return fitLine([], columns.width);
  const trend = shown.freshness === 'live' ? trendSymbol(view, id) : null;
  return valueLine(view, shown, isFocused, columns, trend, width => sparkline(view, id, width));
}

/** The row of a derived value: as a sensor's, without a history. */
export function derivedLine(view: HouseView, id: string, isFocused: boolean, columns: ItemColumns): Line {
  const shown = shownDerived(view, id);
  if (shown === null) return fitLine([], columns.width);
  return valueLine(view, shown, isFocused, columns, null, () => []);
}

function valueLine(
  view: HouseView,
  shown: ShownValue,
  isFocused: boolean,
  columns: ItemColumns,
  trend: string | null,
  draw: (width: number) => Line,
): Line {
  const head = itemHead(view, { label: shown.label, isFocused, sign: shown.sign }, columns);
  if (shown.value === null) return fitLine([...head, ...wordsOnly(shown, columns)], columns.width);
  const rest = restOf(shown, trend, draw, columns.rest);
  return fitLine([...head, ...valueSpans(shown, columns), ...rest], columns.width);
}

/** A sensor with what is to be said of it; `null` where the house has no such sensor. */
export function shownSensor(view: HouseView, id: string): ShownValue | null {
  const sensor = view.home.house.sensors.get(id);
  const reading = getRow(view.home.readings, id);
  if (sensor === undefined || reading === undefined) return null;
  const report = freshnessOfReading(view.home, id);
  return {
    label: sensor.label,
    value: reading.value,
    decimals: decimalsOf(sensor),
    unit: sensor.unit,
    freshness: report.freshness,
    ...(report.freshness === 'live' ? liveWords(view, reading) : silentWords(view, report, reading)),
  };
}

/** The same of a derived value. */
export function shownDerived(view: HouseView, id: string): ShownValue | null {
  const config = view.home.house.derived.get(id);
  if (config === undefined) return null;
  const derived = derivedValue(view.home, id);
  const isLive = derived.freshness === 'live';
  const words = derived.value === null && isLive ? ['cannot be computed', 'no result'] : [derived.freshness];
  return {
    label: config.label,
    value: derived.value,
    decimals: 1,
    unit: derived.unit,
    freshness: derived.freshness,
    words: isLive && derived.value !== null ? [] : words,
    wordsStyle: freshnessStyle[derived.freshness],
    sign: isLive ? span(' ') : span(freshnessSymbol(view.glyphs, derived.freshness), freshnessStyle[derived.freshness]),
  };
}

function valueSpans(shown: ShownValue, columns: ItemColumns): Line {
  const style = shown.freshness === 'live' ? 'value' : 'notLive';
  const number = shown.value === null ? '' : numberField(shown.value, shown.decimals, columns);
  return [span(number, style), span(' '), span(fitText(shown.unit, columns.unit), 'muted'), span(' ')];
}

function wordsOnly(shown: ShownValue, columns: ItemColumns): Line {
  const room = columns.integer + columns.fraction + columns.unit + 2 + columns.rest;
  return [span(pickText(shown.words, room), shown.wordsStyle)];
}

/** Trend and history side by side; words push the history back from its older end, so that its columns stay in line. */
function restOf(shown: ShownValue, trend: string | null, draw: (width: number) => Line, width: number): Line {
  const words = pickText(shown.words, width - (trend === null ? 0 : 2));
  const head: Line = trend === null ? [] : [span(trend, 'chart'), span(' ')];
  const used = words === '' ? 2 : (trend === null ? 0 : 2) + textWidth(words) + 1;
  const room = width - used;
  const history = room >= SPARKLINE_MIN ? draw(room) : [];
  return [...fitLine([...head, span(words, shown.wordsStyle)], width - lineWidth(history)), ...history];
}

function liveWords(view: HouseView, reading: Reading): Pick<ShownValue, 'words' | 'wordsStyle' | 'sign'> {
  return limitWords(view, reading) ?? { words: [], wordsStyle: 'text', sign: span(' ') };
}

/** That the last value is beyond a limit: in full, then the side alone; `null` where it is within them. */
function limitWords(view: HouseView, { id, value }: Reading): Pick<ShownValue, 'words' | 'wordsStyle' | 'sign'> | null {
  const sensor = view.home.house.sensors.get(id);
  const limit = sensor === undefined || value === null ? null : limitText(sensor, value);
  if (sensor === undefined || value === null || limit === null) return null;
  const level = levelOf(sensor, value);
  const sign = level === 'critical' ? view.glyphs.symbols.critical : view.glyphs.symbols.warning;
  const words = level === 'critical' ? limit.toUpperCase() : limit;
  const [side = words] = words.split(' ');
  return { words: [words, side], wordsStyle: levelStyle[level], sign: span(sign, levelStyle[level]) };
}

/** How old the value is; one that was beyond a limit keeps its mark. */
function silentWords(
  view: HouseView,
  report: { readonly freshness: Freshness; readonly ageMs: number | null },
  reading: Reading,
): Pick<ShownValue, 'words' | 'wordsStyle' | 'sign'> {
  const isFaulted = isUnreadable(report.freshness, reading);
  const ages =
    isFaulted && reading.fault !== null ? [faultWord(reading.fault)] : ageWords(report, reading.value !== null);
  const style = freshnessStyle[report.freshness];
  const limit = limitWords(view, reading);
  if (limit === null && isFaulted) {
    return { words: ages, wordsStyle: 'warning', sign: span(view.glyphs.symbols.warning, 'warning') };
  }
  if (limit === null) {
    return { words: ages, wordsStyle: style, sign: span(freshnessSymbol(view.glyphs, report.freshness), style) };
  }
  const last = ages.at(-1) ?? report.freshness;
  return { ...limit, words: [...limit.words.flatMap(words => ages.map(age => `${words}, ${age}`)), last] };
}

function ageWords(
  { freshness, ageMs }: { readonly freshness: Freshness; readonly ageMs: number | null },
  hasValue: boolean,
): readonly string[] {
  if (freshness === 'retained') return ['retained, age unknown', 'retained'];
  if (freshness === 'waiting') return [hasValue && ageMs !== null ? oldText(ageMs) : 'not received yet'];
  return ageMs === null ? [freshness] : [`${freshness}, ${coarseAge(ageMs)}`, freshness];
}

/** Whether it is heard, and what it says cannot be read. */
function isUnreadable(freshness: Freshness, { fault, value }: Reading): boolean {
  return fault !== null && (freshness === 'stale' || (freshness === 'waiting' && value === null));
}

function trendSymbol(view: HouseView, id: string): string {
  const { up, down, flat } = view.glyphs.symbols;
  const trend = trendOf(view.home, id);
  if (trend === null) return ' ';
  return trend === 'rising' ? up : trend === 'falling' ? down : flat;
}
