import { describe, expect, it } from 'vitest';
import { type KeptState, keepState, restoreState } from '../../../../src/core/history/replay/kept-state.ts';
import { emptySeries, keptSince } from '../../../../src/core/home/readings/series.ts';
import { getRow } from '../../../../src/core/home/state/table.ts';
import { createHouse } from '../../../../src/core/house/house.ts';
import { article, emptyHome, livingHome, richHome, START, tick, withEvents } from '../../../helpers/ui/home.ts';

const young = livingHome(50);
const old = livingHome(600);

describe('the state of a house', () => {
  it('is restored as it was while it is young', () => {
    expect(restoreState(keepState(young), young.house)).toEqual(young);
    expect(keepState(young)).not.toHaveProperty('house');
  });

  it('is kept without what the history has: series that go back further than a minute', () => {
    const restored = restoreState(keepState(old), old.house);
    expect(getRow(restored.readings, 'flow')).toEqual({ ...getRow(old.readings, 'flow'), series: emptySeries });
    expect(restored).toMatchObject({ ...old, readings: restored.readings });
  });

  it('has a series up to a minute and no longer', () => {
    const since = keptSince(getRow(young.readings, 'flow')?.series ?? emptySeries) ?? Number.NaN;
    const keptAt = (at: number) =>
      keepState({ ...young, at }).readings.find(({ id }) => id === 'flow')?.series === emptySeries;
    expect([keptAt(since + 60_000), keptAt(since + 60_001)]).toEqual([false, true]);
    // Of one that never spoke there is nothing to leave out.
    const silent = emptyHome();
    expect(restoreState(keepState(silent), silent.house)).toEqual(silent);
  });

  it('has in another house what that one has, and what is new in it as it begins', () => {
    const config = article();
    const { flow, temperature } = config.sensors;
    if (flow === undefined || temperature === undefined) throw new Error('the article has other sensors');
    const { pump } = config.switches;
    if (pump === undefined) throw new Error('the article has no pump');
    const house = createHouse({
      ...config,
      sensors: { flow, outside: { ...temperature, topic: 'outside' } },
      switches: { pump },
      clients: { heating: { publishes: ['flow', 'pump'] }, shed: { publishes: ['outside'] } },
      derived: {},
    });
    const rich = withEvents(richHome(), tick(START + 700_000));
    const restored = restoreState(keepState(rich), house);
    expect(restored.house).toBe(house);
    expect(restored.readings.ids).toEqual(['flow', 'outside']);
    expect(getRow(restored.readings, 'flow')?.value).toBe(getRow(rich.readings, 'flow')?.value);
    expect(getRow(restored.readings, 'outside')).toMatchObject({ value: null, freshness: 'waiting' });
    expect(restored.switches.ids).toEqual(['pump']);
    expect(getRow(restored.switches, 'pump')).toEqual(getRow(rich.switches, 'pump'));
    expect(getRow(restored.clients, 'heating')).toEqual(getRow(rich.clients, 'heating'));
    expect(getRow(restored.clients, 'shed')).toMatchObject({ heardAt: null, freshness: 'waiting' });
    expect(restored.journal).toEqual(rich.journal);
  });

  it('kept by an older hometui has what that did not know as it begins', () => {
    const { broker: _, denials: __, ...older } = keepState(young);
    const readings = older.readings.map(({ learnedRange: ___, ...row }) => row);
    const restored = restoreState({ ...older, readings } as unknown as KeptState, young.house);
    expect(restored).toMatchObject({ denials: [], broker: { version: null } });
    expect(getRow(restored.readings, 'flow')).toMatchObject({ learnedRange: null });
    expect(getRow(restored.readings, 'flow')?.value).toBe(getRow(young.readings, 'flow')?.value);
  });
});
