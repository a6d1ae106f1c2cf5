import { afterWaitingKeys } from '../../io/clock.ts';
import type { Teardown } from '../shutdown.ts';
import type { World } from '../world.ts';
import type { Recorded } from './record-soon.ts';

/** By then the first keys are answered, the broker's first values are drawn, and Ink is loaded, ms. */
const SETTLED_MS = 600;

/** Brings the past of the last minutes into a session when the console stands, so that no start waits for it. */
export function recallSoon({ session, link }: Recorded, teardown: Teardown, { env, clock }: World): void {
  let isOver = false;
  const open = async (): Promise<void> => {
    const { recall } = await import('./recall.ts');
    const { historyFolder } = await import('../../io/history-store/place.ts');
    await afterWaitingKeys();
    const folder = historyFolder(env, session.store.getState().house.config.name, link.session);
    if (folder !== null && !isOver) recall(session.store, folder, clock);
  };
  const timer = clock.after(SETTLED_MS, () => void open(), { isBackground: true });
  teardown.add(() => {
    isOver = true;
    timer.cancel();
  });
}
