import type { LinkOptions } from '../../io/mqtt-options/mqtt-options.ts';
import type { HomeSession } from '../session.ts';
import type { Teardown } from '../shutdown.ts';
import type { World } from '../world.ts';
import type { HistoryLimits } from './limits.ts';

/** By then keys are answered and the first values are drawn, ms: what records is loaded only then. */
const CALM_MS = 2_000;

/** What is recorded: a session, and the way that it goes. */
export interface Recorded {
  readonly session: HomeSession;
  readonly link: LinkOptions;
}

/** Records a session from the moment on when the console stands, until the teardown. Where there is no home, nothing is. */
export function recordSoon(
  { session, link, limits }: Recorded & { readonly limits: HistoryLimits },
  teardown: Teardown,
  world: World,
): void {
  const { env, clock, version } = world;
  const { store } = session;
  let opening: Promise<{ readonly close: () => Promise<void> } | null> | null = null;
  const open = async () => {
    const { openRecorder } = await import('./recorder.ts');
    const { historyFolder } = await import('../../io/history-store/place.ts');
    const folder = historyFolder(env, store.getState().house.config.name, link.session);
    const keepaliveMs = link.keepaliveSeconds * 1_000;
    return folder === null ? null : openRecorder({ store, folder, clock, keepaliveMs, version, limits });
  };
  const timer = clock.after(
    CALM_MS,
    () => {
      opening = open();
    },
    { isBackground: true },
  );
  teardown.add(async () => {
    timer.cancel();
    const recorder = await opening;
    await recorder?.close();
  });
}
