import { jsonPathOf } from '../../mqtt/json-path.ts';
import {
  type Fields,
  fieldsOf,
  labelText,
  listOf,
  numberOf,
  parseDocument,
  payloadOf,
  textOf,
  textsOf,
  unitOf,
  wordsOfName,
} from '../document.ts';
import type { Seen } from '../observer.ts';
import { deviceOf, type Findings, type Found, type Proposal, type ProposedDevice, type Untaken } from '../proposal.ts';
import { binaryWords, CONTACT_WORDS } from './binary-words.ts';

const DEVICES = '/bridge/devices';
/** Of an expose, in `access`: it is published, and it can be set. */
const PUBLISHED = 1;
const SETTABLE = 2;
/** A device that sleeps is called away after 25 hours, and one with mains power reports when something changes, seconds. */
const SILENT_AFTER_S = { sleeper: 90_000, awake: 3_600 } as const;
/** Kinds whose parts are values of their own. */
const GROUPS: ReadonlySet<string> = new Set(['switch', 'light', 'lock', 'fan', 'climate', 'cover']);

interface Bridge {
  readonly base: string;
  readonly seen: Seen;
}

/** Reads what Zigbee2MQTT says of its devices in `bridge/devices`. */
export function readZigbee2mqtt(seen: Seen): Findings {
  const proposals: Proposal[] = [];
  const devices: ProposedDevice[] = [];
  const untaken: Untaken[] = [];
  const explained: string[] = [];
  for (const { topic, text, bytes } of seen.topics.values()) {
    if (!topic.endsWith(DEVICES)) continue;
    const list = parseDocument(text);
    if (!Array.isArray(list)) {
      untaken.push({ topic, why: `it should hold a list of devices, and its ${bytes} bytes cannot be read as one` });
      continue;
    }
    const bridge = { base: topic.slice(0, -DEVICES.length), seen };
    explained.push(...[...seen.topics.keys()].filter(name => name.startsWith(`${bridge.base}/bridge/`)));
    for (const entry of list) {
      const read = readDevice(fieldsOf(entry) ?? {}, bridge);
      proposals.push(...read.proposals);
      devices.push(...read.devices);
      untaken.push(...read.untaken);
      explained.push(...read.explained);
    }
  }
  return { proposals, devices, untaken, explained };
}

const NOTHING: Findings = { proposals: [], devices: [], untaken: [], explained: [] };

function readDevice(entry: Fields, { base, seen }: Bridge): Findings {
  const name = textOf(entry.friendly_name);
  if (name === null || entry.type === 'Coordinator') return NOTHING;
  const topic = `${base}/${name}`;
  const explained = [topic, `${topic}/set`, `${topic}/get`, `${topic}/availability`];
  const definition = fieldsOf(entry.definition);
  if (entry.disabled === true)
    return { ...NOTHING, untaken: [{ topic, why: 'it is disabled in Zigbee2MQTT' }], explained };
  if (definition === null) {
    const why = 'Zigbee2MQTT does not know this kind of device, or has not finished its interview';
    return { ...NOTHING, untaken: [{ topic, why }], explained };
  }
  const key = `zigbee2mqtt ${topic}`;
  const model = [textOf(definition.vendor), textOf(definition.model)].filter(part => part !== null).join(' ');
  const isSleeper = entry.power_source === 'Battery';
  const isAvailable = seen.topics.has(`${topic}/availability`);
  const device = deviceOf({
    ...{ key, label: labelText(name), evidence: [`${base}${DEVICES} lists it as ${labelText(model)}`] },
    availabilities: isAvailable ? [{ topic: `${topic}/availability`, online: ['online'], offline: ['offline'] }] : [],
  });
  const parts = listOf(definition.exposes).flatMap(one => flatten(fieldsOf(one) ?? {}));
  const proposals: Proposal[] = [];
  const untaken: Untaken[] = [];
  for (const expose of parts) {
    const found = foundOf(expose, topic);
    const property = textOf(expose.property) ?? textOf(expose.name) ?? '';
    if (typeof found === 'string') untaken.push({ topic, why: `${labelText(property)}: ${found}` });
    else {
      proposals.push({
        ...{ found, label: wordsOfName(textOf(expose.label) ?? property), device: key, basis: 'stated' },
        evidence: [`${base}${DEVICES} lists ${property} of ${labelText(name)}`],
        isExtra: textOf(expose.category) !== null || property === 'linkquality',
        expireAfter: isSleeper ? SILENT_AFTER_S.sleeper : SILENT_AFTER_S.awake,
      });
    }
  }
  return { proposals, devices: [device], untaken, explained };
}

