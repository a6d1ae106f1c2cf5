import { describe, expect, it } from 'vitest';
import { examineDynsec, unreadDynsec } from '../../../src/core/doctor/dynamic-security.ts';
import { parseDynsecFile } from '../../../src/core/mosquitto/dynsec/dynsec.ts';
import type { AccessNeed } from '../../../src/core/mosquitto/lint/input.ts';

const allow = (acltype: string, topic: string) => ({ acltype, topic, allow: true });
const file = {
  clients: [
    { username: 'heating', roles: [{ rolename: 'sender' }] },
    { username: 'bare', roles: [] },
    { username: 'off', disabled: true },
  ],
  roles: [
    {
      rolename: 'sender',
      acls: [
        ...[allow('publishClientSend', 'heating/flow'), { ...allow('publishClientSend', 'heating/#'), allow: false }],
        ...[allow('subscribeLiteral', 'heating/pump'), allow('publishClientReceive', 'heating/pump')],
      ],
    },
  ],
};
const need = (user: string, access: 'read' | 'write', topic: string): AccessNeed => ({
  ...{ user, access, topic, purpose: 'what it is for' },
});

function examine(needs: readonly AccessNeed[], change: object = {}) {
  const read = parseDynsecFile(JSON.stringify({ ...file, ...change }));
  if (!read.ok) throw new Error(read.error);
  return examineDynsec({ security: read.value, source: 'as its file says' }, needs);
}

describe('dynamic security', () => {
  it('is told with what it knows, and nothing more where the devices have what they need', () => {
    const found = examine([need('heating', 'write', 'heating/flow'), need('heating', 'read', 'heating/pump')]);
    expect(found).toEqual([
      {
        ...{ id: 'acl', sign: 'well', subject: 'dynamic security', cure: null, place: null },
        evidence: 'it decides who gets in and who may do what: 3 clients, 1 role, as its file says',
      },
    ]);
  });

  it('is open where everybody may publish what no role denies', () => {
    const found = (publishClientSend: boolean) => examine([], { defaultACLAccess: { publishClientSend } }).slice(1);
    expect(found(false)).toEqual([]);
    expect(found(true)).toMatchObject([
      { sign: 'warning', evidence: 'whoever is let in may publish everything that no role denies' },
    ]);
    expect(found(true)[0]?.cure).toMatch(/setDefaultACLAccess publishClientSend deny$/);
  });

  it('misses a device that it does not know, or that is disabled, once', () => {
    const of = (user: string) => [need(user, 'write', 'a'), need(user, 'read', 'b')];
    const [missing, ...more] = examine(of("it's")).slice(1);
    expect(missing?.evidence).toBe('"it\'s" is no client of it, so that this device of the house cannot log in');
    expect(missing?.cure).toMatch(/^Make it: mosquitto_ctrl -u admin dynsec createClient 'it'\\''s'$/);
    expect(more).toEqual([]);
    expect(examine(of('off')).slice(1)).toMatchObject([
      {
        evidence: '"off" is disabled, so that this device of the house cannot log in',
        cure: 'Let it in: mosquitto_ctrl -u admin dynsec enableClient off',
      },
    ]);
  });

  it('tells what no role grants with the commands that grant it', () => {
    const [write, read] = examine([need('heating', 'write', 'cellar/fan'), need('bare', 'read', 'a b')]).slice(1);
    expect(write).toMatchObject({
      evidence: '"heating" may not publish cellar/fan (what it is for): no role of it grants it',
      cure: 'Grant it: mosquitto_ctrl -u admin dynsec addRoleACL sender publishClientSend cellar/fan allow 5',
    });
    expect(read).toMatchObject({
      evidence: '"bare" may not read a b (what it is for): no role of it grants it',
      cure: `Grant it: ${[
        ...['createRole bare', "addRoleACL bare subscribeLiteral 'a b' allow 5"],
        ...["addRoleACL bare publishClientReceive 'a b' allow 5", 'addClientRole bare bare'],
      ]
        .map(command => `mosquitto_ctrl -u admin dynsec ${command}`)
        .join('; ')}`,
    });
    const clients = [{ username: 'sender', roles: [] }];
    const [there] = examine([need('sender', 'write', 'a')], { clients }).slice(1);
    expect(there?.cure).toBe(
      'Grant it: mosquitto_ctrl -u admin dynsec addRoleACL sender publishClientSend a allow 5; mosquitto_ctrl -u admin dynsec addClientRole sender sender',
    );
  });

  it('names the role that denies, where another rule would not help', () => {
    const [denied] = examine([need('heating', 'write', 'heating/return')]).slice(1);
    expect(denied).toMatchObject({
      evidence: '"heating" may not publish heating/return (what it is for): its role "sender" denies it',
      cure: 'Take that rule away, or give the one that allows it a higher priority.',
    });
  });

  it('may have told nothing', () => {
    expect(unreadDynsec('it did not answer')).toMatchObject({ id: 'acl', sign: 'unexamined' });
    expect(unreadDynsec('it did not answer').evidence).toMatch(/was not read: it did not answer$/);
  });
});
