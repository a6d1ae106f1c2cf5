import { availabilitiesOf, type House, labelOf, snapshotTopicOf, userOfClient } from '../../house/house.ts';
import { type AccessDecision, checkAccess } from '../../mosquitto/acl-check.ts';
import { type AclFile, aclUsers } from '../../mosquitto/acl-file.ts';
import type { BrokerVersion } from '../../mosquitto/broker-version.ts';
import type { Denial } from '../state/broker.ts';
import type { HomeState } from '../state/state.ts';
import { remedyFor } from './denial.ts';

/** What a topic is in the house: a value, the picture of an event, a command, what the device answers, or whether it is there. */
export type TopicRole = 'value' | 'picture' | 'command' | 'answer' | 'availability';

/** A topic of the house, named after the first thing that has it. */
export interface HouseTopic {
  readonly topic: string;
  readonly label: string;
  readonly role: TopicRole;
}

const topics = new WeakMap<House, readonly HouseTopic[]>();

/** All topics of a house, in the order of its file: values, then commands with their answers, then availability. */
export function topicsOfHouse(house: House): readonly HouseTopic[] {
  const known = topics.get(house);
  if (known !== undefined) return known;
  const all: readonly HouseTopic[] = [
    ...[...house.sensors, ...house.words].map(([id, { topic }]) => ({
      topic,
      label: labelOf(house, id),
      role: 'value' as const,
    })),
    ...[...house.words].flatMap(([id, word]) => {
      const topic = snapshotTopicOf(word);
      return topic === null ? [] : [{ topic, label: labelOf(house, id), role: 'picture' as const }];
    }),
    ...[...house.switches].flatMap(([id, { command, feedback }]) => [
      { topic: command, label: labelOf(house, id), role: 'command' as const },
      ...(feedback === undefined ? [] : [{ topic: feedback, label: labelOf(house, id), role: 'answer' as const }]),
    ]),
    ...[...house.clients, ...house.saidApart].flatMap(([id, said]) =>
      availabilitiesOf(said).map(({ topic }) => ({
        topic,
        label: labelOf(house, id),
        role: 'availability' as const,
      })),
    ),
  ];
  // The first of those that share a topic gives it its name.
  const byTopic = new Map([...all].reverse().map(entry => [entry.topic, entry]));
  const found = all.filter(entry => byTopic.get(entry.topic) === entry);
  topics.set(house, found);
  return found;
}

/** Everybody whom the ACL, the house or the broker's log names; `null` is who logs in without a name. Ourselves first. */
export function knownUsers({ acl, house, logins, session }: HomeState): readonly (string | null)[] {
  const ofHouse = [...house.clients.keys()].map(id => userOfClient(house, id));
  const logged = [...logins.values()].map(({ user }) => user);
  const named = [session.user, ...(acl === null ? [] : aclUsers(acl)), ...ofHouse, ...logged];
  const hasNameless = acl !== null && acl.order.anonymous.length > 0;
  const users = new Set<string | null>(named);
  if (hasNameless) users.add(null);
  return [...users];
}

/** A connection of a user that the log told of, or our own. */
export interface UserLogin {
  readonly clientId: string;
  /** `null` where the log does not tell times. */
  readonly at: number | null;
  readonly address: string | null;
}

/** What is known of a user besides what it may. */
export interface UserFacts {
  readonly logins: readonly UserLogin[];
  /** What was denied to it, newest first; refused logins among it. */
  readonly denials: readonly Denial[];
}

/** Who is logged in as this user, and what was denied to it. */
export function factsOfUser(state: HomeState, user: string | null): UserFacts {
  const { link, session, logins, denials } = state;
  const logged = [...logins].filter(([id, login]) => login.isHere && login.user === user && id !== session.clientId);
  const others = logged.map(([clientId, { at, address }]): UserLogin => ({ clientId, at, address }));
  const isOurs = link.phase === 'connected' && session.user === user;
  const own = isOurs ? [{ clientId: session.clientId, at: link.connectedAt, address: null }] : [];
  const ids = new Set([...logins].filter(([, login]) => login.user === user).map(([id]) => id));
  const isItsOwn = (denial: Denial): boolean =>
    denial.user === null ? denial.client !== null && ids.has(denial.client) : denial.user === user;
  return { logins: [...own, ...others], denials: denials.filter(isItsOwn) };
}

/** What the ACL says of a user and a topic; `null` without an ACL. */
export function rightOfUser(
  state: HomeState,
  user: string | null,
  access: 'read' | 'write',
  topic: string,
): AccessDecision | null {
  const { acl } = state;
  if (acl === null) return null;
  return checkAccess(acl, { user, clientId: clientIdOf(state, user), access, topic }, lineOf(state));
}

/** What to do so that it is allowed, as `remedyFor` says it. */
export function remedyOf(state: HomeState, user: string | null, access: 'read' | 'write', topic: string): string {
  return remedyFor(state.acl, { user, clientId: clientIdOf(state, user), access, topic });
}

/** Patterns with `%c` ask for it; where nobody is logged in as this user, its name stands for it. */
function clientIdOf({ logins, session }: HomeState, user: string | null): string {
  if (session.user === user) return session.clientId;
  const found = [...logins].findLast(([, login]) => login.user === user);
  return found?.[0] ?? user ?? '';
}

function lineOf({ broker }: HomeState): BrokerVersion {
  return broker.version?.startsWith('2.1') === true ? '2.1' : '2.0';
}

/** Whether we are the one who may everything: who else changes rights is no business of the console's. */
export function mayDoEverything({ session, house }: HomeState, acl: AclFile): boolean {
  const { user, clientId } = session;
  const asked = [...topicsOfHouse(house).map(({ topic }) => topic), 'hometui/any/topic'];
  return asked.every(topic =>
    (['read', 'write'] as const).every(access => checkAccess(acl, { user, clientId, access, topic }).allowed),
  );
}
