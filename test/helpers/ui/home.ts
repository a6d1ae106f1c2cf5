import type { HomeEvent } from '../../../src/core/home/state/event.ts';
import type { Session } from '../../../src/core/home/state/link.ts';
import { createState, type HomeState } from '../../../src/core/home/state/state.ts';
import { update } from '../../../src/core/home/update.ts';
import { createHouse } from '../../../src/core/house/house.ts';
import { presets } from '../../../src/core/house/presets.ts';
import type { HouseConfig } from '../../../src/core/house/schema.ts';
import { parseAclFile } from '../../../src/core/mosquitto/acl-file.ts';
import { parseLogLine } from '../../../src/core/mosquitto/log/log-line.ts';

process.env.TZ = 'UTC';

/** 2026-01-11 14:22:00 UTC: when the stories of these tests begin. */
export const START = Date.UTC(2026, 0, 11, 14, 22, 0);

const session: Session = {
  url: 'mqtt://localhost:1883',
  host: 'localhost',
  port: 1883,
  user: 'monitor',
  clientId: 'hometui-test',
  isEncrypted: false,
  isLoopback: true,
};

/** A house before anything happened. */
export function emptyHome(config: HouseConfig = article(), who: Partial<Session> = {}): HomeState {
  return createState(createHouse(config), { ...session, ...who }, START);
}

export function article(): HouseConfig {
  const { article: config } = presets;
  if (config === undefined) throw new Error('the preset article is gone');
  return config;
}

/** The state after events, whatever effects they ask for. */
export function withEvents(state: HomeState, ...events: readonly HomeEvent[]): HomeState {
  return events.reduce((home, event) => update(home, event).state, state);
}

export const message = (at: number, topic: string, payload: string, isRetained = false): HomeEvent => ({
  type: 'message-received',
  at,
  topic,
  payload: new TextEncoder().encode(payload),
  isRetained,
});

export const connected = (at: number): HomeEvent => ({
  type: 'link-changed',
  at,
  link: { phase: 'connected', protocol: '5', connectedAt: at },
});

export const tick = (at: number): HomeEvent => ({ type: 'ticked', at });

/** What the two devices of the article say at a moment, `second` counted from the connect. */
export function deviceMessages(second: number): readonly HomeEvent[] {
  const at = START + second * 1_000;
  const wave = (period: number, height: number): number => height * Math.sin((second / period) * 2 * Math.PI);
  return [
    message(at, 'heating/flow', (54 + wave(400, 16)).toFixed(1)),
    message(at + 1, 'heating/return', (41 + wave(520, 9)).toFixed(1)),
    message(at + 2, 'cellar/temperature', (14.2 + wave(900, 3)).toFixed(1)),
    message(at + 3, 'cellar/humidity', (66 + wave(600, 12)).toFixed(1)),
  ];
}

/** The article's house after it lived for so many seconds: values each five seconds, a tick each second. */
export function livingHome(seconds: number, from: HomeState = emptyHome()): HomeState {
  let home = withEvents(from, connected(START), message(START + 100, 'heating/pump/done', 'off'));
  home = withEvents(
    home,
    message(START + 200, 'heating/burner/done', 'off'),
    message(START + 300, 'cellar/fan/done', 'off'),
  );
  for (let second = 1; second <= seconds; second += 1) {
    const events = second % 5 === 0 ? deviceMessages(second) : [];
    home = withEvents(home, ...events, tick(START + second * 1_000 + 500));
  }
  return home;
}

/** Asks for a switch; the broker takes it and the device answers after so many milliseconds. */
function switched(home: HomeState, switchId: string, target: 'on' | 'off', answerMs: number): HomeState {
  const config = home.house.config.switches[switchId];
  if (config === undefined) throw new Error(`no switch ${switchId}`);
  const asked = withEvents(home, { type: 'switch-requested', at: home.at, switchId, target });
  return withEvents(
    asked,
    { type: 'command-acknowledged', at: home.at + 12, commandId: home.nextId, code: 0 },
    message(home.at + answerMs, config.feedback ?? '', config[target]),
  );
}

/** Eleven minutes of the article's house with everything in it: a confirmed pump, a denial, a silent client. */
export function richHome(): HomeState {
  let home = switched(livingHome(600), 'burner', 'on', 61);
  home = switched(home, 'pump', 'on', 84);
  home = deny(home, 'fan');
  for (let second = 602; second <= 650; second += 1) {
    const events = second % 5 === 0 ? deviceMessages(second).filter(event => !isFromCellar(event)) : [];
    home = withEvents(home, ...events, tick(START + second * 1_000 + 500));
  }
  return home;
}

/** Asks for a switch, and the broker refuses the publish. */
export function deny(home: HomeState, switchId: string): HomeState {
  const asked = withEvents(home, { type: 'switch-requested', at: home.at, switchId, target: 'on' });
  return withEvents(asked, { type: 'command-acknowledged', at: home.at + 9, commandId: home.nextId, code: 135 });
}

function isFromCellar(event: HomeEvent): boolean {
  return event.type === 'message-received' && event.topic.startsWith('cellar/');
}

/** The link dropped and the next try is so many milliseconds away. */
export function linkLost(home: HomeState, retryInMs: number): HomeState {
  return withEvents(
    home,
    {
      type: 'link-changed',
      at: home.at + 1_000,
      link: {
        phase: 'waiting',
        attempt: 2,
        retryAt: home.at + 1_000 + retryInMs,
        failure: {
          kind: 'unreachable',
          message: 'broker not reachable at localhost:1883: connection refused',
          cure: 'Start it: sudo systemctl start mosquitto',
          code: null,
        },
      },
    },
    tick(home.at + 1_000),
  );
}

