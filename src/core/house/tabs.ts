import type { HouseConfig } from './schema.ts';

/** A page of the overview: its name, and its panels by their places in the house file. */
export interface Tab {
  readonly label: string;
  readonly panels: readonly number[];
}

/** A panel that a tab names and cannot have. */
interface UnknownPanel {
  /** Places of the tab in the house file, and of the name in that. */
  readonly tab: number;
  readonly index: number;
  readonly label: string;
  /** Whether there is such a panel, on a tab already. */
  readonly isTaken: boolean;
}

type Panelled = Pick<HouseConfig, 'panels' | 'tabs'>;

/** The tabs of a house: one with all panels where it names none. What no tab names stands on a last one. */
export function tabsOf(config: Panelled): readonly Tab[] {
  const { named } = dealPanels(config);
  const taken = new Set(named.flatMap(tab => tab.panels));
  const others = [...config.panels.keys()].filter(panel => !taken.has(panel));
  if (named.length === 0) return [{ label: 'All', panels: others }];
  return others.length === 0 ? named : [...named, { label: 'Other', panels: others }];
}

/** The panels that its tabs name and that are not there. */
export function unknownPanels(config: Panelled): readonly UnknownPanel[] {
  return dealPanels(config).unknown;
}

/** Each name takes the first panel with that label that no name before it took. */
function dealPanels({ panels, tabs = [] }: Panelled): {
  readonly named: readonly Tab[];
  readonly unknown: readonly UnknownPanel[];
} {
  const free = new Map<string, number[]>();
  for (const [place, { label }] of panels.entries()) free.set(label, [...(free.get(label) ?? []), place]);
  const unknown: UnknownPanel[] = [];
  const named = tabs.map(({ label: name, panels: labels }, tab): Tab => {
    const places = labels.flatMap((label, index) => {
      const place = free.get(label)?.shift();
      if (place === undefined) unknown.push({ tab, index, label, isTaken: free.has(label) });
      return place ?? [];
    });
    return { label: name, panels: places };
  });
  return { named, unknown };
}
