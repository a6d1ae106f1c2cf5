import type { Issue } from '../issue.ts';
import { parseJsonPath } from '../mqtt/json-path.ts';
import { topicNameFault } from '../mqtt/topic.ts';
import { isSameUnit } from '../unit.ts';
import { lacksBase } from './base-topics.ts';
import { checkAlarms } from './check-alarms.ts';
import { checkItems, error, type Locate } from './check-items.ts';
import { ITEM_GROUPS, placedItems, topicFields } from './groups.ts';
import type { DerivedConfig, HouseConfig } from './schema.ts';
import { unknownPanels } from './tabs.ts';

/** Keys that the console itself uses: the rest of its key table stands in ui/keymap. */
export const RESERVED_KEYS: readonly string[] = ['c', 'd', 'j', 'k', 'l', 'q', 't', 'u'];

/** What a schema cannot say of a house: references, topics, ranges and keys. Nothing found is an empty list. */
export function checkHouse(house: HouseConfig, locate: Locate): readonly Issue[] {
  return [
    ...checkIds(house, locate),
    ...checkTopics(house, locate),
    ...checkKeys(house, locate),
    ...checkItems(house, locate),
    ...checkPaths(house, locate),
    ...checkUnits(house, locate),
    ...checkReferences(house, locate),
    ...checkTabs(house, locate),
    ...checkAlarms(house, locate),
  ];
}

/** Panels name items of all kinds alike: one id, one thing. */
function checkIds(house: HouseConfig, locate: Locate): Issue[] {
  const owners = new Map<string, string>();
  return placedItems(house).flatMap(({ group, id }) => {
    const owner = owners.get(id);
    owners.set(id, group);
    if (owner === undefined) return [];
    const message = `${group}.${id} has the same id as ${owner}.${id}`;
    return [error(locate([group, id]), message, 'Give one of them another id')];
  });
}

type Field = readonly [path: readonly (string | number)[], text: string];

function checkTopics(house: HouseConfig, locate: Locate): Issue[] {
  const fields: readonly Field[] = [
    ...placedItems(house).flatMap(({ group, id, item }) =>
      topicFields(item).map(([field, topic]): Field => [[group, id, field], topic]),
    ),
    ...availabilityFields(house).map(({ at, topic }): Field => [[...at, 'topic'], topic]),
  ];
  const isWithBases = house.version === 2 || Object.values(house.clients).some(({ base }) => base !== undefined);
  const faulty = fields.flatMap(([path, topic]) => {
    const fault = topicNameFault(topic);
    const field = path.join('.');
    const cure = 'Write the full topic that is published to';
    if (fault !== null) return [error(locate([...path]), `${field} is no topic name: ${fault}`, cure)];
    if (!isWithBases || !lacksBase(topic)) return [];
    const message = `${field} is ${topic}, and no client with a base serves it`;
    return [error(locate([...path]), message, 'Give the client a base that publishes it, or write the full topic')];
  });
  return [...faulty, ...checkFeedback(house, locate)];
}

/** All places where a client, or an item, says whether it is there. */
function availabilityFields(house: HouseConfig): readonly {
  readonly at: readonly (string | number)[];
  readonly topic: string;
  readonly path?: string;
}[] {
  const members = [
    ...placedItems(house).map(({ group, id, item }) => [[group, id], item] as const),
    ...Object.entries(house.clients).map(([id, client]) => [['clients', id], client] as const),
  ];
  return members.flatMap(([at, { availability, availabilities }]) => [
    ...(availability === undefined ? [] : [{ ...availability, at: [...at, 'availability'] }]),
    ...(availabilities?.topics ?? []).map((one, index) => ({ ...one, at: [...at, 'availabilities', 'topics', index] })),
  ]);
}

/** A command topic that is its own feedback would let each command confirm itself. */
function checkFeedback(house: HouseConfig, locate: Locate): Issue[] {
  return placedItems(house)
    .filter(({ item }) => item.command !== undefined && item.command === item.feedback)
    .map(({ group, id }) =>
      error(
        locate([group, id, 'feedback']),
        `${group}.${id} has one topic for command and feedback: each command would confirm itself`,
        'Name the topic on which the device itself answers',
      ),
    );
}

function checkKeys(house: HouseConfig, locate: Locate): Issue[] {
  const owners = new Map(RESERVED_KEYS.map(key => [key, 'the console itself']));
  return placedItems(house).flatMap(({ group, id, item: { key } }) => {
    if (key === undefined) return [];
    const owner = owners.get(key);
    owners.set(key, `${group}.${id}`);
    if (owner === undefined) return [];
    const cure = `Take another character of a-z or 0-9 than ${[...RESERVED_KEYS].join(', ')}`;
    return [error(locate([group, id, 'key']), `the key "${key}" of ${group}.${id} belongs to ${owner}`, cure)];
  });
}

