import type { House } from '../../core/house/house.ts';
import { tabsOf } from '../../core/house/tabs.ts';
import { itemsOf } from './items.ts';

/** A panel as it is shown: its name, and its items by their places among all items of the house. */
export interface ShownPanel {
  readonly label: string;
  readonly places: readonly number[];
}

/** What the overview shows at a time: a tab, or a choice from all of them. */
export interface Arrangement {
  readonly panels: readonly ShownPanel[];
  /** The items of all its panels in their order, which is that of the arrow keys. */
  readonly places: readonly number[];
}

const tabs = new WeakMap<House, readonly Arrangement[]>();

/** The tabs of a house, computed once for it. */
export function arrangementsOf(house: House): readonly Arrangement[] {
  const known = tabs.get(house);
  if (known !== undefined) return known;
  const items = itemsOf(house);
  const { panels } = house.config;
  const made = tabsOf(house.config).map(tab =>
    arrange(
      tab.panels.map(panel => {
        const { label = '', items: ids = [] } = panels[panel] ?? {};
        return { label, places: ids.map((_, place) => (items.starts[panel] ?? 0) + place) };
      }),
    ),
  );
  tabs.set(house, made);
  return made;
}

const wholes = new WeakMap<House, Arrangement>();

/** All items of a house, tab after tab. */
export function wholeOf(house: House): Arrangement {
  const known = wholes.get(house);
  if (known !== undefined) return known;
  const [only, ...others] = arrangementsOf(house);
  const whole =
    only !== undefined && others.length === 0 ? only : arrange(arrangementsOf(house).flatMap(({ panels }) => panels));
  wholes.set(house, whole);
  return whole;
}

/** Ids in whatever keeps them. */
type Ids = Pick<ReadonlySet<string>, 'has'>;

const choices = new WeakMap<Ids, { readonly house: House; readonly made: Arrangement }>();

/** The panels with nothing but these items; those that have none of them are left out. */
export function choiceOf(house: House, ids: Ids): Arrangement {
  const known = choices.get(ids);
  if (known?.house === house) return known.made;
  const all = itemsOf(house).ids;
  const panels = wholeOf(house).panels.map(({ label, places }) => ({
    label,
    places: places.filter(place => ids.has(all[place] ?? '')),
  }));
  const made = arrange(panels.filter(({ places }) => places.length > 0));
  choices.set(ids, { house, made });
  return made;
}

function arrange(panels: readonly ShownPanel[]): Arrangement {
  return { panels, places: panels.flatMap(({ places }) => places) };
}

const tabPlaces = new WeakMap<House, ReadonlyMap<number, number>>();

/** The tab that an item stands on, by its place among all items; the first one where there is no such item. */
export function tabOfItem(house: House, place: number): number {
  const known =
    tabPlaces.get(house) ??
    new Map(arrangementsOf(house).flatMap(({ places }, tab) => places.map(one => [one, tab] as const)));
  tabPlaces.set(house, known);
  return known.get(place) ?? 0;
}

/** The item that is chosen where another may have been: itself, else the next one that is shown; -1 where none is. */
export function chosenIn({ places }: Arrangement, focus: number): number {
  return places.includes(focus) ? focus : (places.find(place => place > focus) ?? places.at(-1) ?? -1);
}
