import { cleanText } from '../clean-text.ts';
import { labelOf, partsOf, withDerivedParts } from '../house/house.ts';
import type { DerivedConfig } from '../house/schema.ts';
import { removalCommand } from '../to-copy.ts';
import { subjectsOfDenial } from './access/denial-subjects.ts';
import { ownAccess } from './access/own-access.ts';
import { describeAclAlarm } from './broker-log/acl-alarm.ts';
import { brokerEndOf } from './broker-log/broker-life.ts';
import { type AgeWords, cadenceOf, freshnessOfReading } from './clients/select-freshness.ts';
import { clientFindings, type Finding, goneFindings, sensorFindings, wordFindings } from './findings.ts';
import { dewPoint } from './readings/derived.ts';
import { LEVELS, type Level, levelOf, worseLevel } from './readings/level.ts';
import { rangeOf } from './readings/range.ts';
import { sampleSeries } from './readings/series.ts';
import { sealAlarm } from './sealed/seal-freshness.ts';
import { type Denial, denialCountsUntil } from './state/broker.ts';
import type { Freshness } from './state/client.ts';
import { linkText, ourName } from './state/link.ts';
import type { Reading } from './state/reading.ts';
import { SEAL_REFUSALS } from './state/seal.ts';
import type { HomeState } from './state/state.ts';
import { getRow, rowsOf } from './state/table.ts';
import { aclAllows } from './switches/command-proof.ts';

export { freshnessOfClient, freshnessOfReading } from './clients/select-freshness.ts';
export { freshnessOfSwitch, freshnessOfWord } from './clients/select-spoken.ts';

/** The level of a sensor's last value; `ok` where there is none. */
export function levelOfReading(state: HomeState, sensorId: string): Level {
  const value = getRow(state.readings, sensorId)?.value ?? null;
  const sensor = state.house.sensors.get(sensorId);
  return value === null || sensor === undefined ? 'ok' : levelOf(sensor, value);
}

/** A value computed from others, as fresh as the least fresh of them. */
export interface DerivedValue {
  readonly value: number | null;
  readonly unit: string;
  readonly freshness: Freshness;
  /** Why it is not live, or why it cannot be computed; `null` while it is live. */
  readonly reason: string | null;
}

/** From the freshest to the least fresh: what a derived value inherits. */
const ORDER: readonly Freshness[] = [
  ...(['live', 'late', 'stale', 'retained', 'offline', 'waiting'] as const),
  ...SEAL_REFUSALS,
];

/** Computes a derived value of the house. */
export function derivedValue(state: HomeState, derivedId: string, ageWords?: AgeWords): DerivedValue {
  const config = state.house.derived.get(derivedId);
  if (config === undefined) return { value: null, unit: '', freshness: 'waiting', reason: `${derivedId} is unknown` };
  const [first, second] = partsOf(config);
  const unit = config.kind === 'dew-point' ? '°C' : config.unit;
  const worst = [first, second]
    .map(id => ({ id, ...freshnessOfReading(state, id, ageWords) }))
    .reduce((one, other) => (ORDER.indexOf(other.freshness) > ORDER.indexOf(one.freshness) ? other : one));
  const value = compute(
    config,
    getRow(state.readings, first)?.value ?? null,
    getRow(state.readings, second)?.value ?? null,
  );
  const label = labelOf(state.house, worst.id);
  const reason = worst.freshness === 'live' ? null : `${label}: ${worst.reason ?? worst.freshness}`;
  return { value, unit, freshness: worst.freshness, reason };
}

function compute(config: DerivedConfig, first: number | null, second: number | null): number | null {
  if (first === null || second === null) return null;
  const value = config.kind === 'difference' ? first - second : dewPoint(first, second);
  // What binary fractions leave behind (9.309999999999995) was never measured.
  return value === null ? null : Math.round(value * 1_000) / 1_000;
}

/** Where a value is going. */
export type Trend = 'rising' | 'steady' | 'falling';

/** How far back a trend looks: six columns of ten seconds at the least, three cadences of a slow sensor. */
const TREND_COLUMNS = 6;
const TREND_COLUMN_MS = 10_000;
/** The part of the configured range that a value must move to be called rising or falling. */
const TREND_SHARE = 0.006;

