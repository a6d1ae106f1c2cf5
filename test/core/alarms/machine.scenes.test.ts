import { describe, expect, it } from 'vitest';
import { type AlarmAct, actOn, endShelf } from '../../../src/core/alarms/acts.ts';
import type { AlarmDefinition, Judgement } from '../../../src/core/alarms/condition.ts';
import {
  alarmFields,
  createAlarm,
  dueAt,
  isRaised,
  judgeAlarm,
  restartDelays,
  takeOver,
} from '../../../src/core/alarms/machine.ts';
import type { AlarmState } from '../../../src/core/home/alarms/alarm.ts';

const HOUR = 3_600_000;
const definition: AlarmDefinition = {
  ...{
    id: 'a',
    label: 'A',
    priority: 'warning',
    cure: 'C',
    tell: null,
    source: 'S',
    about: ['flow'],
    isLatched: false,
  },
  ...{ onDelayMs: 30_000, offDelayMs: 60_000 },
  condition: { looksAt: {}, start: () => null, judge: () => ({ kind: 'not-so', value: null }) },
};
const fresh = createAlarm(definition);
const so = (value = '84', more: Partial<Judgement & { kind: 'so' }> = {}): Judgement => {
  return { kind: 'so', value, detail: `it is ${value}`, ...more };
};
const notSo: Judgement = { kind: 'not-so', value: '54' };
const unwatched: Judgement = { kind: 'unwatched', why: 'it is stale' };

/** Judged at these moments, ms; gives what became of it, and the alarm. */
function live(steps: readonly (readonly [at: number, judgement: Judgement])[], from = fresh, by = definition) {
  const kinds: string[] = [];
  let alarm = from;
  for (const [at, judgement] of steps) {
    const moved = judgeAlarm(alarm, by, judgement, { at, order: 7 });
    alarm = moved.alarm;
    if (moved.kind !== null) kinds.push(`${moved.kind} ${at}`);
  }
  return { kinds, alarm };
}

const raised = live([
  [0, so()],
  [30_000, so()],
]).alarm;
const acknowledged = actOn(raised, { kind: 'acknowledge', by: 'me' }, 40_000).alarm;

