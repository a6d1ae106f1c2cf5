import type { HomeSession } from '../../app/session.ts';
import type { World } from '../../app/world.ts';
import type { Preferences } from '../../core/settings/schema.ts';
import { openPreferences } from '../../io/preferences/preferences.ts';

/** After so long the console stands, ms: loading what writes settings would hold up the first pictures. */
const CALM_MS = 3_000;

/** Changes the settings; where that cannot be done the house says so once, on its screen. */
export async function changePreferences(
  change: (preferences: Preferences) => Preferences,
  session: HomeSession,
  world: World,
): Promise<void> {
  const file = openPreferences(world.env, world.platform);
  const { preferences } = await file.read();
  if (JSON.stringify(change(preferences)) === JSON.stringify(preferences)) return;
  const written = await file.change(change);
  const at = world.clock.now();
  if (!written.ok) session.store.dispatch({ type: 'issue-found', at, issue: written.error });
  else settleTroubleWith(file.path, session, at);
}

/** Nothing that was wrong with the file can be wrong with it any more: it was just replaced. */
function settleTroubleWith(file: string | null, { store }: HomeSession, at: number): void {
  const troubles = store
    .getState()
    .issues.filter(({ place, severity }) => severity === 'error' && place?.file === file);
  for (const issue of troubles)
    store.dispatch({ type: 'issue-settled', at, issue, news: 'the settings are saved again' });
}

/** Keeps where we were connected to, and as whom, as soon as that has worked once. */
export function rememberBroker(session: HomeSession, world: World): void {
  const release = session.store.observe(({ after }) => {
    if (after.link.phase !== 'connected') return;
    release();
    const { url, user } = after.session;
    const last = { url, ...(user === null ? {} : { user }) };
    world.clock.after(CALM_MS, () => void changePreferences(old => ({ ...old, last }), session, world));
  });
}
