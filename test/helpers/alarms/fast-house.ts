import { createStore, type HomeStore } from '../../../src/app/store.ts';
import type { HomeEvent } from '../../../src/core/home/state/event.ts';
import type { LinkFailure, LinkState } from '../../../src/core/home/state/link.ts';
import type { HouseConfig } from '../../../src/core/house/schema.ts';
import { parseLogLine } from '../../../src/core/mosquitto/log/log-line.ts';
import { createRandom, type Random } from '../../../src/core/simulation/random.ts';
import { createRoom, type Room, readQuantity, stepRoom } from '../../../src/core/simulation/room.ts';
import { emptyHome } from '../ui/home.ts';

/** What a sensor says in place of what it feels: a text, or a change of the number; `null` where it says nothing. */
export type Said = (felt: string, at: number) => string | null;

/** A house that lives by itself, under a time that its script moves. Times are ms. */
export interface FastHouse {
  readonly store: HomeStore;
  readonly now: () => number;
  readonly random: Random;
  readonly relays: { pump: boolean; burner: boolean; fan: boolean };
  /** A device runs and is connected, or not. */
  readonly setAlive: (device: DeviceName, isAlive: boolean) => void;
  /** What is said on a sensor's topic from now on; as it is felt without `said`. */
  readonly say: (topic: string, said?: Said) => void;
  /** A thermostat switches the burner, or nobody does. */
  readonly setThermostat: (limits: { readonly on: number; readonly off: number } | null) => void;
  /** A relay moves, and says so. */
  readonly move: (relay: RelayName, isOn: boolean) => void;
  /** A relay does what it is told, or stands where it stands. */
  readonly setStuck: (relay: RelayName, isStuck: boolean) => void;
  /** The link goes, or is there again with what the broker had kept. */
  readonly setLink: (isUp: boolean, kept?: readonly (readonly [topic: string, payload: string])[]) => void;
  /** A line of the broker's log. */
  readonly log: (text: string) => void;
  /** Somebody at this console wants it. */
  readonly request: (relay: RelayName, isOn: boolean) => void;
  /** The program stands still for so long: nothing is heard, and time goes on. */
  readonly suspend: (forMs: number) => void;
  /** Does something later, ms from now. */
  readonly later: (afterMs: number, run: (house: FastHouse) => void) => void;
  /** The wall clock of the machine was set back. */
  readonly setBack: () => void;
}

export type DeviceName = 'heating' | 'dhtclient';
export type RelayName = 'pump' | 'burner' | 'fan';

/** What is done at a moment, ms since the begin. */
export interface Act {
  readonly at: number;
  readonly run: (house: FastHouse) => void;
}

export interface FastHouseOptions {
  readonly config: HouseConfig;
  readonly startAt: number;
  readonly forMs: number;
  readonly acts: readonly Act[];
  readonly seed: number;
  /** Between two rounds of readings, ms. */
  readonly cadenceMs: number;
  /** Called once the store is there, before anything happens. */
  readonly onStore: (store: HomeStore) => void;
}

const SECOND = 1_000;
/** The cellar of the demo is damp, and said to be so. This one is not, %. */
const DRIER = 8;
/** Around an act each second is a tick, else each round is. ms. */
const CLOSE_MS = 3 * 60_000;
const DEVICES: readonly (readonly [
  DeviceName,
  readonly (readonly [string, 'flow' | 'return' | 'temperature' | 'humidity'])[],
])[] = [
  [
    'heating',
    [
      ['heating/flow', 'flow'],
      ['heating/return', 'return'],
    ],
  ],
  [
    'dhtclient',
    [
      ['cellar/temperature', 'temperature'],
      ['cellar/humidity', 'humidity'],
    ],
  ],
];
const SERVES: Readonly<Record<RelayName, DeviceName>> = { pump: 'heating', burner: 'heating', fan: 'dhtclient' };
const FEEDBACK: Readonly<Record<RelayName, string>> = {
  pump: 'heating/pump/done',
  burner: 'heating/burner/done',
  fan: 'cellar/fan/done',
};

const CLOSED: LinkFailure = {
  kind: 'closed',
  message: 'the broker closed the connection',
  cure: 'It is tried again.',
  code: null,
};

/** An event without its time, which is the house's. */
type Timeless<Event> = Event extends { readonly at: number } ? Omit<Event, 'at'> : never;

