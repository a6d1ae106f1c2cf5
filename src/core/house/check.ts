import type { Issue, Place } from '../issue.ts';
import { parseJsonPath } from '../mqtt/json-path.ts';
import { topicNameFault } from '../mqtt/topic.ts';
import { isSameUnit } from '../unit.ts';
import type { DerivedConfig, HouseConfig, Limits } from './schema.ts';
import { unknownPanels } from './tabs.ts';

/** Where a field stands in the house file, by its path of keys and indexes. */
export type Locate = (path: (string | number)[]) => Place;

/** Keys that the console itself uses: the rest of its key table stands in ui/keymap. */
export const RESERVED_KEYS: readonly string[] = ['c', 'd', 'j', 'k', 'l', 'q', 't', 'u'];

/** What a schema cannot say of a house: references, topics, ranges and keys. Nothing found is an empty list. */
export function checkHouse(house: HouseConfig, locate: Locate): readonly Issue[] {
  return [
    ...checkIds(house, locate),
    ...checkTopics(house, locate),
    ...checkRanges(house, locate),
    ...checkKeys(house, locate),
    ...checkWords(house, locate),
    ...checkAnswers(house, locate),
    ...checkPaths(house, locate),
    ...checkUnits(house, locate),
    ...checkReferences(house, locate),
    ...checkTabs(house, locate),
  ];
}

function error(place: Place, message: string, cure: string): Issue {
  return { severity: 'error', message, place, cure };
}

/** Panels name sensors, derived values and switches alike: one id, one thing. */
function checkIds(house: HouseConfig, locate: Locate): Issue[] {
  const groups = { sensors: house.sensors, derived: house.derived ?? {}, switches: house.switches };
  const owners = new Map<string, string>();
  const issues: Issue[] = [];
  for (const [group, items] of Object.entries(groups)) {
    for (const id of Object.keys(items)) {
      const owner = owners.get(id);
      if (owner !== undefined) {
        issues.push(
          error(locate([group, id]), `${group}.${id} has the same id as ${owner}.${id}`, 'Give one of them another id'),
        );
      }
      owners.set(id, group);
    }
  }
  return issues;
}

function checkTopics(house: HouseConfig, locate: Locate): Issue[] {
  const fields: [path: string[], topic: string][] = [
    ...Object.entries(house.sensors).map(([id, sensor]): [string[], string] => [
      ['sensors', id, 'topic'],
      sensor.topic,
    ]),
    ...Object.entries(house.switches).flatMap(([id, toggle]): [string[], string][] => [
      [['switches', id, 'command'], toggle.command],
      [['switches', id, 'feedback'], toggle.feedback],
    ]),
    ...Object.entries(house.clients).flatMap(([id, client]): [string[], string][] =>
      client.availability === undefined ? [] : [[['clients', id, 'availability', 'topic'], client.availability.topic]],
    ),
  ];
  const faulty = fields.flatMap(([path, topic]) => {
    const fault = topicNameFault(topic);
    return fault === null
      ? []
      : [
          error(
            locate(path),
            `${path.join('.')} is no topic name: ${fault}`,
            'Write the full topic that is published to',
          ),
        ];
  });
  return [...faulty, ...checkFeedback(house, locate)];
}

/** A command topic that is its own feedback would let each command confirm itself. */
function checkFeedback(house: HouseConfig, locate: Locate): Issue[] {
  return Object.entries(house.switches)
    .filter(([, toggle]) => toggle.command === toggle.feedback)
    .map(([id]) =>
      error(
        locate(['switches', id, 'feedback']),
        `switches.${id} has one topic for command and feedback: each command would confirm itself`,
        'Name the topic on which the device itself answers',
      ),
    );
}

function checkRanges(house: HouseConfig, locate: Locate): Issue[] {
  return Object.entries(house.sensors).flatMap(([id, sensor]) => {
    const issues: Issue[] = [];
    if (sensor.range !== undefined && sensor.range.min >= sensor.range.max) {
      const message = `sensors.${id}.range runs from ${sensor.range.min} to ${sensor.range.max}`;
      issues.push(error(locate(['sensors', id, 'range']), message, 'Let min be below max'));
    }
    for (const level of ['warning', 'critical'] as const) {
      if (isCrossed(sensor[level])) {
        const message = `sensors.${id}.${level} has its low limit above its high one`;
        issues.push(error(locate(['sensors', id, level]), message, 'Let low be below high'));
      }
    }
    return issues;
  });
}

