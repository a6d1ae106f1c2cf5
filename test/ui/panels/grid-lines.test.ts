import { describe, expect, it } from 'vitest';
import type { HomeState } from '../../../src/core/home/state/state.ts';
import { glyphsFor } from '../../../src/terminal/identity/glyphs.ts';
import { wholeOf } from '../../../src/ui/layout/arrangement.ts';
import { layOutOverview } from '../../../src/ui/layout/layout.ts';
import { gridLines } from '../../../src/ui/panels/grid-lines.ts';
import { lineWidth } from '../../../src/ui/text/line.ts';
import { emptyHome, houseOf } from '../../helpers/ui/home.ts';

const glyphs = glyphsFor({ glyphs: 'full' });

/** The house with a count of how often a sensor of it was looked up. */
function counted(home: HomeState): { readonly home: HomeState; readonly count: () => number } {
  let count = 0;
  const sensors = new Map(home.house.sensors);
  const get = sensors.get.bind(sensors);
  sensors.get = id => {
    count += 1;
    return get(id);
  };
  return { home: { ...home, house: { ...home.house, sensors } }, count: () => count };
}

function text(home: HomeState, focus: number, columns = 80, rows = 12): readonly string[] {
  const { grid } = layOutOverview(home.house, wholeOf(home.house), { clients: 0, denials: 0 }, columns, rows);
  const lines = gridLines({ home, glyphs }, grid, rows, { focus, keys: new Map() });
  for (const line of lines) expect(lineWidth(line)).toBe(columns);
  return lines.map(line => line.map(part => part.text).join(''));
}

describe('panels in a window', () => {
  it('always show the chosen item, and count what is beyond the edges', () => {
    const home = emptyHome(houseOf(50, 3));
    for (let focus = 0; focus < 50; focus += 1) {
      const rows = text(home, focus);
      expect(
        rows.some(row => row.includes('▶') && row.includes(`Sensor ${focus} `)),
        String(focus),
      ).toBe(true);
      const shown = rows.join('\n').match(/Sensor \d+/g)?.length ?? 0;
      const hidden = [...rows.join('\n').matchAll(/(\d+) more/g)].reduce((sum, [, count]) => sum + Number(count), 0);
      expect(shown + hidden, String(focus)).toBe(50);
    }
  });

  it('make the rows that are on the screen and no others', () => {
    const small = counted(emptyHome(houseOf(40, 1)));
    const large = counted(emptyHome(houseOf(1_000, 1)));
    for (const { home } of [small, large]) {
      // The first drawing measures the house once.
      text(home, 0);
    }
    const before = [small.count(), large.count()];
    text(small.home, 20);
    text(large.home, 500);
    expect(large.count() - (before[1] ?? 0)).toBe(small.count() - (before[0] ?? 0));
  });

  it('fit every width, with any number of panels', () => {
    for (let columns = 30; columns <= 200; columns += 17) {
      for (const panels of [1, 2, 3, 7]) text(emptyHome(houseOf(20, panels)), 3, columns, 9);
    }
  });
});
