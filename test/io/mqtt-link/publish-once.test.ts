import { afterEach, beforeEach, expect, it } from 'vitest';
import { presets } from '../../../src/core/house/presets.ts';
import { parseAclFile } from '../../../src/core/mosquitto/acl-file.ts';
import { demoAclText, demoUsers } from '../../../src/core/simulation/demo-house.ts';
import { type EmbeddedBroker, openEmbeddedBroker } from '../../../src/io/broker/broker.ts';
import { systemClock } from '../../../src/io/clock.ts';
import { publishKept, publishOnce } from '../../../src/io/mqtt-link/publish-once.ts';
import { type LinkOptions, parseConnectionOptions } from '../../../src/io/mqtt-options/mqtt-options.ts';
import { hashPassword } from '../../../src/io/password-hash.ts';

/** It speaks MQTT 3.1.1 alone. */
let broker: EmbeddedBroker;
beforeEach(async () => {
  const { article: house } = presets;
  if (house === undefined) throw new Error('there is the article');
  const users = new Map(demoUsers(house).map(user => [user, hashPassword(`${user}-pass`)]));
  broker = await openEmbeddedBroker({ users, acl: parseAclFile(demoAclText(house), 'demo.acl'), clock: systemClock() });
});
afterEach(() => broker.close());

function linkTo(protocolVersion: LinkOptions['protocolVersion'], password = 'master-pass'): LinkOptions {
  const link = parseConnectionOptions({ url: broker.url, user: 'master', password, protocolVersion }, Math.random);
  if (!link.ok) throw new Error(link.error[0]?.message);
  return link.value;
}

const MESSAGE = { topic: 'home/notices', payload: '{}', expirySeconds: 60 };
const TAKEN = { kind: 'acknowledged', code: 0, protocol: '3.1.1' };

it('a broker that does not speak MQTT 5 is spoken to with 3.1.1', async () => {
  expect(await publishOnce(linkTo('auto'), MESSAGE, systemClock())).toEqual(TAKEN);
  const kept = [
    { topic: 'home/one', payload: '1' },
    { topic: 'home/two', payload: '2' },
  ];
  expect(await publishKept(linkTo('auto'), kept, systemClock())).toEqual([TAKEN, TAKEN]);
});

it('unless MQTT 5 was asked for, and where that is not what is wrong', async () => {
  const asked = await publishOnce(linkTo('5'), MESSAGE, systemClock());
  expect(asked).toMatchObject({ kind: 'failed', wasPublished: false, failure: { kind: 'protocol' } });
  const refused = await publishOnce(linkTo('auto', 'wrong'), MESSAGE, systemClock());
  expect(refused).toMatchObject({ kind: 'failed', wasPublished: false, failure: { kind: 'login-refused' } });
});
