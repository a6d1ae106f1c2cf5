import { describe, expect, it } from 'vitest';
import { createHouse, type House } from '../../../src/core/house/house.ts';
import { wholeOf } from '../../../src/ui/layout/arrangement.ts';
import { type Grid, gridOf as layOutGrid } from '../../../src/ui/layout/grid.ts';
import { isTooSmall, layOutOverview, placesAround, scrollTo } from '../../../src/ui/layout/layout.ts';
import { article, houseOf } from '../../helpers/ui/home.ts';
import { longHouse } from '../../helpers/ui/stories.ts';

const house = createHouse(article());
const LITTLE = { clients: 2, denials: 0 };

const gridOf = (one: House, columns: number, isDense = false): Grid => layOutGrid(one, wholeOf(one), columns, isDense);

describe('the layout of the overview', () => {
  it('uses all rows and never more, for any size and content', () => {
    const houses = [house, createHouse(houseOf(1, 1)), createHouse(houseOf(300, 20))];
    for (const one of houses) {
      for (let columns = 30; columns <= 200; columns += 10) {
        for (let rows = 5; rows <= 80; rows += 1) {
          for (const content of [
            { clients: 0, denials: 0 },
            { clients: 2, denials: 1 },
            { clients: 30, denials: 200 },
          ]) {
            const { panels, clients, denials, charts, events, grid } = layOutOverview(
              one,
              wholeOf(one),
              content,
              columns,
              rows,
            );
            expect(panels + clients + denials + charts + events).toBeLessThanOrEqual(rows);
            expect(Math.min(panels, clients, denials, charts, events)).toBeGreaterThanOrEqual(0);
            expect(panels).toBeLessThanOrEqual(grid.height);
            expect(panels).toBeGreaterThan(0);
          }
        }
      }
    }
  });

  it("shows the article's house whole at 80x24 and at 40x15", () => {
    expect(layOutOverview(house, wholeOf(house), { clients: 2, denials: 1 }, 80, 21)).toMatchObject({
      panels: 7,
      clients: 3,
      denials: 2,
      charts: 0,
      events: 9,
    });
    expect(layOutOverview(house, wholeOf(house), { clients: 2, denials: 1 }, 40, 12)).toMatchObject({
      panels: 11,
      clients: 1,
      denials: 0,
      events: 0,
    });
  });

  it('puts panels side by side where there is room', () => {
    const many = createHouse(houseOf(12, 6));
    const across = (columns: number): number | undefined => gridOf(many, columns).bands[0]?.panels.length;
    expect([40, 59, 60, 80, 120, 250].map(across)).toEqual([1, 1, 1, 2, 3, 6]);
    expect(gridOf(many, 121).bands[0]?.widths).toEqual([40, 40, 41]);
  });

  it('gives panels with wide numbers and units more room', () => {
    const wide = createHouse(longHouse());
    const across = (columns: number): number | undefined => gridOf(wide, columns).bands[0]?.panels.length;
    expect([80, 95, 100, 120].map(across)).toEqual([1, 1, 2, 2]);
  });

  it('fills the width in each band, and makes the bands as even as it can', () => {
    const shape = (panels: number, columns: number): readonly number[] => {
      const { bands } = gridOf(createHouse(houseOf(60, panels)), columns);
      for (const band of bands) expect(band.widths.reduce((sum, width) => sum + width, 0)).toBe(columns);
      expect(bands.flatMap(band => band.panels)).toEqual(Array.from({ length: panels }, (_, place) => place));
      return bands.map(band => band.panels.length);
    };
    expect(shape(3, 80)).toEqual([2, 1]);
    expect(shape(4, 120)).toEqual([2, 2]);
    expect(shape(5, 120)).toEqual([3, 2]);
    expect(shape(7, 120)).toEqual([3, 3, 1]);
  });

  it('gives a house that does not fit more of the screen, and then narrower panels', () => {
    const of = (sensors: number, rows: number) => {
      const one = createHouse(houseOf(sensors, 3));
      const { grid, panels, clients, denials, events } = layOutOverview(one, wholeOf(one), LITTLE, 80, rows);
      return { look: grid.look, height: grid.height, panels, clients, denials, events };
    };
    expect(of(7, 21)).toMatchObject({ look: 'framed', height: 8, panels: 8, clients: 3 });
    expect(of(24, 27)).toEqual({ look: 'framed', height: 20, panels: 20, clients: 1, denials: 0, events: 6 });
    expect(of(40, 21)).toEqual({ look: 'dense', height: 15, panels: 15, clients: 1, denials: 0, events: 5 });
    expect(of(200, 21)).toEqual({ look: 'dense', height: 68, panels: 17, clients: 1, denials: 0, events: 3 });
  });

  it('puts the items of a panel that has the width to itself into columns', () => {
    const { bands, height } = gridOf(createHouse(houseOf(25, 1)), 80, true);
    expect([bands[0]?.columns, height]).toEqual([[3], 10]);
  });

  it('knows when there is no room', () => {
    expect([isTooSmall({ columns: 29, rows: 24 }), isTooSmall({ columns: 80, rows: 7 })]).toEqual([true, true]);
    expect(isTooSmall({ columns: 30, rows: 8 })).toBe(false);
  });

  it('scrolls no further than the ends', () => {
    expect([scrollTo(0, 20, 10), scrollTo(10, 20, 10), scrollTo(19, 20, 10), scrollTo(3, 5, 10)]).toEqual([
      0, 5, 10, 0,
    ]);
  });
});

describe('the places around the chosen one', () => {
  const heights = [1, 3, 2, 5, 1, 1, 4, 2];
  const around = (focus: number, rows: number): readonly number[] =>
    placesAround(focus, heights.length, rows, place => heights[place] ?? 0);

  it('holds it, and as many neighbours as fit whole', () => {
    for (let rows = 5; rows < 25; rows += 1) {
      for (const focus of heights.keys()) {
        const places = around(focus, rows);
        const used = places.reduce((sum, place) => sum + (heights[place] ?? 0), 0);
        const [first = 0, last = 0] = [places[0], places.at(-1)];
        expect(places).toContain(focus);
        expect(used).toBeLessThanOrEqual(rows);
        expect(places).toEqual(Array.from({ length: places.length }, (_, place) => first + place));
        for (const next of [first - 1, last + 1]) expect(used + (heights[next] ?? rows)).toBeGreaterThan(rows);
      }
    }
  });

  it('begins with the first one where that is chosen, and is empty where nothing is', () => {
    expect(around(0, 6)).toEqual([0, 1, 2]);
    expect(placesAround(0, 0, 6, () => 1)).toEqual([]);
  });
});
