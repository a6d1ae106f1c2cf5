import { describe, expect, it } from 'vitest';
import { decideDynsec } from '../../../../src/core/mosquitto/dynsec/decide.ts';
import { type DynsecAccess, parseDynsecFile } from '../../../../src/core/mosquitto/dynsec/dynsec.ts';

type Rule = readonly [access: DynsecAccess, topic: string, allow?: boolean, priority?: number];
interface Roles {
  readonly [role: string]: readonly Rule[];
}

/** A plugin that knows `heating` with the role `own`, and with `group` by a group that is the one of nobody's, too. */
function securityOf(roles: Roles, open: readonly string[] = []) {
  const read = parseDynsecFile(
    JSON.stringify({
      clients: [{ username: 'heating', roles: [{ rolename: 'own' }] }, { username: 'bare' }],
      groups: [{ groupname: 'all', clients: [{ username: 'heating' }], roles: [{ rolename: 'group' }] }],
      roles: Object.entries(roles).map(([rolename, rules]) => ({
        rolename,
        acls: rules.map(([acltype, topic, allow = true, priority = 0]) => ({ acltype, topic, allow, priority })),
      })),
      anonymousGroup: 'all',
      defaultACLAccess: Object.fromEntries(open.map(name => [name, true])),
    }),
  );
  if (!read.ok) throw new Error(read.error);
  return read.value;
}

const ask = (roles: Roles, access: 'read' | 'write', topic = 'heating/flow', user: string | null = 'heating') => {
  const { allowed, role } = decideDynsec(securityOf(roles), user, access, topic);
  return `${allowed ? 'allowed' : 'denied'} by ${role}`;
};

describe('who may write', () => {
  it('is decided by the first rule that matches, the highest priority first', () => {
    expect(ask({ own: [['publishClientSend', 'heating/+']] }, 'write')).toBe('allowed by own');
    expect(ask({ own: [['publishClientSend', 'heating/#']] }, 'write', 'cellar/fan')).toBe('denied by null');
    const both: readonly Rule[] = [
      ['publishClientSend', '#', true, 1],
      ['publishClientSend', 'heating/flow', false, 2],
    ];
    expect(ask({ own: both }, 'write')).toBe('denied by own');
    expect(ask({ own: both }, 'write', 'heating/return')).toBe('allowed by own');
  });

  it('is not decided by what is said of reading', () => {
    const reading: readonly Rule[] = [
      ...(['publishClientReceive', 'subscribeLiteral', 'subscribePattern'] as const).map(
        (access): Rule => [access, 'heating/flow'],
      ),
    ];
    expect(ask({ own: reading }, 'write')).toBe('denied by null');
  });

  it('is asked of the own roles first, and then of those of the groups', () => {
    const group: readonly Rule[] = [['publishClientSend', '#', true, 9]];
    expect(ask({ group }, 'write')).toBe('allowed by group');
    expect(ask({ own: [['publishClientSend', 'heating/flow', false]], group }, 'write')).toBe('denied by own');
    expect(ask({ group }, 'write', 'heating/flow', 'bare')).toBe('denied by null');
  });
});

describe('who may read', () => {
  const receive: Rule = ['publishClientReceive', 'heating/#'];
  it.each<[string, readonly Rule[], string]>([
    ['both are granted', [['subscribePattern', 'heating/+'], receive], 'allowed by own'],
    ['the filter is that very topic', [['subscribeLiteral', 'heating/flow'], receive], 'allowed by own'],
    ['a literal filter only matches the topic', [['subscribeLiteral', 'heating/+'], receive], 'denied by null'],
    ['it may be subscribed only', [['subscribePattern', '#']], 'denied by null'],
    ['it may be received only', [receive], 'denied by null'],
    ['subscribing is denied', [['subscribePattern', '#', false], receive], 'denied by own'],
    [
      'receiving is denied',
      [
        ['subscribePattern', '#'],
        ['publishClientReceive', '#', false],
      ],
      'denied by own',
    ],
    // Each kind of rule is looked through by itself, the literal ones first.
    [
      'the literal rule is asked before the pattern',
      [['subscribePattern', '#', false, 9], ['subscribeLiteral', 'heating/flow'], receive],
      'allowed by own',
    ],
  ])('%s', (_, own, decision) => {
    expect(ask({ own }, 'read')).toBe(decision);
  });
});

describe('the default', () => {
  it('holds where no role says anything, for each way by itself', () => {
    const decide = (open: readonly string[], access: 'read' | 'write') =>
      decideDynsec(securityOf({}, open), 'bare', access, 't');
    expect(decide(['publishClientSend'], 'write')).toEqual({ allowed: true, role: null });
    expect(decide(['publishClientReceive', 'subscribe'], 'write').allowed).toBe(false);
    expect(decide(['publishClientReceive', 'subscribe'], 'read')).toEqual({ allowed: true, role: null });
    for (const one of ['publishClientSend', 'publishClientReceive', 'subscribe'])
      expect(decide([one], 'read').allowed, one).toBe(false);
  });

  it('is nothing for a name that it does not know', () => {
    const open = securityOf({ group: [['publishClientSend', '#']] }, ['publishClientSend']);
    expect(decideDynsec(open, 'stranger', 'write', 't')).toEqual({ allowed: false, role: null });
  });
});

it('who has no name has the roles of the group for that, where there is one', () => {
  const roles: Roles = { group: [['publishClientSend', 'door/#']] };
  expect(ask(roles, 'write', 'door/bell', null)).toBe('allowed by group');
  const security = { ...securityOf(roles, ['publishClientSend']), anonymousGroup: null };
  expect(decideDynsec(security, null, 'write', 't')).toEqual({ allowed: true, role: null });
  const lost = { ...securityOf(roles), anonymousGroup: 'gone' };
  expect(decideDynsec(lost, null, 'write', 'door/bell')).toEqual({ allowed: false, role: null });
});
