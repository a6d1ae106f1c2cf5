import { describe, expect, it } from 'vitest';
import { type AlarmAct, actOn, endShelf } from '../../../src/core/alarms/acts.ts';
import type { AlarmDefinition, Judgement } from '../../../src/core/alarms/condition.ts';
import {
  alarmFields,
  createAlarm,
  dueAt,
  isRaised,
  judgeAlarm,
  type Moved,
  restartDelays,
  takeOver,
} from '../../../src/core/alarms/machine.ts';
import type { AlarmState } from '../../../src/core/home/alarms/alarm.ts';

const HOUR = 3_600_000;
const NEVER = Number.POSITIVE_INFINITY;
const definition: AlarmDefinition = {
  ...{ id: 'hot', label: 'Hot', priority: 'warning', onDelayMs: 30, offDelayMs: 60, cure: 'Look', tell: ['me'] },
  ...{ source: 'there', about: ['flow'], isLatched: false },
  condition: { looksAt: {}, start: () => null, judge: () => ({ kind: 'not-so', value: null }) },
};
const fresh = createAlarm(definition);
const so = (value: string | null = '9', more: Partial<Judgement> = {}): Judgement =>
  ({ kind: 'so', value, detail: `it is ${value}`, ...more }) as Judgement;
const notSo = (value: string | null = '1'): Judgement => ({ kind: 'not-so', value });
const unwatched: Judgement = { kind: 'unwatched', why: 'nobody looks' };

/** What becomes of an alarm that is judged at these moments. */
function judged(alarm: AlarmState, at: number, judgement: Judgement, by = definition): Moved {
  return judgeAlarm(alarm, by, judgement, { at, order: 7 });
}
const through = (alarm: AlarmState, ...steps: readonly (readonly [at: number, judgement: Judgement])[]): AlarmState =>
  steps.reduce((now, [at, judgement]) => judged(now, at, judgement).alarm, alarm);
/** Raised at 130. */
const raised = through(fresh, [100, so()], [130, so()]);
const acted = (alarm: AlarmState, act: AlarmAct, at: number) => actOn(alarm, act, at).alarm;
const acknowledged = acted(raised, { kind: 'acknowledge', by: 'me' }, 140);

describe('an alarm that was never raised', () => {
  it('says what its definition says', () => {
    expect(fresh).toMatchObject({
      ...{ id: 'hot', label: 'Hot', priority: 'warning', cure: 'Look', tell: ['me'], source: 'there', about: ['flow'] },
      ...{ phase: 'normal', raisedAt: null, order: 0, count: 0, times: [], isHeld: false, shelf: null },
    });
    expect([...alarmFields].sort()).toEqual(Object.keys(fresh).sort());
    expect(dueAt(fresh, definition)).toBe(NEVER);
  });

  it('waits for its delay, and is raised when that is over', () => {
    const first = judged(fresh, 100, so('8'));
    expect(first).toMatchObject({ kind: null, alarm: { phase: 'normal', dueSince: 100, value: '8' } });
    expect(dueAt(first.alarm, definition)).toBe(130);
    const before = judged(first.alarm, 129, so('8.5'));
    expect(before).toMatchObject({ kind: null, alarm: { dueSince: 100, value: '8.5' } });
    expect(judged(before.alarm, 130, so('9', { mark: 'm', cure: 'Run' }))).toStrictEqual({
      kind: 'raised',
      alarm: {
        ...fresh,
        ...{ phase: 'active', raisedAt: 130, raisedValue: '9', value: '9', detail: 'it is 9', cure: 'Run', mark: 'm' },
        ...{ order: 7, count: 1, times: [130] },
      },
    });
    expect(judged(fresh, 5, so(), { ...definition, onDelayMs: 0 }).kind).toBe('raised');
  });

  it('begins anew where it was not so, or nobody looked', () => {
    const waiting = judged(fresh, 100, so()).alarm;
    for (const judgement of [notSo(), unwatched]) {
      expect(through(waiting, [110, judgement])).toMatchObject({ phase: 'normal', dueSince: null });
      expect(through(waiting, [110, judgement], [131, so()])).toMatchObject({ phase: 'normal', dueSince: 131 });
    }
    expect(through(waiting, [110, unwatched]).unwatched).toBe('nobody looks');
    expect(through(waiting, [110, unwatched], [120, notSo()]).unwatched).toBeNull();
    expect(through(waiting, [110, unwatched], [120, so()]).unwatched).toBeNull();
  });

  it('is the same one where nothing changed', () => {
    expect(judged(fresh, 100, notSo()).alarm).toBe(fresh);
    const waiting = judged(fresh, 100, so()).alarm;
    expect(judged(waiting, 110, so()).alarm).toBe(waiting);
    expect(restartDelays(fresh)).toBe(fresh);
    expect(restartDelays(waiting)).toMatchObject({ dueSince: null, quietSince: null });
  });
});

