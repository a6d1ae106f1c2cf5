import { describe, expect, it } from 'vitest';
import { formatAccessTable } from '../../../../src/core/mosquitto/access-table.ts';
import { parseAclFile } from '../../../../src/core/mosquitto/acl-file.ts';
import {
  contraryText,
  isContrary,
  judgeTrial,
  type TrialSeen,
  trialSummary,
} from '../../../../src/core/mosquitto/trial/judge.ts';
import { trialQuestions } from '../../../../src/core/mosquitto/trial/question.ts';
import { trialTable } from '../../../../src/core/mosquitto/trial/table.ts';

const ACL = parseAclFile('user one\ntopic read a\ntopic write b\n\nuser two\ntopic readwrite a\n', 'acl');
const questions = trialQuestions(
  ACL,
  ['one', 'two'].map(user => ({ user, clientId: user })),
  ['a', 'b'],
  '2.0',
);
const nothing: TrialSeen = { absent: [], refused: [], published: [], heard: [], witnesses: new Map() };
const as = (seen: Partial<TrialSeen>) => judgeTrial(questions, { ...nothing, ...seen });
const words = (seen: Partial<TrialSeen>): readonly string[] =>
  as(seen).map(({ user, access, topic, verdict }) => `${user} ${access} ${topic} ${verdict}`);
const published = (...codes: readonly (number | null)[]) =>
  ['one', 'two'].flatMap((user, row) =>
    ['a', 'b'].map((topic, column) => ({ user, topic, code: codes[2 * row + column] ?? null })),
  );

describe('a trial', () => {
  it('asks what the file says of every user, topic and way', () => {
    expect(
      questions.filter(({ isAllowed }) => isAllowed).map(({ user, access, topic }) => `${user} ${access} ${topic}`),
    ).toEqual(['one read a', 'two read a', 'two write a', 'one write b']);
  });

  it('takes silence for nothing', () => {
    expect(as({}).every(({ verdict }) => verdict === 'unknown')).toBe(true);
    expect(trialSummary(as({}))).toBe('0 of 8 answers as the file says, 8 not proven');
    // The only one who got it proves nothing against himself.
    expect(words({ witnesses: new Map([['b', 'two']]) })).toContain('two read b unknown');
  });

  it('proves a denied read by what another one got, and a write by the reason code', () => {
    const seen = {
      published: published(135, 0, 16, 135),
      heard: [{ user: 'two', topic: 'a' }],
      witnesses: new Map([['a', 'two']]),
    };
    expect(words(seen)).toEqual([
      'one read a denied',
      'one write a denied',
      'two read a allowed',
      'two write a allowed',
      'one read b unknown',
      'one write b allowed',
      'two read b unknown',
      'two write b denied',
    ]);
    const [first] = as(seen).filter(isContrary);
    expect(first && contraryText(first)).toBe(
      'the file lets "one" read "a", the broker does not: "two" got what it did not',
    );
    expect(formatAccessTable(trialTable(as(seen)))).toEqual([
      'topic  one          two',
      'a      - (file: r)  rw',
      'b      r?w          r?',
      'r?, w?: could not be proven; (file: …): what the file says where the broker does otherwise',
    ]);
  });

  it('takes no other code for an answer, and no word of whom the broker did not let in', () => {
    expect(words({ published: published(151, null) })).not.toContainEqual(expect.stringMatching(/allowed|denied/));
    const [gone] = as({ absent: [{ user: 'one', why: 'refused' }], heard: [{ user: 'one', topic: 'a' }] });
    expect(gone).toMatchObject({ user: 'one', verdict: 'unknown', why: 'refused' });
  });

  it('takes a refused subscription for a denial', () => {
    expect(words({ refused: [{ user: 'one', topic: 'b', code: 135 }] })).toContain('one read b denied');
  });
});