function isCrossed(limits: Limits | undefined): boolean {
  return limits?.low !== undefined && limits.high !== undefined && limits.low >= limits.high;
}

function checkKeys(house: HouseConfig, locate: Locate): Issue[] {
  const owners = new Map(RESERVED_KEYS.map(key => [key, 'the console itself']));
  return Object.entries(house.switches).flatMap(([id, toggle]) => {
    const owner = owners.get(toggle.key);
    owners.set(toggle.key, `switches.${id}`);
    if (owner === undefined) return [];
    const cure = `Take another character of a-z or 0-9 than ${[...RESERVED_KEYS].join(', ')}`;
    return [
      error(locate(['switches', id, 'key']), `the key "${toggle.key}" of switches.${id} belongs to ${owner}`, cure),
    ];
  });
}

/** With one word for both, each feedback would say "on". */
function checkWords(house: HouseConfig, locate: Locate): Issue[] {
  return Object.entries(house.switches)
    .filter(([, toggle]) => toggle.on === toggle.off)
    .map(([id, toggle]) =>
      error(
        locate(['switches', id, 'off']),
        `switches.${id} has one word, ${JSON.stringify(toggle.on)}, for on and off`,
        'Write the payloads by which the device tells the two apart',
      ),
    );
}

/** A word in both lists would say on and off. */
function checkAnswers(house: HouseConfig, locate: Locate): Issue[] {
  return Object.entries(house.switches).flatMap(([id, { answers }]) => {
    const folded = (word: string): string => (answers?.matchCase === true ? word : word.toLowerCase());
    const on = new Set((answers?.on ?? []).map(folded));
    return (answers?.off ?? []).flatMap((word, index) =>
      on.has(folded(word))
        ? [
            error(
              locate(['switches', id, 'answers', 'off', index]),
              `switches.${id}.answers has ${JSON.stringify(word)} for on and off`,
              'Leave it in the list of the position that the device means by it',
            ),
          ]
        : [],
    );
  });
}

function checkPaths(house: HouseConfig, locate: Locate): Issue[] {
  const fields: readonly (readonly [path: readonly string[], value: string | undefined])[] = [
    ...Object.entries(house.sensors).map(([id, { path }]) => [['sensors', id, 'path'], path] as const),
    ...Object.entries(house.switches).map(([id, { path }]) => [['switches', id, 'path'], path] as const),
    ...Object.entries(house.clients).map(
      ([id, { availability }]) => [['clients', id, 'availability', 'path'], availability?.path] as const,
    ),
  ];
  return fields.flatMap(([field, value]) => {
    const path = value === undefined ? null : parseJsonPath(value);
    if (path === null || path.ok) return [];
    const cure = 'Write it as in ENERGY.Power.0, a key that holds dots as in ["1-0:1.8.0"]';
    return [error(locate([...field]), `${field.join('.')} is no path: ${path.error}`, cure)];
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
  const served = new Map<string, string>();
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
  const { sensors, switches } = house;
  const derived = house.derived ?? {};
  for (const [id, config] of Object.entries(derived)) {
    const parts =
      config.kind === 'difference' ? (['minuend', 'subtrahend'] as const) : (['temperature', 'humidity'] as const);
    for (const part of parts)
      need(['derived', id, part], (config as Record<string, unknown>)[part] as string, [sensors], 'sensor');
  }
  for (const [clientId, client] of Object.entries(house.clients)) {
    for (const [index, id] of client.publishes.entries()) {
      const path = ['clients', clientId, 'publishes', index];
      need(path, id, [sensors, switches], 'sensor or switch');
      const other = served.get(id);
      if (other !== undefined)
        issues.push(error(locate(path), `"${id}" is served by ${other} and by ${clientId}`, 'Let one client serve it'));
      served.set(id, clientId);
    }
  }
  for (const [number, panel] of house.panels.entries()) {
    for (const [index, id] of panel.items.entries()) {
      need(['panels', number, 'items', index], id, [sensors, derived, switches], 'sensor, derived value or switch');
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