/** The trend of a live sensor over about a minute; `null` while there is too little to say. */
export function trendOf(state: HomeState, sensorId: string): Trend | null {
  const reading = getRow(state.readings, sensorId);
  const sensor = state.house.sensors.get(sensorId);
  if (reading === undefined || sensor === undefined || reading.receivedAt === null || reading.isRetained) return null;
  const cadenceMs = cadenceOf(state, reading, sensor);
  const columnMs = Math.max(TREND_COLUMN_MS, Math.ceil(cadenceMs / TREND_COLUMN_MS) * TREND_COLUMN_MS);
  const query = { endAt: reading.receivedAt, columnMs, columns: TREND_COLUMNS, holdMs: 2 * cadenceMs };
  const means = sampleSeries(reading.series, query).flatMap(bucket =>
    bucket === null ? [] : [bucket.sum / bucket.count],
  );
  const first = means[0];
  const last = means.at(-1);
  if (means.length < 3 || first === undefined || last === undefined) return null;
  const { min, max } = rangeOf(sensor, reading);
  const threshold = (max - min) * TREND_SHARE;
  if (last - first > threshold) return 'rising';
  return first - last > threshold ? 'falling' : 'steady';
}

/** Whether our user may write the command topic: by the newest proof, else by the ACL file; `null` where unknown. */
export function mayWrite(state: HomeState, switchId: string): boolean | null {
  const proven = getRow(state.switches, switchId)?.mayWrite ?? null;
  return proven === null ? aclAllows(state, switchId, 'write') : proven.allowed;
}

/** Why a switch must not be used from here, with the line that is missing; `null` where nothing is known against it. */
export function lockOf(state: HomeState, switchId: string): string | null {
  const config = state.house.switches.get(switchId);
  if (config === undefined || state.acl === null || mayWrite(state, switchId) !== false) return null;
  const decision = ownAccess(state, 'write', config.command);
  if (decision?.allowed !== false) return null;
  const who = ourName(state.session);
  return decision.rule === null
    ? `${who} may not write ${config.command}: ${state.acl.file} lacks "topic write ${config.command}" for ${who}`
    : `${who} may not write ${config.command}: ${state.acl.file}:${decision.rule.line} says "${decision.rule.text}"`;
}

/** The one thing that every screen must show. */
export interface Banner {
  readonly level: 'critical' | 'warning';
  readonly text: string;
  readonly cure: string;
}

/** What is dangerous about the house right now, the worst first; `null` where nothing is known to be. */
export function bannerOf(state: HomeState): Banner | null {
  const danger = dangerOf(state, null);
  const alarm = danger === null ? sealAlarm(state) : null;
  return alarm === null ? danger : { level: 'warning', text: alarm.text, cure: alarm.cure };
}

/** The same, where only what was named counts: the broker's access control list counts for all. */
function dangerOf(state: HomeState, only: ReadonlySet<string> | null): Banner | null {
  const end = brokerEndOf(state);
  if (end !== null) return { level: 'critical', ...end };
  if (state.aclBroken !== null) return { level: 'critical', ...describeAclAlarm(state, state.aclBroken) };
  const retained = rowsOf(state.switches).find(row => row.retainedCommand !== null && only?.has(row.id) !== false);
  const config = retained === undefined ? undefined : state.house.switches.get(retained.id);
  if (retained?.retainedCommand == null || config === undefined) return null;
  return {
    level: 'warning',
    text: `A retained "${retained.retainedCommand.payload}" on ${config.command} switches ${config.label} again at each reconnect of its device`,
    cure: `Remove it: ${removalCommand(config.command)}`,
  };
}

/** The house in one word, with what makes it so. */
export interface Overall {
  readonly level: Level | 'unknown';
  /** Sentences without a full stop, the worst first; empty where all is well. */
  readonly reasons: readonly string[];
}

/** What counts for the house in one word, by its ids. */
export interface Counted {
  readonly sensors: readonly string[];
  readonly clients: readonly string[];
  readonly words: readonly string[];
  /** Only those that were named: a relay that says nothing of itself is no fault of the house. */
  readonly switches: readonly string[];
}

