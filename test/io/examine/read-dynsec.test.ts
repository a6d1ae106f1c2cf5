import { pbkdf2Sync } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { examineDynsec } from '../../../src/core/doctor/dynamic-security.ts';
import { decideDynsec } from '../../../src/core/mosquitto/dynsec/decide.ts';
import { type DynamicSecurity, parseDynsecFile } from '../../../src/core/mosquitto/dynsec/dynsec.ts';
import { systemClock } from '../../../src/io/clock.ts';
import { readDynsec } from '../../../src/io/examine/read-dynsec.ts';
import { type LinkOptions, parseConnectionOptions } from '../../../src/io/mqtt-options/mqtt-options.ts';
import { type Mosquitto, startMosquitto } from '../../helpers/brokers/mosquitto.ts';
import { mosquittoLine } from '../../helpers/brokers/try-start.ts';
import { requireProgram } from '../../helpers/require-program.ts';

const program = requireProgram('mosquitto');
/** Where Debian has it, by the machine's kind. */
const PLUGIN = ['x86_64', 'aarch64', 'arm']
  .map(kind => `/usr/lib/${kind}-linux-gnu${kind === 'arm' ? 'eabihf' : ''}/mosquitto_dynamic_security.so`)
  .find(existsSync);
// That of one version is not for another.
const canRun = program !== null && PLUGIN !== undefined && mosquittoLine() === '2.0';
if (!canRun) process.stderr.write('\n!!! SKIPPED: dynamic security needs mosquitto 2.0 with its plugin\n\n');

const USERS = ['admin', 'heating', 'monitor', 'grouped'];
const TOPICS = ['heating/flow', 'heating/pump', 'heating/pump/done', 'cellar/fan', 'cellar/temperature'];

function dynsecFile(): string {
  const salt = Buffer.from('hometui-salt');
  const client = (username: string, more: object) => {
    const password = pbkdf2Sync(username, salt, 101, 64, 'sha512').toString('base64');
    return { username, password, salt: salt.toString('base64'), iterations: 101, ...more };
  };
  const rule = (acltype: string, topic: string, allow = true, priority = 0) => ({ acltype, topic, allow, priority });
  const admin = ['publishClientSend', 'publishClientReceive', 'subscribePattern'].map(type =>
    rule(type, '$CONTROL/dynamic-security/#'),
  );
  return JSON.stringify({
    defaultACLAccess: { publishClientSend: false, publishClientReceive: true, subscribe: false, unsubscribe: true },
    clients: [
      client('admin', { roles: [{ rolename: 'admin' }] }),
      client('heating', { roles: [{ rolename: 'heating' }] }),
      client('monitor', {
        roles: [
          { rolename: 'viewer', priority: 1 },
          { rolename: 'closed', priority: 5 },
        ],
      }),
      client('grouped', {}),
    ],
    groups: [
      {
        groupname: 'all',
        clients: [{ username: 'grouped' }],
        roles: [{ rolename: 'viewer' }, { rolename: 'heating' }],
      },
    ],
    roles: [
      { rolename: 'admin', acls: admin },
      {
        rolename: 'heating',
        acls: [
          rule('publishClientSend', 'heating/+'),
          rule('publishClientSend', 'heating/pump', false, 3),
          rule('subscribeLiteral', 'heating/pump'),
        ],
      },
      { rolename: 'viewer', acls: [rule('subscribePattern', 'heating/#'), rule('publishClientSend', 'cellar/fan')] },
      {
        rolename: 'closed',
        acls: [rule('subscribePattern', 'heating/pump/#', false), rule('publishClientReceive', 'heating/flow', false)],
      },
    ],
  });
}

