import type { HomeState } from '../../core/home/state/state.ts';
import type { House } from '../../core/house/house.ts';
import type { Issue } from '../../core/issue.ts';
import { createKeymap, type Keymap } from './keymap.ts';

/** The keys of the living house and of its past, as the house is now. */
export interface Keymaps {
  readonly live: Keymap;
  readonly replay: Keymap;
}

/** Makes the keys, and makes them anew where the house file was changed; what is wrong with them is told each time. */
export function openKeymaps(
  store: { readonly getState: () => HomeState },
  hasHouses: boolean,
  tell: (issues: readonly Issue[]) => void,
): Keymaps {
  let made: (Keymaps & { readonly house: House }) | null = null;
  const current = (): Keymaps => {
    const { house } = store.getState();
    if (made?.house === house) return made;
    const live = createKeymap(house, { hasHouses });
    made = { house, live, replay: createKeymap(house, { isReplay: true, hasHouses }) };
    tell(live.issues);
    return made;
  };
  current();
  return {
    get live() {
      return current().live;
    },
    get replay() {
      return current().replay;
    },
  };
}