/** What counts where `only` names what does; a derived value counts by the sensors that it is made of. */
export function countedOf(state: HomeState, only: ReadonlySet<string> | null): Counted {
  if (only === null) {
    return { sensors: state.readings.ids, clients: state.clients.ids, words: state.words.ids, switches: [] };
  }
  const named = withDerivedParts(state.house, only);
  return {
    sensors: state.readings.ids.filter(id => named.has(id)),
    clients: state.clients.ids.filter(id => only.has(id)),
    words: state.words.ids.filter(id => only.has(id)),
    switches: state.switches.ids.filter(id => only.has(id)),
  };
}

/**
 * The house in one word (contract.md, "Exit codes"). `only` limits what counts to these ids, denials to those about them;
 * a broker without its access control list and what stands in the way of seeing count all the same.
 */
export function overallOf(state: HomeState, only: ReadonlySet<string> | null = null): Overall {
  const { sensors, clients, words, switches } = countedOf(state, only);
  const hasSeen =
    sensors.some(id => hasCome(getRow(state.readings, id))) ||
    clients.some(id => getRow(state.clients, id)?.heardAt != null) ||
    words.some(id => getRow(state.words, id)?.word != null) ||
    switches.some(id => getRow(state.switches, id)?.position != null);
  if (state.link.phase !== 'connected') {
    const end = brokerEndOf(state);
    const link = linkText(state.link, state.session, state.at);
    return { level: 'unknown', reasons: end === null ? [link] : [end.text, link] };
  }
  const found: Finding[] = [
    ...dangers(state, only),
    ...clientFindings(state, clients),
    ...sensorFindings(state, sensors, clients),
    ...wordFindings(state, words),
    ...goneFindings(state, id => only?.has(id) !== false),
  ];
  found.sort((one, other) => LEVELS.indexOf(other.level) - LEVELS.indexOf(one.level));
  const level = found.reduce<Level>((worst, finding) => worseLevel(worst, finding.level), 'ok');
  const reasons = found.map(finding => finding.reason);
  const isUnknown = !hasSeen && level !== 'critical' && [...sensors, ...clients, ...words, ...switches].length > 0;
  return isUnknown ? { level: 'unknown', reasons: [nothingHeard(state, only), ...reasons] } : { level, reasons };
}

/** Whether anything came on its topic, readable or not. */
function hasCome(reading: Reading | undefined): boolean {
  return reading !== undefined && (reading.receivedAt !== null || reading.fault !== null);
}

/** What came where that is no value of a sensor: a retained position, or a client's word on its availability topic. */
function nothingHeard(state: HomeState, only: ReadonlySet<string> | null): string {
  const isNamed = (id: string): boolean => only?.has(id) !== false;
  const what = only === null ? 'this house' : [...only].map(id => labelOf(state.house, id)).join(', ');
  const hasSpoken = rowsOf(state.clients).some(({ id, said }) => isNamed(id) && said !== null);
  if (hasSpoken) return `no value was received from ${what} yet`;
  const hasKept = rowsOf(state.switches).some(({ id, position }) => isNamed(id) && position !== null);
  return hasKept ? `nothing but retained messages was received from ${what}` : `nothing was ever received from ${what}`;
}

function dangers(state: HomeState, only: ReadonlySet<string> | null): readonly Finding[] {
  const banner = dangerOf(state, only);
  const denied = denialsAbout(state, only).filter(denial => state.at < denialCountsUntil(denial));
  return [
    ...(banner === null ? [] : [{ level: banner.level, reason: banner.text }]),
    ...denied.map(denial => ({ level: 'critical' as const, reason: denial.detail })),
    // What was to be watched and cannot be: without it all would seem well.
    ...state.issues.flatMap(issue =>
      issue.severity === 'info' ? [] : [{ level: 'warning' as const, reason: cleanText(issue.message, 200) }],
    ),
  ];
}

/** The denials that are about what was named; all of them where nothing was. Newest first. */
export function denialsAbout(state: HomeState, only: ReadonlySet<string> | null): readonly Denial[] {
  if (only === null) return state.denials;
  const named = withDerivedParts(state.house, only);
  return state.denials.filter(denial => subjectsOfDenial(state, denial).some(id => named.has(id)));
}
