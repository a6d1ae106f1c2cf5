import { renderToString, Text } from 'ink';
import { Table as InkTable } from 'ink-table';
import type { PropsWithChildren, ReactElement } from 'react';
import type { FrameGlyphs } from '../../terminal/identity/glyphs.ts';
import { type Table, tableWidth } from '../panels/table.ts';
import type { Lines } from '../text/house-view.ts';
import { type Line, type Span, span } from '../text/line.ts';

/** Draws a table with ink-table, in the lines that the terminal has. */
export function drawInkTable(table: Table, frame: FrameGlyphs): Lines {
  const { heading, rows } = table;
  const data = rows.map(row => Object.fromEntries(heading.map((name, at) => [name, row[at]?.text ?? ''])));
  const drawn = renderToString(
    // Columns are named one by one: a user called 7 would else come before all others.
    <InkTable data={data} columns={[...heading]} header={Plain} cell={Plain} skeleton={Plain} />,
    { columns: tableWidth(table) },
  ).split('\n');
  const edges = [...(drawn[0] ?? '')].flatMap((sign, column) => (sign === '─' ? [] : [column]));
  const contents = [heading.map(name => span(name, 'title')), ...rows];
  // Every second line is a rule.
  return drawn.map((text, place) =>
    place % 2 === 0 ? [span(withFrame(text, frame), 'frame')] : cellLine(text, edges, contents[(place - 1) / 2], frame),
  );
}

/** The styles are ours: what Ink paints would have to be read again. */
function Plain({ children }: PropsWithChildren): ReactElement {
  return <Text>{children}</Text>;
}

function cellLine(
  text: string,
  edges: readonly number[],
  cells: readonly Span[] | undefined,
  frame: FrameGlyphs,
): Line {
  return edges.flatMap((edge, at) => {
    const rule = span(withFrame(text.slice(edge, edge + 1), frame), 'frame');
    const cell = cells?.[at];
    return cell === undefined ? [rule] : [rule, span(text.slice(edge + 1, edges[at + 1]), cell.style)];
  });
}

/** ink-table knows Unicode lines only: they are exchanged for what the terminal has. */
function withFrame(text: string, frame: FrameGlyphs): string {
  const signs: Readonly<Record<string, string>> = {
    '─': frame.horizontal,
    '│': frame.vertical,
    '┌': frame.topLeft,
    '┐': frame.topRight,
    '└': frame.bottomLeft,
    '┘': frame.bottomRight,
    '├': frame.teeLeft,
    '┤': frame.teeRight,
    '┬': frame.teeTop,
    '┴': frame.teeBottom,
    '┼': frame.cross,
  };
  return [...text].map(character => signs[character] ?? character).join('');
}
