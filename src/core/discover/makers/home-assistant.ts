import type { Availability } from '../../house/availability-word.ts';
import { type Fields, fieldsOf, labelText, listOf, parseDocument, payloadOf, textOf } from '../document.ts';
import type { Heard, Seen } from '../observer.ts';
import { deviceOf, type Findings, type Proposal, type ProposedDevice, type Untaken } from '../proposal.ts';
import { writeOut } from './abbreviations.ts';
import { readComponent } from './home-assistant-component.ts';
import { type Member, shareOut } from './home-assistant-presence.ts';
import { parseTemplate } from './template.ts';

const COMPONENTS: ReadonlySet<string> = new Set([
  ...['alarm_control_panel', 'binary_sensor', 'button', 'camera', 'climate', 'cover', 'device', 'device_automation'],
  ...['device_tracker', 'event', 'fan', 'humidifier', 'image', 'lawn_mower', 'light', 'lock', 'notify', 'number'],
  ...['scene', 'select', 'sensor', 'siren', 'switch', 'tag', 'text', 'update', 'vacuum', 'valve', 'water_heater'],
]);

interface Entity {
  readonly topic: string;
  readonly component: string;
  readonly config: Fields;
}

/** Reads what announces itself by the MQTT discovery of Home Assistant, single components and whole devices. */
export function readHomeAssistant(seen: Seen): Findings {
  const members: Member[] = [];
  const untaken: Untaken[] = [];
  const explained: string[] = [];
  for (const heard of seen.topics.values()) {
    const entities = entitiesOf(heard);
    if (entities === null) continue;
    explained.push(heard.topic);
    if ('why' in entities) untaken.push({ topic: heard.topic, why: entities.why });
    else {
      for (const entity of entities.list) {
        const device = deviceFor(entity);
        const read = readComponent(entity.component, entity.config, seen);
        explained.push(...topicsOf(entity.config));
        if (!read.ok) untaken.push({ topic: heard.topic, why: `${nameOf(entity.config)}: ${read.error}` });
        else {
          members.push({ proposal: { ...read.value, ...proposalOf(entity, device) }, device });
        }
      }
    }
  }
  return { ...shareOut(members), untaken, explained };
}

/** The entities that a discovery topic announces; `null` where it is none, none where it was taken back. */
function entitiesOf({ topic, text, bytes }: Heard): { list: readonly Entity[] } | { why: string } | null {
  const place = placeOf(topic);
  if (place === null) return null;
  const { component, object } = place;
  if (bytes === 0) return { list: [] };
  const document = fieldsOf(parseDocument(text));
  if (document === null) return { why: 'it should hold a JSON object, and does not' };
  const config = writeOut(document);
  if (component !== 'device') return { list: [{ topic, component, config: withName(config, object) }] };
  if (fieldsOf(config.device) === null || textOf(fieldsOf(config.origin)?.name) === null)
    return { why: 'a device without "device" or the name of its origin is none' };
  const { components, ...shared } = config;
  const list = Object.entries(fieldsOf(components) ?? {}).flatMap(([key, value]): Entity[] => {
    const { platform, ...own } = fieldsOf(value) ?? {};
    // With nothing but its kind, a component was taken back.
    if (typeof platform !== 'string' || Object.keys(own).length === 0) return [];
    return [{ topic, component: platform, config: withName({ ...shared, ...own }, key) }];
  });
  return { list };
}

/**
 * `PREFIX/COMPONENT/[NODE/]OBJECT/config`: the component of a discovery topic, and the name of its object; `null` where it
 * is another topic. The prefix may be another than `homeassistant`, and of several levels.
 */
function placeOf(topic: string): { readonly component: string; readonly object: string } | null {
  const [last, object = '', above = '', further = ''] = topic.split('/').reverse();
  const component = [above, further].find(level => COMPONENTS.has(level));
  return last === 'config' && component !== undefined && /^[\w-]+$/.test(object) ? { component, object } : null;
}

function withName(config: Fields, fallback: string): Fields {
  return { ...config, name: nameOf(config) || fallback.replace(/_/g, ' ') };
}

/** A name of `null` is that of the device. */
function nameOf(config: Fields): string {
  return textOf(config.name) ?? textOf(fieldsOf(config.device)?.name) ?? textOf(config.object_id) ?? '';
}

function proposalOf({ topic, config }: Entity, device: ProposedDevice | null): Omit<Proposal, 'found' | 'expireAfter'> {
  const category = textOf(config.entity_category);
  const kind = textOf(config.device_class);
  const says = kind === null ? '' : `, as ${kind.replace(/_/g, ' ')}`;
  return {
    label: labelText(nameOf(config)),
    device: device?.key ?? null,
    basis: 'stated',
    evidence: [`${topic} announces it to Home Assistant${says}`],
    isExtra: category === 'diagnostic' || category === 'config' || config.enabled_by_default === false,
  };
}

function deviceFor({ config }: Entity): ProposedDevice | null {
  const device = fieldsOf(config.device);
  if (device === null) return null;
  const ids = typeof device.identifiers === 'string' ? [device.identifiers] : listOf(device.identifiers);
  const connection = listOf(listOf(device.connections)[0])[1];
  const key = payloadOf(ids[0]) ?? payloadOf(connection);
  if (key === null) return null;
  const model = [textOf(device.manufacturer), textOf(device.model)].filter(part => part !== null).join(' ');
  return deviceOf({
    key: `home-assistant ${key}`,
    label: labelText(textOf(device.name) ?? key),
    availabilities: availabilitiesOf(config),
    availabilityMode:
      config.availability_mode === 'all' || config.availability_mode === 'any' ? config.availability_mode : 'latest',
    evidence: [`it announces itself to Home Assistant${model === '' ? '' : ` as ${labelText(model)}`}`],
  });
}

/** Where the device says whether it is there: on one topic, or on each of a list. */
function availabilitiesOf(config: Fields): readonly Availability[] {
  const list = listOf(config.availability).map(one => fieldsOf(one) ?? {});
  const own = { topic: config.availability_topic, value_template: config.availability_template };
  return [...list, ...(list.length === 0 ? [own] : [])].flatMap((entry: Fields): Availability[] => {
    const topic = textOf(entry.topic);
    const template = textOf(entry.value_template);
    const parsed = template === null ? null : parseTemplate(template);
    if (topic === null || parsed?.ok === false) return [];
    const path = parsed?.ok === true ? parsed.value.path : undefined;
    const word = (name: string, usual: string): readonly string[] => [
      payloadOf(entry[name]) ?? payloadOf(config[name]) ?? usual,
    ];
    return [
      {
        topic,
        ...(path === undefined ? {} : { path }),
        online: [...word('payload_available', 'online')],
        offline: [...word('payload_not_available', 'offline')],
      },
    ];
  });
}

/** Every topic that an entity speaks of: what is known of it is not guessed again. */
function topicsOf(config: Fields): readonly string[] {
  const own = Object.entries(config).flatMap(([key, value]) =>
    key.endsWith('topic') && typeof value === 'string' ? [value] : [],
  );
  return [...own, ...listOf(config.availability).flatMap(one => textOf(fieldsOf(one)?.topic) ?? [])];
}
