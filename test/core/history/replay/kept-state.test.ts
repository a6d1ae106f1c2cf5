import { describe, expect, it } from 'vitest';
import { keepState, restoreState } from '../../../../src/core/history/replay/kept-state.ts';
import { emptySeries, keptSince } from '../../../../src/core/home/readings/series.ts';
import { getRow, rowsOf } from '../../../../src/core/home/state/table.ts';
import { createHouse } from '../../../../src/core/house/house.ts';
import { article, livingHome, richHome, START } from '../../../helpers/ui/home.ts';

describe('what is kept of a house', () => {
  it('is all but the house file and long charts, and gives the same house again', () => {
    const home = richHome();
    const kept = keepState(home);
    expect(kept).not.toHaveProperty('house');
    const again = restoreState(structuredClone(kept), home.house);
    expect(again.house).toBe(home.house);
    for (const { id, series: _, ...row } of rowsOf(home.readings))
      expect(getRow(again.readings, id)).toMatchObject(row);
    expect(rowsOf(again.switches)).toEqual(rowsOf(home.switches));
    expect(rowsOf(again.clients)).toEqual(rowsOf(home.clients));
    expect(again.journal).toEqual(home.journal);
  });

  it('has a chart that has just begun, and none that stands in the history', () => {
    const sinceIn = (seconds: number) => {
      const [flow] = keepState(livingHome(seconds)).readings;
      return flow === undefined ? null : keptSince(flow.series);
    };
    expect(sinceIn(40)).toBeGreaterThanOrEqual(START);
    expect(sinceIn(600)).toBeNull();
    // It may be a minute old.
    const home = livingHome(40);
    const flow = getRow(home.readings, 'flow');
    const since = flow === undefined ? null : keptSince(flow.series);
    const keptAfter = (ms: number) =>
      keepState({ ...home, at: (since ?? Number.NaN) + ms }).readings.find(({ id }) => id === 'flow')?.series;
    expect(keptAfter(60_000)).toBe(flow?.series);
    expect(keptAfter(60_001)).toBe(emptySeries);
  });

  it('fits another house: what that no longer has is left out, and what is new is as it begins', () => {
    const home = livingHome(30);
    const config = article();
    const { flow, ...sensors } = config.sensors;
    if (flow === undefined) throw new Error('the preset changed');
    const panels = [{ label: 'All', items: ['attic'] }];
    const changed = createHouse({
      ...{ ...config, derived: {}, clients: {}, switches: {}, panels },
      sensors: { ...sensors, attic: { ...flow, topic: 'attic/temperature' } },
    });
    const again = restoreState(keepState(home), changed);
    expect(again.readings.ids).toEqual([...changed.sensors.keys()]);
    expect(getRow(again.readings, 'attic')).toMatchObject({ value: null, heardAt: null });
    expect(getRow(again.readings, 'humidity')?.value).toBe(getRow(home.readings, 'humidity')?.value);
    expect(again.switches.ids).toEqual([]);
  });

  it('fits this program where an earlier one kept it, without what is new in it', () => {
    const { words: _, unheardFilters: __, ...old } = keepState(livingHome(30));
    const again = restoreState(old as never, livingHome(1).house);
    expect(again.unheardFilters).toEqual(restoreState(keepState(livingHome(1)), livingHome(1).house).unheardFilters);
    expect(rowsOf(again.words)).toEqual([]);
  });
});
