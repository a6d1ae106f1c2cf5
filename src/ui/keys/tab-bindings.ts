import { type Binding, SCREENS, SWITCHING } from './binding.ts';
import { logBindings } from './log-bindings.ts';

/** Tabs that have a number key. */
const NUMBERED = 9;

const tab = (keys: readonly string[], to: 'next' | 'previous' | number, shown: string, help: string): Binding => ({
  ...{ keys, shown, help, label: null, givesWay: true },
  intent: { type: 'tab', to },
  places: ['overview'],
});

const OTHER = 'Go to another tab';

/** The keys of a house of so many tabs: with more than one, Tab changes them and not the panels of one. */
export function tabBindings(count: number): readonly Binding[] {
  const hasMany = count > 1;
  const numbers = Array.from({ length: hasMany ? Math.min(count, NUMBERED) : 0 }, (_, place) =>
    tab([String(place + 1)], place, String(place + 1), 'Go to a tab by its number'),
  );
  return [
    tab(hasMany ? [']', 'tab'] : [']'], 'next', hasMany ? '] Tab' : ']', OTHER),
    tab(hasMany ? ['[', 'shift+tab'] : ['['], 'previous', '[', OTHER),
    ...numbers,
    {
      keys: ['*'],
      intent: { type: 'favourite' },
      places: SWITCHING,
      shown: '*',
      label: null,
      help: 'Mark the chosen item as a favourite: these have a tab of their own',
    },
    {
      keys: ['!'],
      intent: { type: 'unwell' },
      places: SCREENS,
      shown: '!',
      label: null,
      help: 'Show only what is not well, or all again; in the log only warnings and worse',
    },
    {
      keys: ['/'],
      intent: { type: 'search' },
      // The explorer searches topics with it, and the log entries.
      places: SCREENS.filter(screen => screen !== 'explorer' && screen !== 'log'),
      shown: '/',
      label: null,
      help: 'Search items by label, topic, panel or state, as in stale; Enter goes to the item',
    },
    ...logBindings,
  ];
}

/** A binding as it is where Tab changes tabs. */
export function withoutTab(binding: Binding): Binding {
  const isOther = (key: string): boolean => key !== 'tab' && key !== 'shift+tab';
  return { ...binding, keys: binding.keys.filter(isOther), shown: binding.shown.replace(' Tab', '') };
}
