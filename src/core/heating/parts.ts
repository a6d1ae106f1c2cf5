import type { House } from '../house/house.ts';
import { partsOf } from '../house/house.ts';
import type { SensorConfig } from '../house/schema.ts';
import { isSameUnit } from '../unit.ts';

/** What an item is to a heating or a cellar. */
export type Role = NonNullable<SensorConfig['role']>;

/** Those whose items stand on or off; all others are measured. */
const SWITCHED: ReadonlySet<Role> = new Set(['pump', 'burner', 'fan']);

/** The items that have a role and can be what it says, in the order of the house file: a flow in bar is none. */
export function itemsOf(house: House, role: Role): readonly string[] {
  if (SWITCHED.has(role)) return switchedItems(house, role);
  const unit = role === 'humidity' ? '%' : '°C';
  return [...house.sensors].flatMap(([id, sensor]) =>
    sensor.role === role && isSameUnit(sensor.unit, unit) ? [id] : [],
  );
}

/** What says where it stands: a relay that answers, or a contact. */
function switchedItems({ switches, words }: House, role: Role): readonly string[] {
  const relays = [...switches].flatMap(([id, config]) =>
    config.role === role && config.kind === 'switch' && config.feedback !== undefined ? [id] : [],
  );
  const contacts = [...words].flatMap(([id, config]) => (config.role === role && config.kind === 'binary' ? [id] : []));
  return [...relays, ...contacts];
}

/**
 * The item of a role that belongs to an item: by a dew point that names both, by their room, by their client, or because
 * there is one of each; `null` where that leaves a choice. Two that do not belong together would make a false alarm.
 */
export function partnerOf(house: House, id: string, role: Role): string | null {
  const found = itemsOf(house, role).filter(other => other !== id);
  const own = ownRole(house, id);
  const named = [...house.derived.values()].flatMap(derived => {
    const parts: readonly string[] = derived.kind === 'dew-point' ? partsOf(derived) : [];
    return parts.includes(id) ? parts.filter(part => found.includes(part)) : [];
  });
  if (named.length > 0) return only(new Set(named));
  const room = placeOf(house, id);
  const inRoom = room === undefined ? [] : found.filter(other => placeOf(house, other) === room);
  if (inRoom.length > 0) return only(new Set(inRoom));
  const near = found.filter(other => mayBeNear(house, id, other));
  const client = house.servedBy.get(id);
  const ofClient = near.filter(other => client !== undefined && house.servedBy.get(other) === client);
  const alike = own === undefined ? [] : itemsOf(house, own).filter(other => other !== id);
  const isAloneAtClient = alike.every(other => house.servedBy.get(other) !== client);
  if (ofClient.length > 0 && isAloneAtClient) return only(new Set(ofClient));
  return alike.length === 0 && found.length === 1 && near.length === 1 ? (near[0] ?? null) : null;
}

function only(ids: ReadonlySet<string>): string | null {
  return ids.size === 1 ? ([...ids][0] ?? null) : null;
}

function mayBeNear(house: House, id: string, other: string): boolean {
  const [one, two] = [placeOf(house, id), placeOf(house, other)];
  return one === undefined || two === undefined || one === two;
}

function configOf({ sensors, words, switches }: House, id: string) {
  return sensors.get(id) ?? words.get(id) ?? switches.get(id);
}

function ownRole(house: House, id: string): Role | undefined {
  return configOf(house, id)?.role;
}

function placeOf(house: House, id: string): string | undefined {
  return configOf(house, id)?.room;
}
