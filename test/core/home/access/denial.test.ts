import { describe, expect, test } from 'vitest';
import { addDenial, remedyFor } from '../../../../src/core/home/access/denial.ts';
import type { Denial } from '../../../../src/core/home/state/broker.ts';
import { parseAclFile } from '../../../../src/core/mosquitto/acl-file.ts';
import { runHouse } from '../../../helpers/house/house-run.ts';

const acl = parseAclFile(
  'topic read news\nuser heating\ntopic write heating/#\ntopic deny heating/pump\nuser other\ntopic read x\npattern write %c/own\n',
  '/etc/mosquitto/acl',
);

describe('what to do about a denial', () => {
  test.each([
    [
      'heating',
      'cellar/fan',
      'add "topic write cellar/fan" below /etc/mosquitto/acl:2 ("user heating"), then reload (SIGHUP)',
    ],
    [
      'nobody',
      'cellar/fan',
      'add "user nobody" and "topic write cellar/fan" at the end of /etc/mosquitto/acl, then reload (SIGHUP)',
    ],
    [
      null,
      'cellar/fan',
      'add "topic write cellar/fan" before the first user line of /etc/mosquitto/acl, then reload (SIGHUP)',
    ],
    [
      'heating',
      'heating/pump',
      'delete or narrow /etc/mosquitto/acl:4 ("topic deny heating/pump"), which beats each line that allows it, then reload (SIGHUP)',
    ],
  ])('of %s on %s: the line to add, or the one that is in the way', (user, topic, remedy) => {
    expect(remedyFor(acl, { user, clientId: 'c-1', access: 'write', topic })).toBe(
      `If it should be allowed: ${remedy}`,
    );
  });

  test('the file allows it: the broker does not have it in force', () => {
    expect(remedyFor(acl, { user: 'heating', clientId: 'c-1', access: 'write', topic: 'heating/flow' })).toBe(
      '/etc/mosquitto/acl:3 ("topic write heating/#") allows it: so will the broker once it has reloaded this file (SIGHUP), if it uses it',
    );
    expect(remedyFor(acl, { user: 'other', clientId: 'c-1', access: 'write', topic: 'c-1/own' })).toContain('acl:7');
  });

  test('what the broker keeps to itself no line can allow', () => {
    expect(remedyFor(acl, { user: 'heating', clientId: 'c-1', access: 'write', topic: '$SYS/broker/x' })).toBe(
      'No line can allow it: the broker keeps this topic to itself',
    );
  });

  test('without a file it is said for which broker the line is', () => {
    expect(remedyFor(null, { user: 'heating', clientId: 'c-1', access: 'write', topic: 'heating/pump' })).toBe(
      'If it should be allowed: add "topic write heating/pump" below "user heating" in the acl_file, then reload (SIGHUP), ' +
        'if the broker is mosquitto with one',
    );
  });

  test('a topic or a name that cannot be copied is told as that', () => {
    const long = 'x'.repeat(121);
    const remedy = (user: string, topic: string, file: typeof acl | null) =>
      remedyFor(file, { user, clientId: 'c-1', access: 'write', topic });
    expect(remedy('heating', long, null)).toContain(
      'add a line "topic write" with this topic, whose 121 characters cannot all be shown here below "user heating"',
    );
    expect(remedy('heating', long.slice(1), null)).toContain(`"topic write ${long.slice(1)}"`);
    expect(remedy(long, 'a', null)).toContain('"topic write a" below the "user" line with its name in the acl_file');
    expect(remedy(long, 'a', acl)).toContain('add the "user" line with its name and "topic write a" at the end of');
  });

  test('of a topic filter it is the line to add', () => {
    expect(remedyFor(acl, { user: 'heating', clientId: 'c-1', access: 'read', topic: 'heating/#' })).toContain(
      'add "topic read heating/#"',
    );
  });
});

