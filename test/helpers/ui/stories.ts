import { addDenial } from '../../../src/core/home/access/denial.ts';
import { type DenialEvidence, unknownBroker } from '../../../src/core/home/state/broker.ts';
import type { HomeState } from '../../../src/core/home/state/state.ts';
import type { HouseConfig } from '../../../src/core/house/schema.ts';
import {
  article,
  connected,
  deny,
  emptyHome,
  houseOf,
  linkLost,
  livingHome,
  lockedHome,
  message,
  refused,
  richHome,
  START,
  tick,
  withEvents,
} from './home.ts';

/** The article's house in every trouble that a screen knows a word for. */
export const troubles: Readonly<Record<string, () => HomeState>> = {
  'first-frame': () => emptyHome(),
  listening: () => withEvents(emptyHome(), connected(START), message(START + 900, 'heating/flow', '54.0')),
  'all-well': () => livingHome(600),
  'link-lost': () => linkLost(livingHome(600), 4_000),
  retained: () =>
    withEvents(
      emptyHome(),
      connected(START),
      message(START + 10, 'heating/flow', '54.0', true),
      message(START + 11, 'heating/pump/done', 'on', true),
      tick(START + 1_000),
    ),
  limits: () =>
    withEvents(
      livingHome(600),
      // Each by two readings: one alone that jumps waits for the next.
      ...['heating/flow', 'heating/flow'].map(topic => message(START + 601_000, topic, '92.4')),
      ...['heating/return', 'heating/return'].map(topic => message(START + 601_010, topic, '73.1')),
      tick(START + 601_500),
    ),
  garbage: () =>
    withEvents(livingHome(600), message(START + 601_000, 'cellar/humidity', 'nan?'), tick(START + 601_500)),
  banner: () => ({
    ...livingHome(600),
    broker: { ...unknownBroker, version: '2.0.11' },
    aclBroken: { at: START, detail: 'Error opening acl file "/etc/mosquitto/acl"', reloadedAt: null },
  }),
  'retained-command': () =>
    withEvents(
      emptyHome(),
      { type: 'link-changed', at: START, link: { phase: 'connected', protocol: '3.1.1', connectedAt: START } },
      message(START + 10, 'heating/pump', 'on', true),
      tick(START + 500),
    ),
  denied: () => deny(deny(livingHome(600), 'fan'), 'pump'),
  waiting: () =>
    withEvents(
      livingHome(600),
      { type: 'switch-requested', at: START + 600_600, switchId: 'pump', target: 'on' },
      tick(START + 602_700),
    ),
};

/** A topic of a person who likes order. */
const LONG_TOPIC =
  'home/second-floor/children-s-room/south-wall/window-left/thermometer-number-two/temperature/celsius';

/** All that a house file may have of a length: labels of 40 characters, units of 8, topics as long as they like. */
export function longHouse(): HouseConfig {
  const label = (text: string): string => text.padEnd(40, ' and more').slice(0, 39).concat('!');
  return {
    name: label('A house whose owner likes long names'),
    sensors: {
      outside: {
        label: label('Outside temperature at the north wall'),
        topic: LONG_TOPIC,
        unit: 'kWh/m²·a',
        range: { min: -20_000, max: 20_000 },
        decimals: 3,
        warning: { low: -1_000.125, high: 15_000.125 },
        critical: { low: -10_000.125, high: 19_000.125 },
      },
      inside: {
        label: label('Inside temperature of the warm room'),
        topic: `${LONG_TOPIC}/inside`,
        path: 'ENERGY.Power.0.and.a.very.long.way.down.into.the.payload',
        unit: '°C',
        range: { min: 0, max: 40 },
      },
    },
    switches: {
      valve: {
        label: label('Valve of the circuit in the upper floor'),
        command: `${LONG_TOPIC}/valve`,
        feedback: `${LONG_TOPIC}/valve/done`,
        on: 'open the valve, please, and say so',
        off: 'close the valve, please, and say so',
        key: 'v',
        ask: true,
      },
    },
    derived: {
      gap: {
        kind: 'difference',
        label: label('What the walls keep back from the night'),
        unit: 'K',
        minuend: 'inside',
        subtrahend: 'outside',
      },
    },
    clients: {
      'the-box-under-the-stairs-behind-the-shoes': {
        label: label('The box under the stairs behind the shoes'),
        user: 'a-user-with-a-name-that-does-not-end-before-column-sixty',
        publishes: ['outside', 'inside', 'valve'],
        availability: { topic: `${LONG_TOPIC}/availability` },
      },
    },
    panels: [
      { label: label('The panel with all that is in this house'), items: ['outside', 'inside', 'gap'] },
      { label: label('The panel with all that can be switched'), items: ['valve'] },
    ],
  };
}

