import { describe, expect, it } from 'vitest';
import { examineRights, type RightsInput } from '../../../src/core/doctor/rights.ts';
import { parseAclFile } from '../../../src/core/mosquitto/acl-file.ts';

const acl = parseAclFile('user master\ntopic readwrite a\ntopic readwrite b\nuser heating\ntopic write a\n', 'acl');
const clients = ['master', 'heating'].map(user => ({ user, clientId: user }));
const input: RightsInput = {
  ...{ acl, clients, topics: ['a', 'b', 'c'], version: null, where: null, listenMs: 12_000 },
  seen: {
    ...{ absent: [], refused: [], published: [], heard: [{ user: 'master', topic: 'a' }] },
    witnesses: new Map([['a', 'master']]),
  },
};
const examine = (change: Partial<RightsInput>) =>
  examineRights({ ...input, ...change }).map(({ sign, subject, evidence }) => `${sign} ${subject}: ${evidence}`);

describe('users × topics on a running broker', () => {
  it('are proven by what came to whom; the rest has its own cause', () => {
    expect(examine({})).toEqual([
      'well 2 users × 3 topics, reading: 2 of 6 answers as acl says',
      'unexamined reading: 2 answers not proven: in 12 s nothing came on b',
      'unexamined reading: 2 answers not proven: by the file nobody who was let in may read c',
    ]);
  });

  it('are told per listener where there are several', () => {
    expect(examine({ where: 'listener 1884' })[0]).toMatch(/^well 2 users × 3 topics, reading, on listener 1884: /);
    const absent = clients.map(({ user }) => ({ user, why: 'login refused' }));
    expect(examine({ where: 'listener 1884', seen: { ...input.seen, absent } })).toEqual([
      'unexamined reading, on listener 1884: nobody could log in: login refused',
    ]);
  });

  it('are a fault where the broker does otherwise', () => {
    const heard = [...input.seen.heard, { user: 'heating', topic: 'a' }];
    expect(examine({ seen: { ...input.seen, heard } })[0]).toBe(
      'fault a: the file does not let "heating" read "a", the broker does: it was delivered',
    );
  });
});
