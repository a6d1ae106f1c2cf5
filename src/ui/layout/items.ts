import type { House } from '../../core/house/house.ts';

/** The items of all panels in their order, which is the order of the arrow keys. */
export interface Items {
  readonly ids: readonly string[];
  /** Where the items of each panel begin in `ids`. */
  readonly starts: readonly number[];
}

const cache = new WeakMap<House, Items>();

/** The items of a house, computed once for it. */
export function itemsOf(house: House): Items {
  const known = cache.get(house);
  if (known !== undefined) return known;
  const ids: string[] = [];
  const starts: number[] = [];
  for (const panel of house.config.panels) {
    starts.push(ids.length);
    ids.push(...panel.items);
  }
  const items = { ids, starts };
  cache.set(house, items);
  return items;
}
