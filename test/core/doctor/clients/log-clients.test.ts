import { describe, expect, it } from 'vitest';
import { examineLoggedClients, readLoggedClients } from '../../../../src/core/doctor/clients/log-clients.ts';
import { parseAclFile } from '../../../../src/core/mosquitto/acl-file.ts';

const acl = parseAclFile('user heating\ntopic write heating/#\n', 'acl');
const LOGIN = "1795932300: New client connected from 10.0.0.7:50123 as esp (p2, c1, k60, u'heating').";
const examine = (...lines: string[]) =>
  examineLoggedClients(readLoggedClients(lines, 0), acl).map(({ id, sign, evidence }) => `${sign} ${id}: ${evidence}`);
const at = (id: string, found: readonly string[]): string => found.filter(text => text.includes(` ${id}: `)).join('\n');

describe('what a log tells of the clients', () => {
  it('is a keepalive of 0 for who is still here', () => {
    const never = LOGIN.replace('k60', 'k0');
    expect(at('keepalive', examine(never))).toMatch(/^warning .*keepalive 0/);
    expect(at('keepalive', examine(LOGIN))).toMatch(/^well/);
    expect(at('keepalive', examine(never, '1795932301: Client esp disconnected.'))).toMatch(/^unexamined/);
    expect(at('keepalive', examine(never, LOGIN))).toMatch(/^well/);
    expect(at('keepalive', examine(never.replace('as esp ', 'as hometui-0a1b2c3d-h ')))).toMatch(/^unexamined/);
  });

  it('is a will on a topic that its user may not write', () => {
    const will = (topic: string): string[] => [
      ...[LOGIN, '1795932300: Will message specified (4 bytes) (r0, q0).', `1795932300: \t${topic}`],
    ];
    expect(at('will', examine(...will('cellar/status')))).toMatch(/^warning .*cellar\/status.*never publishes it/);
    expect(at('will', examine(...will('heating/status')))).toMatch(/^well/);
    expect(at('will', examine(LOGIN))).toMatch(/^unexamined/);
    expect(at('will', examine(LOGIN, '1795932300: No will message specified.', '1795932300: \tcellar/x'))).toMatch(
      /^unexamined/,
    );
  });

  it('is when the broker last read its files', () => {
    const read = (...lines: string[]) => readLoggedClients(lines, 0).readAt;
    const version = (...lines: string[]) => readLoggedClients(lines, 0).version;
    expect(
      version('1795932300: mosquitto version 2.0.11 starting', '1795932310: mosquitto version 2.1.2 starting'),
    ).toBe('2.1');
    expect([version(LOGIN), version('1795932300: mosquitto version 3.0.0 starting')]).toEqual([null, null]);
    expect(read(LOGIN)).toBeNull();
    expect(read('1795932300: mosquitto version 2.0.11 starting', '1795932400: Reloading config.')).toBe(
      1_795_932_400_000,
    );
  });
});
