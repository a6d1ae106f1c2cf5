import { userOfClient } from '../../house/house.ts';
import type { Denial } from '../state/broker.ts';
import type { HomeState } from '../state/state.ts';
import { rowsOf } from '../state/table.ts';

/**
 * The ids of a house that a denial is about: what has its topic, and the client that it was denied to. What is denied to
 * strangers on topics that the house does not have is about none of them.
 */
export function subjectsOfDenial(
  state: HomeState,
  denial: Pick<Denial, 'topic' | 'user' | 'client'>,
): readonly string[] {
  const { house } = state;
  const byTopic = denial.topic === null ? [] : (house.routes.get(denial.topic) ?? []).map(route => route.id);
  const isDenied = (id: string, clientIds: readonly string[]): boolean =>
    denial.user === null
      ? denial.client !== null && clientIds.includes(denial.client)
      : userOfClient(house, id) === denial.user;
  const clients = rowsOf(state.clients).filter(({ id, clientIds }) => isDenied(id, clientIds));
  return [...new Set([...byTopic, ...clients.map(({ id }) => id)])];
}