describe.runIf(canRun)('dynamic security of a real mosquitto', () => {
  let folder = '';
  let broker: Mosquitto;
  let security: DynamicSecurity;
  const clock = systemClock();
  const linkOf = (user: string): LinkOptions => {
    const link = parseConnectionOptions({ url: broker.url, user, password: user }, Math.random);
    if (!link.ok) throw new Error(JSON.stringify(link.error));
    return link.value;
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hometui-dynsec-'));
    const file = join(folder, 'dynsec.json');
    writeFileSync(file, dynsecFile());
    broker = await startMosquitto({ conf: `allow_anonymous false\nplugin ${PLUGIN}\nplugin_opt_config_file ${file}` });
    const answer = await readDynsec(linkOf('admin'), clock);
    if (!answer.ok) throw new Error(answer.error);
    security = answer.value;
  });
  afterAll(async () => {
    await broker.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('tells who may ask it all that it knows, the same as its file has', () => {
    const file = parseDynsecFile(dynsecFile());
    expect([...security.clients.keys()].sort()).toEqual([...USERS].sort());
    const decisions = (known: DynamicSecurity): readonly string[] =>
      USERS.flatMap(user =>
        TOPICS.flatMap(topic =>
          (['read', 'write'] as const).map(access => {
            const { allowed, role } = decideDynsec(known, user, access, topic);
            return `${user} ${access} ${topic}: ${allowed} ${role}`;
          }),
        ),
      );
    expect(file.ok && decisions(file.value)).toEqual(decisions(security));
    expect(JSON.stringify([...security.clients])).not.toContain('iterations');
  });

  it('says no to who may not', async () => {
    expect(await readDynsec(linkOf('heating'), clock)).toMatchObject({
      ok: false,
      error: expect.stringMatching(/not for us|may not ask/),
    });
    const wrong = { ...linkOf('admin'), password: 'wrong' };
    expect(await readDynsec(wrong, clock)).toMatchObject({ ok: false, error: expect.stringContaining('refused') });
  });

  it('decides as the broker does', async () => {
    const seen = new Set<string>();
    for (const user of USERS) {
      const client: MqttClient = await connectAsync(broker.url, {
        username: user,
        password: user,
        protocolVersion: 5,
        reconnectPeriod: 0,
      });
      for (const topic of TOPICS) {
        const isTaken = await client.publishAsync(topic, '1', { qos: 1 }).then(
          () => true,
          () => false,
        );
        expect(decideDynsec(security, user, 'write', topic).allowed, `${user} writes ${topic}`).toBe(isTaken);
        const granted = await client.subscribeAsync(topic, { qos: 0 }).then(
          grants => (grants[0]?.qos ?? 128) < 128,
          () => false,
        );
        const decision = decideDynsec(security, user, 'read', topic);
        // What may be subscribed to may still not be sent.
        if (!granted) expect(decision.allowed, `${user} subscribes ${topic}`).toBe(false);
        else expect(decision.allowed || decision.role === 'closed', `${user} subscribes ${topic}`).toBe(true);
        seen.add(`${isTaken} ${granted}`);
      }
      await client.endAsync();
    }
    expect(seen.size).toBeGreaterThanOrEqual(3);
  });

  it('is held against what the house needs', () => {
    const need = (user: string, access: 'read' | 'write', topic: string) => ({
      user,
      access,
      topic,
      purpose: 'a value',
    });
    const say = (...needs: Parameters<typeof examineDynsec>[1]) =>
      examineDynsec({ security, source: 'here' }, needs).map(({ sign, evidence }) => `${sign}: ${evidence}`);
    expect(say(need('heating', 'write', 'heating/flow'), need('heating', 'read', 'heating/pump'))).toEqual([
      'well: it decides who gets in and who may do what: 4 clients, 4 roles, here',
    ]);
    expect(say(need('heating', 'write', 'heating/pump'))[1]).toMatch(
      /^warning: "heating" may not publish heating\/pump \(a value\): its role "heating" denies it/,
    );
    expect(say(need('heating', 'write', 'cellar/fan'))[1]).toMatch(/no role of it grants it$/);
    expect(say(need('stranger', 'write', 'x'), need('stranger', 'read', 'y'))).toHaveLength(2);
    expect(say(need('stranger', 'write', 'x'))[1]).toMatch(/"stranger" is no client of it/);
  });
});
