import { assertNever } from '../assert-never.ts';
import type { Availability } from '../house/availability-word.ts';
import {
  availabilitiesOf,
  type CommandedConfig,
  type House,
  isSealed,
  type Presence,
  type WordConfig,
} from '../house/house.ts';
import type { SensorConfig } from '../house/schema.ts';
import { commandPayload } from '../house/values/commanded.ts';
import { choiceExpression, filledTemplate, lineExpression, valueExpression } from './jinja.ts';

/** What tells Home Assistant of one thing, retained on a topic of its own. */
export interface DiscoveryConfig {
  readonly topic: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** A house for Home Assistant, and what of it cannot go there. */
export interface ExportedDiscovery {
  readonly configs: readonly DiscoveryConfig[];
  /** Sentences without a full stop. */
  readonly notes: readonly string[];
}

/** What it listens to, unless it was set up otherwise. */
const PREFIX = 'homeassistant';

type Fields = Readonly<Record<string, unknown>>;
interface Component {
  readonly component: string;
  readonly fields: Fields;
}

/** The discovery messages of all that a house has, a device for each of its clients. */
export function discoveryOf(house: House): ExportedDiscovery {
  const notes: string[] = [];
  const configs: DiscoveryConfig[] = [];
  const tell = (id: string, label: string, of: Component | string): boolean => {
    const made = isSealed(house, id) ? 'its device seals what it says, which nobody there can open' : of;
    if (typeof made === 'string') notes.push(`${label} is not in it: ${made}`);
    else {
      configs.push(configOf(house, id, label, made));
      const said = presencesOf(house, id);
      if (said.length > 1 && !said.every(isAllOf))
        notes.push(`${label} is there by what is said of it alone: what its client says has no place beside that`);
    }
    return typeof made !== 'string';
  };
  for (const [id, sensor] of house.sensors) tell(id, sensor.label, sensorOf(sensor));
  for (const [id, word] of house.words) tell(id, word.label, wordOf(word));
  for (const [id, config] of house.switches) {
    const isTold = tell(id, config.label, commandedOf(config));
    if (isTold && config.ask === true) notes.push(`${config.label} is commanded without a question there`);
  }
  for (const { label } of house.derived.values()) tell('', label, 'hometui computes it');
  return { configs, notes };
}

function configOf(house: House, id: string, label: string, { component, fields }: Component): DiscoveryConfig {
  const slug = slugOf(house.config.name);
  const unique = `hometui_${slug}_${id}`;
  const client = house.servedBy.get(id);
  const name = client === undefined ? house.config.name : (house.clients.get(client)?.label ?? client);
  return {
    topic: `${PREFIX}/${component}/${unique}/config`,
    payload: {
      ...{ name: label, unique_id: unique, ...fields, ...availabilityOf(house, id) },
      device: { identifiers: [client === undefined ? `hometui_${slug}` : `hometui_${slug}_${client}`], name },
      origin: { name: 'hometui' },
    },
  };
}

/** Ids there are letters, digits, `-` and `_`. */
function slugOf(name: string): string {
  return (
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '_')
      .replace(/^_|_$/g, '') || 'house'
  );
}

/** Who says whether it is there: of it alone, and of its client; none where nobody does. */
function presencesOf(house: House, id: string): readonly Presence[] {
  const client = house.clients.get(house.servedBy.get(id) ?? '');
  return [house.saidApart.get(id) ?? {}, client ?? {}].filter(one => availabilitiesOf(one).length > 0);
}

/** Both must say so; where Home Assistant has no way to put that, what is said of it alone counts there. */
function availabilityOf(house: House, id: string): Fields {
  const said = presencesOf(house, id);
  const [first] = said;
  if (first === undefined) return {};
  if (said.length > 1 && said.every(isAllOf)) return availabilityFields(said.flatMap(availabilitiesOf), 'all');
  return availabilityFields(availabilitiesOf(first), first.availabilities?.mode);
}

/** Whether each topic of it must say so. */
function isAllOf(said: Presence): boolean {
  return availabilitiesOf(said).length === 1 || said.availabilities?.mode === 'all';
}

function availabilityFields(topics: readonly Availability[], mode: 'all' | 'any' | 'latest' = 'latest'): Fields {
  const availability = topics.map(({ topic, path, online = ['online'], offline = ['offline'] }) => {
    const [there, gone] = [online[0] ?? 'online', offline[0] ?? 'offline'];
    const others = [
      ...online.slice(1).map(word => [word, there] as const),
      ...offline.slice(1).map(word => [word, gone] as const),
    ];
    const isPlain = path === undefined && others.length === 0;
    const template = isPlain ? {} : { value_template: `{{ ${choiceExpression(valueExpression(path), others)} }}` };
    return { topic, payload_available: there, payload_not_available: gone, ...template };
  });
  return { availability, availability_mode: mode };
}

