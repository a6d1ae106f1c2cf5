import { overText } from '../../alarms/change-text.ts';
import { cleanWhole } from '../../clean-text.ts';
import { countText } from '../../count-text.ts';
import type { CommandedConfig, House } from '../../house/house.ts';
import type { Limits, SensorConfig } from '../../house/schema.ts';
import type { AlarmSnapshot } from '../alarm-snapshot.ts';
import type { ItemSnapshot } from '../item-snapshot.ts';
import type { SensorSnapshot, StatusSnapshot } from '../status-snapshot.ts';

/**
 * The snapshot as a Nagios plug-in says it (Monitoring Plugins Development Guidelines, "Plugin Output" and "Performance
 * data"): one line with the level, what makes it so and the values; below it, the long output, all findings.
 */
export function nagiosText(snapshot: StatusSnapshot, house: House): string {
  const { overall, reasons, sensors, items = {}, broker } = snapshot;
  const [first, ...others] = reasons;
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  const summary = first === undefined ? wellText(snapshot) : `${first}${more}`;
  const data = [
    ...Object.entries(sensors).map(([id, sensor]) => sensorData(id, sensor, house.sensors.get(id))),
    ...Object.entries(items).flatMap(([id, item]) => setPointData(id, item, house.switches.get(id))),
  ];
  const head = `HOMETUI ${overall.toUpperCase()} - ${oneLine(summary)}`;
  const cures = [
    ...snapshot.denials.map(denial => denial.remedy),
    ...snapshot.issues.flatMap(({ cure }) => cure ?? []),
  ];
  const alarms = (snapshot.alarms?.active ?? []).map(alarmText);
  const long = [...reasons, ...alarms, ...cures, `broker ${broker.url}`];
  const line = data.length === 0 ? head : `${head} | ${data.join(' ')}`;
  const hasMore = reasons.length + alarms.length > 0;
  return `${[line, ...(hasMore ? long.map(oneLine) : [])].join('\n')}\n`;
}

function alarmText({ label, priority, state, acknowledgedAt, shelved, detail, cure }: AlarmSnapshot): string {
  const how = shelved !== null ? 'shelved' : state === 'returned' ? overText(acknowledgedAt !== null) : state;
  return `${priority} ${how}: ${label}${detail === null ? '' : ` (${detail})`}${cure === null ? '' : `. ${cure}`}`;
}

function wellText({ sensors, items = {}, clients }: StatusSnapshot): string {
  const counts = [
    countText(Object.keys(sensors).length, 'sensor'),
    ...(Object.keys(sensors).length > 0 ? [] : [countText(Object.keys(items).length, 'item')]),
    countText(Object.keys(clients).length, 'client'),
  ];
  const parts = counts.filter(part => !part.startsWith('0 '));
  return parts.length === 0 ? 'nothing is wrong' : `${parts.join(' and ')} live`;
}

function sensorData(id: string, sensor: SensorSnapshot, config: SensorConfig | undefined): string {
  const range = config?.range;
  const isNatural = range !== undefined && range.min >= 0;
  const ranges = [rangeText(config?.warning, isNatural), rangeText(config?.critical, isNatural)];
  const scale = range === undefined ? ['', ''] : [plainNumber(range.min), plainNumber(range.max)];
  return performanceData(id, sensor, [...ranges, ...scale]);
}

/** What a set-point stands at, between the least and the most that it can be set to; nothing of other items. */
function setPointData(id: string, item: ItemSnapshot, config: CommandedConfig | undefined): readonly string[] {
  const { value, unit, freshness } = item;
  if (config?.kind !== 'number' || typeof value === 'string') return [];
  const scale = [plainNumber(config.min), plainNumber(config.max)];
  return [performanceData(id, { value, unit: unit ?? '', freshness }, ['', '', ...scale])];
}

/** `'label'=value[unit];[warn];[crit];[min];[max]`; `U` where there is no value of now. */
function performanceData(
  id: string,
  { value, unit, freshness }: Pick<SensorSnapshot, 'value' | 'unit' | 'freshness'>,
  others: readonly string[],
): string {
  const isOfNow = freshness === 'live' || freshness === 'late';
  const number = isOfNow && value !== null ? plainNumber(value) : null;
  // Of the units that are allowed (s, %, B, c and their multiples) only the percentage is one that a house measures in.
  const sign = number !== null && unit === '%' ? '%' : '';
  return `'${id}'=${number ?? 'U'}${sign};${others.join(';')}`;
}

/** A threshold range: outside it the level is reached. `80` is 0 to 80, `~:80` from minus infinity to 80. */
function rangeText(limits: Limits | undefined, isNatural: boolean): string {
  if (limits === undefined) return '';
  const { low, high } = limits;
  if (low === undefined) return high === undefined ? '' : `${isNatural ? '' : '~:'}${plainNumber(high)}`;
  return `${plainNumber(low)}:${high === undefined ? '' : plainNumber(high)}`;
}

/** Digits, a point and a sign only: the guidelines know no exponents. Of what is below 1 the first three that say something. */
function plainNumber(value: number): string {
  // From there on toFixed writes exponents.
  if (Math.abs(value) >= 1e21) return BigInt(value).toString();
  const size = Math.abs(value);
  const decimals = size === 0 || size >= 1 ? 3 : Math.min(100, 2 - Math.floor(Math.log10(size)));
  return value
    .toFixed(decimals)
    .replace(/\.?0+$/, '')
    .replace(/^-0$/, '0');
}

/** `|` begins the performance data and a line feed the long output: neither may come from a text. */
function oneLine(text: string): string {
  return cleanWhole(text.replace(/\s*[\r\n]+\s*/g, ' ')).replaceAll('|', '/');
}
