import { cleanWhole } from '../../clean-text.ts';
import type { Freshness } from '../../home/state/client.ts';
import { metricUnit } from '../../prometheus-unit.ts';
import type { AlarmSnapshot, AlarmsSnapshot } from '../alarm-snapshot.ts';
import type { ItemSnapshot } from '../item-snapshot.ts';
import type { DenialSnapshot, StatusSnapshot } from '../status-snapshot.ts';

interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Samples that share a name and its meaning. */
interface Family {
  readonly name: string;
  readonly help: string;
  readonly samples: readonly Sample[];
}

/**
 * The snapshot in the text format of Prometheus, for the node exporter's textfile collector: no time stamps, base units
 * in the names; each sample has the name of the `house` as a label, so that those of two can stand in one place. A value that is not of now is left out: its freshness says why.
 */
export function prometheusText(snapshot: StatusSnapshot, house: string): string {
  const families = [
    gauge('hometui_status', 'The house: 0 ok, 1 warning, 2 critical, 3 unknown.', [
      { labels: {}, value: LEVELS.indexOf(snapshot.overall) },
    ]),
    gauge('hometui_broker_connected', 'Whether there is a link to the broker.', [
      { labels: { url: snapshot.broker.url }, value: Number(snapshot.broker.connected) },
    ]),
    ...sensorFamilies(snapshot),
    ...switchFamilies(snapshot),
    ...itemFamilies(snapshot),
    ...clientFamilies(snapshot),
    denialFamily(snapshot.denials),
    ...alarmFamilies(snapshot.alarms),
  ];
  return families.map(family => familyText(family, house)).join('');
}

const LEVELS: readonly StatusSnapshot['overall'][] = ['ok', 'warning', 'critical', 'unknown'];
const FRESHNESSES: readonly Freshness[] = ['waiting', 'retained', 'live', 'late', 'stale', 'offline'];

/** Whether it is told: of what is not of now its freshness alone is. */
function isOfNow({ freshness }: { readonly freshness: Freshness }): boolean {
  return freshness === 'live' || freshness === 'late';
}

/** One value with its unit, as sensors and derived values have it. */
interface Measured {
  readonly label: string;
  readonly unit: string;
  readonly value: number | null;
  readonly freshness: Freshness;
}

/**
 * A family for each unit, of the values that are of now. A unit without a known base unit becomes a label: a name that
 * guesses at it (mW, MW, µg/m³) would say something else.
 */
function valueFamilies(
  kind: 'sensor' | 'derived' | 'number',
  help: string,
  rows: readonly (readonly [string, Measured])[],
) {
  const byName = new Map<string, Sample[]>();
  for (const [id, { label, unit, value, freshness }] of rows) {
    if (value === null || !isOfNow({ freshness })) continue;
    const { name, factor, shift } = metricUnit(unit) ?? { name: 'value', factor: 1, shift: 0 };
    const labels = { [kind]: id, label, ...(metricUnit(unit) === null ? { unit } : {}) };
    // A computed value is a difference, which no shift of the scale changes, or a dew point, which is in °C.
    const based = value * factor + (kind === 'derived' ? 0 : shift);
    const sample = { labels, value: Number(based.toPrecision(12)) };
    byName.set(name, [...(byName.get(name) ?? []), sample]);
  }
  return [...byName].map(([name, samples]) => gauge(`hometui_${kind}_${name}`, help, samples));
}

function sensorFamilies({ sensors, derived }: StatusSnapshot): Family[] {
  const entries = Object.entries(sensors);
  return [
    ...valueFamilies('sensor', 'The last value of a sensor that is live.', entries),
    ...valueFamilies('derived', 'A value computed from sensors that are live.', Object.entries(derived)),
    gauge(
      'hometui_sensor_level',
      'The value against its limits: 0 ok, 1 warning, 2 critical.',
      entries
        .filter(([, { value }]) => value !== null)
        .map(([sensor, { level }]) => ({ labels: { sensor }, value: LEVELS.indexOf(level) })),
    ),
    lastTimes('hometui_sensor_last_received_timestamp_seconds', 'When a value was last received.', 'sensor', entries),
    freshnessFamily('sensor', entries),
  ];
}

function switchFamilies({ switches }: StatusSnapshot): Family[] {
  const known = Object.entries(switches).filter(([, toggle]) => toggle.state !== 'unknown' && isOfNow(toggle));
  return [
    gauge(
      'hometui_switch_on',
      'Where a switch stands by its last feedback: 1 on, 0 off.',
      known.map(([id, { label, state }]) => ({ labels: { switch: id, label }, value: Number(state === 'on') })),
    ),
    freshnessFamily('switch', Object.entries(switches)),
  ];
}

/** What is of another kind: set-points as numbers, words as a label of what holds. */
function itemFamilies({ items = {} }: StatusSnapshot): Family[] {
  const entries = Object.entries(items);
  const numbers = entries.flatMap(([id, { kind, label, unit, value, freshness }]) =>
    kind === 'number' && typeof value === 'number'
      ? [[id, { label, unit: unit ?? '', value, freshness }] as const]
      : [],
  );
  const known = entries.filter(([, item]) => STANDING.includes(item.kind) && item.value !== null && isOfNow(item));
  // A word that nobody said is told under a name of its own, and under no other.
  const [said, presumed] = [false, true].map(isPresumed =>
    known.filter(([, item]) => (item.presumed === true) === isPresumed),
  ) as [typeof known, typeof known];
  return [
    ...valueFamilies('number', 'What a set-point is set to, by its last feedback.', numbers),
    gauge(
      'hometui_item_state',
      'The word that an item says or is set to: 1 for the one that holds.',
      said.map(([item, { kind, label, value }]) => ({ labels: { item, kind, label, state: String(value) }, value: 1 })),
    ),
    binaryFamily('hometui_binary_on', 'Which of its two words an item said: 1 the first, 0 the second.', said),
    binaryFamily(
      'hometui_binary_presumed_on',
      'Which of its two words an item is presumed to mean, as it did not say the other for so long: 0 the second.',
      presumed,
    ),
    gauge(
      'hometui_item_level',
      'The word against the house file: 0 ok, 1 warning, 2 critical.',
      said.map(([item, { level }]) => ({ labels: { item }, value: LEVELS.indexOf(level) })),
    ),
    lastTimes('hometui_item_last_received_timestamp_seconds', 'When an item was last received.', 'item', entries),
    freshnessFamily('item', entries),
  ];
}

