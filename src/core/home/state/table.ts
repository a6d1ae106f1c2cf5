/**
 * A persistent table of rows by id: setting a row copies two small arrays and not the whole table, so that one message
 * costs as much in a house of a thousand sensors as in one of four.
 */
export interface Table<Row> {
  readonly ids: readonly string[];
  readonly places: ReadonlyMap<string, number>;
  readonly chunks: readonly (readonly Row[])[];
}

const CHUNK = 32;

/** A table with one row for each id, in their order. */
export function createTable<Row>(ids: readonly string[], create: (id: string) => Row): Table<Row> {
  const chunks: Row[][] = [];
  for (const [place, id] of ids.entries()) {
    if (place % CHUNK === 0) chunks.push([]);
    chunks.at(-1)?.push(create(id));
  }
  return { ids, places: new Map(ids.map((id, place) => [id, place])), chunks };
}

/** The row of an id, or `undefined` where the table has none. */
export function getRow<Row>(table: Table<Row>, id: string): Row | undefined {
  const place = table.places.get(id);
  return place === undefined ? undefined : table.chunks[Math.trunc(place / CHUNK)]?.[place % CHUNK];
}

/** The table with the row of an id replaced; the same table where the row is the same or the id is unknown. */
export function setRow<Row>(table: Table<Row>, id: string, row: Row): Table<Row> {
  const place = table.places.get(id);
  if (place === undefined || getRow(table, id) === row) return table;
  const index = Math.trunc(place / CHUNK);
  const chunk = [...(table.chunks[index] ?? [])];
  chunk[place % CHUNK] = row;
  const chunks = [...table.chunks];
  chunks[index] = chunk;
  return { ids: table.ids, places: table.places, chunks };
}

/** All rows in the order of their ids. */
export function rowsOf<Row>(table: Table<Row>): readonly Row[] {
  return table.chunks.flat();
}

/** The table with each row mapped; rows that stay the same keep their chunk, and so may the table. */
export function mapRows<Row>(table: Table<Row>, change: (row: Row, id: string) => Row): Table<Row> {
  let next = table;
  for (const id of table.ids) {
    const row = getRow(table, id);
    if (row !== undefined) next = setRow(next, id, change(row, id));
  }
  return next;
}
