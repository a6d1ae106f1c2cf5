import type { Availability } from './availability-word.ts';
import { ITEM_GROUPS, type ItemFields, placedItems } from './groups.ts';
import type {
  BinaryConfig,
  ButtonConfig,
  ClientConfig,
  CounterConfig,
  DerivedConfig,
  EventConfig,
  HouseConfig,
  NumberConfig,
  SelectConfig,
  SensorConfig,
  StateConfig,
  SwitchConfig,
} from './schema.ts';

/** Something that is commanded in a closed loop, by its kind. */
export type CommandedConfig =
  | (SwitchConfig & { readonly kind: 'switch' })
  | (NumberConfig & { readonly kind: 'number' })
  | (SelectConfig & { readonly kind: 'select' })
  | (ButtonConfig & { readonly kind: 'button' });

/** Something that is said in words, by its kind. */
export type WordConfig =
  | (StateConfig & { readonly kind: 'state' })
  | (BinaryConfig & { readonly kind: 'binary' })
  | (EventConfig & { readonly kind: 'event' })
  | (CounterConfig & { readonly kind: 'counter' });

/** What a message on a topic means to the house. */
export type Route =
  | { readonly kind: 'sensor'; readonly id: string }
  | { readonly kind: 'word'; readonly id: string }
  /** A picture of an event. */
  | { readonly kind: 'snapshot'; readonly id: string }
  | { readonly kind: 'feedback'; readonly id: string }
  | { readonly kind: 'command'; readonly id: string }
  | { readonly kind: 'availability'; readonly id: string }
  /** Of one item alone. */
  | { readonly kind: 'item-availability'; readonly id: string };

/** Where a client, or an item, says whether it is there. */
export type Presence = Pick<ClientConfig, 'availability' | 'availabilities'>;

/** A house file made ready for use: the same facts, with the way from a topic to what it means. */
export interface House {
  readonly config: HouseConfig;
  readonly sensors: ReadonlyMap<string, SensorConfig>;
  readonly derived: ReadonlyMap<string, DerivedConfig>;
  /** States, binaries, events and counters. */
  readonly words: ReadonlyMap<string, WordConfig>;
  /** Whatever is commanded: switches in the narrow sense, set-points, selections and buttons. */
  readonly switches: ReadonlyMap<string, CommandedConfig>;
  readonly clients: ReadonlyMap<string, ClientConfig>;
  /** One topic may feed several sensors: a JSON payload with several values. */
  readonly routes: ReadonlyMap<string, readonly Route[]>;
  /** The client that serves an item, by the id of that. */
  readonly servedBy: ReadonlyMap<string, string>;
  /** Items of which it is said apart from their clients whether they are there. */
  readonly saidApart: ReadonlyMap<string, Presence>;
  /** Clients that speak when they have something to say: a silence of theirs means nothing. */
  readonly unpaced: ReadonlySet<string>;
  /** Binaries that never say their second word: how long after the first one it is presumed, ms. */
  readonly offAfter: ReadonlyMap<string, number>;
  /** The client that seals what goes over a topic, by the topic. What says that it is there is never sealed. */
  readonly sealed: ReadonlyMap<string, string>;
}

/** Seconds between two messages that are assumed where the house file does not say. */
export const DEFAULT_CADENCE_S = 5;

/** Makes a checked house file ready for use. */
export function createHouse(config: HouseConfig): House {
  const servedBy = new Map<string, string>();
  for (const [clientId, client] of Object.entries(config.clients)) {
    for (const id of client.publishes) servedBy.set(id, clientId);
  }
  const { states, binaries, events, counters, switches, numbers, selects, buttons } = config;
  const house = {
    config,
    sensors: new Map(Object.entries(config.sensors)),
    derived: new Map(Object.entries(config.derived ?? {})),
    words: new Map<string, WordConfig>([
      ...ofKind('state', states),
      ...ofKind('binary', binaries),
      ...ofKind('event', events),
      ...ofKind('counter', counters),
    ]),
    switches: new Map<string, CommandedConfig>([
      ...ofKind('switch', switches),
      ...ofKind('number', numbers),
      ...ofKind('select', selects),
      ...ofKind('button', buttons),
    ]),
    clients: new Map(Object.entries(config.clients)),
    servedBy,
    saidApart: new Map(
      placedItems(config).flatMap(({ id, item }) => (availabilitiesOf(item).length === 0 ? [] : [[id, item] as const])),
    ),
    unpaced: unpacedClients(config),
    offAfter: new Map(
      Object.entries(binaries ?? {}).flatMap(([id, { offAfter }]) =>
        offAfter === undefined ? [] : [[id, offAfter * 1_000] as const],
      ),
    ),
  };
  const routes = createRoutes(house);
  return { ...house, routes, sealed: sealedTopics(house, routes) };
}

