import type { ClientConfig, HouseConfig } from './schema.ts';

/** The groups of a house file whose members stand on panels, in the order in which they are told. */
export const ITEM_GROUPS = [
  ...(['sensors', 'states', 'binaries', 'events', 'counters', 'derived'] as const),
  ...(['switches', 'numbers', 'selects', 'buttons'] as const),
] as const;

/** The name of a group of items in a house file. */
export type ItemGroup = (typeof ITEM_GROUPS)[number];

/** What items of any kind may have: where they are heard, told, and found in a payload. */
export interface ItemFields extends Pick<ClientConfig, 'availability' | 'availabilities'> {
  readonly label: string;
  readonly topic?: string;
  readonly command?: string;
  readonly feedback?: string;
  readonly snapshot?: string;
  readonly path?: string;
  readonly key?: string;
}

/** One item of a house file with its place in it. */
export interface PlacedItem {
  readonly group: ItemGroup;
  readonly id: string;
  readonly item: ItemFields;
}

/** All items of a house, group by group. */
export function placedItems(house: HouseConfig): readonly PlacedItem[] {
  return ITEM_GROUPS.flatMap(group =>
    Object.entries<ItemFields>(house[group] ?? {}).map(([id, item]) => ({ group, id, item })),
  );
}

/** The topics of an item, by the name of their field. */
export function topicFields({
  topic,
  command,
  feedback,
  snapshot,
}: ItemFields): readonly (readonly [string, string])[] {
  return Object.entries({ topic, command, feedback, snapshot }).flatMap(([field, name]) =>
    name === undefined ? [] : [[field, name] as const],
  );
}