/** The broker said of another client that it may not. */
function deniedTo(home: HomeState, evidence: DenialEvidence, user: string, topic: string): HomeState {
  return addDenial(home, {
    at: home.at,
    evidence,
    client: `${user}-7f3a90`,
    user,
    access: 'publish',
    topic,
    detail: `${user} (client ${user}-7f3a90) was denied to publish to ${topic} with QoS 1`,
    remedy: `If it should be allowed: add "topic write ${topic}" below "user ${user}" in the acl_file, then reload (SIGHUP), if the broker is mosquitto with one`,
  });
}

/** Values with labels that are wide, combine, or run from right to left. */
function worldHouse(): HouseConfig {
  const config = houseOf(5, 2);
  const labels = [
    '客厅温度',
    'Kühlschrank',
    'e\u0301tage',
    'درجة حرارة الغرفة',
    'A label of exactly forty characters, yes',
  ];
  const units = ['°C', '克', 'µg/m³', '°C', '%'];
  const sensors = Object.entries(config.sensors).map(([id, sensor], place) => [
    id,
    { ...sensor, label: labels[place] ?? id, unit: units[place] ?? '' },
  ]);
  return { ...config, sensors: Object.fromEntries(sensors) };
}

/** One relay that nobody measures. */
function switchOnly(): HouseConfig {
  const { switches } = article();
  return {
    name: 'One lamp',
    sensors: {},
    switches: Object.fromEntries(Object.entries(switches).slice(0, 1)),
    clients: {},
    panels: [{ label: 'Lamp', items: Object.keys(switches).slice(0, 1) }],
  };
}

/** All values of a house, once. */
function heard(home: HomeState, value: number): HomeState {
  const events = [...home.house.sensors.values()].map(({ topic, path }, place) => {
    const text = String(value + place);
    const payload = path === undefined ? text : nested(path.split('.'), text);
    return message(START + 1_000 + place, topic, payload);
  });
  return withEvents(home, connected(START), ...events, tick(START + 2_000));
}

const nested = (keys: readonly string[], value: string): string =>
  keys.reduceRight((inner, key) => (/^\d+$/.test(key) ? `[${inner}]` : `{"${key}":${inner}}`), value);

/** Any house in any state: what all screens must have room for. */
export const stories: Readonly<Record<string, () => HomeState>> = {
  ...troubles,
  rich: () => richHome(),
  locked: () => lockedHome(),
  refused: () => refused(emptyHome(undefined, { host: 'pi', isLoopback: false, url: 'mqtt://pi:1883' }), 3),
  'far away': () =>
    linkLost(
      emptyHome(undefined, {
        host: 'mqtt.a-long-name-of-a-host.example.org',
        url: 'mqtts://mqtt.a-long-name-of-a-host.example.org:8883',
        port: 8883,
        isLoopback: false,
        isEncrypted: true,
      }),
      30_000,
    ),
  'denied to others': () =>
    deniedTo(
      deniedTo(deniedTo(livingHome(30), 'logged', 'dhtclient', 'heating/pump'), 'logged', 'dhtclient', LONG_TOPIC),
      'logged',
      'heating',
      'cellar/fan',
    ),
  'one switch': () => heard(emptyHome(switchOnly()), 1),
  'twenty sensors': () => heard(emptyHome(houseOf(20, 3)), 20),
  'twenty sensors, unheard': () => withEvents(emptyHome(houseOf(20, 3)), connected(START), tick(START + 60_000)),
  'long names': () => heard(emptyHome(longHouse()), 12_345.678),
  'long names, beyond limits': () => heard(emptyHome(longHouse()), 19_999.5),
  'long names, unheard': () => withEvents(emptyHome(longHouse()), connected(START), tick(START + 60_000)),
  'long names, denied': () => deny(heard(emptyHome(longHouse()), 12), 'valve'),
  'long names, banner': () =>
    withEvents(
      emptyHome(longHouse()),
      { type: 'link-changed', at: START, link: { phase: 'connected', protocol: '3.1.1', connectedAt: START } },
      message(START + 10, `${LONG_TOPIC}/valve`, 'open the valve, please, and say so', true),
      tick(START + 500),
    ),
  'wide labels': () => heard(emptyHome(worldHouse()), 20),
  'wide labels, late': () => withEvents(heard(emptyHome(worldHouse()), 20), tick(START + 13_000), tick(START + 90_000)),
};
