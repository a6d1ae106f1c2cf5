import { describe, expect, it } from 'vitest';
import type { HomeState } from '../../../src/core/home/state/state.ts';
import { alarmsHome, blindHome, calmHome } from '../../helpers/ui/alarms-home.ts';
import { openTestConsole } from '../../helpers/ui/console.ts';
import { livingHome } from '../../helpers/ui/home.ts';

const SIZES = [
  [80, 24],
  [120, 40],
  [40, 15],
] as const;

async function frameOf(
  home: HomeState,
  keys: readonly string[],
  look: Omit<Parameters<typeof openTestConsole>[0], 'home'>,
) {
  const console = await openTestConsole({ home, ...look });
  for (const key of keys) {
    await console.press(key);
    if (key === 'a') await console.until(LOADED);
  }
  const screen = await console.screen();
  await console.press('<ctrl+c>');
  await console.ended;
  return screen;
}

/** What is on the screen of the alarms only when it is loaded. */
const LOADED = /to acknowledge|that is watched|is known to be wrong|[Nn]obody watch/;

/** Each way to look at the alarms, by the keys that lead to it. */
const PLACES: Readonly<Record<string, readonly [home: () => HomeState, keys: readonly string[]]>> = {
  alarms: [alarmsHome, ['a']],
  'alarms-over': [alarmsHome, ['a', 'j']],
  'alarms-shelved': [alarmsHome, ['a', 'jjj']],
  'alarm-page': [alarmsHome, ['a', '<enter>']],
  'alarm-page-facts': [alarmsHome, ['a', '<end>', '<enter>']],
  'alarms-shelve': [alarmsHome, ['a', 'S', 'burner is being cleaned<right>']],
  'alarms-none': [calmHome, ['a']],
  'alarms-unwatched': [blindHome, ['a']],
  'alarms-nobody': [() => livingHome(60), ['a']],
  'alarms-headline': [alarmsHome, []],
};

describe('the alarms at every size', () => {
  for (const [columns, rows] of SIZES) {
    for (const [name, [home, keys]] of Object.entries(PLACES)) {
      it(`${name} at ${columns}x${rows}`, async () => {
        const screen = await frameOf(home(), keys, { columns, rows });
        await expect(screen).toMatchFileSnapshot(`../../frames/${name}-${columns}x${rows}.txt`);
      });
    }
  }
});
