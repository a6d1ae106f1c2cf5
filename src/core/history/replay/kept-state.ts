import { emptySeries, keptSince } from '../../home/readings/series.ts';
import type { ClientState } from '../../home/state/client.ts';
import type { Reading } from '../../home/state/reading.ts';
import { createState, type HomeState } from '../../home/state/state.ts';
import type { SwitchState } from '../../home/state/switch.ts';
import { mapRows, rowsOf, type Table } from '../../home/state/table.ts';
import type { WordReading } from '../../home/state/word.ts';
import type { House } from '../../house/house.ts';

/** All that was known of a house, as the history keeps it: without the house file, which is read anew. */
export type KeptState = Omit<HomeState, 'house' | 'readings' | 'words' | 'switches' | 'clients'> & {
  readonly readings: readonly Reading[];
  /** Absent where an earlier hometui kept it. */
  readonly words?: readonly WordReading[];
  readonly switches: readonly SwitchState[];
  readonly clients: readonly ClientState[];
};

/** A series that goes back further than this, ms, is not kept with the state: its values are in the history. */
const YOUNG_MS = 60_000;

/** The state as it is kept. */
export function keepState({ house: _, ...state }: HomeState): KeptState {
  const readings = rowsOf(state.readings).map(row => {
    const since = keptSince(row.series) ?? state.at;
    return state.at - since <= YOUNG_MS ? row : { ...row, series: emptySeries };
  });
  const [words, switches, clients] = [rowsOf(state.words), rowsOf(state.switches), rowsOf(state.clients)];
  return { ...state, readings, words, switches, clients };
}

/**
 * The state again, for the house as it is by now: what that no longer has is left out, and what is new in it, or in this
 * hometui, is as it begins.
 */
export function restoreState(kept: KeptState, house: House): HomeState {
  const fresh = createState(house, kept.session, kept.at);
  return {
    ...fresh,
    ...kept,
    house,
    readings: withRows(fresh.readings, kept.readings),
    words: withRows(fresh.words, kept.words ?? []),
    switches: withRows(fresh.switches, kept.switches),
    clients: withRows(fresh.clients, kept.clients),
  };
}

function withRows<Row extends { readonly id: string }>(table: Table<Row>, rows: readonly Row[]): Table<Row> {
  const known = new Map(rows.map(row => [row.id, row]));
  return mapRows(table, row => ({ ...row, ...known.get(row.id) }));
}
