import type { SealMark } from '../state/seal.ts';
import type { HomeState } from '../state/state.ts';
import { mapRows } from '../state/table.ts';

/** What was known of the devices that seal before this run: what is older than that is none of now. */
export function recallSeals(
  state: HomeState,
  marks: ReadonlyMap<string, Pick<SealMark, 'boot' | 'counter' | 'keyId'>>,
): HomeState {
  const clients = mapRows(state.clients, (client, id) => {
    const mark = marks.get(id);
    if (mark === undefined || client.seal.mark !== null) return client;
    return { ...client, seal: { ...client.seal, mark: { ...mark, startedAt: null, heardAt: null } } };
  });
  return { ...state, clients };
}

/** The clock was set, or the program stood still: when the devices began by our clock is to be learned anew. */
export function forgetStarts(state: HomeState): HomeState {
  if (state.house.sealed.size === 0) return state;
  const clients = mapRows(state.clients, client => {
    const { mark } = client.seal;
    return mark === null ? client : { ...client, seal: { ...client.seal, mark: { ...mark, startedAt: null } } };
  });
  return { ...state, clients };
}
