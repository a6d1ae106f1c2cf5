import { Box } from 'ink';
import type { ReactElement } from 'react';
import { bodyLines, type Scene } from '../picture/body-lines.ts';
import { clientsScreen } from '../screens/clients.ts';
import { topPage } from '../state/app-state.ts';
import { ClientsTable } from './clients-table.tsx';
import { Rows } from './rows.tsx';

/** What is between header and footer; `size` is that of this part. */
export function Body(scene: Scene): ReactElement {
  const lines = bodyLines(scene);
  return lines === null ? <Clients {...scene} /> : <Rows lines={lines} />;
}

function Clients({ view, app, size }: Scene): ReactElement {
  const page = topPage(app);
  const screen = clientsScreen(view, size, page.screen === 'clients' ? page : { focus: page.focus });
  if (screen.kind === 'lines') return <Rows lines={screen.lines} />;
  return (
    <Box flexDirection="column" flexShrink={0}>
      <ClientsTable rows={screen.rows} />
      <Rows lines={screen.below} />
    </Box>
  );
}
