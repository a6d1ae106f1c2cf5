import type { AclRequest } from '../../../src/core/mosquitto/edit/acl-edit.ts';
import type { Random } from './random.ts';
import { type RandomRound, randomRound } from './random-acl.ts';

/** A random ACL file and something to be allowed, denied or revoked in it. */
export interface RandomRequest extends RandomRound {
  readonly request: AclRequest;
}

/** The request is near the file's rules: a topic that one of them is for, a wider or a narrower one, or another user's. */
export function randomRequest(random: Random): RandomRequest {
  const round = randomRound(random);
  const names = round.clients.map(client => client.user).filter(user => user !== null);
  const user = random.chance(0.85) ? random.pick([...names, 'a']) : 'somebody new';
  const topic = randomTopic(random, round);
  const action = random.pick(['allow', 'deny', 'revoke'] as const);
  const request: AclRequest = { action, user, access: random.pick(['read', 'write', 'readwrite']), topic };
  // Topics for which the change was made, and their neighbours; a broker takes no control characters in them.
  const near = ['b', 'ünï', 'a b'].flatMap(level =>
    [topic, `${topic}/a`].map(filter => filter.replaceAll('/#', `/${level}/a`).replaceAll('+', level)),
  );
  return { ...round, request, topics: [...new Set([...round.topics, ...near.filter(name => !/[+#\t\v]/.test(name))])] };
}

function randomTopic(random: Random, { acl, topics }: RandomRound): string {
  const filters = [...acl.matchAll(/^ *topic +(?:(?:read|write|readwrite|deny) +)?(\S[^\r\n]*)/gm)].map(
    match => match[1] ?? '',
  );
  const filter = random.chance(0.5) && filters.length > 0 ? random.pick(filters).trim() : random.pick(topics);
  if (random.chance(0.6)) return filter;
  const levels = filter.replace(/\/#$/, '').split('/');
  levels[random.below(levels.length)] = '+';
  return random.chance(0.5) ? levels.join('/') : `${levels.slice(0, 1 + random.below(levels.length)).join('/')}/#`;
}
