import type { HouseConfig } from '../house/schema.ts';
import { describeDevice, deviceNames } from './device-description.ts';
import { DOOR, DOOR_TOPICS, hasDoor } from './door.ts';

/** Who watches and switches, who may everything, and who tries what it may not. */
const WATCHER = 'monitor';
const OWNER = 'master';
export const GUEST = 'guest';

/** The users of the demo's broker: the article's four, the door of a house that has one, and the guest. Their passwords are made anew at each start. */
export function demoUsers(house: HouseConfig): readonly string[] {
  const devices = deviceNames.map(name => describeDevice(name, house).user);
  return [...new Set([...devices, ...(hasDoor(house) ? [DOOR] : []), WATCHER, OWNER, GUEST])];
}

/**
 * The demo's rights as a Mosquitto ACL file: devices write their readings and answers and read their commands, the
 * watcher reads the rooms and writes the commands, the owner may everything, the guest reads one temperature; or, with
 * `isLineOpen`, reads and writes all that goes over the line.
 */
export function demoAclText(house: HouseConfig, { isLineOpen = false } = {}): string {
  return [
    ...deviceSections(house),
    ...doorSections(house),
    watcherSection(house),
    ownerSection(),
    guestSection(house, isLineOpen),
  ]
    .join('\n\n')
    .concat('\n');
}

function deviceSections(house: HouseConfig): string[] {
  return deviceNames.map(name => {
    const { user, sensors, relays } = describeDevice(name, house);
    return section(user, [
      ...sensors.map(sensor => `topic write ${sensor.topic}`),
      ...relays.flatMap(relay => [`topic write ${relay.feedback}`, `topic read ${relay.command}`]),
    ]);
  });
}

function doorSections(house: HouseConfig): string[] {
  return hasDoor(house)
    ? [
        section(
          DOOR,
          DOOR_TOPICS.map(topic => `topic write ${topic}`),
        ),
      ]
    : [];
}

function watcherSection(house: HouseConfig): string {
  const switches = Object.values(house.switches);
  const topics = [
    ...Object.values(house.sensors).map(sensor => sensor.topic),
    ...switches.flatMap(item => item.feedback ?? []),
    ...(hasDoor(house) ? DOOR_TOPICS : []),
  ];
  const rooms = new Set(topics.map(topic => `topic read ${topic.split('/')[0]}/#`));
  return section(WATCHER, [...rooms, ...switches.map(item => `topic write ${item.command}`)]);
}

function ownerSection(): string {
  return section(OWNER, ['topic readwrite #', 'topic read $SYS/#']);
}

function guestSection(house: HouseConfig, isLineOpen: boolean): string {
  if (isLineOpen) return section(GUEST, ['topic readwrite #']);
  const topic = house.sensors.temperature?.topic;
  return section(GUEST, topic === undefined ? [] : [`topic read ${topic}`]);
}

function section(user: string, rules: readonly string[]): string {
  return [`user ${user}`, ...rules].join('\n');
}
