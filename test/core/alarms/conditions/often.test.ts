import { describe, expect, it } from 'vitest';
import { often } from '../../../../src/core/alarms/conditions/often.ts';
import type { HomeEvent } from '../../../../src/core/home/state/event.ts';
import { createState, type HomeState } from '../../../../src/core/home/state/state.ts';
import type { SwitchState } from '../../../../src/core/home/state/switch.ts';
import { getRow, setRow } from '../../../../src/core/home/state/table.ts';
import type { WordReading } from '../../../../src/core/home/state/word.ts';
import { createHouse } from '../../../../src/core/house/house.ts';
import { NOON, session } from '../../../helpers/house/house-run.ts';
import { kindsHouse } from '../../../helpers/house/kinds-house.ts';

const start: HomeState = { ...createState(createHouse(kindsHouse), session, NOON), listeningSince: NOON };
const word = (id: string, row: Partial<WordReading>): HomeState => {
  const known = getRow(start.words, id);
  return known === undefined ? start : { ...start, words: setRow(start.words, id, { ...known, ...row }) };
};
const relay = (row: Partial<SwitchState>): HomeState => {
  const known = getRow(start.switches, 'lamp');
  return known === undefined ? start : { ...start, switches: setRow(start.switches, 'lamp', { ...known, ...row }) };
};
const heard = { type: 'message-received', isRetained: false } as HomeEvent;

/** Whether a step counts. */
function counts(of: string, before: HomeState, after: HomeState, event = heard, is: string | null = null): boolean {
  const condition = often({ of, is, times: 0, withinMs: 1_000 }, {});
  const memory = condition.step?.(condition.start(before), { event, before, after });
  return condition.judge(memory, after, false).kind === 'so';
}

describe('what happens', () => {
  it.each<[string, boolean, string, HomeState, HomeState]>([
    ['another word', true, 'program', word('program', { word: 'cotton' }), word('program', { word: 'wool' })],
    ['the first word', false, 'program', word('program', {}), word('program', { word: 'wool' })],
    [
      'the first word behind a retained one',
      false,
      'program',
      word('program', { word: 'cotton', isRetained: true }),
      word('program', { word: 'wool' }),
    ],
    [
      'the same word',
      false,
      'program',
      word('program', { word: 'wool' }),
      word('program', { word: 'wool', receivedAt: 5 }),
    ],
    [
      'the same event again',
      true,
      'bell',
      word('bell', { word: 'single', count: 1 }),
      word('bell', { word: 'single', count: 2 }),
    ],
    ['the first event', true, 'bell', word('bell', {}), word('bell', { word: 'single', count: 1 })],
    ['a relay that moves', true, 'lamp', relay({ position: 'off' }), relay({ position: 'on' })],
    ['a relay that stays', false, 'lamp', relay({ position: 'on' }), relay({ position: 'on', receivedAt: 5 })],
    ['a relay that is heard first', false, 'lamp', relay({}), relay({ position: 'on' })],
    [
      'one behind a retained word',
      false,
      'lamp',
      relay({ position: 'off', isRetained: true }),
      relay({ position: 'on' }),
    ],
    ['something that is not in the house', false, 'gone', start, start],
    ['something else', false, 'bell', relay({ position: 'off' }), relay({ position: 'on' })],
  ])('counts as this: %s, %s', (_, isCounted, of, before, after) => {
    expect(counts(of, before, after)).toBe(isCounted);
  });

  it('is a message that was not retained, and what is asked for', () => {
    const [off, on] = [relay({ position: 'off' }), relay({ position: 'on' })];
    expect(counts('lamp', off, on, { ...heard, isRetained: true } as HomeEvent)).toBe(false);
    expect(counts('lamp', off, on, { type: 'ticked', at: NOON })).toBe(false);
    expect(counts('lamp', off, on, heard, 'on')).toBe(true);
    expect(counts('lamp', off, on, heard, 'off')).toBe(false);
  });
});

describe('what happens too often', () => {
  const condition = often({ of: 'bell', is: null, times: 2, withinMs: 60_000 }, {});
  /** What is found at a moment when it rang at these, ms. */
  const found = (rings: readonly number[], ms: number, more: Partial<HomeState> = {}) => {
    let memory = condition.start(start);
    rings.forEach((ring, place) => {
      const [before, after] = [place, place + 1].map(count => word('bell', { word: 'single', count }));
      if (before === undefined || after === undefined) return;
      memory = condition.step?.(memory, { event: heard, before, after: { ...after, at: NOON + ring } });
    });
    return condition.judge(memory, { ...start, at: NOON + ms, ...more }, false);
  };

  it('is more than so often within the time, and over by the oldest of the newest', () => {
    expect(found([0, 10_000], 10_000)).toEqual({ kind: 'not-so', value: '2 times' });
    expect(found([0, 10_000, 20_000], 20_000)).toEqual({
      ...{ kind: 'so', value: null, detail: 'more than 2 times within 60 s' },
      againAt: NOON + 60_000,
    });
    expect(found([0, 10_000, 20_000], 59_999).kind).toBe('so');
    expect(found([0, 10_000, 20_000], 60_000)).toEqual({ kind: 'not-so', value: '2 times' });
    expect(found([0, 10_000, 20_000, 30_000], 30_000)).toMatchObject({ againAt: NOON + 70_000 });
    expect(found([0, 59_999, 60_000], 60_000).kind).toBe('not-so');
  });

  it('is not known without a link, but stays known where it was', () => {
    const deaf = { listeningSince: null };
    expect(found([0], 10_000, deaf).kind).toBe('unwatched');
    expect(found([0, 10_000, 20_000], 20_000, deaf).kind).toBe('so');
  });
});
