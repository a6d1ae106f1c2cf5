import { Text } from 'ink';
import { type CellProps, Table } from 'ink-table';
import type { PropsWithChildren, ReactElement } from 'react';
import type { Freshness } from '../../core/home/clients/client.ts';
import type { ClientRow } from '../screens/clients.ts';
import { freshnessStyle } from '../text/calm-words.ts';
import { span } from '../text/line.ts';
import type { StyleName } from '../theme/theme.ts';
import { usePaint } from './paint-context.ts';
import { withFrame } from './table-frame.ts';

type ClientTableRow = ClientRow & Record<string, string>;

/** The clients of the house as a table; the cells are cut and clean, so that it is as wide as `screens/clients` says. */
export function ClientsTable({ rows }: { readonly rows: readonly ClientRow[] }): ReactElement {
  return (
    <Table<ClientTableRow> data={[...rows] as ClientTableRow[]} header={Heading} cell={Cell} skeleton={Skeleton} />
  );
}

function Painted({ text, style }: { readonly text: string; readonly style: StyleName }): ReactElement {
  const { painter } = usePaint();
  return <Text>{painter.paint([span(text, style)])}</Text>;
}

function Heading({ children }: PropsWithChildren): ReactElement {
  return <Painted text={String(children)} style="title" />;
}

/** The second column says how fresh a client is, in its colour. */
function Cell({ column, children }: CellProps): ReactElement {
  const text = String(children);
  const word = text.trim().split(' ').at(-1) ?? '';
  const style = column === 1 && word in freshnessStyle ? freshnessStyle[word as Freshness] : 'text';
  return <Painted text={text} style={style} />;
}

function Skeleton({ children }: PropsWithChildren): ReactElement {
  const { frame } = usePaint();
  return <Painted text={withFrame(String(children), frame)} style="frame" />;
}
