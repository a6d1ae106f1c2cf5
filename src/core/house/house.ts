import type { ClientConfig, DerivedConfig, HouseConfig, SensorConfig, SwitchConfig } from './schema.ts';

/** What a message on a topic means to the house. */
export type Route =
  | { readonly kind: 'sensor'; readonly id: string }
  | { readonly kind: 'feedback'; readonly id: string }
  | { readonly kind: 'command'; readonly id: string }
  | { readonly kind: 'availability'; readonly id: string };

/** A house file made ready for use: the same facts, with the way from a topic to what it means. */
export interface House {
  readonly config: HouseConfig;
  readonly sensors: ReadonlyMap<string, SensorConfig>;
  readonly derived: ReadonlyMap<string, DerivedConfig>;
  readonly switches: ReadonlyMap<string, SwitchConfig>;
  readonly clients: ReadonlyMap<string, ClientConfig>;
  /** One topic may feed several sensors: a JSON payload with several values. */
  readonly routes: ReadonlyMap<string, readonly Route[]>;
  /** The client that serves a sensor or a switch, by the id of that. */
  readonly servedBy: ReadonlyMap<string, string>;
}

/** Seconds between two messages that are assumed where the house file does not say. */
export const DEFAULT_CADENCE_S = 5;

/** Makes a checked house file ready for use. */
export function createHouse(config: HouseConfig): House {
  const servedBy = new Map<string, string>();
  for (const [clientId, client] of Object.entries(config.clients)) {
    for (const id of client.publishes) servedBy.set(id, clientId);
  }
  return {
    config,
    sensors: new Map(Object.entries(config.sensors)),
    derived: new Map(Object.entries(config.derived ?? {})),
    switches: new Map(Object.entries(config.switches)),
    clients: new Map(Object.entries(config.clients)),
    routes: createRoutes(config),
    servedBy,
  };
}

/** The house with nothing but these sensors, derived values and switches: no clients, no panels. */
export function narrowHouse({ config }: House, ids: ReadonlySet<string>): House {
  const pick = <Item>(items: Readonly<Record<string, Item>>): Record<string, Item> =>
    Object.fromEntries(Object.entries(items).filter(([id]) => ids.has(id)));
  const { sensors, derived = {}, switches } = config;
  return createHouse({
    ...{ name: config.name, sensors: pick(sensors), derived: pick(derived), switches: pick(switches) },
    ...{ clients: {}, panels: [] },
  });
}

/** The topics of values, feedback and availability: what each user needs to read. */
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

/** The two sensors that a derived value is made of, in the order in which they are put together. */
export function partsOf(config: DerivedConfig): readonly [string, string] {
  return config.kind === 'difference' ? [config.minuend, config.subtrahend] : [config.temperature, config.humidity];
}

/** The MQTT user that a client of the house logs in as. */
export function userOfClient(house: House, clientId: string): string {
  return house.clients.get(clientId)?.user ?? clientId;
}

/** Digits behind the point that a sensor's values are shown with; 1 where the house file does not say. */
export function decimalsOf(sensor: Pick<SensorConfig, 'decimals'> | undefined): number {
  return sensor?.decimals ?? 1;
}

/** What people call a sensor, switch, derived value or client; its id where the house does not know it. */
export function labelOf(house: House, id: string): string {
  return (
    house.sensors.get(id)?.label ??
    house.switches.get(id)?.label ??
    house.derived.get(id)?.label ??
    house.clients.get(id)?.label ??
    id
  );
}

function createRoutes(config: HouseConfig): Map<string, Route[]> {
  const routes = new Map<string, Route[]>();
  const add = (topic: string, route: Route): void => {
    const known = routes.get(topic);
    if (known === undefined) routes.set(topic, [route]);
    else known.push(route);
  };
  for (const [id, sensor] of Object.entries(config.sensors)) add(sensor.topic, { kind: 'sensor', id });
  for (const [id, toggle] of Object.entries(config.switches)) {
    add(toggle.feedback, { kind: 'feedback', id });
    add(toggle.command, { kind: 'command', id });
  }
  for (const [id, client] of Object.entries(config.clients)) {
    if (client.availability !== undefined) add(client.availability.topic, { kind: 'availability', id });
  }
  return routes;
}

/** What was named, and for a derived value the sensors that it is made of. */
export function withDerivedParts(house: House, named: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...named, ...[...house.derived].flatMap(([id, config]) => (named.has(id) ? partsOf(config) : []))]);
}