describe('an alarm that is raised', () => {
  it('is said by its phase', () => {
    expect([fresh, raised, acknowledged].map(isRaised)).toEqual([false, true, true]);
    expect(isRaised({ ...raised, phase: 'returned' })).toBe(false);
  });

  it('goes on with what is said of it now, and of an age only with another value or occurrence', () => {
    expect(judged(raised, 140, so()).alarm).toBe(raised);
    expect(judged(raised, 140, so('9', { detail: 'beside 8' } as Partial<Judgement>))).toMatchObject({
      ...{ kind: null, alarm: { value: '9', detail: 'beside 8' } },
    });
    expect(judged(raised, 140, so('9', { cure: 'Rest' })).alarm).toMatchObject({ detail: 'it is 9', cure: 'Rest' });
    const aging = { detail: 'it is so for 5 s', isAging: true } as Partial<Judgement>;
    expect(judged(raised, 140, so('9', aging)).alarm).toBe(raised);
    expect(judged(raised, 140, so('10', aging)).alarm).toMatchObject({ value: '10', detail: 'it is so for 5 s' });
    expect(judged(raised, 140, so('9', { ...aging, mark: 'm' })).alarm).toMatchObject({
      ...{ mark: 'm', detail: 'it is so for 5 s' },
    });
    expect(judged(raised, 140, so('10'))).toMatchObject({
      kind: null,
      alarm: { value: '10', detail: 'it is 10', raisedValue: '9' },
    });
    expect(judged(raised, 140, so('9', { mark: 'm', detail: 'another' } as Partial<Judgement>)).alarm).toMatchObject({
      ...{ mark: 'm', detail: 'another' },
    });
  });

  it('is over after its delay, and waits for a person then', () => {
    const quiet = judged(raised, 200, notSo('2'));
    expect(quiet).toMatchObject({ kind: null, alarm: { phase: 'active', quietSince: 200, value: '2' } });
    expect(dueAt(quiet.alarm, definition)).toBe(260);
    expect(judged(quiet.alarm, 259, notSo())).toMatchObject({ kind: null });
    expect(judged(quiet.alarm, 260, notSo('3'))).toMatchObject({
      kind: 'returned',
      alarm: { phase: 'returned', returnedAt: 260, quietSince: null, value: '3', acknowledgedAt: null },
    });
    expect(through(quiet.alarm, [230, so()], [261, notSo()])).toMatchObject({ phase: 'active', quietSince: 261 });
  });

  it('is over for good where it was acknowledged, unless it is latched', () => {
    const quiet = through(acknowledged, [200, notSo()]);
    expect(judged(quiet, 260, notSo())).toMatchObject({ kind: 'cleared', alarm: { phase: 'normal', returnedAt: 260 } });
    const latched = { ...definition, isLatched: true };
    expect(judged(quiet, 260, notSo(), latched)).toMatchObject({ kind: 'returned', alarm: { phase: 'returned' } });
  });

  it('keeps the value with which it was over', () => {
    const returned = through(raised, [200, notSo()], [260, notSo()]);
    expect(judged(returned, 300, notSo('5')).alarm).toBe(returned);
    const over = through(acknowledged, [200, notSo()], [260, notSo()]);
    expect(judged(over, 300, notSo('5')).alarm).toBe(over);
  });

  it('is neither over nor raised while nobody looks', () => {
    const quiet = through(raised, [200, notSo()], [210, unwatched]);
    expect(quiet).toMatchObject({ phase: 'active', quietSince: null, unwatched: 'nobody looks' });
    expect(through(quiet, [220, so('10')]).unwatched).toBeNull();
    expect(through(quiet, [220, notSo()]).unwatched).toBeNull();
  });
});

describe('what was acknowledged', () => {
  it('is told again after a day, or where it is another one', () => {
    const day = 140 + 24 * HOUR;
    expect(dueAt(acknowledged, definition)).toBe(day);
    expect(judged(acknowledged, day - 1, so())).toMatchObject({ kind: null, alarm: { phase: 'acknowledged' } });
    const again = { kind: 'repeated', alarm: { phase: 'active', acknowledgedAt: null, acknowledgedBy: null } };
    expect(judged(acknowledged, day, so())).toMatchObject(again);
    expect(judged(acknowledged, 150, so('9', { mark: 'new' }))).toMatchObject(again);
    expect(judged(acknowledged, 150, so('10'))).toMatchObject({ kind: null, alarm: { value: '10' } });
  });
});

