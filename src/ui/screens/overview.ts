import { wrapText } from '../../core/fit-text.ts';
import { unwellOf } from '../../core/home/summary.ts';
import { arrangementsOf, chosenIn } from '../layout/arrangement.ts';
import { isFramedAt, layOutOverview } from '../layout/layout.ts';
import { chartRowLines } from '../panels/chart-row-lines.ts';
import { gridLines } from '../panels/grid-lines.ts';
import { clientsSection, denialsSection, eventsSection, fillRows, wishedRows } from '../panels/section-lines.ts';
import { hasTabs, tabLine } from '../panels/tab-line.ts';
import type { OverviewPage } from '../state/app-state.ts';
import { shownOn, sightOf } from '../state/sight.ts';
import { standingAlarms } from '../state/standing-alarms.ts';
import type { HouseView, Lines, Size } from '../text/house-view.ts';
import { fitLine, span } from '../text/line.ts';

/** What the overview is drawn with besides the view. */
interface OverviewLook {
  readonly favourites: ReadonlySet<string>;
  readonly keys: ReadonlyMap<string, string>;
}

/** The whole house at a glance, or a tab of it, in the rows between header and footer. */
export function overviewLines(view: HouseView, size: Size, page: OverviewPage, look: OverviewLook): Lines {
  const { home } = view;
  const { columns } = size;
  const sight = sightOf(page, home);
  const tabs = hasTabs(home, sight, look.favourites) ? [tabLine(view, sight, look.favourites, columns)] : [];
  const shown = shownOn(page, home, look.favourites);
  const focus = page.on === undefined ? chosenIn(shown, page.focus) : -1;
  const rows = size.rows - tabs.length;
  const layout = layOutOverview(home.house, shown, contentOf(view, size, page), columns, rows);
  const lines = [
    ...tabs,
    ...(shown.panels.length === 0 ? nothingLines(view, columns) : []),
    ...gridLines(view, layout.grid, layout.panels, { focus, keys: look.keys }),
    ...chartRowLines(view, layout.grid, focus, layout.charts),
    ...clientsSection(view, layout.clients, columns),
    ...denialsSection(view, layout.denials, columns),
    ...eventsSection(view, layout.events, columns, page),
  ];
  return fillRows(lines, size.rows, columns);
}

/** Why nothing is shown. */
function nothingLines(view: HouseView, columns: number): Lines {
  const { home } = view;
  const isWaiting = home.listeningSince === null || unwellOf(home).size > 0;
  const all = arrangementsOf(home.house).length > 1 ? 'all tabs' : 'everything';
  const hasAlarm = standingAlarms(home.alarms).some(({ phase }) => phase === 'active');
  const text = isWaiting
    ? `Nothing is known to be not well: nothing is heard. ! shows ${all} again`
    : `Nothing here is not well${hasAlarm ? ', but for what the alarms tell: press a' : ''}. ! shows ${all} again`;
  return wrapText(text, columns - 2).map(row => fitLine([span(` ${row}`, 'muted')], columns));
}

/** Where there is little room, a lost link is all that there is to say of the clients. */
function contentOf(view: HouseView, { columns }: Size, { on }: OverviewPage) {
  const wished = { ...wishedRows(view, columns), needsEvents: on !== undefined && on !== 'headline' };
  return isFramedAt(columns) || view.home.link.phase === 'connected' ? wished : { ...wished, clients: 0 };
}
