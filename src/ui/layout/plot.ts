import type { Range } from '../../core/home/readings/range.ts';

/** Columns of the labels at the least, so that charts side by side have their axes at the same place: `14.5`. */
export const LABEL_LEAST = 4;
/** Between the labels and the plot: a blank before them and the axis behind. */
export const BESIDE_LABEL = 2;

/** The columns of the plot in a chart of that width, as far as the labels are no wider than the ends of its range. */
export function plotColumns({ min, max }: Range, decimals: number, width: number): number {
  const widths = [min, max].map(value => value.toFixed(decimals).length);
  return Math.max(1, width - Math.max(LABEL_LEAST, ...widths) - BESIDE_LABEL);
}
