import { writeFileSync } from 'node:fs';
import { openBench, verdictUsers } from './bench.ts';
import { startBroker, type VerdictBroker } from './brokers.ts';
import { cellsFor } from './cells.ts';
import type { Traits } from './give.ts';
import { type Cell, type Line, renderTable, runCell } from './table.ts';

/** One broker, with the protocol that is asked for. */
export interface Column extends Traits {
  readonly broker: string;
  readonly asked: '5' | '311' | 'auto';
  /** Whether one broker serves all cells, those that change it one after the other at the end: it starts slowly. */
  readonly isShared?: boolean;
}

/** How many cells run at the same time: few enough for two processors. */
const AT_ONCE = 6;

/** Runs all cells of a column; an exception of a cell is a line of the table too. */
export async function runColumn(column: Column): Promise<readonly Line[]> {
  const start = startBroker[column.broker];
  if (start === undefined) throw new Error(`there is no broker ${column.broker}`);
  const cells = cellsFor(column);
  const shared = await start(verdictUsers);
  try {
    const together = cells.filter(cell => cell.isAlone !== true);
    const lines = await inTurns(together, cell => runOne(column, cell, cells.indexOf(cell), shared));
    const alone = cells.filter(cell => cell.isAlone === true);
    const runAlone = async (cell: Cell): Promise<Line> => {
      const place = cells.indexOf(cell);
      if (column.isShared !== true) return runWithOwn(column, cell, place, start);
      const line = await runOne(column, cell, place, shared);
      await shared.change(verdictUsers);
      return line;
    };
    return [...lines, ...(await inTurns(alone, runAlone, column.isShared === true ? 1 : AT_ONCE))];
  } finally {
    await shared.close();
  }
}

/** Prints the table, and writes it to the file of HOMETUI_VERDICT_TABLE where that is set. */
export function showTable(lines: readonly Line[]): void {
  const text = renderTable(lines);
  process.stdout.write(`\n${text}\n`);
  const file = process.env.HOMETUI_VERDICT_TABLE;
  if (file !== undefined) writeFileSync(file, `${text}\n`, { flag: 'a' });
}

async function runWithOwn(
  column: Column,
  cell: Cell,
  place: number,
  start: (users: typeof verdictUsers) => Promise<VerdictBroker>,
): Promise<Line> {
  const broker = await start(verdictUsers);
  try {
    return await runOne(column, cell, place, broker);
  } finally {
    await broker.close();
  }
}

async function runOne(column: Column, cell: Cell, place: number, broker: VerdictBroker): Promise<Line> {
  const bench = openBench(broker, `cell-${column.asked}-${place}`, column.asked);
  try {
    return await runCell(cell, bench, column.broker, column.protocol);
  } catch (error) {
    const { situation } = cell;
    const note = error instanceof Error ? error.message : String(error);
    return {
      broker: column.broker,
      protocol: column.protocol,
      situation,
      verdict: 'none',
      ms: 0,
      truth: '',
      mark: 'WRONG',
      note,
    };
  } finally {
    await bench.close();
  }
}

/** Works off a list with so many at the same time; the results in the order of the list. */
export async function inTurns<Item, Result>(
  items: readonly Item[],
  run: (item: Item) => Promise<Result>,
  atOnce = AT_ONCE,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const queue = [...items.entries()];
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) results[next[0]] = await run(next[1]);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return results;
}