function checkPaths(house: HouseConfig, locate: Locate): Issue[] {
  const fields = [
    ...placedItems(house).map(({ group, id, item }) => ({ at: [group, id], path: item.path })),
    ...availabilityFields(house),
  ];
  return fields.flatMap(({ at, path }) => {
    const parsed = path === undefined ? null : parseJsonPath(path);
    if (parsed === null || parsed.ok) return [];
    const field = [...at, 'path'];
    const cure = 'Write it as in ENERGY.Power.0, a key that holds dots as in ["1-0:1.8.0"]';
    return [error(locate(field), `${field.join('.')} is no path: ${parsed.error}`, cure)];
  });
}

/** A dew point of °F or a difference of bar and °C would be a number that means nothing. */
function checkUnits(house: HouseConfig, locate: Locate): Issue[] {
  return Object.entries(house.derived ?? {}).flatMap(([id, config]) =>
    config.kind === 'difference'
      ? checkDifference(id, config, house, locate)
      : checkDewPoint(id, config, house, locate),
  );
}

type Derived<Kind extends DerivedConfig['kind']> = Extract<DerivedConfig, { kind: Kind }>;

function checkDifference(id: string, config: Derived<'difference'>, house: HouseConfig, locate: Locate): Issue[] {
  const [minuend, subtrahend] = [house.sensors[config.minuend]?.unit, house.sensors[config.subtrahend]?.unit];
  if (minuend === undefined || subtrahend === undefined || isSameUnit(minuend, subtrahend)) return [];
  const message = `derived.${id} is a difference of ${minuend || 'a number'} and ${subtrahend || 'a number'}`;
  return [error(locate(['derived', id, 'subtrahend']), message, 'Name two sensors with one unit')];
}

function checkDewPoint(id: string, config: Derived<'dew-point'>, house: HouseConfig, locate: Locate): Issue[] {
  const parts = [['temperature', '°C'] as const, ['humidity', '%'] as const];
  return parts.flatMap(([part, wanted]) => {
    const unit = house.sensors[config[part]]?.unit;
    if (unit === undefined || isSameUnit(unit, wanted)) return [];
    const is = unit === '' ? 'has no unit' : `is in ${unit}`;
    const message = `derived.${id}.${part} names "${config[part]}", which ${is}: a dew point is made of °C and %`;
    return [error(locate(['derived', id, part]), message, `Name a sensor in ${wanted}`)];
  });
}

function checkReferences(house: HouseConfig, locate: Locate): Issue[] {
  const issues: Issue[] = [];
  const servers = new Map<string, string>();
  const need = (
    path: (string | number)[],
    id: string,
    groups: readonly Readonly<Record<string, unknown>>[],
    kinds: string,
  ): void => {
    if (groups.some(group => Object.hasOwn(group, id))) return;
    const known = groups.flatMap(group => Object.keys(group)).slice(0, 12);
    issues.push(
      error(
        locate(path),
        `${path.join('.')} names "${id}", which is no ${kinds} of this house`,
        `Known are: ${known.join(', ')}`,
      ),
    );
  };
  const { sensors } = house;
  const items = ITEM_GROUPS.map(group => house[group] ?? {});
  const served = items.filter(group => group !== house.derived);
  for (const [id, config] of Object.entries(house.derived ?? {})) {
    const parts =
      config.kind === 'difference' ? (['minuend', 'subtrahend'] as const) : (['temperature', 'humidity'] as const);
    for (const part of parts)
      need(['derived', id, part], (config as Record<string, unknown>)[part] as string, [sensors], 'sensor');
  }
  for (const [clientId, client] of Object.entries(house.clients)) {
    for (const [index, id] of client.publishes.entries()) {
      const path = ['clients', clientId, 'publishes', index];
      need(path, id, served, 'sensor, switch or other item that a client serves');
      const other = servers.get(id);
      if (other !== undefined)
        issues.push(error(locate(path), `"${id}" is served by ${other} and by ${clientId}`, 'Let one client serve it'));
      servers.set(id, clientId);
    }
  }
  for (const [number, panel] of house.panels.entries()) {
    for (const [index, id] of panel.items.entries()) {
      need(['panels', number, 'items', index], id, items, 'item');
    }
  }
  return issues;
}

/** A panel can be on one tab only, and a tab can only show panels that are there. */
function checkTabs(house: HouseConfig, locate: Locate): Issue[] {
  const known = house.panels.slice(0, 12).map(panel => panel.label);
  return unknownPanels(house).map(({ tab, index, label, isTaken }) => {
    const path = ['tabs', tab, 'panels', index];
    const why = isTaken ? 'which stands on a tab already' : 'which is no panel of this house';
    const cure = isTaken ? 'Name each panel once' : `Known are: ${known.join(', ')}`;
    return error(locate(path), `${path.join('.')} names "${label}", ${why}`, cure);
  });
}