function binaryFamily(name: string, help: string, entries: readonly (readonly [string, ItemSnapshot])[]): Family {
  const binaries = entries.filter(([, { kind }]) => kind === 'binary');
  return gauge(
    name,
    help,
    binaries.map(([binary, { label, word }]) => ({ labels: { binary, label }, value: Number(word === 'on') })),
  );
}

/** The kinds that stand somewhere in words. */
const STANDING: readonly ItemSnapshot['kind'][] = ['state', 'binary', 'select'];

function clientFamilies({ clients }: StatusSnapshot): Family[] {
  const entries = Object.entries(clients);
  const heard = entries.map(([id, client]) => [id, { at: client.lastSeenAt }] as const);
  return [
    lastTimes('hometui_client_last_heard_timestamp_seconds', 'When a client was last heard.', 'client', heard),
    gauge(
      'hometui_client_cadence_seconds',
      'How often a client speaks.',
      entries.map(([client, { cadenceMs }]) => ({ labels: { client }, value: cadenceMs / 1_000 })),
    ),
    freshnessFamily('client', entries),
  ];
}

function lastTimes(
  name: string,
  help: string,
  label: string,
  entries: readonly (readonly [string, { readonly at: string | null }])[],
): Family {
  const seen = entries.filter(([, { at }]) => at !== null);
  return gauge(
    name,
    help,
    seen.map(([id, { at }]) => ({ labels: { [label]: id }, value: Date.parse(at ?? '') / 1_000 })),
  );
}

function freshnessFamily(
  kind: string,
  entries: readonly (readonly [string, { readonly freshness: Freshness }])[],
): Family {
  const samples = entries.flatMap(([id, row]) =>
    // The words of a seal only where one holds: most devices have none.
    (FRESHNESSES.includes(row.freshness) ? FRESHNESSES : [...FRESHNESSES, row.freshness]).map(freshness => ({
      labels: { [kind]: id, freshness },
      value: Number(row.freshness === freshness),
    })),
  );
  return gauge(`hometui_${kind}_freshness`, `How fresh a ${kind} is: 1 for the one that holds.`, samples);
}

const ACCESSES: readonly DenialSnapshot['access'][] = ['connect', 'subscribe', 'publish'];

function denialFamily(denials: readonly DenialSnapshot[]): Family {
  const samples = ACCESSES.map(access => {
    const counts = denials.filter(denial => denial.access === access).map(denial => denial.count);
    return { labels: { access }, value: counts.reduce((sum, count) => sum + count, 0) };
  });
  return gauge('hometui_denials', 'Denials that came to light while hometui looked.', samples);
}

/** Of the alarms that a person should know of; that one is over and not acknowledged its own sample says. */
function alarmFamilies(alarms: AlarmsSnapshot | null): Family[] {
  if (alarms === null) return [];
  const of = (name: string, help: string, holds: (alarm: AlarmSnapshot) => boolean): Family =>
    gauge(
      name,
      help,
      alarms.active.map(alarm => ({
        labels: { alarm: alarm.id, label: alarm.label, priority: alarm.priority },
        value: Number(holds(alarm)),
      })),
    );
  const isRaised = ({ state }: AlarmSnapshot): boolean => state === 'active' || state === 'acknowledged';
  const unjudged = alarms.unwatched.reduce((sum, { ids }) => sum + ids.length, 0);
  return [
    of('hometui_alarm_active', 'Whether an alarm is raised: 1, or over and not acknowledged: 0.', isRaised),
    of(
      'hometui_alarm_unacknowledged',
      'Whether nobody has acknowledged an alarm that was raised: 1.',
      ({ state }) => state === 'active' || state === 'returned',
    ),
    of('hometui_alarm_shelved', 'Whether an alarm is put aside for a while: 1.', ({ shelved }) => shelved !== null),
    gauge('hometui_alarms_watched', 'How many alarms are watched over.', [{ labels: {}, value: alarms.total }]),
    gauge('hometui_alarms_unjudged', 'How many of them cannot be judged, as their values are not of now.', [
      { labels: {}, value: unjudged },
    ]),
  ];
}

function gauge(name: string, help: string, samples: readonly Sample[]): Family {
  return { name, help, samples };
}

/** Each is a gauge: a run tells how it is now, and knows nothing of the one before. */
function familyText({ name, help, samples }: Family, house: string): string {
  if (samples.length === 0) return '';
  const lines = samples.map(({ labels, value }) => `${name}${labelText({ ...labels, house })} ${value}`);
  return `${[`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, ...lines].join('\n')}\n`;
}

function labelText(labels: Readonly<Record<string, string>>): string {
  return `{${Object.entries(labels).map(([name, value]) => `${name}="${escapeLabel(value)}"`)}}`;
}

function escapeLabel(value: string): string {
  return cleanWhole(value).replaceAll('\\', '\\\\').replaceAll('"', '\\"');
}
