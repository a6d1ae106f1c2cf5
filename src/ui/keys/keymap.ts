import type { House } from '../../core/house/house.ts';
import { tabsOf } from '../../core/house/tabs.ts';
import type { Issue } from '../../core/issue.ts';
import type { KeyPress } from '../../terminal/input/key-event.ts';
import { alarmBindings, watchBindings } from './alarm-bindings.ts';
import { type Binding, type KeyPlace, SWITCHING } from './binding.ts';
import { explorerBindings } from './explorer-bindings.ts';
import type { Intent } from './intent.ts';
import { fixedBindings } from './key-bindings.ts';
import { shownKey } from './key-hints.ts';
import { inReplay } from './replay-bindings.ts';
import { KEY_HELP, settingBindings } from './setting-bindings.ts';
import { tabBindings, withoutTab } from './tab-bindings.ts';

/** The keys of one house: what is fixed, and one key for each switch. */
export interface Keymap {
  readonly bindings: readonly Binding[];
  /** The key of each switch that has one, by the id of the switch. */
  readonly switchKeys: ReadonlyMap<string, string>;
  /** Keys that the house file gives to a switch and that are taken. */
  readonly issues: readonly Issue[];
}

/** What the keys are for besides the house. */
export interface KeymapPlace {
  /** The past is shown. */
  readonly isReplay?: boolean;
  /** There are other houses to change to. */
  readonly hasHouses?: boolean;
}

/** The one table that handler, help, footer, settings and README read. */
export function createKeymap(house: House, { isReplay = false, hasHouses = false }: KeymapPlace = {}): Keymap {
  // Without another house the key is free: with Caps Lock it may be that of a switch.
  const given = fixedBindings.filter(({ intent }) => hasHouses || intent.type !== 'change-house');
  const switchKeys = new Map<string, string>();
  const owners = new Map<string, string>();
  const issues: Issue[] = [];
  const bindings: Binding[] = [];
  for (const [id, { key, label, kind }] of house.switches) {
    if (key === undefined) continue;
    const owner = owners.get(key) ?? fixedOwner(key, given);
    if (owner !== null) {
      const cure = `Give ${label} another key in the house file; until then choose it with the arrow keys and press Space.`;
      issues.push({ severity: 'warning', message: `the key ${key} of ${label} is taken by "${owner}"`, cure });
      continue;
    }
    owners.set(key, label);
    switchKeys.set(id, key);
    const intent: Intent = { type: 'toggle', switchId: id };
    bindings.push({
      keys: [key],
      intent,
      places: SWITCHING,
      shown: key,
      label: label.toLowerCase(),
      help: KEY_HELP[kind](label),
    });
  }
  const tabs = tabsOf(house.config).length;
  const others = tabs > 1 ? given.map(one => (one.places[0] === 'overview' ? withoutTab(one) : one)) : given;
  const hasNumbers = [...house.switches.values()].some(({ kind }) => kind === 'number');
  const fixed = [...others, ...watchBindings, ...(hasNumbers ? settingBindings : []), ...tabBindings(tabs)]
    .map(binding => (binding.givesWay === true ? without(binding, owners) : binding))
    .filter(({ keys }) => keys.length > 0);
  const all = [...bindings, ...fixed, ...explorerBindings, ...alarmBindings];
  return { bindings: isReplay ? inReplay(all) : all, switchKeys, issues };
}

/** The binding with the keys that no switch has. */
function without(binding: Binding, owners: ReadonlyMap<string, string>): Binding {
  const isFree = (key: string): boolean => !owners.has(key);
  return { ...binding, keys: binding.keys.filter(isFree), shown: binding.shown.split(' ').filter(isFree).join(' ') };
}

/** What the console itself does with a key where switches have theirs; `null` where a switch may have it. */
function fixedOwner(key: string, given: readonly Binding[]): string | null {
  const isOwner = ({ keys, places, givesWay }: Binding): boolean =>
    keys.includes(key) && givesWay !== true && places.some(place => (SWITCHING as readonly KeyPlace[]).includes(place));
  return given.find(isOwner)?.help ?? null;
}

/** The name of a key press as the table writes it: `p`, `up`, `ctrl+c`, `shift+tab`. */
export function nameOfKey(key: KeyPress): string {
  const name = key.name === 'character' ? key.character : key.name;
  const shift = key.shift && key.name === 'tab' ? 'shift+' : '';
  return `${key.ctrl ? 'ctrl+' : ''}${key.alt ? 'alt+' : ''}${shift}${name}`;
}

/** What a key means in a place, or why it means nothing there: one short sentence. */
export function intentOf(
  keymap: Keymap,
  place: KeyPlace,
  key: string,
): Intent | { readonly type: 'nothing'; readonly why: string } {
  // Caps Lock must not make a console at night seem dead.
  const names = key.length === 1 ? [key, key.toLowerCase()] : [key];
  for (const name of names) {
    const here = keymap.bindings.find(binding => binding.keys.includes(name) && binding.places.includes(place));
    if (here !== undefined) return here.intent;
  }
  const elsewhere = keymap.bindings.find(binding => binding.keys.includes(key));
  const why =
    elsewhere === undefined ? `${shownKey(key)} does nothing; ? shows what does` : wrongPlace(elsewhere, place, key);
  return { type: 'nothing', why };
}

/** Of the key that was pressed, and not of others that mean the same elsewhere: these may well do something here. */
function wrongPlace(binding: Binding, place: KeyPlace, key: string): string {
  if (place === 'dialog') return 'Answer first: Enter or y for yes, Esc or n for no';
  if (binding.intent.type === 'toggle') return `${shownKey(key)} is a key of the overview: Esc leads back to it`;
  return `${shownKey(key)} does nothing here; ? shows what does`;
}
