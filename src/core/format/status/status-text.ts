import { cleanWhole } from '../../clean-text.ts';
import { formatAge, formatCadence } from '../../duration.ts';
import { fitText, wrapText } from '../../fit-text.ts';
import { formatValue } from '../../home/readings/value-text.ts';
import type { Freshness } from '../../home/state/client.ts';
import type { CommandedConfig, House } from '../../house/house.ts';
import { valueText } from '../../house/values/commanded.ts';
import type { ItemSnapshot } from '../item-snapshot.ts';
import type { DaemonSnapshot, DenialSnapshot, IssueSnapshot, StatusSnapshot } from '../status-snapshot.ts';
import type { Role, Style } from '../style.ts';

const WIDTH = 80;

/**
 * The snapshot for people: a head, what is wrong, the alarms as `alarmBlock` has them, then panel by panel; no line is
 * wider than 80 columns.
 */
export function statusText(
  snapshot: StatusSnapshot,
  house: House,
  style: Style,
  alarmLines: readonly string[] = [],
): string {
  const blocks = [
    head(snapshot, style),
    alarmLines,
    ...house.config.panels.map(panel => panelBlock(panel, snapshot, house, style)),
    clientBlock(snapshot, style),
    denialBlock(snapshot, style),
    issueBlock(snapshot, style),
  ];
  return blocks
    .filter(lines => lines.length > 0)
    .map(lines => `${lines.join('\n')}\n`)
    .join('\n');
}

const LEVEL_ROLES: Readonly<Record<StatusSnapshot['overall'], Role>> = {
  ok: 'good',
  warning: 'warning',
  critical: 'critical',
  unknown: 'critical',
};

const FRESHNESS_ROLES: Readonly<Record<Freshness, Role>> = {
  live: 'good',
  late: 'warning',
  stale: 'warning',
  retained: 'warning',
  waiting: 'quiet',
  offline: 'critical',
  forged: 'critical',
  replayed: 'critical',
  unsealed: 'critical',
};

function head({ at, overall, broker, daemon, reasons }: StatusSnapshot, style: Style): string[] {
  const user = broker.user === null ? '' : ` as ${broker.user}`;
  const link = broker.connected ? `MQTT ${broker.protocol}` : 'not connected';
  const where = `${broker.url}${user}, ${link}`;
  const word = overall.toUpperCase();
  return [
    `${style(word, LEVEL_ROLES[overall])}  ${fitText(cleanWhole(where), WIDTH - word.length - 2).trimEnd()}`,
    ...(daemon === null ? [] : indented(heardBy(daemon, at), '')),
    ...reasons.flatMap(reason => indented(reason, '- ')),
    ...(broker.error === null || reasons.includes(broker.error) ? [] : indented(broker.error, '  ')),
  ];
}

function heardBy({ pid, listeningSince }: DaemonSnapshot, at: string): string {
  const forMs = Math.max(0, Date.parse(at) - Date.parse(listeningSince));
  return `as heard by the daemon (process ${pid}), which has listened for ${formatAge(forMs)}`;
}

function panelBlock(
  panel: House['config']['panels'][number],
  snapshot: StatusSnapshot,
  house: House,
  style: Style,
): string[] {
  const lines = panel.items.flatMap(id => itemLine(id, snapshot, house, style) ?? []);
  return lines.length === 0 ? [] : [style(cleanWhole(panel.label), 'title'), ...lines];
}

