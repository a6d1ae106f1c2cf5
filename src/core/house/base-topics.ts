import { ITEM_GROUPS, type ItemFields, topicFields } from './groups.ts';
import type { ClientConfig, HouseConfig } from './schema.ts';

/**
 * The house with each topic in full: `~` at the begin or end of one stands for the base of the client that serves its
 * item. Without any base the house is the same.
 */
export function resolveBases(house: HouseConfig): HouseConfig {
  const bases = new Map<string, string>();
  for (const { base, publishes } of Object.values(house.clients)) {
    if (base !== undefined) for (const id of publishes) bases.set(id, base);
  }
  if (Object.values(house.clients).every(({ base }) => base === undefined)) return house;
  const groups = ITEM_GROUPS.filter(group => house[group] !== undefined).map(group => [
    group,
    mapFields<ItemFields>(house[group] ?? {}, (item, id) => ({
      ...presenceInFull(item, bases.get(id)),
      ...inFull(item, bases.get(id)),
    })),
  ]);
  return {
    ...house,
    ...Object.fromEntries(groups),
    clients: mapFields(house.clients, client => presenceInFull(client, client.base)),
  };
}

/** Whether a topic still waits for a base. */
export function lacksBase(topic: string): boolean {
  return topic === '~' || topic.startsWith('~/') || topic.endsWith('/~');
}

/** The same with the topics on which it is said whether it is there in full. */
function presenceInFull<Member extends Pick<ClientConfig, 'availability' | 'availabilities'>>(
  member: Member,
  base: string | undefined,
): Member {
  const { availability, availabilities } = member;
  const full = <Place extends { readonly topic: string }>(place: Place): Place => ({
    ...place,
    ...inFull(place, base),
  });
  return {
    ...member,
    ...(availability === undefined ? {} : { availability: full(availability) }),
    ...(availabilities === undefined
      ? {}
      : { availabilities: { ...availabilities, topics: availabilities.topics.map(full) } }),
  };
}

function inFull(fields: Omit<ItemFields, 'label'>, base: string | undefined): Record<string, string> {
  if (base === undefined) return {};
  const entries = topicFields({ label: '', ...fields }).map(([field, topic]) => [field, withBase(topic, base)]);
  return Object.fromEntries(entries);
}

function withBase(topic: string, base: string): string {
  if (topic === '~') return base;
  if (topic.startsWith('~/')) return `${base}${topic.slice(1)}`;
  return topic.endsWith('/~') ? `${topic.slice(0, -1)}${base}` : topic;
}

function mapFields<Value>(
  fields: Readonly<Record<string, Value>>,
  change: (value: Value, key: string) => Value,
): Record<string, Value> {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, change(value, key)]));
}
