import { Box, Text } from 'ink';
import { memo, type ReactElement } from 'react';
import type { Lines } from '../text/house-view.ts';
import type { Line } from '../text/line.ts';
import { usePaint } from './paint-context.ts';

/** One painted row. A row whose text stays the same is not laid out again. */
const PaintedRow = memo(({ text }: { readonly text: string }): ReactElement => <Text wrap="truncate">{text}</Text>);

/** One row of the screen. */
function Row({ line }: { readonly line: Line }): ReactElement {
  const { painter } = usePaint();
  return <PaintedRow text={painter.paint(line)} />;
}

/** Rows of the screen, one below the other. */
export function Rows({ lines }: { readonly lines: Lines }): ReactElement {
  return (
    <Box flexDirection="column" flexShrink={0}>
      {lines.map((line, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place on the screen
        <Row key={row} line={line} />
      ))}
    </Box>
  );
}