describe('what comes and goes', () => {
  const again = (at: number) => through(raised, [200, notSo()], [260, notSo()], [at, so()], [at + 30, so()]);

  it('twice within an hour stays until it is quiet for an hour', () => {
    const held = again(300);
    expect(held).toMatchObject({ phase: 'active', isHeld: true, times: [130, 330], count: 2, returnedAt: null });
    const quiet = through(held, [400, notSo()]);
    expect(dueAt(quiet, definition)).toBe(400 + HOUR);
    expect(judged(quiet, 400 + HOUR - 1, notSo()).kind).toBeNull();
    expect(judged(quiet, 400 + HOUR, notSo())).toMatchObject({ kind: 'returned', alarm: { isHeld: false } });
    expect(dueAt(quiet, { ...definition, offDelayMs: 2 * HOUR })).toBe(400 + 2 * HOUR);
  });

  it('is counted for an hour', () => {
    expect(again(130 + HOUR - 31)).toMatchObject({ isHeld: true });
    expect(again(130 + HOUR - 30)).toMatchObject({ isHeld: false, times: [130 + HOUR] });
  });
});

describe('a person', () => {
  it.each<[string, AlarmState, string | null, string | null]>([
    ['normal', fresh, null, 'normal'],
    ['active', raised, 'acknowledged', 'acknowledged'],
    ['acknowledged', acknowledged, null, 'acknowledged'],
    ['returned', { ...raised, phase: 'returned' }, 'acknowledged', 'normal'],
  ])('acknowledges one that is %s', (_, alarm, kind, phase) => {
    const moved = actOn(alarm, { kind: 'acknowledge', by: 'me' }, 150);
    expect([moved.kind, moved.alarm.phase]).toEqual([kind, phase]);
    if (kind === null) expect(moved.alarm).toBe(alarm);
    else expect(moved.alarm).toMatchObject({ acknowledgedAt: 150, acknowledgedBy: 'me' });
  });

  const shelve = (forMs: number): AlarmAct => ({ kind: 'shelve', by: 'me', forMs, reason: 'so' });

  it('puts one aside, for a day at the most', () => {
    expect(actOn(fresh, shelve(5), 100)).toMatchObject({
      ...{ kind: 'shelved', alarm: { shelf: { at: 100, untilAt: 105, by: 'me', reason: 'so' } } },
    });
    expect(actOn(fresh, shelve(25 * HOUR), 100).alarm.shelf?.untilAt).toBe(100 + 24 * HOUR);
    for (const forMs of [0, -5]) expect(actOn(fresh, shelve(forMs), 100)).toStrictEqual({ alarm: fresh, kind: null });
  });

  it('takes it back, or time does', () => {
    const shelved = acted(fresh, shelve(5), 100);
    expect(dueAt(shelved, definition)).toBe(105);
    expect(actOn(shelved, { kind: 'unshelve', by: null }, 101)).toMatchObject({
      kind: 'unshelved',
      alarm: { shelf: null },
    });
    expect(actOn(fresh, { kind: 'unshelve', by: null }, 101)).toStrictEqual({ alarm: fresh, kind: null });
    expect(endShelf(shelved, 104)).toStrictEqual({ alarm: shelved, kind: null });
    expect(endShelf(shelved, 105)).toMatchObject({ kind: 'unshelved', alarm: { shelf: null } });
    expect(endShelf(fresh, 105)).toStrictEqual({ alarm: fresh, kind: null });
  });
});

it('what was kept begins its delays anew, and says what the house says now', () => {
  const other = { ...definition, label: 'Hotter', priority: 'alarm', cure: 'Run' } as const;
  const kept = takeOver({ ...raised, quietSince: 5, dueSince: 6, cure: 'Hurry' }, other, 500);
  expect(kept).toMatchObject({
    label: 'Hotter',
    priority: 'alarm',
    cure: 'Hurry',
    dueSince: null,
    quietSince: null,
    raisedAt: 130,
  });
  expect(takeOver({ ...fresh, cure: 'Hurry' }, other, 500).cure).toBe('Run');
  const shelf = { at: 0, by: null, reason: null };
  const until = (untilAt: number) => takeOver({ ...fresh, shelf: { ...shelf, untilAt } }, other, 500).shelf?.untilAt;
  expect([until(600), until(600 + 24 * HOUR)]).toEqual([600, 500 + 24 * HOUR]);
  expect(takeOver(fresh, other, 500).shelf).toBeNull();
});