describe('the list of denials', () => {
  const denial = (topic: string, at: number): Omit<Denial, 'id' | 'firstAt' | 'count'> => ({
    ...{
      at,
      topic,
      evidence: 'logged',
      client: 'x',
      user: 'x',
      access: 'publish',
      detail: `x may not publish to ${topic}`,
    },
    remedy: '',
  });

  test('is newest first, whenever the log was read, and takes no time back', () => {
    const { state } = runHouse();
    const now = state.at;
    const listed = [denial('a', now), denial('b', now - 60_000), denial('a', now - 7_200_000), denial('c', now - 10)];
    const { denials } = listed.reduce(addDenial, state);
    expect(denials.map(({ topic, at, firstAt, count }) => [topic, now - at, now - firstAt, count])).toEqual([
      ['a', 0, 7_200_000, 2],
      ['c', 10, 10, 1],
      ['b', 60_000, 60_000, 1],
    ]);
  });

  test.each([
    [60_000, 1],
    [60_001, 2],
  ])('tells the same again after %i ms: %i times', (laterMs, times) => {
    const { state } = runHouse();
    const again = { ...addDenial(state, denial('a', state.at)), at: state.at + laterMs };
    const { journal, denials } = addDenial(again, denial('a', again.at));
    expect(journal.filter(entry => entry.kind === 'denial')).toHaveLength(times);
    expect(denials).toMatchObject([{ count: 2, firstAt: state.at, at: again.at }]);
  });

  test.each([
    [60_000, 1],
    [60_001, 0],
  ])('tells what was %i ms ago %i times', (agoMs, times) => {
    const { state } = runHouse();
    const { journal, denials } = addDenial(state, denial('a', state.at - agoMs));
    expect(journal.filter(entry => entry.kind === 'denial')).toHaveLength(times);
    expect(denials).toHaveLength(1);
  });

  test('gives each a number of its own, and has the later of two of one moment first', () => {
    const { state } = runHouse();
    const listed = [denial('a', state.at), denial('a', state.at), denial('b', state.at), denial('c', state.at - 1)];
    const { denials, nextId } = listed.reduce(addDenial, { ...state, nextId: 40, at: state.at + 90_000 });
    expect(denials.map(({ topic, id }) => [topic, id])).toEqual([
      ['b', 41],
      ['a', 40],
      ['c', 42],
    ]);
    expect(nextId).toBe(43);
  });

  test('keeps what it knew of one where a log tells of it later', () => {
    const { state } = runHouse();
    const now = state.at;
    const early = { ...denial('a', now - 5), remedy: 'of then' };
    const [kept] = [{ ...denial('a', now), remedy: 'of now' }, early].reduce(addDenial, state).denials;
    expect(kept).toMatchObject({ remedy: 'of now', at: now, firstAt: now - 5, count: 2 });
  });

  test('keeps the newest 200', () => {
    const { state } = runHouse();
    const many = Array.from({ length: 201 }, (_, index) => denial(`t${index}`, state.at - 201 + index));
    const { denials } = many.reduce(addDenial, state);
    expect([denials.length, denials[0]?.topic, denials.at(-1)?.topic]).toEqual([200, 't200', 't1']);
  });

  test('counts by who, what and where: of two clients without a name each is its own', () => {
    const { state } = runHouse();
    const one = denial('a', state.at);
    const others = [
      { ...one, user: 'y' },
      { ...one, access: 'subscribe' as const },
      { ...one, client: 'z' },
      { ...one, user: null },
      { ...one, user: null, client: 'z' },
      { ...one, user: null },
    ];
    const { denials } = [one, ...others].reduce(addDenial, state);
    const told = denials.map(({ user, access, client, count }) => `${user} ${access} ${client} ${count}`).sort();
    expect(told).toEqual(['null publish x 2', 'null publish z 1', 'x publish z 2', 'x subscribe x 1', 'y publish x 1']);
  });
});
