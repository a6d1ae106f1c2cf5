import { layOutOverview } from '../layout.ts';
import { chartRowLines } from '../lines/chart-row-lines.ts';
import { type GridLook, gridLines } from '../lines/grid-lines.ts';
import { clientsSection, denialsSection, eventsSection, fillRows, wishedRows } from '../lines/section-lines.ts';
import type { Lines, Size, View } from '../view.ts';

/** The whole house at a glance, in the rows between header and footer. */
export function overviewLines(view: View, size: Size, look: GridLook): Lines {
  const { home } = view;
  const layout = layOutOverview(home.house, wishedRows(view, size.columns), size.columns, size.rows);
  const lines = [
    ...gridLines(view, layout.grid, layout.panels, look),
    ...chartRowLines(view, layout.grid, look.focus, layout.charts),
    ...clientsSection(view, layout.clients, size.columns),
    ...denialsSection(view, layout.denials, size.columns),
    ...eventsSection(view, layout.events, size.columns),
  ];
  return fillRows(lines, size.rows, size.columns);
}