function itemLine(id: string, snapshot: StatusSnapshot, house: House, style: Style): string | null {
  const sensor = snapshot.sensors[id];
  const derived = snapshot.derived[id];
  const toggle = snapshot.switches[id];
  if (sensor !== undefined) {
    const value = numberText(sensor.value, sensor.unit, house.sensors.get(id)?.decimals);
    const level = sensor.level === 'ok' ? '' : sensor.level;
    return row(sensor.label, value, sensor.freshness, ageText(sensor.ageMs), level, style);
  }
  if (derived !== undefined) {
    return row(derived.label, numberText(derived.value, derived.unit), derived.freshness, '', 'computed', style);
  }
  const item = snapshot.items?.[id];
  if (item !== undefined) return itemRow(item, house.switches.get(id), style);
  if (toggle === undefined) return null;
  const rights = toggle.mayWrite === null ? '' : toggle.mayWrite ? 'may write' : 'may not write';
  // As in the console: where it stood when it was last heard is not where it stands.
  const isOfNow = toggle.freshness === 'live' || toggle.state === 'unknown';
  return row(toggle.label, isOfNow ? toggle.state : `was ${toggle.state}`, toggle.freshness, '', rights, style);
}

/** A set-point, a selection, a button, or what is said in words. */
function itemRow(item: ItemSnapshot, config: CommandedConfig | undefined, style: Style): string {
  const { label, value, unit, freshness, ageMs, level, since, presumed } = item;
  const number = unit === null ? String(value) : valueText(String(value), config);
  const isPast = freshness !== 'live' && since === null && item.kind !== 'event';
  const said = value === null ? '-' : isPast ? `was ${number}` : number;
  const rights = item.mayWrite === null ? '' : item.mayWrite ? 'may write' : 'may not write';
  const notes = [...(presumed === true ? ['presumed'] : []), ...(level === 'ok' ? [] : [level])];
  return row(label, said, freshness, ageText(ageMs), notes.length === 0 ? rights : notes.join(', '), style);
}

function row(label: string, value: string, freshness: Freshness, age: string, note: string, style: Style): string {
  const role: Role = note.endsWith('warning') ? 'warning' : note.endsWith('critical') ? 'critical' : 'quiet';
  const columns = [
    fitText(cleanWhole(label), 22),
    fitText(cleanWhole(value), 12),
    style(fitText(freshness, 9), FRESHNESS_ROLES[freshness]),
    fitText(age, 13),
  ];
  return `  ${columns.join(' ')} ${style(fitText(note, 18).trimEnd(), role)}`.trimEnd();
}

function numberText(value: number | null, unit: string, decimals?: number): string {
  return value === null ? '-' : formatValue(value, unit, decimals);
}

function ageText(ageMs: number | null): string {
  return ageMs === null ? '' : `${formatAge(ageMs)} ago`;
}

function clientBlock({ clients, at }: StatusSnapshot, style: Style): string[] {
  const lines = Object.entries(clients).map(([id, client]) => {
    const ageMs = client.lastSeenAt === null ? null : Math.max(0, Date.parse(at) - Date.parse(client.lastSeenAt));
    const cadence = ageMs === null ? '' : `every ${formatCadence(client.cadenceMs)}`;
    return row(id, '', client.freshness, ageText(ageMs), cadence, style);
  });
  return lines.length === 0 ? [] : [style('Clients', 'title'), ...lines];
}

function denialBlock({ denials }: StatusSnapshot, style: Style): string[] {
  return denials.length === 0 ? [] : [style('Denied', 'title'), ...denials.flatMap(denial => denialLines(denial))];
}

function denialLines({ detail, evidence, count, remedy }: DenialSnapshot): string[] {
  const times = count > 1 ? `, ${count} times` : '';
  return [...indented(`${detail} (${evidence}${times})`, '- '), ...indented(remedy, '  ')];
}

function issueBlock({ issues }: StatusSnapshot, style: Style): string[] {
  return issues.length === 0 ? [] : [style('Notes', 'title'), ...issues.flatMap(issueLines)];
}

function issueLines({ message, cure }: IssueSnapshot): string[] {
  return [...indented(message, '- '), ...(cure === null ? [] : indented(cure, '  '))];
}

function indented(text: string, bullet: string): string[] {
  const [first, ...rest] = wrapText(cleanWhole(text), WIDTH - 4);
  return [`  ${bullet}${first}`, ...rest.map(line => `    ${line}`)];
}