/** The parts of a light or a switch, each with what it is a part of. */
function flatten(expose: Fields): readonly Fields[] {
  const group = textOf(expose.type) ?? '';
  if (!GROUPS.has(group)) return [expose];
  return listOf(expose.features).flatMap(one => {
    const feature = fieldsOf(one) ?? {};
    return [{ ...feature, group, label: feature.property === 'state' ? group : feature.label }];
  });
}

/** What an expose is to a house, or in a clause why it is nothing. */
function foundOf(expose: Fields, topic: string): Found | string {
  const property = textOf(expose.property);
  const access = numberOf(expose.access) ?? 0;
  if (property === null) return 'it names no property';
  if ((access & PUBLISHED) === 0) return 'it can be set and is never published, so that no command could be confirmed';
  const place = { property, path: jsonPathOf([property]), topic, isSettable: (access & SETTABLE) !== 0 };
  switch (expose.type) {
    case 'numeric':
      return numericOf(expose, place);
    case 'binary':
      return binaryOf(expose, place);
    case 'enum':
      return enumOf(expose, place);
    case 'text':
      return { kind: 'state', topic, path: place.path };
    default:
      return `a value of the kind ${textOf(expose.type) ?? 'none'} is no kind of a house file`;
  }
}

interface ExposePlace {
  readonly property: string;
  readonly path: string;
  readonly topic: string;
  readonly isSettable: boolean;
}

/** Where it is commanded and answers. */
function loopOf({ topic, path }: ExposePlace): {
  readonly command: string;
  readonly feedback: string;
  readonly path: string;
} {
  return { command: `${topic}/set`, feedback: topic, path };
}

function numericOf(expose: Fields, place: ExposePlace): Found {
  const { property, path, topic, isSettable } = place;
  const unit = unitOf(expose.unit);
  const [min, max, step] = [numberOf(expose.value_min), numberOf(expose.value_max), numberOf(expose.value_step)];
  if (!isSettable || min === null || max === null || min >= max)
    return { kind: 'sensor', topic, path, unit, ...(unit === '%' ? { range: { min: 0, max: 100 } } : {}) };
  return {
    kind: 'number',
    ...loopOf(place),
    template: `{${JSON.stringify(property)}:%s}`,
    unit,
    min,
    max,
    step: step ?? 1,
  };
}

function enumOf(expose: Fields, place: ExposePlace): Found | string {
  const { property, path, topic, isSettable } = place;
  const options = textsOf(expose.values);
  const among = options === null ? {} : { options };
  if (property === 'action') return { kind: 'event', topic, path, ...among };
  if (!isSettable) return { kind: 'state', topic, path, ...among };
  if (options === null) return 'it names no values';
  return { kind: 'select', ...loopOf(place), template: `{${JSON.stringify(property)}:"%s"}`, options };
}

function binaryOf(expose: Fields, place: ExposePlace): Found | string {
  const { property, path, topic, isSettable } = place;
  const [on, off] = [payloadOf(expose.value_on), payloadOf(expose.value_off)];
  if (on === null || off === null) return 'it names no words for its two states';
  if (!isSettable) {
    const words = property === 'contact' ? CONTACT_WORDS : binaryWords(property);
    return { kind: 'binary', topic, path, payloads: { on, off }, words };
  }
  const command = (value: unknown): string => JSON.stringify({ [property]: value });
  return {
    ...{ kind: 'switch', ...loopOf(place), answers: { on, off } },
    payloads: { on: command(expose.value_on), off: command(expose.value_off) },
    ...(expose.group === 'lock' ? { asks: true } : {}),
  };
}
