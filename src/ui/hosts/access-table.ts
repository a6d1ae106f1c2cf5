import { renderToString, Text } from 'ink';
import { type CellProps, Table } from 'ink-table';
import { createContext, type PropsWithChildren, type ReactElement, useContext } from 'react';
import type { Style } from '../../core/format/style.ts';
import type { TableTexts } from '../../core/mosquitto/access-table.ts';
import { textWidth } from '../../core/text-width.ts';
import type { FrameGlyphs } from '../../terminal/identity/glyphs.ts';
import { withFrame } from './table-frame.ts';

/** What it is drawn for. */
export interface TableLook {
  /** The width of the terminal. */
  readonly columns: number;
  readonly frame: FrameGlyphs;
  readonly style: Style;
}

/**
 * The user × topic table of `acl check` as lines with a frame around them. `null` where it does not fit: too wide, or
 * with names of which ink-table would make one column, or whose columns it would count wrong.
 */
export function drawAccessTable({ heading, rows, legend }: TableTexts, look: TableLook): readonly string[] | null {
  const all = [heading, ...rows];
  const isPlain = all.flat().every(cell => textWidth(cell) === cell.length);
  // Two columns for the padding of each cell, one for each line.
  const width = heading.reduce((sum, _, at) => sum + 3 + Math.max(...all.map(row => row[at]?.length ?? 0)), 1);
  if (!isPlain || width > look.columns || new Set(heading).size < heading.length || rows.length === 0) return null;
  const drawn = renderToString(<AccessGrid heading={heading} rows={rows} look={look} />, { columns: look.columns });
  return [...drawn.split('\n'), ...(legend === null ? [] : [legend])];
}

const Look = createContext<TableLook | null>(null);

interface GridProps {
  readonly heading: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly look: TableLook;
}

function AccessGrid({ heading, rows, look }: GridProps): ReactElement {
  const data = rows.map(row => Object.fromEntries(heading.map((name, at) => [name, row[at] ?? ''])));
  return (
    <Look.Provider value={look}>
      {/* Columns are named one by one: a user called 7 would else come before all others. */}
      <Table data={data} columns={[...heading]} header={Heading} cell={Cell} skeleton={Skeleton} />
    </Look.Provider>
  );
}

function Heading({ children }: PropsWithChildren): ReactElement {
  const look = useContext(Look);
  return <Text>{look?.style(String(children), 'title')}</Text>;
}

function Cell({ children }: CellProps): ReactElement {
  return <Text>{String(children)}</Text>;
}

function Skeleton({ children }: PropsWithChildren): ReactElement {
  const look = useContext(Look);
  return <Text>{look?.style(withFrame(String(children), look.frame), 'quiet')}</Text>;
}
