import { describe, expect, it } from 'vitest';
import { createCounterTally } from '../../../src/core/history/counter-tally.ts';
import type { HomeEvent } from '../../../src/core/home/state/event.ts';
import { createState, type HomeState } from '../../../src/core/home/state/state.ts';
import { update } from '../../../src/core/home/update.ts';
import { createHouse } from '../../../src/core/house/house.ts';
import { NOON, session } from '../../helpers/house/house-run.ts';
import { kindsHouse } from '../../helpers/house/kinds-house.ts';

function openTally() {
  const tally = createCounterTally();
  let state: HomeState = createState(createHouse(kindsHouse), session, NOON);
  const dispatch = (event: HomeEvent) => {
    const before = state;
    state = update(before, event).state;
    return tally.see({ event, before, after: state }, event.at);
  };
  const receive = (second: number, topic: string, payload: string, isRetained = false) => {
    const bytes = new TextEncoder().encode(payload);
    return dispatch({ type: 'message-received', at: NOON + 1_000 * second, topic, payload: bytes, isRetained });
  };
  return { tally, receive, tick: (second: number) => dispatch({ type: 'ticked', at: NOON + 1_000 * second }) };
}

const QUARTER_S = 900;

describe('what a counter counts', () => {
  it('is one entry for each quarter of an hour', () => {
    const { tally, receive, tick } = openTally();
    for (const second of [60, 90, 180]) expect(receive(second, 'hall/motion', 'ON')).toEqual([]);
    expect(tick(QUARTER_S - 1)).toEqual([]);
    expect(tick(QUARTER_S)).toEqual([
      {
        ...{ at: NOON + 180_000, type: 'item', id: 'motion', severity: 'info', text: 'Motion: 3 times within 2 min' },
        detail: { kind: 'counter', label: 'Motion', count: 3, since: '2026-01-01T12:01:00.000Z' },
      },
    ]);
    expect(tick(3 * QUARTER_S)).toEqual([]);
    expect(tally.take()).toEqual([]);
  });

  it('begins anew with what opens the next one', () => {
    const { tally, receive } = openTally();
    receive(1, 'hall/motion', 'ON');
    expect(receive(QUARTER_S, 'hall/motion', 'ON')).toMatchObject([{ text: 'Motion: once', at: NOON + 1_000 }]);
    expect(tally.take()).toMatchObject([{ text: 'Motion: once', at: NOON + 1_000 * QUARTER_S }]);
  });

  it('leaves out what the broker had kept, what does not count, and what is no counter', () => {
    const { tally, receive } = openTally();
    receive(1, 'hall/motion', 'ON', true);
    receive(2, 'hall/motion', 'OFF');
    receive(3, 'door/bell', 'single');
    receive(4, 'nowhere', 'ON');
    expect(tally.take()).toEqual([]);
  });

  it('moves with a clock that is set', () => {
    const { tally, receive } = openTally();
    receive(10, 'hall/motion', 'ON');
    tally.shift(3_600_000);
    expect(tally.take()).toMatchObject([
      { at: NOON + 3_610_000, detail: { since: '2026-01-01T13:00:10.000Z', count: 1 } },
    ]);
  });
});