function valueTemplate(expression: string): Fields {
  return expression === 'value' ? {} : { value_template: `{{ ${expression} }}` };
}

function sensorOf({ topic, path, unit, decimals, scale, offset, map, expireAfter }: SensorConfig): Component | string {
  if (map !== undefined) return 'its words stand for numbers, which Home Assistant has no field for';
  return {
    component: 'sensor',
    fields: {
      ...{ state_topic: topic, ...valueTemplate(lineExpression(valueExpression(path), scale, offset)) },
      ...(unit === '' ? {} : { unit_of_measurement: unit }),
      // Without a unit this alone tells it that it is a number.
      state_class: 'measurement',
      ...(CLASSES[unit] === undefined ? {} : { device_class: CLASSES[unit] }),
      ...(decimals === undefined ? {} : { suggested_display_precision: decimals }),
      ...(expireAfter === undefined ? {} : { expire_after: Math.ceil(expireAfter) }),
    },
  };
}

/** Of units that say what is measured. */
const CLASSES: Readonly<Record<string, string>> = {
  '°C': 'temperature',
  '°F': 'temperature',
  W: 'power',
  kW: 'power',
  V: 'voltage',
  A: 'current',
  hPa: 'pressure',
  mbar: 'pressure',
  bar: 'pressure',
  lx: 'illuminance',
  Hz: 'frequency',
};

function wordOf(word: WordConfig): Component | string {
  const { topic, path } = word;
  const value = valueExpression(path);
  if (word.kind === 'state') {
    const texts = Object.entries(word.words ?? {}).flatMap(([said, { text }]) =>
      text === undefined ? [] : [[said, text] as const],
    );
    return { component: 'sensor', fields: { state_topic: topic, ...valueTemplate(choiceExpression(value, texts)) } };
  }
  if (word.kind === 'binary') {
    const { on = 'on', off = 'off', offAfter } = word;
    const fades = offAfter === undefined ? {} : { off_delay: Math.ceil(offAfter) };
    return {
      component: 'binary_sensor',
      fields: { state_topic: topic, ...valueTemplate(value), payload_on: on, payload_off: off, ...fades },
    };
  }
  if (word.only === undefined || word.kind === 'counter') return 'Home Assistant has to be told each kind of event';
  return {
    component: 'event',
    fields: { state_topic: topic, event_types: word.only, value_template: `{"event_type": "{{ ${value} }}"}` },
  };
}

function commandedOf(config: CommandedConfig): Component {
  const { command, feedback, path } = config;
  const value = valueExpression(path);
  const loop = {
    command_topic: command,
    ...(feedback === undefined || config.kind === 'button' ? {} : { state_topic: feedback }),
    ...{ qos: 1, retain: false },
  };
  const read = (expression: string): Fields => (feedback === undefined ? {} : valueTemplate(expression));
  switch (config.kind) {
    case 'switch': {
      const answers = [
        ...(config.answers?.on ?? []).map(word => [word, config.on] as const),
        ...(config.answers?.off ?? []).map(word => [word, config.off] as const),
      ];
      const [on, off] = [commandPayload(config, 'on'), commandPayload(config, 'off')];
      const words = { payload_on: on, payload_off: off, state_on: config.on, state_off: config.off };
      return { component: 'switch', fields: { ...loop, ...words, ...read(choiceExpression(value, answers)) } };
    }
    case 'number': {
      const { min, max, step = 1, unit, template, scale = 1, offset = 0 } = config;
      const raw = lineExpression('value', 1 / scale, -offset / scale);
      const sent = template === undefined && raw === 'value' ? {} : { command_template: filledTemplate(template, raw) };
      const measure = unit === '' ? {} : { unit_of_measurement: unit };
      const fields = { ...loop, min, max, step, mode: 'box', ...measure, ...sent };
      return { component: 'number', fields: { ...fields, ...read(lineExpression(value, scale, offset)) } };
    }
    case 'select': {
      const { options, payloads = {}, template } = config;
      const pairs = Object.entries(payloads);
      const sent = choiceExpression('value', pairs);
      const isPlain = template === undefined && pairs.length === 0;
      const back = pairs.map(([option, payload]) => [payload, option] as const);
      const commanded = isPlain ? {} : { command_template: filledTemplate(template, sent) };
      return {
        component: 'select',
        fields: { ...loop, options, ...commanded, ...read(choiceExpression(value, back)) },
      };
    }
    case 'button':
      return { component: 'button', fields: { ...loop, payload_press: config.payload } };
    default:
      return assertNever(config);
  }
}
