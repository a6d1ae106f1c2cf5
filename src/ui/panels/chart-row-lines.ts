import { chartLines } from '../charts/chart-lines.ts';
import { pageSamples } from '../charts/chart-samples.ts';
import { findItem, type Grid } from '../layout/grid.ts';
import { itemsOf } from '../layout/items.ts';
import type { HouseView, Lines } from '../text/house-view.ts';
import { blank, fitLine, type Line } from '../text/line.ts';
import { titleRule } from './panel-lines.ts';
import { fillRows } from './section-lines.ts';

/** Columns beside the plot: the labels as wide as they mostly are, their axis, and the blank at the end. */
const BESIDE = 9;

/** A chart below each panel of the band that the focus is in: of the chosen sensor, else of the panel's first one. */
export function chartRowLines(view: HouseView, grid: Grid, focus: number, rows: number): Lines {
  if (rows <= 0) return [];
  const band = findItem(grid, focus)?.band ?? grid.bands[0];
  if (band === undefined) return fillRows([], rows, grid.columns);
  const { ids } = itemsOf(view.home.house);
  const charts = band.widths.map((width, place) => {
    const inPanel = grid.shown.panels[band.panels[place] ?? -1]?.places ?? [];
    const sensor = sensorOf(
      view,
      inPanel.map(one => ids[one] ?? ''),
      focus,
    );
    return chartOf(view, sensor, width, rows);
  });
  return Array.from({ length: rows }, (_, row): Line => charts.flatMap(lines => lines[row] ?? []));
}

function sensorOf(view: HouseView, items: readonly string[], focus: number): string | null {
  const { sensors } = view.home.house;
  const chosen = itemsOf(view.home.house).ids[focus];
  if (chosen !== undefined && items.includes(chosen) && sensors.has(chosen)) return chosen;
  return items.find(id => sensors.has(id)) ?? null;
}

function chartOf(view: HouseView, id: string | null, width: number, rows: number): Lines {
  const sensor = id === null ? undefined : view.home.house.sensors.get(id);
  if (id === null || sensor === undefined) return fillRows([], rows, width);
  const unit = sensor.unit === '' ? '' : ` in ${sensor.unit}`;
  const samples = pageSamples(view.home, id, Math.max(1, width - BESIDE));
  const chart = chartLines(view, sensor, samples, width - 1, rows - 1).map(line => fitLine([...line, blank(1)], width));
  return [titleRule(view, `${sensor.label}${unit}`, width), ...chart];
}
