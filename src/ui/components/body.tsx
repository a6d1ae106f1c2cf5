import { Box } from 'ink';
import type { ReactElement } from 'react';
import { type AppState, topPage } from '../app-state.ts';
import type { Keymap } from '../keymap.ts';
import { logFocus } from '../move-page.ts';
import { clientsScreen } from '../screens/clients.ts';
import { detailLines } from '../screens/detail.ts';
import { withDialog } from '../screens/dialog.ts';
import { helpLines } from '../screens/help.ts';
import { denialsLines, logLines } from '../screens/lists.ts';
import { loginLines } from '../screens/login.ts';
import { overviewLines } from '../screens/overview.ts';
import { themesLines } from '../screens/themes.ts';
import type { Theme } from '../theme.ts';
import type { Lines, Size, View } from '../view.ts';
import { ClientsTable } from './clients-table.tsx';
import { Rows } from './rows.tsx';

/** What a screen is drawn from. */
export interface BodyProps {
  readonly view: View;
  readonly app: AppState;
  readonly keymap: Keymap;
  readonly themes: readonly Theme[];
  readonly size: Size;
}

/** What is between header and footer: the login, or the screen on top of the stack with its question over it. */
export function Body(props: BodyProps): ReactElement {
  const { view, app, size } = props;
  if (app.login !== null) return <Rows lines={loginLines(view, size, app.login)} />;
  const page = topPage(app);
  if (page.screen === 'clients') return <Clients view={view} size={size} focus={page.focus} />;
  const lines = screenLines(props);
  return <Rows lines={app.dialog === null ? lines : withDialog(view, lines, size, app.dialog)} />;
}

function screenLines({ view, app, keymap, themes, size }: BodyProps): Lines {
  const page = topPage(app);
  switch (page.screen) {
    case 'overview':
    case 'clients':
      return overviewLines(view, size, { focus: page.focus, keys: keymap.switchKeys });
    case 'detail':
      return detailLines(view, size, page);
    case 'denials':
      return denialsLines(view, size, Math.min(page.focus, Math.max(0, view.home.denials.length - 1)));
    case 'log':
      return logLines(view, size, logFocus(page.anchor, view.home));
    case 'help':
      return helpLines(view, size, keymap, page.focus);
    case 'themes':
      return themesLines(view, size, themes, page.focus);
  }
}

function Clients({
  view,
  size,
  focus,
}: {
  readonly view: View;
  readonly size: Size;
  readonly focus: number;
}): ReactElement {
  const screen = clientsScreen(view, size, focus);
  if (screen.kind === 'lines') return <Rows lines={screen.lines} />;
  return (
    <Box flexDirection="column" flexShrink={0}>
      <ClientsTable rows={screen.rows} />
      <Rows lines={screen.below} />
    </Box>
  );
}
