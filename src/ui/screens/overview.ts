import { isFramedAt, layOutOverview } from '../layout/layout.ts';
import { chartRowLines } from '../panels/chart-row-lines.ts';
import { type GridLook, gridLines } from '../panels/grid-lines.ts';
import { clientsSection, denialsSection, eventsSection, fillRows, wishedRows } from '../panels/section-lines.ts';
import type { HouseView, Lines, Size } from '../text/house-view.ts';

/** The whole house at a glance, in the rows between header and footer. */
export function overviewLines(view: HouseView, size: Size, look: GridLook): Lines {
  const { home } = view;
  const layout = layOutOverview(home.house, contentOf(view, size), size.columns, size.rows);
  const lines = [
    ...gridLines(view, layout.grid, layout.panels, look),
    ...chartRowLines(view, layout.grid, look.focus, layout.charts),
    ...clientsSection(view, layout.clients, size.columns),
    ...denialsSection(view, layout.denials, size.columns),
    ...eventsSection(view, layout.events, size.columns),
  ];
  return fillRows(lines, size.rows, size.columns);
}

/** Where there is little room, a lost link is all that there is to say of the clients. */
function contentOf(view: HouseView, { columns }: Size): ReturnType<typeof wishedRows> {
  const wished = wishedRows(view, columns);
  return isFramedAt(columns) || view.home.link.phase === 'connected' ? wished : { ...wished, clients: 0 };
}
