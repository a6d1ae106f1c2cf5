import { describe, expect, it } from 'vitest';
import type { HouseStep } from '../../../src/core/alarms/condition.ts';
import { runMs, startRun, stepRun } from '../../../src/core/heating/run.ts';
import { createState, type HomeState } from '../../../src/core/home/state/state.ts';
import { mapRows } from '../../../src/core/home/state/table.ts';
import { createHouse } from '../../../src/core/house/house.ts';
import { heatedHouse } from '../../helpers/heating/heating-run.ts';
import { NOON, session } from '../../helpers/house/house-run.ts';

const house = createHouse(heatedHouse());

/** The house so many ms after noon, with a burner that stands there since then; `null` where the change was not seen. */
function when(
  ms: number,
  position: string | null,
  changedMs: number | null,
  listeningMs: number | null = 0,
): HomeState {
  const at = NOON + ms;
  const state = createState(house, session, at);
  const changedAt = changedMs === null ? null : NOON + changedMs;
  return {
    ...{ ...state, at, listeningSince: listeningMs === null ? null : NOON + listeningMs },
    switches: mapRows(state.switches, row => ({ ...row, position, receivedAt: at, changedAt })),
    clients: mapRows(state.clients, row => ({ ...row, heardAt: at })),
  };
}

/** The run after these moments. */
function runAfter(first: HomeState, ...others: readonly HomeState[]) {
  const run = others.reduce(
    (known, state) => stepRun(known, { after: state } as HouseStep, 'burner'),
    startRun(first, 'burner'),
  );
  return [run.sinceAt === null ? null : run.sinceAt - NOON, run.isSeen, runMs(run, others.at(-1) ?? first)];
}

describe('a run', () => {
  it('is known since it was seen to begin', () => {
    expect(runAfter(when(500, 'on', 300))).toEqual([300, true, 200]);
    expect(runAfter(when(500, 'on', 300), when(900, 'on', 300))).toEqual([300, true, 600]);
    expect(runAfter(when(500, 'on', 300), when(700, 'off', 600), when(900, 'on', 800))).toEqual([800, true, 100]);
    expect(runAfter(when(500, 'off', 300), when(900, 'on', 900))).toEqual([900, true, 0]);
  });

  it('that was not seen to begin is known since it was first seen, and stays so', () => {
    expect(runAfter(when(500, 'on', null))).toEqual([500, false, 0]);
    expect(runAfter(when(500, 'on', null), when(700, 'on', null), when(900, 'on', null))).toEqual([500, false, 400]);
  });

  it('is one that was not seen where the link came after its begin', () => {
    expect(runAfter(when(500, 'on', 300, 301))).toEqual([500, false, 0]);
    expect(runAfter(when(500, 'on', 300, 300))).toEqual([300, true, 200]);
  });

  it('is one that was not seen behind a gap in what is heard, whatever was told to have changed', () => {
    const gap = when(600, 'on', 300, null);
    expect(runAfter(when(500, 'on', 300), gap, when(900, 'on', 800, 700))).toEqual([900, false, 0]);
    expect(runAfter(when(500, 'off', 300), gap, when(900, 'on', 800, 700))).toEqual([900, false, 0]);
    expect(runAfter(when(500, 'off', 300), gap, when(700, 'off', 650, 650), when(900, 'on', 800, 650))).toEqual([
      800,
      true,
      100,
    ]);
  });

  it('is over where it is off, or not heard', () => {
    expect(runAfter(when(500, 'on', 300), when(900, 'off', 800))).toEqual([null, false, null]);
    expect(runAfter(when(500, 'on', 300), when(900, null, null))).toEqual([null, false, null]);
    expect(runAfter(when(500, 'on', 300), when(900, 'on', 300, null))).toEqual([null, false, null]);
    expect(runAfter(when(500, 'on', null), when(700, 'off', null), when(900, 'on', null))).toEqual([900, false, 0]);
  });

  it('takes no time where the clock was set back', () => {
    expect(runAfter(when(500, 'on', 300), when(200, 'on', 300))).toEqual([300, true, 0]);
  });
});
