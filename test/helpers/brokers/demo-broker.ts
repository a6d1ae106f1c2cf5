import { presets } from '../../../src/core/house/presets.ts';
import type { HouseConfig } from '../../../src/core/house/schema.ts';
import { parseAclFile } from '../../../src/core/mosquitto/acl-file.ts';
import { demoAclText, demoUsers } from '../../../src/core/simulation/demo-house.ts';
import { type EmbeddedBroker, type EmbeddedBrokerOptions, openEmbeddedBroker } from '../../../src/io/broker/broker.ts';
import { systemClock } from '../../../src/io/clock.ts';
import {
  type ConnectionOptions,
  type LinkOptions,
  parseConnectionOptions,
} from '../../../src/io/mqtt-options/mqtt-options.ts';
import { hashPassword } from '../../../src/io/password-hash.ts';

/** The default house. */
export const articleHouse: HouseConfig = presets.article ?? missing();

/** The password of each user of the demo in tests. */
export const passwordOf = (user: string): string => `${user}-pass`;

/** Names and passwords of the demo's users. */
export const demoPasswords: Readonly<Record<string, string>> = Object.fromEntries(
  demoUsers(articleHouse).map(user => [user, passwordOf(user)]),
);

/** The demo's ACL for the default house. */
export const demoAcl: string = demoAclText(articleHouse);

/** The embedded broker with the demo's users and ACL on a free loopback port. Always `await broker.close()`. */
export function openDemoBroker(options: Partial<EmbeddedBrokerOptions> = {}): Promise<EmbeddedBroker> {
  const users = new Map(Object.entries(demoPasswords).map(([user, password]) => [user, hashPassword(password)]));
  return openEmbeddedBroker({ users, acl: parseAclFile(demoAcl, 'demo.acl'), clock: systemClock(), ...options });
}

/** The way to a broker as one of the demo's users, with `USER-1` as client identifier. */
export function linkAs(url: string, user: string, more: ConnectionOptions = {}): LinkOptions {
  const login = { url, user, password: passwordOf(user), id: `${user}-1`, ...more };
  const parsed = parseConnectionOptions(login, Math.random);
  if (!parsed.ok) throw new Error(parsed.error.map(issue => issue.message).join('; '));
  return parsed.value;
}

function missing(): never {
  throw new Error('The preset article is missing');
}
