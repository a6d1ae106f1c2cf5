/** A row of a table by a name from the network: only what the table itself holds, nothing that every object inherits. */
export function lookUp<Row>(table: Readonly<Record<string, Row>>, name: string): Row | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
