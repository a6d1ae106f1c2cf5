import { emptySeries } from '../home/readings/series.ts';
import type { Session } from '../home/state/link.ts';
import { createState, type HomeState } from '../home/state/state.ts';
import { createTable, getRow, rowsOf, type Table } from '../home/state/table.ts';
import type { House } from '../house/house.ts';

/**
 * What is known of a house as it goes from one process to another, as JSON: without the house itself, which both have,
 * without who is connected, and without the series, which the history keeps. `byMs` is added to each moment.
 */
export function packState(state: HomeState, byMs: number): unknown {
  const { house, session, readings, words, switches, clients, alarms, ...others } = state;
  return carry(
    {
      ...others,
      alarms: alarms === null ? null : { ...alarms, source: 'daemon' },
      readings: rowsOf(readings).map(({ series, ...row }) => row),
      words: rowsOf(words),
      switches: rowsOf(switches),
      clients: rowsOf(clients),
    },
    byMs,
  );
}

/**
 * The same back; `null` where it is not what this program would have packed of this house. `byMs` is added to each moment.
 */
export function unpackState(packed: unknown, house: House, session: Session, byMs: number): HomeState | null {
  const read = uncarry(packed, byMs);
  const empty = createState(house, session, 0);
  if (!isObject(read) || !hasKeysOf(read, empty, ['house', 'session'])) return null;
  const readings = unpackTable(read.readings, empty.readings, ['series']);
  const words = unpackTable(read.words, empty.words, []);
  const switches = unpackTable(read.switches, empty.switches, []);
  const clients = unpackTable(read.clients, empty.clients, []);
  if (readings === null || words === null || switches === null || clients === null) return null;
  const withSeries = createTable(readings.ids, id => ({ ...rowOf(readings, id), series: emptySeries }));
  return { ...(read as unknown as HomeState), house, session, readings: withSeries, words, switches, clients };
}

/** The rows in the order of the house; `null` where one is missing or is no such row. */
function unpackTable<Row extends object>(
  packed: unknown,
  empty: Table<Row>,
  lacks: readonly string[],
): Table<Row> | null {
  if (!Array.isArray(packed) || packed.length !== empty.ids.length) return null;
  const isSound = empty.ids.every((id, place) => {
    const row: unknown = packed[place];
    return isObject(row) && row.id === id && hasKeysOf(row, rowOf(empty, id), lacks);
  });
  return isSound ? createTable(empty.ids, id => packed[empty.places.get(id) ?? 0] as Row) : null;
}

function rowOf<Row>(table: Table<Row>, id: string): Row {
  return getRow(table, id) as Row;
}

/** Whether an object has just the fields of another, less some: what another version means by it nobody knows. */
function hasKeysOf(object: object, pattern: object, lacks: readonly string[]): boolean {
  const wanted = Object.keys(pattern).filter(key => !lacks.includes(key));
  return wanted.length === Object.keys(object).length && wanted.every(key => Object.hasOwn(object, key));
}

/** The fields that hold moments, ms, alone or several of them. */
const MOMENTS = /^(?:at|times|passingIssues)$|(?:At|Since)$/;
/** In place of a `Map`, which JSON does not have. */
const MAP = '<map>';

/** A value as JSON has it, with `byMs` added to each moment in it. */
export function carry(value: unknown, byMs: number, isMoment = false): unknown {
  if (typeof value === 'number') return isMoment ? value + byMs : value;
  if (value instanceof Map) return { [MAP]: [...value].map(([key, inner]) => [key, carry(inner, byMs, isMoment)]) };
  if (Array.isArray(value)) return value.map(inner => carry(inner, byMs, isMoment));
  return isObject(value) ? mapFields(value, byMs, carry) : value;
}

/** The same back. */
export function uncarry(value: unknown, byMs: number, isMoment = false): unknown {
  if (typeof value === 'number') return isMoment ? value + byMs : value;
  if (Array.isArray(value)) return value.map(inner => uncarry(inner, byMs, isMoment));
  if (!isObject(value)) return value;
  const entries = value[MAP];
  if (!Array.isArray(entries)) return mapFields(value, byMs, uncarry);
  return new Map(entries.map(([key, inner]) => [key, uncarry(inner, byMs, isMoment)]));
}

function mapFields(object: object, byMs: number, map: typeof carry): unknown {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value, byMs, MOMENTS.test(key))]));
}

/** Whether a value is an object, and no list. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
