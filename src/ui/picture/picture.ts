import { detailLines } from '../detail/detail.ts';
import type { Keymap } from '../keys/keymap.ts';
import { isTooSmall } from '../layout/layout.ts';
import { frameLines } from '../panels/frame-lines.ts';
import type { DrawTable } from '../panels/table.ts';
import { clientsLines } from '../screens/clients.ts';
import { withDialog } from '../screens/dialog.ts';
import { helpLines } from '../screens/help.ts';
import { denialsLines, logLines } from '../screens/lists.ts';
import { loginLines } from '../screens/login.ts';
import { overviewLines } from '../screens/overview.ts';
import { searchLines } from '../screens/search.ts';
import { themesLines } from '../screens/themes.ts';
import { usersLines } from '../screens/users.ts';
import { type AppState, topPage } from '../state/app-state.ts';
import type { HouseView, Lines, Size } from '../text/house-view.ts';
import type { Theme } from '../theme/theme.ts';
import { frameOf, type ScreenPane, tooSmallLines } from './frame.ts';

/** All that a picture is made from. */
export interface Scene {
  readonly view: HouseView;
  readonly app: AppState;
  readonly keymap: Keymap;
  readonly themes: readonly Theme[];
  readonly size: Size;
  /** Of the screens that are loaded when they are first asked for; `null` until then. */
  readonly panes?: ScreenPanes;
}

/** What is loaded of them. */
export interface ScreenPanes {
  readonly explorer: ScreenPane | null;
  /** Alarms and visitors, whichever of them is shown. */
  readonly screens: ScreenPane | null;
}

/** The one that is on the screen; `null` where that is another one, or it is not loaded. */
function paneOf({ app, panes }: Scene): ScreenPane | null {
  const { screen } = topPage(app);
  if (screen === 'explorer') return panes?.explorer ?? null;
  return screen === 'alarms' || screen === 'visitors' ? (panes?.screens ?? null) : null;
}

/**
 * All rows of the screen, each exactly as wide as it: the one thing that is drawn, whoever draws it. Total: there is a
 * picture of every state at every size. `drawTable` is asked for the one part that Ink draws better.
 */
export function picture(scene: Scene, drawTable: DrawTable): Lines {
  const { view, app, keymap, size } = scene;
  if (isTooSmall(size)) return tooSmallLines(size);
  const { top, body, bottom, covered } = frameOf(view, app, keymap, size, paneOf(scene));
  const between = bodyLines({ ...scene, size: body }, drawTable);
  return [...top, ...between.slice(0, body.rows - covered), ...bottom];
}

/** What is between header and footer: the login, or the screen on top of the stack with its question over it. */
function bodyLines(scene: Scene, drawTable: DrawTable): Lines {
  const { view, app, keymap, size } = scene;
  if (app.login !== null) return loginLines(view, size, app.login, app.hasHouses);
  if (app.search !== null) return searchLines(view, size, app.search, keymap.switchKeys);
  const lines = screenLines(scene, drawTable);
  return app.dialog === null ? lines : withDialog(view, lines, size, app.dialog);
}

function screenLines(scene: Scene, drawTable: DrawTable): Lines {
  const { view, app, keymap, themes, size } = scene;
  const page = topPage(app);
  switch (page.screen) {
    case 'overview':
      return overviewLines(view, size, page, { favourites: app.favourites, keys: keymap.switchKeys });
    case 'clients':
      return clientsLines(view, size, page, drawTable);
    case 'detail':
      return detailLines(view, size, page, app.past);
    case 'denials':
      return denialsLines(view, size, Math.min(page.focus, Math.max(0, view.home.denials.length - 1)), page.part ?? 0);
    case 'users':
      return usersLines(view, size, page);
    case 'log':
      return logLines(view, size, page);
    case 'help':
      return helpLines(view, size, keymap, page.focus);
    case 'explorer':
    case 'alarms':
    case 'visitors': {
      const title = { text: TITLES[page.screen], remark: '' };
      return paneOf(scene)?.lines(view, size) ?? frameLines(view, title, [], frameSizeOf(size));
    }
    case 'themes':
      return themesLines(view, size, themes, page.focus);
  }
}

/** Of what is being loaded. */
const TITLES = { explorer: 'Topics', alarms: 'Alarms', visitors: 'Visitors' } as const;

const frameSizeOf = ({ columns, rows }: Size): { readonly width: number; readonly rows: number } => ({
  width: columns,
  rows,
});
