import { expect, it } from 'vitest';
import {
  differencesOf,
  headLine,
  type Likeness,
  parseHead,
  parseQuestion,
  questionLine,
} from '../../../src/core/daemon/protocol.ts';

const like: Likeness = {
  house: 'abc',
  url: 'mqtt://pi:1883',
  user: 'master',
  login: 'def',
  id: 'hometui-1',
  acl: '/etc/acl',
  brokerLog: 'journal',
};

it('a question and the head of its answer are one line each, and come back as what they were', () => {
  const question = questionLine('1.2.3', like);
  expect(question.indexOf('\n')).toBe(question.length - 1);
  expect(parseQuestion(question)).toEqual({ hometui: 1, version: '1.2.3', ask: 'state', like });
  const issues = ['the disk is full'];
  const head = { version: '1.2.3', pid: 7, startedAt: 8, differs: ['house'], houseFile: '/h.json', issues } as const;
  expect(parseHead(headLine(head))).toEqual({ hometui: 1, ...head });
});

it.each(['', '{', 'null', '[]', '7', '{}', '{"hometui":2,"version":"1","ask":"state","like":{}}', '{"hometui":1}'])(
  'what is neither is taken for nothing: %s',
  line => {
    expect([parseQuestion(line), parseHead(line)]).toEqual([null, null]);
  },
);

it('all that tells what is heard must be alike; password and identifier only where they are named', () => {
  expect(differencesOf(like, like)).toEqual([]);
  expect(differencesOf({ ...like, login: null, id: null }, like)).toEqual([]);
  const keys = Object.keys(like) as (keyof Likeness)[];
  for (const key of keys) expect(differencesOf({ ...like, [key]: 'other' }, like), key).toEqual([key]);
  for (const key of ['user', 'acl', 'brokerLog'] as const) {
    expect(differencesOf({ ...like, [key]: null }, like), key).toEqual([key]);
    expect(differencesOf(like, { ...like, [key]: null }), key).toEqual([key]);
  }
  expect(differencesOf(like, { ...like, login: null })).toEqual(['login']);
});
