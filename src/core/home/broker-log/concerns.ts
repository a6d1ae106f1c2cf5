import { type House, partsOf, userOfClient } from '../../house/house.ts';
import type { HomeState } from '../state.ts';
import { rowsOf } from '../table.ts';
import type { Denial } from './known.ts';

/**
 * The ids of a house that a denial is about: what has its topic, and the client that it was denied to. What is denied to
 * strangers on topics that the house does not have is about none of them.
 */
export function concernedBy(state: HomeState, denial: Pick<Denial, 'topic' | 'user' | 'client'>): readonly string[] {
  const { house } = state;
  const byTopic = denial.topic === null ? [] : (house.routes.get(denial.topic) ?? []).map(route => route.id);
  const isDenied = (id: string, clientIds: readonly string[]): boolean =>
    denial.user === null
      ? denial.client !== null && clientIds.includes(denial.client)
      : userOfClient(house, id) === denial.user;
  const clients = rowsOf(state.clients).filter(({ id, clientIds }) => isDenied(id, clientIds));
  return [...new Set([...byTopic, ...clients.map(({ id }) => id)])];
}

/** What was named, and for a derived value the sensors that it is made of. */
export function withParts(house: House, only: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...only, ...[...house.derived].flatMap(([id, config]) => (only.has(id) ? partsOf(config) : []))]);
}