/**
 * Whether a sensor speaks when it has something to say: its device lets the broker keep the last value, and the house file
 * sets no time for the next.
 */
export function isUnpaced({ retained, every, expireAfter }: SensorConfig): boolean {
  return retained === true && every === undefined && expireAfter === undefined;
}

/**
 * Those that serve nothing with a cadence, and of which is known otherwise that they are there: they serve something that
 * is said in words, or have a topic for it.
 */
function unpacedClients(config: HouseConfig): ReadonlySet<string> {
  const { clients, sensors, states = {}, binaries = {}, events = {}, counters = {} } = config;
  const isPaced = (id: string): boolean => {
    const { every, expireAfter } = states[id] ?? binaries[id] ?? {};
    const sensor = sensors[id];
    return (sensor !== undefined && !isUnpaced(sensor)) || every !== undefined || expireAfter !== undefined;
  };
  const isSaid = (id: string): boolean =>
    [states, binaries, events, counters, sensors].some(group => Object.hasOwn(group, id));
  const unpaced = Object.entries(clients).filter(
    ([, client]) =>
      !client.publishes.some(isPaced) && (client.publishes.some(isSaid) || availabilitiesOf(client).length > 0),
  );
  return new Set(unpaced.map(([id]) => id));
}

function ofKind<Kind extends string, Item extends object>(
  kind: Kind,
  items: Readonly<Record<string, Item>> = {},
): (readonly [string, Item & { readonly kind: Kind }])[] {
  return Object.entries(items).map(([id, item]) => [id, { ...item, kind }] as const);
}

/** The house with nothing but these items: no clients but those that seal, no panels, and nobody says who is there. */
export function narrowHouse({ config }: House, ids: ReadonlySet<string>): House {
  const groups = ITEM_GROUPS.filter(group => config[group] !== undefined).map(group => [
    group,
    Object.fromEntries(
      Object.entries<ItemFields>(config[group] ?? {}).flatMap(([id, { availability, availabilities, ...item }]) =>
        ids.has(id) ? [[id, item]] : [],
      ),
    ),
  ]);
  // What seals stays: what comes in the clear in its place is no value.
  const clients = Object.entries(config.clients).flatMap(([id, { publishes, sealed }]) => {
    const kept = publishes.filter(item => ids.has(item));
    return sealed === true && kept.length > 0 ? [[id, { publishes: kept, sealed }]] : [];
  });
  return createHouse({
    ...(Object.fromEntries(groups) as HouseConfig),
    ...{ name: config.name, clients: Object.fromEntries(clients), panels: [] },
  });
}

/** The topics of values, words, feedback and availability: what each user needs to read. */
export function readTopics(house: House): readonly string[] {
  const topics: string[] = [];
  for (const [topic, routes] of house.routes) {
    if (routes.some(route => route.kind !== 'command')) topics.push(topic);
  }
  return topics;
}

/** The topics that commands are published to. */
export function commandTopics(house: House): readonly string[] {
  return [...new Set([...house.switches.values()].map(toggle => toggle.command))];
}

/** Where pictures of an event are published; `null` where there are none. */
export function snapshotTopicOf(word: WordConfig): string | null {
  return word.kind === 'event' ? (word.snapshot ?? null) : null;
}

/** The two sensors that a derived value is made of, in the order in which they are put together. */
export function partsOf(config: DerivedConfig): readonly [string, string] {
  return config.kind === 'difference' ? [config.minuend, config.subtrahend] : [config.temperature, config.humidity];
}

/** Where a client, or an item, says whether it is there, in the order of the house file. */
export function availabilitiesOf({ availability, availabilities }: Presence): readonly Availability[] {
  return [...(availability === undefined ? [] : [availability]), ...(availabilities?.topics ?? [])];
}