describe('an alarm', () => {
  it('is raised when it was so for its delay, and not a moment earlier', () => {
    expect(
      live([
        [5, so()],
        [30_004, so()],
      ]),
    ).toEqual({
      kinds: [],
      alarm: { ...fresh, dueSince: 5, value: '84' },
    });
    expect(
      live([
        [5, so()],
        [30_005, so('85')],
      ]),
    ).toEqual({
      kinds: ['raised 30005'],
      alarm: {
        ...{ ...fresh, phase: 'active', raisedAt: 30_005, raisedValue: '85', value: '85', detail: 'it is 85' },
        ...{ order: 7, count: 1, times: [30_005] },
      },
    });
    expect(live([[5, so()]], fresh, { ...definition, onDelayMs: 0 }).kinds).toEqual(['raised 5']);
  });

  it.each([
    ['was not so', notSo],
    ['could not be known', unwatched],
  ])('counts anew where it %s meanwhile', (_, between) => {
    expect(
      live([
        [0, so()],
        [29_000, between],
        [30_000, so()],
        [59_999, so()],
      ]).kinds,
    ).toEqual([]);
    expect(
      live([
        [0, so()],
        [29_000, between],
        [30_000, so()],
        [60_000, so()],
      ]).kinds,
    ).toEqual(['raised 60000']);
  });

  it('is over when it was not so for its delay', () => {
    expect(
      live(
        [
          [100_000, notSo],
          [159_999, notSo],
        ],
        raised,
      ),
    ).toMatchObject({
      kinds: [],
      alarm: { phase: 'active', quietSince: 100_000, value: '54', returnedAt: null, detail: 'it is 84' },
    });
    expect(
      live(
        [
          [100_000, notSo],
          [160_000, notSo],
        ],
        raised,
      ),
    ).toMatchObject({
      kinds: ['returned 160000'],
      alarm: { phase: 'returned', quietSince: null, returnedAt: 160_000, raisedValue: '84' },
    });
    expect(
      live(
        [
          [100_000, notSo],
          [130_000, so()],
          [160_000, notSo],
        ],
        raised,
      ),
    ).toMatchObject({
      kinds: [],
      alarm: { quietSince: 160_000 },
    });
    expect(
      live(
        [
          [100_000, notSo],
          [130_000, unwatched],
          [160_000, notSo],
        ],
        raised,
      ).kinds,
    ).toEqual([]);
  });

  it('stays as it was while it cannot be known, and says so', () => {
    expect(live([[50_000, unwatched]], raised).alarm).toEqual({ ...raised, unwatched: 'it is stale' });
    expect(
      live(
        [
          [50_000, unwatched],
          [60_000, so()],
        ],
        raised,
      ).alarm.unwatched,
    ).toBeNull();
    expect(
      live(
        [
          [50_000, unwatched],
          [60_000, notSo],
        ],
        raised,
      ).alarm.unwatched,
    ).toBeNull();
    expect(
      live([
        [50_000, unwatched],
        [60_000, notSo],
      ]).alarm,
    ).toEqual(fresh);
    expect(
      live([
        [50_000, unwatched],
        [60_000, so()],
      ]).alarm.unwatched,
    ).toBeNull();
  });

  it('says its evidence anew, and of an age not each second', () => {
    const aging = { detail: 'older', isAging: true } as const;
    expect(live([[50_000, so('84', aging)]], raised).alarm).toBe(raised);
    expect(live([[50_000, so('86')]], raised).alarm).toEqual({ ...raised, value: '86', detail: 'it is 86' });
    expect(live([[50_000, so('86', { cure: 'D' })]], raised).alarm.cure).toBe('D');
    expect(live([[50_000, so('86', { mark: 'm' })]], raised).alarm.mark).toBe('m');
  });

  it('that was acknowledged is over without a word more, unless it is latched', () => {
    const end = [
      [100_000, notSo],
      [160_000, notSo],
    ] as const;
    expect(live(end, acknowledged)).toMatchObject({ kinds: ['cleared 160000'], alarm: { phase: 'normal' } });
    expect(live(end, acknowledged, { ...definition, isLatched: true })).toMatchObject({
      kinds: ['returned 160000'],
      alarm: { phase: 'returned' },
    });
  });

  it('that was acknowledged is told again after a day, or where it is another occurrence', () => {
    const day = 40_000 + 24 * HOUR;
    expect(live([[day - 1, so()]], acknowledged).kinds).toEqual([]);
    expect(live([[day, so()]], acknowledged)).toMatchObject({
      kinds: [`repeated ${day}`],
      alarm: { phase: 'active', acknowledgedAt: null, acknowledgedBy: null, raisedAt: 30_000, count: 1 },
    });
    expect(live([[50_000, so('84', { mark: 'other' })]], acknowledged).kinds).toEqual(['repeated 50000']);
    expect(live([[50_000, so('84', { mark: 'other' })]], raised).kinds).toEqual([]);
  });

  it('that comes a second time within an hour stays until it is quiet for an hour', () => {
    const over = live(
      [
        [100_000, notSo],
        [160_000, notSo],
      ],
      raised,
    ).alarm;
    const at = 30_000 + HOUR;
    const late = live(
      [
        [at - 30_000, so()],
        [at, so()],
      ],
      over,
    );
    expect(late).toMatchObject({ kinds: [`raised ${at}`], alarm: { isHeld: false, count: 2, times: [at] } });
    const again = live(
      [
        [at - 30_001, so()],
        [at - 1, so()],
      ],
      over,
    );
    expect(again.alarm).toMatchObject({ isHeld: true, times: [30_000, at - 1], returnedAt: null });
    const quiet = live(
      [
        [at, notSo],
        [at + HOUR - 1, notSo],
      ],
      again.alarm,
    );
    expect(quiet.kinds).toEqual([]);
    expect(dueAt(quiet.alarm, definition)).toBe(at + HOUR);
    expect(live([[at + HOUR, notSo]], quiet.alarm)).toMatchObject({
      kinds: [`returned ${at + HOUR}`],
      alarm: { isHeld: false },
    });
    const slow = { ...definition, offDelayMs: 2 * HOUR };
    expect(dueAt(quiet.alarm, slow)).toBe(at + 2 * HOUR);
  });

  it('that is over keeps the value with which it was, and others have none', () => {
    const over = live(
      [
        [100_000, notSo],
        [160_000, notSo],
      ],
      raised,
    ).alarm;
    expect(live([[170_000, { kind: 'not-so', value: '50' }]], over).alarm).toBe(over);
    expect(over.value).toBe('54');
    expect(live([[170_000, { kind: 'not-so', value: '50' }]]).alarm).toBe(fresh);
  });
});

