import { Box, render, Text } from 'ink';
import { memo, type ReactElement } from 'react';
import type { FrameWriter } from '../../terminal/output/frame-writer.ts';
import type { DrawTable } from '../panels/table.ts';
import type { Readable } from '../state/pace.ts';
import type { Lines } from '../text/house-view.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { drawInkTable } from './ink-table.tsx';
import type { Sight } from './sources.ts';

/**
 * Draws the picture with Ink into our stream, and again whenever one of `causes` changes: at once, so that what is drawn
 * directly after it is never older. No cursor moves, no throttle and no console of Ink's own. `onError` is told what
 * failed, which may be before this has returned.
 */
export function drawWithInk(
  take: () => Sight,
  causes: readonly Pick<Readable<unknown>, 'subscribe'>[],
  stream: FrameWriter['stream'],
  onError: (error: unknown) => void,
): { readonly unmount: () => void } {
  // The picture is made before React draws: in the middle of that Ink cannot draw a table.
  const screen = (): ReactElement => {
    const { lines, painter } = take();
    return (
      <ErrorBoundary onError={onError}>
        <Rows rows={lines.map(painter.paint)} />
      </ErrorBoundary>
    );
  };
  const instance = render(screen(), {
    stdout: stream as unknown as NodeJS.WriteStream,
    debug: true,
    interactive: true,
    patchConsole: false,
    exitOnCtrlC: false,
  });
  const draw = (): void => {
    try {
      instance.rerender(screen());
    } catch (error) {
      onError(error);
    }
  };
  // After Ink, which answers another size with the rows that it has.
  const releases = causes.map(cause => cause.subscribe(draw));
  return {
    unmount: () => {
      for (const release of releases.splice(0)) release();
      instance.unmount();
    },
  };
}

/** A table as ink-table draws it. The same table again costs nothing: the house changes more often than what is in it. */
export function createInkTable(): DrawTable {
  let made = { key: '', lines: [] as Lines };
  return (table, frame) => {
    const key = JSON.stringify([table, frame]);
    if (made.key !== key) made = { key, lines: drawInkTable(table, frame) };
    return made.lines;
  };
}

/** The rows of the screen, one below the other. */
function Rows({ rows }: { readonly rows: readonly string[] }): ReactElement {
  return (
    <Box flexDirection="column">
      {rows.map((text, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place on the screen
        <Row key={row} text={text} />
      ))}
    </Box>
  );
}

/** One painted row. A row whose text stays the same is not laid out again. */
const Row = memo(({ text }: { readonly text: string }): ReactElement => <Text wrap="truncate">{text}</Text>);
