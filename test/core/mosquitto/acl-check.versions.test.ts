import { connectAsync } from 'mqtt';
import { describe, expect, it } from 'vitest';
import { answerJson, answerText } from '../../../src/cli/acl/answer.ts';
import { checkAccess } from '../../../src/core/mosquitto/acl-check.ts';
import { parseAclFile } from '../../../src/core/mosquitto/acl-file.ts';
import { startMosquitto } from '../../helpers/brokers/mosquitto.ts';
import { mosquittoLine } from '../../helpers/brokers/try-start.ts';
import { requireProgram } from '../../helpers/require-program.ts';

const mosquitto = requireProgram('mosquitto');

const ACL = `pattern write own/%u/value
pattern write name/x%u/value
pattern write id/%c
pattern write tail/%c-x
pattern write both/%u/%c/#
`;

/** Who writes what, and whether 2.0 and 2.1 let it. */
const CASES: readonly (readonly [user: string, clientId: string, topic: string, on20: boolean, on21: boolean])[] = [
  ['ann', 'c1', 'own/ann/value', true, true],
  ['ann', 'c1', 'own/bob/value', false, false],
  ['ann', 'c1', 'name/xann/value', true, false],
  ['ann', 'c1', 'name/x%u/value', false, true],
  ['ann', 'c1', 'tail/c1-x', true, false],
  ['ann', 'c1', 'id/c1', true, true],
  ['ann', 'c1', 'id/c12', false, false],
  ['ann', 'a/b', 'id/a/b', true, false],
  ['ann', 'a/b', 'both/ann/a/b', true, false],
  ['ann', 'c1', 'both/ann/c1', true, true],
  ['ann', 'c1', 'both/ann/c1/deep/er', true, true],
  ['an/n', 'c1', 'own/an/n/value', true, false],
];

describe('patterns by version', () => {
  const acl = parseAclFile(ACL, 'acl');

  it.each(CASES)('%s as %s writes %s: 2.0 %s, 2.1 %s', (user, clientId, topic, on20, on21) => {
    const question = { user, clientId, access: 'write', topic } as const;
    expect(checkAccess(acl, question, '2.0').allowed).toBe(on20);
    expect(checkAccess(acl, question, '2.1').allowed).toBe(on21);
    const json = JSON.parse(answerJson(acl, question, null));
    const text = answerText(acl, question, null);
    if (on20 === on21) {
      expect(json.allowed).toBe(on20);
      expect(text).not.toContain('With mosquitto');
    } else {
      expect([json.allowed, json['2.0'].allowed, json['2.1'].allowed]).toEqual([null, on20, on21]);
      expect(text).toMatch(/^With mosquitto 2\.0: .*\n(.*\n)*With mosquitto 2\.1: /);
    }
  });

  it.runIf(mosquitto !== null)('decide so on a real mosquitto', async () => {
    const broker = await startMosquitto({ acl: ACL, passwords: { ann: 'p', 'an/n': 'p' } });
    const is21 = mosquittoLine() === '2.1';
    try {
      for (const [user, clientId, topic, on20, on21] of CASES) {
        const login = { username: user, password: 'p', clientId, protocolVersion: 5, reconnectPeriod: 0 } as const;
        const client = await connectAsync(broker.url, login);
        const code = await client.publishAsync(topic, '1', { qos: 1 }).then(
          () => 0,
          (error: { code?: number }) => error.code,
        );
        await client.endAsync();
        expect(code === 0, `${user} ${clientId} ${topic}: ${code}`).toBe(is21 ? on21 : on20);
      }
    } finally {
      await broker.close();
    }
  });
});