/** Lets the house live its time, with what its script does to it. */
export function liveFast(options: FastHouseOptions): void {
  const { config, startAt, forMs, cadenceMs, onStore } = options;
  const random = createRandom(options.seed);
  const byTime = (one: Act, other: Act): number => one.at - other.at;
  const acts = [...options.acts].sort(byTime);
  const rooms: Record<DeviceName, Room> = { heating: createRoom('heating', 0), dhtclient: createRoom('dhtclient', 0) };
  const relays = { pump: true, burner: true, fan: false };
  const alive: Record<DeviceName, boolean> = { heating: true, dhtclient: true };
  const stuck = new Set<RelayName>();
  const said = new Map<string, Said>();
  let [now, isUp, thermostat]: [number, boolean, { on: number; off: number } | null] = [
    startAt,
    false,
    { on: 40, off: 62 },
  ];
  const store = createStore({ ...emptyHome(config), at: startAt }, effects => {
    for (const effect of effects) {
      if (effect.type !== 'publish-command') continue;
      const { commandId, topic, payload } = effect;
      if (!isUp) {
        dispatch({ type: 'command-not-sent', commandId, why: 'there is no connection' });
        continue;
      }
      const relay = (Object.keys(FEEDBACK) as RelayName[]).find(name => FEEDBACK[name] === `${topic}/done`);
      dispatch({ type: 'command-acknowledged', commandId, code: 0 });
      if (relay === undefined || !alive[SERVES[relay]]) continue;
      if (!stuck.has(relay)) relays[relay] = payload === 'on';
      tell(relay);
    }
  });
  function dispatch(event: Timeless<HomeEvent>): void {
    store.dispatch({ ...event, at: now } as HomeEvent);
  }
  const hear = (topic: string, payload: string, isRetained = false): void => {
    if (isUp) dispatch({ type: 'message-received', topic, payload: new TextEncoder().encode(payload), isRetained });
  };
  function tell(relay: RelayName): void {
    if (alive[SERVES[relay]]) hear(FEEDBACK[relay], relays[relay] ? 'on' : 'off');
  }
  const house: FastHouse = {
    store,
    random,
    relays,
    now: () => now,
    setAlive: (device, isAlive) => {
      alive[device] = isAlive;
      // A board that starts says where its relays stand.
      for (const relay of isAlive ? (Object.keys(SERVES) as RelayName[]) : [])
        if (SERVES[relay] === device) tell(relay);
    },
    say: (topic, how) => void (how === undefined ? said.delete(topic) : said.set(topic, how)),
    setThermostat: next => {
      thermostat = next;
    },
    move: (relay, isOn) => {
      relays[relay] = isOn;
      tell(relay);
    },
    setStuck: (relay, isStuck) => void (isStuck ? stuck.add(relay) : stuck.delete(relay)),
    setLink: (next, kept = []) => {
      isUp = next;
      const link: LinkState = next
        ? { phase: 'connected', protocol: '5', connectedAt: now }
        : { phase: 'waiting', failure: CLOSED, attempt: 1, retryAt: now + 5 * SECOND };
      dispatch({ type: 'link-changed', link });
      for (const [topic, payload] of kept) hear(topic, payload, true);
    },
    log: text => {
      const entry = parseLogLine(text);
      if (entry !== null) dispatch({ type: 'log-line-read', entry, source: 'file', isPast: false });
    },
    request: (relay, isOn) => dispatch({ type: 'switch-requested', switchId: relay, target: isOn ? 'on' : 'off' }),
    suspend: asleepMs => {
      pass(asleepMs);
      dispatch({ type: 'time-skipped', skippedMs: asleepMs });
    },
    later: (afterMs, run) => {
      acts.push({ at: now - startAt + afterMs, run });
      acts.sort(byTime);
    },
    setBack: () => dispatch({ type: 'time-skipped', skippedMs: 0 }),
  };
  /** The world goes on, whether anybody hears it or not. */
  function pass(byMs: number): void {
    now += byMs;
    for (const [device] of DEVICES) rooms[device] = stepRoom(rooms[device], byMs, relays, random);
  }
  const regulate = (): void => {
    const { heating } = rooms;
    if (thermostat === null || heating.kind !== 'heating' || stuck.has('burner')) return;
    const { flow } = heating.heating;
    const wanted = flow > thermostat.off ? false : flow < thermostat.on ? true : relays.burner;
    if (wanted !== relays.burner) house.move('burner', wanted);
  };
  const speak = (): void => {
    for (const [device, sensors] of DEVICES) {
      for (const [topic, quantity] of sensors) {
        const read = readQuantity(rooms[device], quantity, random) ?? '';
        const felt = quantity === 'humidity' ? (Number(read) - DRIER).toFixed(1) : read;
        const says = (said.get(topic) ?? (same => same))(felt, now);
        if (alive[device] && says !== null) hear(topic, says);
      }
    }
  };
  onStore(store);
  let closeUntil = 0;
  const isClose = (): boolean => now < closeUntil || (acts[0] !== undefined && startAt + acts[0].at - now < CLOSE_MS);
  house.setLink(true);
  for (const relay of Object.keys(SERVES) as RelayName[]) tell(relay);
  let nextRoundAt = startAt;
  while (now < startAt + forMs) {
    while (acts[0] !== undefined && startAt + acts[0].at <= now) {
      acts.shift()?.run(house);
      closeUntil = now + CLOSE_MS;
    }
    if (now >= nextRoundAt) {
      nextRoundAt = now + cadenceMs;
      regulate();
      speak();
    }
    dispatch({ type: 'ticked' });
    pass(isClose() ? SECOND : Math.max(SECOND, nextRoundAt - now));
  }
}