/** Whether the device of an item lets the broker keep its last message, by the house file. */
export function keepsLast({ sensors, words, switches }: House, id: string): boolean {
  const item = sensors.get(id) ?? words.get(id) ?? switches.get(id);
  return item !== undefined && 'retained' in item && item.retained === true;
}

/** The MQTT user that a client of the house logs in as. */
export function userOfClient(house: House, clientId: string): string {
  return house.clients.get(clientId)?.user ?? clientId;
}

/** Digits behind the point that a sensor's values are shown with; 1 where the house file does not say. */
export function decimalsOf(sensor: Pick<SensorConfig, 'decimals'> | undefined): number {
  return sensor?.decimals ?? 1;
}

const clientTopics = new WeakMap<House, Map<string, readonly string[]>>();

/** The topics that a client speaks on, in the order of what it publishes. Each frame asks, so it is worked out once. */
export function topicsOfClient(house: House, clientId: string): readonly string[] {
  const known = clientTopics.get(house) ?? new Map<string, readonly string[]>();
  clientTopics.set(house, known);
  const topics = known.get(clientId) ?? topicsOfItems(house, house.clients.get(clientId)?.publishes ?? []);
  known.set(clientId, topics);
  return topics;
}

function topicsOfItems({ sensors, words }: House, ids: readonly string[]): readonly string[] {
  return ids.flatMap(id => sensors.get(id)?.topic ?? words.get(id)?.topic ?? []);
}

/** What people call an item or a client; its id where the house does not know it. */
export function labelOf(house: House, id: string): string {
  return (
    house.sensors.get(id)?.label ??
    house.switches.get(id)?.label ??
    house.derived.get(id)?.label ??
    house.words.get(id)?.label ??
    house.clients.get(id)?.label ??
    id
  );
}

/** What a client is called. An item may have the same id: a message about a client is not to name that. */
export function clientLabelOf({ clients }: Pick<House, 'clients'>, id: string): string {
  return clients.get(id)?.label ?? id;
}

function sealedTopics({ clients, servedBy }: Pick<House, 'clients' | 'servedBy'>, routes: House['routes']) {
  const topics = new Map<string, string>();
  if (![...clients.values()].some(({ sealed }) => sealed === true)) return topics;
  for (const [topic, meant] of routes) {
    for (const { kind, id } of meant) {
      const clientId = kind === 'availability' || kind === 'item-availability' ? undefined : servedBy.get(id);
      if (clientId !== undefined && clients.get(clientId)?.sealed === true) topics.set(topic, clientId);
    }
  }
  return topics;
}

/** Whether the client that serves an item seals what it says and is told. */
export function isSealed({ clients, servedBy }: Pick<House, 'clients' | 'servedBy'>, id: string): boolean {
  const client = servedBy.get(id);
  return client !== undefined && clients.get(client)?.sealed === true;
}

function createRoutes(house: Omit<House, 'routes' | 'sealed'>): Map<string, Route[]> {
  const routes = new Map<string, Route[]>();
  const add = (topic: string, route: Route): void => {
    const known = routes.get(topic);
    if (known === undefined) routes.set(topic, [route]);
    else known.push(route);
  };
  for (const [id, sensor] of house.sensors) add(sensor.topic, { kind: 'sensor', id });
  for (const [id, word] of house.words) {
    add(word.topic, { kind: 'word', id });
    const snapshot = snapshotTopicOf(word);
    if (snapshot !== null) add(snapshot, { kind: 'snapshot', id });
  }
  for (const [id, toggle] of house.switches) {
    if (toggle.feedback !== undefined) add(toggle.feedback, { kind: 'feedback', id });
    add(toggle.command, { kind: 'command', id });
  }
  for (const [id, client] of house.clients) {
    for (const { topic } of availabilitiesOf(client)) add(topic, { kind: 'availability', id });
  }
  for (const [id, said] of house.saidApart) {
    for (const { topic } of availabilitiesOf(said)) add(topic, { kind: 'item-availability', id });
  }
  return routes;
}

/** What was named, and for a derived value the sensors that it is made of. */
export function withDerivedParts(house: House, named: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...named, ...[...house.derived].flatMap(([id, config]) => (named.has(id) ? partsOf(config) : []))]);
}
