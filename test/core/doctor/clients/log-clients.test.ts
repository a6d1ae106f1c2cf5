import { describe, expect, it } from 'vitest';
import {
  clientsOfOthers,
  examineLoggedClients,
  readLoggedClients,
} from '../../../../src/core/doctor/clients/log-clients.ts';
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

  it('is when somebody without a name was refused, but for the tries of an examination', () => {
    const refused = (second: number): string =>
      `${1_795_932_300 + second}: Client <unknown> disconnected, not authorised.`;
    const examining = (second: number, id = 'hometui-0a1b2c3d-h'): string =>
      LOGIN.replace('1795932300', String(1_795_932_300 + second)).replace('as esp ', `as ${id} `);
    const read = (...lines: string[]) => readLoggedClients(lines, 0).refusedAt.map(at => at / 1_000 - 1_795_932_300);
    expect(read(refused(0), refused(5), LOGIN)).toEqual([0, 5]);
    expect(read(refused(0), refused(5), examining(5))).toEqual([0]);
    expect(read(refused(0), refused(5), examining(15))).toEqual([0]);
    expect(read(refused(0), refused(5), examining(16))).toEqual([0, 5]);
    expect(read(examining(5), refused(6))).toEqual([6]);
    expect(read(refused(5), examining(6, 'hometui-0a1b2c3d'))).toEqual([5]);
    expect(read(refused(1), examining(2), refused(3), refused(4), examining(5))).toEqual([3]);
    expect(read('1795932300: Client esp disconnected, not authorised.')).toEqual([]);
  });

  it('names the line to add, below the user whose it is', () => {
    const told = (user: string | null, text: string) => {
      const login = user === null ? LOGIN.replace(", u'heating'", '') : LOGIN.replace("u'heating'", `u'${user}'`);
      const lines = [login, '1795932300: Will message specified (12 bytes) (r1, q2).', '1795932300: \tcellar/status'];
      const found = examineLoggedClients(readLoggedClients(lines, 0), parseAclFile(text, '/etc/acl'));
      const [{ subject, cure, place } = { subject: '', cure: '', place: null }] = found.filter(
        ({ id }) => id === 'will',
      );
      return { subject, cure, place };
    };
    expect(told('heating', 'user master\ntopic write #\nuser heating\ntopic write heating/#\n')).toEqual({
      ...{ subject: 'esp (heating)', place: { file: '/etc/acl', line: 3 } },
      cure: 'Add below "user heating": topic write cellar/status',
    });
    expect(told('esp', 'user master\ntopic write #\n')).toEqual({
      ...{ subject: 'esp', place: { file: '/etc/acl' } },
      cure: 'Add below "user esp": topic write cellar/status',
    });
    expect(told(null, 'user master\ntopic write #\n')).toMatchObject({
      ...{ subject: 'esp', cure: 'Add before the first user line: topic write cellar/status' },
    });
  });

  it('does not say which wills are denied where the rights are not known', () => {
    const lines = [LOGIN, '1795932300: Will message specified (4 bytes) (r0, q0).', '1795932300: \tcellar/status'];
    const found = examineLoggedClients(readLoggedClients(lines, 0), null);
    expect(found.filter(({ id }) => id === 'will')).toMatchObject([
      { sign: 'unexamined', evidence: 'which topics they may write is not known without the ACL' },
    ]);
  });

  it('is who is gone: each of before a start, and who left, whoever else is told of', () => {
    const here = (...lines: string[]) =>
      readLoggedClients([LOGIN, LOGIN.replace('as esp', 'as box'), ...lines], 0)
        .clients.filter(({ isHere }) => isHere)
        .map(({ clientId }) => clientId);
    expect(here()).toEqual(['esp', 'box']);
    expect(here('1795932301: Client esp disconnected.', '1795932302: Client stranger disconnected.')).toEqual(['box']);
    expect(here('1795932301: mosquitto version 2.0.11 starting')).toEqual([]);
    expect(here('1795932301: mosquitto version 2.0.11 running')).toEqual(['esp', 'box']);
    // A refusal in the words of 2.0 names nobody.
    expect(here('1795932301: Client <unknown> disconnected, not authorised.')).toEqual(['esp', 'box']);
  });

  it('is a session that is kept, with and without a user, and a full queue', () => {
    const clean = (line: string) => readLoggedClients([line], 0).clients.map(({ isClean }) => isClean);
    expect(clean(LOGIN)).toEqual([true]);
    expect(clean(LOGIN.replace('p2, c1', 'p10, c0'))).toEqual([false]);
    expect(clean(LOGIN.replace('c1', 'c0').replace(", u'heating'", ''))).toEqual([false]);
    const full = (...lines: string[]) => readLoggedClients([LOGIN, ...lines], 0).clients[0]?.isQueueFull;
    const drop = '1795932301: Outgoing messages are being dropped for client esp.';
    expect([full(), full(drop), full(drop, LOGIN)]).toEqual([false, true, false]);
    expect(full(drop.replace('esp', 'other'))).toBe(false);
  });

  it.each([
    ['hometui-0a1b2c3d', 0],
    ['hometui-0a1b2c3d-x', 0],
    ['hometui-0a1b2c3', 1],
    ['my-hometui-0a1b2c3d', 1],
  ])('leaves out hometui itself: of %s it tells %d', (id, count) => {
    const logged = readLoggedClients([LOGIN.replace('as esp', `as ${id}`)], 0);
    expect(clientsOfOthers(logged.clients)).toHaveLength(count);
  });
});
