import { describe, expect, it } from 'vitest';
import { examineRights, type RightsInput } from '../../../src/core/doctor/rights.ts';
import { parseAclFile } from '../../../src/core/mosquitto/acl-file.ts';
import type { TrialSeen } from '../../../src/core/mosquitto/trial/judge.ts';

const acl = parseAclFile('user one\ntopic read a\n\nuser two\ntopic read a\ntopic read b\n', '/etc/acl');
const nothing: TrialSeen = { absent: [], refused: [], published: [], heard: [], witnesses: new Map() };
const spots = (...texts: readonly string[]) =>
  texts.map(text => ({ user: text.split(' ')[0] ?? null, topic: text.split(' ')[1] ?? '' }));
/** Everybody got what the file lets him read. */
const asTheFile: TrialSeen = {
  ...nothing,
  heard: spots('one a', 'two a', 'two b'),
  witnesses: new Map([
    ['a', 'two'],
    ['b', 'two'],
  ]),
};
const input: RightsInput = {
  ...{ acl, topics: ['a', 'b'], seen: asTheFile, version: null, where: null, listenMs: 29_600 },
  clients: ['one', 'two'].map(user => ({ user, clientId: user })),
};
const examine = (change: Partial<RightsInput>) => examineRights({ ...input, ...change });
const say = (change: Partial<RightsInput>) =>
  examine(change).map(({ sign, subject, evidence }) => `${sign} ${subject}: ${evidence}`);

describe('the rights of the house', () => {
  it('are well where each answer is as the file says', () => {
    expect(say({})).toEqual(['well 2 users × 2 topics, reading: 4 of 4 answers as /etc/acl says']);
    expect(examine({}).every(({ id }) => id === 'rights')).toBe(true);
  });

  it('are wrong where somebody got what the file denies, or lacked what it grants', () => {
    const seen = { ...asTheFile, heard: spots('one a', 'one b', 'two b'), witnesses: new Map([['a', 'one']]) };
    const [lacked, got, ...rest] = examine({ seen });
    expect(lacked).toMatchObject({ sign: 'fault', subject: 'a', place: { file: '/etc/acl', line: 5 } });
    expect(lacked?.evidence).toBe('the file lets "two" read "a", the broker does not: "one" got what it did not');
    expect(got).toMatchObject({ sign: 'fault', subject: 'b', place: { file: '/etc/acl' } });
    expect(got?.place?.line).toBeUndefined();
    expect(got?.evidence).toBe('the file does not let "one" read "b", the broker does: it was delivered');
    // Beside a contradiction nothing is called well.
    expect(rest).toEqual([]);
  });

  it('are told ten times at most, and the others are counted', () => {
    const topics = Array.from({ length: 12 }, (_, place) => `t${place}`);
    const seen = { ...nothing, heard: topics.map(topic => ({ user: 'one', topic })) };
    const told = (count: number) =>
      say({ seen, topics: topics.slice(0, count), clients: [{ user: 'one', clientId: 'x' }] });
    expect(told(10).filter(text => text.startsWith('fault'))).toHaveLength(10);
    expect(told(12).filter(text => text.startsWith('fault'))).toHaveLength(11);
    expect(told(12)).toContain('fault more of this: 2 other answers are not as the file says');
    expect(told(11)).toContainEqual(expect.stringContaining('1 other answer'));
  });

  it('are not proven by silence', () => {
    expect(say({ seen: nothing })).toEqual([
      'unexamined reading: 4 answers not proven: in 30 s nobody got anything else than they did on a, b',
    ]);
    const partly = { ...asTheFile, witnesses: new Map([['a', 'two']]) };
    expect(say({ seen: partly })).toEqual([
      'well 2 users × 2 topics, reading: 3 of 4 answers as /etc/acl says',
      'unexamined reading: 1 answer not proven: in 30 s nobody got anything else than they did on b',
    ]);
  });

  it('name five of the topics that nobody got anything on', () => {
    const on = (count: number) => say({ seen: nothing, topics: [...'abcdefg'].slice(0, count) })[0];
    expect(on(5)).toMatch(/on a, b, c, d, e$/);
    expect(on(7)).toMatch(/on a, b, c, d, e and 2 more$/);
  });

  it('are not asked of who could not log in: that is told as a login', () => {
    const absent = [{ user: 'one', why: 'refused' }];
    expect(say({ seen: { ...asTheFile, absent } })[0]).toBe(
      'well 1 user × 2 topics, reading: 2 of 2 answers as /etc/acl says',
    );
  });

  it('are not known where nobody could log in', () => {
    const absent = ['one', 'two'].map(user => ({ user, why: `${user} was refused` }));
    expect(say({ seen: { ...nothing, absent } })).toEqual(['unexamined reading: nobody could log in: one was refused']);
  });

  it('are told of a listener where there are several', () => {
    const where = 'listener 1884';
    expect(say({ where })[0]).toMatch(/^well 2 users × 2 topics, reading, on listener 1884: /);
    expect(say({ where, seen: nothing })[0]).toMatch(/^unexamined reading, on listener 1884: /);
    const absent = ['one', 'two'].map(user => ({ user, why: 'it is closed' }));
    expect(say({ where, seen: { ...nothing, absent } })[0]).toMatch(/^unexamined reading, on listener 1884: nobody/);
  });

  it('with a pattern are those of the client identifier that somebody logs in with', () => {
    const patterns = parseAclFile('pattern read %c/x\n', '/etc/acl');
    const seen = { ...nothing, heard: spots('one box/x'), witnesses: new Map([['box/x', 'one']]) };
    const clients = [
      { user: 'two', clientId: 'shed' },
      { user: 'one', clientId: 'box' },
    ];
    expect(say({ acl: patterns, topics: ['box/x'], clients, seen })).toEqual([
      'well 2 users × 1 topic, reading: 2 of 2 answers as /etc/acl says',
    ]);
    const swapped = { ...seen, heard: spots('two box/x'), witnesses: new Map([['box/x', 'two']]) };
    const [lacked] = examine({ acl: patterns, topics: ['box/x'], clients, seen: swapped }).filter(({ evidence }) =>
      evidence.includes('lets "one"'),
    );
    expect(lacked?.place).toEqual({ file: '/etc/acl', line: 1 });
  });
});
