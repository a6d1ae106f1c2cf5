import { Box } from 'ink';
import { type ReactElement, useMemo } from 'react';
import { isTooSmall } from '../layout/layout.ts';
import { frameOf, tooSmallLines } from '../picture/frame.ts';
import { type Sources, themeIn } from '../picture/painted-rows.ts';
import type { AppState } from '../state/app-state.ts';
import type { Size, View } from '../text/house-view.ts';
import { createPainter } from '../text/paint.ts';
import { Body } from './body.tsx';
import { PaintContext } from './paint-context.ts';
import { Rows } from './rows.tsx';
import { useReadable } from './use-readable.ts';

/** All that the console is drawn from. */
export type AppProps = Sources;

/** The whole screen: exactly as many rows and columns as the terminal has. */
export function App(props: AppProps): ReactElement {
  const home = useReadable(props.home);
  const app = useReadable(props.app);
  const look = useReadable(props.look);
  const size = useReadable(props.size);
  const theme = themeIn(props.themes, app);
  const paint = useMemo(
    () => ({ painter: createPainter(theme, look.isUnicode), frame: look.glyphs.frame }),
    [theme, look],
  );
  return (
    <PaintContext value={paint}>
      <Screen {...props} view={{ home, glyphs: look.glyphs, timeOfDay: props.timeOfDay }} state={app} cells={size} />
    </PaintContext>
  );
}

interface ScreenProps extends AppProps {
  readonly view: View;
  readonly state: AppState;
  readonly cells: Size;
}

function Screen({ view, state, cells, keymap, themes }: ScreenProps): ReactElement {
  if (isTooSmall(cells)) return <Rows lines={tooSmallLines(cells)} />;
  const { top, body, bottom, covered } = frameOf(view, state, keymap, cells);
  return (
    <Box flexDirection="column" width={cells.columns} height={cells.rows}>
      <Rows lines={top} />
      {/* Cutting costs Ink a third of a frame: only where there is something to cut. */}
      <Box flexDirection="column" height={body.rows - covered} overflow={covered > 0 ? 'hidden' : 'visible'}>
        <Body view={view} app={state} keymap={keymap} themes={themes} size={body} />
      </Box>
      <Rows lines={bottom} />
    </Box>
  );
}
