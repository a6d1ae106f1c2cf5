import { describe, expect, it } from 'vitest';
import {
  examineAnonymous,
  examineForce,
  examineLogins,
  examineProtocol,
  type TriedLogin,
  unprobed,
} from '../../../src/core/doctor/access.ts';
import type { Check } from '../../../src/core/doctor/check.ts';
import type { LinkFailure } from '../../../src/core/home/state/link.ts';
import { parseAclFile } from '../../../src/core/mosquitto/acl-file.ts';
import { parseBrokerConf } from '../../../src/core/mosquitto/broker-conf.ts';
import { type Listener, listenersOf } from '../../../src/core/mosquitto/conf/listeners.ts';

const refusal: LinkFailure = { kind: 'login-refused', message: 'it was refused', cure: 'Look.', code: 135 };
const timeout: LinkFailure = { kind: 'timeout', message: 'no answer came', cure: 'Wait.', code: null };
const say = ({ id, sign, subject, evidence }: Check): string => `${sign} ${id} ${subject}: ${evidence}`;

describe('a login', () => {
  const login = (change: Partial<TriedLogin>): TriedLogin => ({
    ...{ user: 'monitor', protocol: '5', failure: null },
    ...change,
  });
  it('is told with what became of it', () => {
    const [first, second, third] = examineLogins([
      login({}),
      login({ user: null, protocol: null }),
      login({ failure: refusal }),
    ]);
    expect(first && say(first)).toBe('well login login of monitor: let in, with MQTT 5');
    expect(second && say(second)).toBe('well login login of a client without a user name: let in, with MQTT');
    expect(third && say(third)).toBe('fault login login of monitor: it was refused');
    expect(third?.cure).toBe('Look.');
  });

  it('tells the protocol, if it is let in', () => {
    const protocol = (...logins: readonly Partial<TriedLogin>[]) => examineProtocol(logins.map(login)).map(say);
    expect(protocol({ protocol: null, failure: refusal }, {})).toEqual([
      expect.stringMatching(/^well protocol protocol: MQTT 5/),
    ]);
    expect(protocol({ protocol: '3.1.1' })).toEqual([expect.stringMatching(/^warning .*MQTT 3\.1\.1 only/)]);
    expect(protocol({ protocol: null })).toEqual([expect.stringMatching(/^unexamined .*nobody was let in/)]);
    expect(protocol()).toEqual([expect.stringMatching(/^unexamined/)]);
  });
});

/** The listener of a conf with these lines below it. */
function listenerOf(...lines: readonly string[]): Listener {
  const [listener] = listenersOf(parseBrokerConf(['listener 1883', ...lines].join('\n'), '/etc/conf'));
  if (listener === undefined) throw new Error('no listener');
  return listener;
}
const guarded = ['acl_file /etc/acl', 'password_file /etc/passwd'];
const acl = (text: string) => parseAclFile(text, '/etc/acl');
const nothing = acl('user x\ntopic read x\n');

describe('a client without a name', () => {
  const examine = (
    failure: LinkFailure | null,
    lines: readonly string[] | null,
    rights: ReturnType<typeof acl> | null = nothing,
  ): Check => examineAnonymous({ failure }, lines === null ? null : listenerOf(...lines), rights);

  it('that is refused is as it should be, unless the conf lets it in', () => {
    expect(say(examine(refusal, guarded))).toBe('well anonymous client without a user name: refused');
    expect(examine(refusal, null).sign).toBe('well');
    const older = examine(refusal, [...guarded, 'allow_anonymous true']);
    expect(say(older)).toMatch(/^warning .*: refused, and the conf lets it in/);
    expect(older.place).toEqual({ file: '/etc/conf', line: 4 });
  });

  it('that had no answer is not known', () => {
    expect(examine(timeout, guarded)).toMatchObject({
      ...{ sign: 'unexamined', evidence: 'no answer came', cure: 'Wait.' },
    });
  });

  it('that is let in against the conf shows that the broker does not go by it', () => {
    const found = examine(null, [...guarded, 'allow_anonymous false']);
    expect(say(found)).toMatch(/^fault .*: let in, and the conf does not let it in/);
    expect(found.place).toEqual({ file: '/etc/conf', line: 4 });
    expect(examine(null, guarded).place).toBeNull();
  });

  it('that is let in where nothing decides what it may do is a fault', () => {
    const found = examine(null, ['allow_anonymous true'], null);
    expect(say(found)).toMatch(/^fault .*nothing decides what it may do/);
    expect(found).toMatchObject({ cure: 'Write: allow_anonymous false', place: { line: 2 } });
  });

  it('is meant to be let in where the rights have lines for it, or where nobody needs a password', () => {
    const rights = acl('topic read a\ntopic write b\ntopic deny c\n');
    expect(say(examine(null, [...guarded, 'allow_anonymous true'], rights))).toMatch(
      /^well .*: let in, as the conf says, by 2 rules of the ACL$/,
    );
    expect(say(examine(null, ['acl_file /etc/acl', 'allow_anonymous true']))).toMatch(/^well .*by 0 rules of the ACL$/);
    expect(examine(null, [...guarded, 'allow_anonymous true'], acl('topic deny c\n')).sign).toBe('warning');
  });

  it('is to be thought about where passwords are asked for, or where the conf is not known', () => {
    for (const [lines, rights] of [
      [[...guarded, 'allow_anonymous true'], nothing],
      [[...guarded, 'allow_anonymous true'], null],
      [null, acl('topic read a\n')],
    ] as const)
      expect(say(examine(null, lines, rights))).toMatch(/^warning .*whoever is in this network gets in/);
  });
});

describe('the rights of a file on a listener', () => {
  const force = (code: number | null, user: string | null = 'monitor', lines: readonly string[] = guarded) =>
    examineForce({ listener: listenerOf(...lines), acl: nothing, user, code, topic: 'hometui-probe/1' });
  const publish = 'what /etc/acl denies monitor (a publish to hometui-probe/1)';

  it('hold where the broker refused what they deny', () => {
    expect(say(force(135))).toBe(`well in-force rights on listener 1883: the broker refused ${publish}`);
  });

  it.each([0, 16])('do not where it took it, with %d', code => {
    const found = force(code);
    expect(say(found)).toBe(
      `fault in-force rights on listener 1883: the broker took ${publish}: it does not decide by this file`,
    );
    expect(found.place).toEqual({ file: '/etc/conf', line: 2 });
    expect(found.cure).toMatch(/^Check the file: hometui acl check \/etc\/acl; then reload/);
  });

  it.each([null, 151])('are not known where it answered %s', code => {
    const found = say(force(code, null));
    expect(found).toMatch(
      /^unexamined .*did not say what became of .* denies a client without a user name \(a publish/,
    );
  });

  it('stand at the listener where no line names them, and nowhere without one', () => {
    expect(force(0, 'monitor', []).place).toEqual({ file: '/etc/conf', line: 1 });
    const [own] = listenersOf(parseBrokerConf('', '/etc/conf'));
    if (own === undefined) throw new Error('no listener');
    expect(examineForce({ listener: own, acl: nothing, user: 'x', code: 0, topic: 't' }).place).toBeNull();
  });

  it('may be impossible to try, which is told with its reason', () => {
    expect(unprobed(listenerOf(), 'nobody may log in')).toMatchObject({
      ...{ id: 'in-force', sign: 'unexamined', subject: 'rights on listener 1883', evidence: 'nobody may log in' },
      cure: null,
    });
    expect(unprobed(listenerOf(), 'why', 'Do.').cure).toBe('Do.');
  });
});
