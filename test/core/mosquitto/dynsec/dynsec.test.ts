import { describe, expect, it } from 'vitest';
import {
  DYNSEC_QUESTION,
  type DynamicSecurity,
  parseDynsecAnswer,
  parseDynsecFile,
} from '../../../../src/core/mosquitto/dynsec/dynsec.ts';

const acl = (acltype: string, topic: string, priority?: number, allow = true) => ({ acltype, topic, priority, allow });
const parts = {
  clients: [
    { username: 'heating', roles: [{ rolename: 'sender' }, { rolename: 'viewer', priority: 3 }, { rolename: 'a' }] },
    { username: 'monitor', disabled: true, password: 'c2VjcmV0', salt: 'c2FsdA==' },
  ],
  groups: [
    { groupname: 'low', clients: [{ username: 'heating', priority: 1 }], roles: [{ rolename: 'viewer' }] },
    { groupname: 'high', clients: [{ username: 'heating', priority: 2 }, { username: 'monitor' }] },
  ],
  roles: [
    {
      rolename: 'sender',
      acls: [
        ...[acl('publishClientSend', 'b'), acl('publishClientSend', 'a'), acl('subscribePattern', '#', 5, false)],
        ...[acl('publishClientReceive', 'c', -1), acl('subscribeLiteral', 'd', 5)],
      ],
    },
    { rolename: 'viewer' },
  ],
};
const defaults = { publishClientSend: false, publishClientReceive: true, subscribe: true, unsubscribe: true };
const file = { ...parts, anonymousGroup: 'low', defaultACLAccess: defaults };
const answer = {
  responses: [
    { command: 'listClients', data: { clients: parts.clients } },
    { command: 'listGroups', data: { groups: parts.groups } },
    { command: 'listRoles', data: { roles: parts.roles } },
    {
      command: 'getDefaultACLAccess',
      data: { acls: Object.entries(defaults).map(([acltype, allow]) => ({ acltype, allow })) },
    },
    { command: 'getAnonymousGroup', data: { group: { groupname: 'low' } } },
  ],
};

const known: DynamicSecurity = {
  clients: new Map([
    [
      'heating',
      {
        ...{ user: 'heating', isDisabled: false },
        // The highest priority first, then by name.
        roles: [
          { name: 'viewer', priority: 3 },
          { name: 'a', priority: 0 },
          { name: 'sender', priority: 0 },
        ],
        groups: [
          { name: 'high', priority: 2 },
          { name: 'low', priority: 1 },
        ],
      },
    ],
    ['monitor', { user: 'monitor', isDisabled: true, roles: [], groups: [{ name: 'high', priority: 0 }] }],
  ]),
  groups: new Map([
    ['low', [{ name: 'viewer', priority: 0 }]],
    ['high', []],
  ]),
  roles: new Map([
    [
      'sender',
      [
        // Of equal priority as they stand.
        { access: 'subscribePattern', topic: '#', allow: false, priority: 5 },
        { access: 'subscribeLiteral', topic: 'd', allow: true, priority: 5 },
        { access: 'publishClientSend', topic: 'b', allow: true, priority: 0 },
        { access: 'publishClientSend', topic: 'a', allow: true, priority: 0 },
        { access: 'publishClientReceive', topic: 'c', allow: true, priority: -1 },
      ],
    ],
    ['viewer', []],
  ]),
  anonymousGroup: 'low',
  defaults: { publishClientSend: false, publishClientReceive: true, subscribe: true },
};

const inFile = (change: object) => parseDynsecFile(JSON.stringify({ ...file, ...change }));
const inAnswer = (responses: unknown) => parseDynsecAnswer(JSON.stringify({ responses }));

describe('what dynamic security knows', () => {
  it('is read from its file and from its answer alike, without secrets', () => {
    expect(parseDynsecFile(JSON.stringify(file))).toEqual({ ok: true, value: known });
    expect(parseDynsecAnswer(JSON.stringify(answer))).toEqual({ ok: true, value: known });
  });

  it('denies by default what it does not say that it allows', () => {
    const closed = { publishClientSend: false, publishClientReceive: false, subscribe: false };
    for (const read of [inFile({ defaultACLAccess: undefined }), inAnswer(answer.responses.slice(0, 3))])
      expect(read).toMatchObject({ ok: true, value: { defaults: closed } });
    for (const name of Object.keys(closed)) {
      const own = { ...closed, [name]: true };
      expect(inFile({ defaultACLAccess: own })).toMatchObject({ value: { defaults: own } });
      const acls = Object.entries(own).map(([acltype, allow]) => ({ acltype, allow }));
      const told = [...answer.responses.slice(0, 3), { command: 'getDefaultACLAccess', data: { acls } }];
      expect(inAnswer(told)).toMatchObject({ value: { defaults: own } });
    }
  });

  it('has no group for clients without a name where none is named', () => {
    expect(inAnswer(answer.responses.slice(0, 4))).toMatchObject({ value: { anonymousGroup: null } });
    for (const anonymousGroup of [undefined, null, '', 7])
      expect(inFile({ anonymousGroup })).toMatchObject({ value: { anonymousGroup: null } });
  });

  it('takes entries of another form for what they do not say', () => {
    const odd = { rolename: 'odd', acls: [{ acltype: 'publishClientSend', topic: 't', allow: 1, priority: '9' }, 7] };
    const read = inFile({ clients: 7, groups: null, roles: [odd] });
    const rule = { access: 'publishClientSend', topic: 't', allow: false, priority: 0 };
    expect(read).toMatchObject({ ok: true, value: { clients: new Map(), groups: new Map() } });
    expect(read.ok && read.value.roles.get('odd')?.[0]).toEqual(rule);
    expect(inFile({ clients: [{ username: 'x', disabled: 'true' }] })).toMatchObject({
      value: { clients: new Map([['x', { user: 'x', isDisabled: false, roles: [], groups: [] }]]) },
    });
  });

  it.each(['', '{', 'null', '7', '[]', '{}', '{"roles":{}}'])('is not in a file that holds %j', text => {
    expect(parseDynsecFile(text)).toEqual({ ok: false, error: 'it is no file of that plugin' });
  });

  it('is not in an answer that refuses, or lacks clients or roles', () => {
    const refusal = [...answer.responses, { command: 'listRoles', error: 'Not allowed' }];
    expect(inAnswer(refusal)).toEqual({ ok: false, error: 'it answered: Not allowed' });
    const unreadable = { ok: false, error: 'what it answered cannot be read' };
    for (const lacking of ['listClients', 'listRoles'])
      expect(inAnswer(answer.responses.filter(({ command }) => command !== lacking))).toEqual(unreadable);
    for (const text of ['', 'null', '7', '{}', '{"responses":[{"command":7}]}'])
      expect(parseDynsecAnswer(text), text).toEqual(unreadable);
  });

  it('is asked for without changing anything', () => {
    const { commands } = JSON.parse(DYNSEC_QUESTION) as { commands: readonly { command: string }[] };
    expect(commands.map(({ command }) => command).sort()).toEqual(
      answer.responses.map(({ command }) => command).sort(),
    );
    expect(commands.every(({ command }) => /^(?:list|get)/.test(command))).toBe(true);
  });
});
