import { describe, expect, it } from 'vitest';
import { stuckSensor } from '../../../src/core/heating/stuck.ts';
import { appendValue, emptySeries } from '../../../src/core/home/readings/series.ts';
import { createReading, createState } from '../../../src/core/home/state/state.ts';
import { setRow } from '../../../src/core/home/state/table.ts';
import { createHouse } from '../../../src/core/house/house.ts';
import { heatedHouse } from '../../helpers/heating/heating-run.ts';
import { session } from '../../helpers/house/house-run.ts';

const house = createHouse(heatedHouse());

const HOUR = 3_600_000;
const START = 1_800_000_000_000 - (1_800_000_000_000 % HOUR);

type Part = readonly [hours: number, valueAt: (minute: number) => number | null];

/** A reading each minute: what it says in a minute, for so many hours. */
function reading(parts: readonly Part[]) {
  let series = emptySeries;
  let minute = 0;
  let value: number | null = null;
  for (const [hours, valueAt] of parts) {
    for (let end = minute + hours * 60; minute < end; minute++) {
      const said = valueAt(minute);
      if (said === null) continue;
      value = said;
      series = appendValue(series, START + minute * 60_000, said);
    }
  }
  const at = START + minute * 60_000;
  const row = { ...createReading('flow'), series, value, receivedAt: at };
  const state = createState(house, session, at);
  return { ...state, listeningSince: START, readings: setRow(state.readings, 'flow', row) };
}

/** What is found after these; `null` where it cannot be told. */
const judge = (...parts: readonly Part[]): string | null => {
  const judgement = stuckSensor(house, 'flow').condition.judge(null, reading(parts), false);
  return judgement.kind === 'so' ? judgement.detail : judgement.kind === 'not-so' ? 'moves' : null;
};
const STUCK = '40.0 °C in each message of the last 6 h; before that it moved by 0.375 K and more in nine of ten hours';

/** It moves by six steps of 1/16 K in each hour. */
const moving = (minute: number): number => 40 + (minute % 7) / 16;
const still = (): number => 40;

describe('a sensor that does not move', () => {
  it('is stuck after six hours, where it moved in the twelve before', () => {
    expect(judge([12, moving], [6, still])).toBe(STUCK);
    expect(judge([12, moving], [5, still])).toBe('moves');
    expect(judge([11, moving], [6, still])).toBeNull();
  });

  it('moves with one value that is another', () => {
    expect(judge([12, moving], [3, still], [1, minute => (minute === 900 ? 40.0625 : 40)], [3, still])).toBe('moves');
    expect(judge([12, moving], [6, still], [1, () => 41])).toBe('moves');
  });

  it('is not judged where hours before were as calm: three steps are too little', () => {
    const calm = (minute: number): number => 40 + (minute % 4) / 16;
    expect(judge([12, calm], [6, still])).toBeNull();
    // One of twelve hours may be calm, two may not.
    const calmFor = (hours: number) => (minute: number) => (minute < hours * 60 ? 40 : moving(minute));
    expect(judge([12, calmFor(1)], [6, still])).toBe(STUCK);
    expect(judge([12, calmFor(2)], [6, still])).toBeNull();
  });

  it('is not judged where nothing was heard for a while', () => {
    const silent = (minute: number): number | null => (minute >= 900 && minute < 910 ? null : 40);
    expect(judge([12, moving], [6, silent])).toBeNull();
  });

  it('is not watched while it is not of now', () => {
    const late = {
      ...reading([
        [12, moving],
        [6, still],
      ]),
      at: START + 19 * HOUR,
    };
    expect(stuckSensor(house, 'flow').condition.judge(null, late, false)).toEqual({
      kind: 'unwatched',
      why: 'Flow is stale',
    });
  });
});
