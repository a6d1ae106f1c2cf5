import { matchesFilter } from '../../mqtt/topic.ts';
import { filterCovers } from '../filter-relation.ts';
import type { DynamicSecurity, DynsecAccess, DynsecRank, DynsecRule } from './dynsec.ts';

/** What dynamic security says of a user and a topic name. */
export interface DynsecDecision {
  readonly allowed: boolean;
  /** The role that says so; `null` where the default does, or where nobody of this name is known. */
  readonly role: string | null;
}

/**
 * Decides as the plugin does (seen with 2.0.11, its sources): the roles of the client, then those of its groups, by
 * priority; the first rule that matches decides, else the default. To read takes two: to subscribe, and to be sent it.
 */
export function decideDynsec(
  security: DynamicSecurity,
  user: string | null,
  access: 'read' | 'write',
  topic: string,
): DynsecDecision {
  const { defaults } = security;
  const matches = ({ topic: filter }: DynsecRule): boolean => matchesFilter(filter, topic);
  if (access === 'write') {
    return decide(security, user, [['publishClientSend', matches]], defaults.publishClientSend);
  }
  const subscribing = decide(
    security,
    user,
    [
      ['subscribeLiteral', rule => rule.topic === topic],
      ['subscribePattern', rule => filterCovers(rule.topic, topic)],
    ],
    defaults.subscribe,
  );
  if (!subscribing.allowed) return subscribing;
  return decide(security, user, [['publishClientReceive', matches]], defaults.publishClientReceive);
}

type Matcher = readonly [access: DynsecAccess, matches: (rule: DynsecRule) => boolean];

function decide(
  security: DynamicSecurity,
  user: string | null,
  matchers: readonly Matcher[],
  byDefault: boolean,
): DynsecDecision {
  const roles = rolesOf(security, user);
  if (roles === null) return { allowed: false, role: null };
  for (const { name } of roles) {
    const rules = security.roles.get(name) ?? [];
    for (const [access, matches] of matchers) {
      const found = rules.find(rule => rule.access === access && matches(rule));
      if (found !== undefined) return { allowed: found.allow, role: name };
    }
  }
  return { allowed: byDefault, role: null };
}

/** In the order in which they are asked; `null` for a name that the plugin does not know. */
function rolesOf(security: DynamicSecurity, user: string | null): readonly DynsecRank[] | null {
  const { clients, groups, anonymousGroup } = security;
  if (user === null) return anonymousGroup === null ? [] : (groups.get(anonymousGroup) ?? []);
  const client = clients.get(user);
  if (client === undefined) return null;
  return [...client.roles, ...client.groups.flatMap(({ name }) => groups.get(name) ?? [])];
}