describe('what a person does', () => {
  const act = (alarm: AlarmState, of: AlarmAct, at = 50_000) => actOn(alarm, of, at);

  it('acknowledges what is raised or over, and nothing else', () => {
    expect(acknowledged).toEqual({ ...raised, phase: 'acknowledged', acknowledgedAt: 40_000, acknowledgedBy: 'me' });
    const over = live(
      [
        [100_000, notSo],
        [160_000, notSo],
      ],
      raised,
    ).alarm;
    expect(act(over, { kind: 'acknowledge', by: null })).toMatchObject({
      kind: 'acknowledged',
      alarm: { phase: 'normal' },
    });
    expect(act(fresh, { kind: 'acknowledge', by: 'me' })).toEqual({ alarm: fresh, kind: null });
    expect(act(acknowledged, { kind: 'acknowledge', by: 'me' })).toEqual({ alarm: acknowledged, kind: null });
  });

  it('puts aside for a time, a day at the most', () => {
    const shelve = (forMs: number) => act(fresh, { kind: 'shelve', by: 'me', forMs, reason: 'R' });
    const shelf = { at: 50_000, untilAt: 50_001, by: 'me', reason: 'R' };
    expect(shelve(1)).toEqual({ kind: 'shelved', alarm: { ...fresh, shelf } });
    expect(shelve(0)).toEqual({ kind: null, alarm: fresh });
    expect(shelve(25 * HOUR).alarm.shelf?.untilAt).toBe(50_000 + 24 * HOUR);
    const { alarm } = shelve(1_000);
    expect(dueAt(alarm, definition)).toBe(51_000);
    expect(endShelf(alarm, 50_999)).toEqual({ alarm, kind: null });
    expect(endShelf(alarm, 51_000)).toEqual({ alarm: fresh, kind: 'unshelved' });
    expect(endShelf(fresh, 51_000)).toEqual({ alarm: fresh, kind: null });
    expect(act(alarm, { kind: 'unshelve', by: null })).toEqual({ alarm: fresh, kind: 'unshelved' });
    expect(act(fresh, { kind: 'unshelve', by: null })).toEqual({ alarm: fresh, kind: null });
  });
});

describe('the time of an alarm', () => {
  it('is when it is next due', () => {
    expect(dueAt(fresh, definition)).toBe(Number.POSITIVE_INFINITY);
    expect(dueAt({ ...fresh, dueSince: 5 }, definition)).toBe(30_005);
    expect(dueAt({ ...raised, quietSince: 5 }, definition)).toBe(60_005);
    expect(dueAt(acknowledged, definition)).toBe(40_000 + 24 * HOUR);
  });

  it('begins anew after a gap', () => {
    expect(restartDelays({ ...raised, dueSince: 5, quietSince: 6 })).toEqual(raised);
    expect(restartDelays(raised)).toBe(raised);
  });

  it('begins anew with another house file, which says what is said of it in general', () => {
    const other = { ...definition, label: 'B', priority: 'alarm', cure: 'D', tell: ['me'] } as const;
    const shelf = { at: 0, untilAt: 100 * HOUR, by: null, reason: null };
    expect(takeOver({ ...raised, quietSince: 5, shelf }, other, HOUR)).toEqual({
      ...{ ...raised, label: 'B', priority: 'alarm', tell: ['me'], cure: 'C', quietSince: null },
      shelf: { ...shelf, untilAt: 25 * HOUR },
    });
    expect(takeOver({ ...fresh, dueSince: 5 }, other, 0)).toMatchObject({ cure: 'D', dueSince: null, shelf: null });
  });

  it('is told by fields that are those of each alarm', () => {
    expect(alarmFields).toEqual(Object.keys(fresh));
    expect([fresh, raised, acknowledged].map(isRaised)).toEqual([false, true, true]);
    expect(isRaised({ ...raised, phase: 'returned' })).toBe(false);
  });
});
