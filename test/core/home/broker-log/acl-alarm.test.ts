import { describe, expect, test } from 'vitest';
import {
  aclAlarmEndsAt,
  endAclAlarm,
  keepAclAlarm,
  noteReload,
  raiseAclAlarm,
} from '../../../../src/core/home/broker-log/acl-alarm.ts';
import { runHouse } from '../../../helpers/house/house-run.ts';

describe('the alarm that the broker has no list', () => {
  const { state } = runHouse();
  const alarm = raiseAclAlarm(state, 'Error: Empty topic', state.at);
  const critical = (from: typeof state) => from.journal.filter(entry => entry.level === 'critical').length;

  test('is told once, with the first words', () => {
    const again = raiseAclAlarm(alarm, 'Error: second line', state.at);
    expect(again).toBe(alarm);
    expect(keepAclAlarm(alarm, 'Error: second line', state.at)).toBe(alarm);
    expect([critical(alarm), alarm.aclBroken?.detail]).toEqual([1, 'Error: Empty topic']);
  });

  test('ends a second after a reload of which the broker has nothing to say, and not before', () => {
    const { at } = state;
    expect(aclAlarmEndsAt(alarm)).toBeNull();
    expect(endAclAlarm({ ...alarm, at: at + 3_600_000 }).aclBroken).not.toBeNull();
    const reloaded = noteReload(alarm, at, false);
    expect(aclAlarmEndsAt(reloaded)).toBe(at + 1_000);
    expect(endAclAlarm({ ...reloaded, at: at + 999 }).aclBroken).not.toBeNull();
    const ended = endAclAlarm({ ...reloaded, at: at + 1_000 });
    expect(ended.aclBroken).toBeNull();
    expect(ended.journal.at(-1)?.text).toMatch(/^the broker has its access control list again/);
    expect(endAclAlarm(ended)).toBe(ended);
  });

  test('is told anew where the broker complains after the reload too', () => {
    const again = raiseAclAlarm(noteReload(alarm, state.at, false), 'Error: other', state.at);
    expect([critical(again), again.aclBroken?.detail, aclAlarmEndsAt(again)]).toEqual([2, 'Error: other', null]);
  });

  test.each([
    ['is just read', 0, false, 1_000],
    ['was stamped with the second that has just ended', 1_999, false, 1_000],
    ['is read late', 2_999, false, 1_000],
    ['is older than any line that is read late', 3_000, false, -2_000],
    ['stood there before the log was followed', 900, true, 100],
    ['stood there for long before that', 3_600_000, true, -3_599_000],
  ])('by a reload that %s never ends before the next line was read', (_, agoMs, isPast, endsInMs) => {
    const reloaded = noteReload(alarm, state.at - agoMs, isPast);
    expect(reloaded.aclBroken).not.toBeNull();
    expect((aclAlarmEndsAt(reloaded) ?? 0) - state.at).toBe(endsInMs);
    expect(endAclAlarm(reloaded).aclBroken === null).toBe(endsInMs <= 0);
    expect(noteReload(state, state.at - agoMs, isPast)).toBe(state);
  });
});
