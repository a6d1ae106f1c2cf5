import type { HomeSession } from '../session.ts';
import type { Teardown } from '../shutdown.ts';
import type { World } from '../world.ts';

/** By then keys are answered and the first values are drawn, ms: what watches is loaded only then. */
const CALM_MS = 2_500;

/** Judges the alarms of a session from the moment on when the console stands, until the teardown. */
export function watchSoon({ store }: HomeSession, teardown: Teardown, { clock }: World): void {
  let isOver = false;
  const open = async (): Promise<void> => {
    const { openHouseAlarms } = await import('./house-alarms.ts');
    if (!isOver) teardown.add(openHouseAlarms({ store, clock }).close);
  };
  const timer = clock.after(CALM_MS, () => void open(), { isBackground: true });
  teardown.add(() => {
    isOver = true;
    timer.cancel();
  });
}
