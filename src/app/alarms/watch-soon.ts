import type { HomeSession } from '../session.ts';
import type { Teardown } from '../shutdown.ts';
import type { World } from '../world.ts';
import type { AlarmDesk, DeskSetup } from './desk.ts';

/** By then keys are answered and the first values are drawn, ms: what watches is loaded only then. */
const CALM_MS = 2_500;

/** Where the alarms of a house are kept and asked for. */
export type AlarmPlace = Pick<DeskSetup, 'folder' | 'door'>;

/** Has the alarms of a session judged from the moment on when the console stands, until the teardown. */
export function watchSoon(
  { store }: HomeSession,
  place: AlarmPlace,
  teardown: Teardown,
  { clock }: World,
): Pick<AlarmDesk, 'act'> {
  let opening: Promise<AlarmDesk> | null = null;
  const open = (): Promise<AlarmDesk> => {
    opening ??= import('./desk.ts').then(({ openAlarmDesk }) => openAlarmDesk({ store, clock, ...place }));
    return opening;
  };
  const timer = clock.after(CALM_MS, () => void open(), { isBackground: true });
  teardown.add(async () => {
    timer.cancel();
    (await opening)?.close();
  });
  return { act: async (ids, act) => (await open()).act(ids, act) };
}
