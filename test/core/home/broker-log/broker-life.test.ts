import { describe, expect, test } from 'vitest';
import {
  brokerEndOf,
  endsOnBrokenFile,
  noteComplaint,
  noteStarted,
  noteStarting,
  noteStopped,
  parseVersion,
} from '../../../../src/core/home/broker-log/broker-life.ts';
import type { HomeState } from '../../../../src/core/home/state/state.ts';
import { NOON, runConnected, runHouse } from '../../../helpers/house/house-run.ts';

const { state: apart } = runHouse();
const ACL = 'access control list';
const PASSWORDS = 'password file';

test.each([
  ['2.1.2', true],
  ['2.1', true],
  ['3.0.0', true],
  ['2.0.22', false],
  ['1.9.9', false],
  ['2.10.0', true],
  ['10.0.1', true],
  ['v2.1', null],
  ['2', null],
  ['', null],
  [null, null],
])('version %s ends where a file is broken at a reload: %s', (version, ends) => {
  expect(endsOnBrokenFile(version)).toBe(ends);
});

test.each([
  ['mosquitto version 2.0.11', '2.0.11'],
  ['mosquitto version 2.1.2 more', '2.1.2'],
  ['RabbitMQ 3.10', null],
  ['a mosquitto version 2.0.11', null],
  ['', null],
  [`mosquitto version ${'1'.repeat(100)}`, '1'.repeat(20)],
])('$SYS says %j: the version is %s', (text, version) => {
  expect(parseVersion(new TextEncoder().encode(text))).toBe(version);
});

describe('a complaint about a file', () => {
  const complain = (from: HomeState, about: typeof ACL | typeof PASSWORDS, words: string, afterMs: number): HomeState =>
    noteComplaint(from, about, words, NOON + afterMs);
  const first = complain(apart, ACL, 'line 3 is wrong', 0);

  test('comes in two lines, the first of which says what', () => {
    expect(complain(first, ACL, 'cannot open it', 2_000).broker.complaint?.detail).toBe('line 3 is wrong');
    expect(complain(first, ACL, 'cannot open it', 2_001).broker.complaint?.detail).toBe('cannot open it');
    expect(complain(first, PASSWORDS, 'no hash', 0).broker.complaint).toEqual({
      at: NOON,
      about: PASSWORDS,
      detail: 'no hash',
    });
  });

  test.each([
    [ACL, 0, '2.1.2', true],
    [ACL, 2_000, '2.1.2', true],
    [ACL, 2_001, '2.1.2', false],
    [ACL, 0, '2.0.11', false],
    [PASSWORDS, 2_000, '2.1.0', true],
  ] as const)('about the %s, %i ms before %s ends, is the reason: %s', (about, beforeMs, version, isReason) => {
    const stopped = noteStopped(complain(apart, about, 'line 3', 0), version, NOON + beforeMs, true);
    const end = isReason ? { how: 'ended', about, detail: 'line 3' } : null;
    expect(stopped.broker).toEqual({ version, isStarting: false, complaint: null, end });
    const { level, text = '' } = stopped.journal.at(-1) ?? {};
    expect([level, text]).toEqual(
      isReason
        ? ['critical', `the broker ended at a reload: it cannot use its ${about}: line 3`]
        : ['warning', 'the broker stops'],
    );
  });

  test('at a start is the reason why it does not run, of the list alone', () => {
    const starting = noteStarting(first, '2.0.11');
    expect(starting.broker).toEqual({ version: '2.0.11', isStarting: true, complaint: null, end: null });
    expect(complain(starting, PASSWORDS, 'no hash', 0).broker.end).toBeNull();
    const broken = complain(complain(starting, ACL, 'line 3', 0), ACL, 'cannot open', 1);
    expect(broken.broker.end).toEqual({ how: 'not-started', about: ACL, detail: 'line 3' });
    const stopped = noteStopped(broken, '2.0.11', NOON + 1, false);
    expect([stopped.broker.end, stopped.journal]).toEqual([broken.broker.end, broken.journal]);
    expect(
      noteStopped(complain(noteStarting(apart, '2.1.2'), PASSWORDS, 'no hash', 0), '2.1.2', NOON, false).broker.end,
    ).toEqual({
      ...{ how: 'not-started', about: PASSWORDS, detail: 'no hash' },
    });
    expect(noteStarted(broken, '2.0.11').broker).toEqual({
      version: '2.0.11',
      isStarting: false,
      complaint: null,
      end: null,
    });
  });
});

test('why there is no broker is told while there is no link, with the file to mend', () => {
  const end = (about: typeof ACL | typeof PASSWORDS) => ({ how: 'ended', about, detail: 'line 3' }) as const;
  const ended = (state: HomeState, about: typeof ACL | typeof PASSWORDS): HomeState => ({
    ...state,
    broker: { ...state.broker, end: end(about) },
  });
  expect(brokerEndOf(apart)).toBeNull();
  expect(brokerEndOf(ended(runConnected().state, ACL))).toBeNull();
  expect(brokerEndOf(ended(apart, ACL))).toEqual({
    text: 'The broker ended at a reload: it cannot use its access control list: line 3',
    cure: 'Mend the acl_file, then start the broker: sudo systemctl start mosquitto',
  });
  expect(brokerEndOf(ended(apart, PASSWORDS))?.cure).toContain('Mend the password_file,');
});
