import { countText } from '../count-text.ts';
import { cutText, fitText, wrapText } from '../fit-text.ts';
import {
  availabilitiesOf,
  type CommandedConfig,
  type House,
  labelOf,
  type Presence,
  partsOf,
  type WordConfig,
} from '../house/house.ts';
import type { Limits, SensorConfig } from '../house/schema.ts';
import { targetsText } from '../house/values/commanded.ts';
import { widestOf } from '../text-width.ts';

/** What somebody may do by an ACL file. */
export type Rights = (access: 'read' | 'write', topic: string) => boolean;

/** How a house is told. */
export interface HouseTextOptions {
  /** What the user in question may; `null` where no ACL file is named. */
  readonly rights: Rights | null;
  /** The width of what it is printed on. */
  readonly columns: number;
}

/** One line: what it is called, its unit or key, its topic, and what else there is to know. */
type Row = readonly [label: string, sign: string, topic: string, notes: string];

const WIDEST = [24, 8, 40] as const;

/** How many of each there are: `4 sensors, 3 switches, 2 clients`. */
export function countHouse({ sensors, derived, words, switches, clients }: House): string {
  const commanded = [...switches.values()];
  const toggles = commanded.filter(({ kind }) => kind === 'switch').length;
  const parts = [
    countText(sensors.size, 'sensor'),
    ...(derived.size === 0 ? [] : [countText(derived.size, 'computed value')]),
    ...(words.size === 0 ? [] : [countText(words.size, 'state or event', 'states and events')]),
    countText(toggles, 'switch', 'switches'),
    ...(commanded.length === toggles ? [] : [countText(commanded.length - toggles, 'other control')]),
    countText(clients.size, 'client'),
  ];
  return parts.join(', ');
}

const NO_RIGHTS = [
  "Who may read and switch this is not told: it stands in the broker's ACL file, and none was named.",
  'As in: hometui house show --acl /etc/mosquitto/acl --user monitor',
];

/** Where it is said of an item alone whether it is there. */
function presenceNotes(item: Presence): readonly string[] {
  const places = availabilitiesOf(item);
  return places.length === 0 ? [] : [`${places.map(({ topic }) => topic).join(', ')} says whether it is there`];
}

/** A house for a person: its panels in their order with each item and its topic, then its clients. */
export function houseText(house: House, { rights, columns }: HouseTextOptions): string {
  const panels = house.config.panels.map(({ label, items }) => ({
    heading: label,
    rows: items.map(id => itemRow(house, id, rights)),
  }));
  const shown = new Set(house.config.panels.flatMap(({ items }) => items));
  const others = [...house.sensors.keys(), ...house.words.keys(), ...house.switches.keys()].filter(
    id => !shown.has(id),
  );
  const groups = [
    ...panels,
    { heading: 'On no panel', rows: others.map(id => itemRow(house, id, rights)) },
    { heading: 'Clients', rows: [...house.clients.keys()].map(id => clientRow(house, id)) },
  ].filter(({ rows }) => rows.length > 0);
  const widths = WIDEST.map((most, column) =>
    Math.min(most, widestOf(groups.flatMap(({ rows }) => rows.map(row => row[column] ?? '')))),
  );
  const line = (row: Row): string => {
    const cells = widths.map((width, column) => fitText(row[column] ?? '', width));
    return cutText(`  ${[...cells, row[3]].join('  ')}`.trimEnd(), columns);
  };
  const body = groups.map(({ heading, rows }) => `\n${heading}\n${rows.map(row => `${line(row)}\n`).join('')}`);
  const end = rights === null ? ['', ...NO_RIGHTS.flatMap(text => wrapText(text, columns)), ''].join('\n') : '';
  return `${house.config.name}: ${countHouse(house)}\n${body.join('')}${end}`;
}

function itemRow(house: House, id: string, rights: Rights | null): Row {
  const sensor = house.sensors.get(id);
  if (sensor !== undefined) return sensorRow(sensor, rights);
  const toggle = house.switches.get(id);
  if (toggle !== undefined) return commandedRow(toggle, rights);
  const word = house.words.get(id);
  if (word !== undefined) return wordRow(word, rights);
  const derived = house.derived.get(id);
  if (derived === undefined) return [id, '', '', ''];
  const [one, other] = partsOf(derived).map(part => labelOf(house, part));
  const made = derived.kind === 'difference' ? `${one} less ${other}` : `the dew point of ${one} and ${other}`;
  return [derived.label, derived.kind === 'difference' ? derived.unit : '°C', '', made];
}

function sensorRow(sensor: SensorConfig, rights: Rights | null): Row {
  const { label, unit, topic, path, warning, critical } = sensor;
  const notes = [
    ...(rights === null ? [] : [rights('read', topic) ? 'may be read' : 'may not be read']),
    ...(path === undefined ? [] : [`at ${path}`]),
    ...limitNotes('warning', warning),
    ...limitNotes('critical', critical),
    ...presenceNotes(sensor),
  ];
  return [label, unit, topic, notes.join(', ')];
}

function limitNotes(level: string, limits: Limits | undefined): readonly string[] {
  return [
    ...(limits?.low === undefined ? [] : [`${level} below ${limits.low}`]),
    ...(limits?.high === undefined ? [] : [`${level} above ${limits.high}`]),
  ];
}

function commandedRow(config: CommandedConfig, rights: Rights | null): Row {
  const { label, key, command, feedback, ask } = config;
  const notes = [
    ...(rights === null ? [] : [commandRights(rights, command, feedback)]),
    ...(config.kind === 'switch' ? [] : [`takes ${targetsText(config)}`]),
    feedback === undefined ? 'gives no feedback' : `answers on ${feedback}`,
    ...(ask === true ? ['asks first'] : []),
    ...presenceNotes(config),
  ];
  return [label, key === undefined ? '' : `key ${key}`, command, notes.join(', ')];
}

function commandRights(rights: Rights, command: string, feedback: string | undefined): string {
  const [writes, reads] = [rights('write', command), feedback === undefined || rights('read', feedback)];
  if (writes && reads) return 'may be switched';
  if (writes) return 'may be switched, and its answer not be read';
  return reads ? 'may be seen, and not be switched' : 'may not be seen or switched';
}

function wordRow(config: WordConfig, rights: Rights | null): Row {
  const { label, topic, path } = config;
  const notes = [
    ...(rights === null ? [] : [rights('read', topic) ? 'may be read' : 'may not be read']),
    ...(path === undefined ? [] : [`at ${path}`]),
    config.kind === 'binary' ? `${config.words.on} or ${config.words.off}` : WORD_NOTES[config.kind],
    ...(config.kind === 'event' && config.snapshot !== undefined ? [`its picture on ${config.snapshot}`] : []),
    ...presenceNotes(config),
  ];
  return [label, '', topic, notes.join(', ')];
}

const WORD_NOTES = { state: 'a state in words', event: 'happens now and then', counter: 'is counted' } as const;

function clientRow(house: House, id: string): Row {
  const client = house.clients.get(id);
  const served = (client?.publishes ?? []).map(item => labelOf(house, item)).join(', ');
  const user = client?.user === undefined || client.user === id ? '' : `user ${client.user}, `;
  return [
    client?.label ?? id,
    '',
    client === undefined
      ? ''
      : availabilitiesOf(client)
          .map(({ topic }) => topic)
          .join(', '),
    `${user}serves ${served}`,
  ];
}