/** The broker refused the login so many times. */
export function refused(home: HomeState, refusals: number): HomeState {
  const failure = {
    kind: 'login-refused' as const,
    message: 'login as monitor refused by the broker at pi:1883: not authorized (135)',
    cure: 'Check user name and password: upper and lower case matter in both.',
    code: 135,
  };
  return withEvents(home, { type: 'link-changed', at: home.at + 100, link: { phase: 'refused', failure, refusals } });
}

/** A house of so many sensors in so many panels, served by one client each. */
export function houseOf(sensorCount: number, panelCount: number): HouseConfig {
  const ids = Array.from({ length: sensorCount }, (_, place) => `s${place}`);
  const perPanel = Math.ceil(sensorCount / panelCount);
  const sensor = (id: string, place: number) => ({
    label: `Sensor ${place}`,
    topic: `house/${id}`,
    unit: '°C',
    range: { min: 0, max: 100 },
  });
  return {
    name: 'Any house',
    sensors: Object.fromEntries(ids.map((id, place) => [id, sensor(id, place)])),
    switches: {},
    clients: { box: { publishes: ids } },
    panels: Array.from({ length: panelCount }, (_, place) => ({
      label: `Room ${place + 1}`,
      items: ids.slice(place * perPanel, (place + 1) * perPanel),
    })),
  };
}

/** 1,000 sensors in 40 panels on 8 tabs, which speak each 10 s; on the second tab one is too hot and one is silent. */
export function bigHome(): HomeState {
  const config = houseOf(1_000, 40);
  const names = ['Ground', 'First', 'Attic', 'Cellar', 'Garage', 'Garden', 'Workshop', 'Stable'];
  const { s130: _, ...calm } = config.sensors;
  const home = emptyHome({
    ...config,
    name: 'Farm',
    sensors: { ...config.sensors, s130: { ...(config.sensors.s130 ?? fail()), critical: { high: 60 } } },
    tabs: names.map((label, tab) => ({
      label,
      panels: config.panels.slice(tab * 5, tab * 5 + 5).map(panel => panel.label),
    })),
  });
  const events = [0, 10, 20, 30, 40].flatMap(second =>
    Object.values(calm).map(({ topic }, place) =>
      message(START + 1_000 * second + place, topic, (40 + 15 * Math.sin(place + second / 20)).toFixed(1)),
    ),
  );
  const heard = withEvents(home, connected(START), ...events.filter(event => !isOf(event, 'house/s140')));
  return withEvents(heard, message(START + 41_000, 'house/s130', '61.5'), tick(START + 42_000));
}

/** The same when its box speaks on with one value, and all others have fallen silent. */
export function silentHome(): HomeState {
  const events = Array.from({ length: 10 }, (_, place) => {
    const at = START + 50_000 + 10_000 * place;
    return [message(at, 'house/s1', `${40 + place}`), tick(at + 100), tick(at + 5_000)];
  });
  return withEvents(bigHome(), ...events.flat());
}

const isOf = (event: HomeEvent, topic: string): boolean => event.type === 'message-received' && event.topic === topic;

function fail(): never {
  throw new Error('there is no such sensor');
}

/** As master, with the rights of all and the broker's log: who is logged in, and what was denied to whom. */
export function usersHome(): HomeState {
  const text = [
    ...['user master', 'topic readwrite #', 'topic read $SYS/#', '', 'user monitor', 'topic read heating/#'],
    ...['topic read cellar/#', 'topic deny cellar/humidity', 'topic write heating/pump', ''],
    ...['user heating', 'topic write heating/flow', 'topic write heating/return', 'topic write heating/pump/done'],
    ...['topic read heating/pump', 'topic read heating/burner', 'topic write heating/burner/done', ''],
    ...['user dhtclient', 'topic write cellar/temperature', ''],
  ];
  const log = (second: number, words: string): HomeEvent => {
    const entry = parseLogLine(`${START / 1_000 + second}: ${words}`);
    if (entry === null) throw new Error(words);
    return { type: 'log-line-read', at: START + 1_000 * second, entry, source: 'file', isPast: false };
  };
  return withEvents(
    livingHome(20, emptyHome(undefined, { user: 'master' })),
    { type: 'acl-read', at: START + 20_600, acl: parseAclFile(text.join('\n'), '/etc/mosquitto/acl') },
    log(21, "New client connected from 10.0.0.7:50123 as esp-heating (p2, c1, k60, u'heating')."),
    log(22, "New client connected from 10.0.0.8:50124 as esp-cellar (p2, c1, k60, u'dhtclient')."),
    log(23, "Denied PUBLISH from esp-cellar (d0, q0, r0, m0, 'cellar/humidity', ... (2 bytes))"),
    log(24, "Denied PUBLISH from esp-cellar (d0, q0, r0, m0, 'cellar/humidity', ... (2 bytes))"),
    log(25, "New client connected from 10.0.0.9:50125 as phone (p5, c1, k60, u'monitor')."),
    log(26, 'Client phone disconnected.'),
    tick(START + 27_000),
  );
}

/** A house whose access control list does not let monitor switch the fan. */
export function lockedHome(): HomeState {
  const text =
    'user monitor\ntopic read heating/#\ntopic read cellar/#\ntopic write heating/pump\ntopic write heating/burner\n';
  return withEvents(livingHome(30), { type: 'acl-read', at: START + 31_000, acl: parseAclFile(text, 'acl_file') });
}
