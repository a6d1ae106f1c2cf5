import { noEvents } from '../../core/history/query/page-events.ts';
import type { AlarmState } from '../../core/home/alarms/alarm.ts';
import { rangeOf } from '../../core/home/readings/range.ts';
import type { HomeState } from '../../core/home/state/state.ts';
import { getRow } from '../../core/home/state/table.ts';
import { decimalsOf } from '../../core/house/house.ts';
import { CHART_MIN_ROWS, chartLines } from '../charts/chart-lines.ts';
import { chartSight, emptyWordsOf } from '../detail/chart-sight.ts';
import { roomInFrame } from '../layout/layout.ts';
import { plotColumns } from '../layout/plot.ts';
import { fieldLines } from '../panels/field-lines.ts';
import { frameLines } from '../panels/frame-lines.ts';
import { partOf, partsOf } from '../panels/part-lines.ts';
import { headingLine } from '../panels/section-lines.ts';
import { endAround } from '../reducers/chart-reducer.ts';
import { type DetailPage, type PastState, presentView } from '../state/app-state.ts';
import { placeOf } from '../state/chart-place.ts';
import type { HouseView, Lines, Size } from '../text/house-view.ts';
import { span } from '../text/line.ts';
import { nearMoment } from '../text/near-moment.ts';
import { alarmFields } from './alarm-facts.ts';

/** A chart is no higher than this. */
const CHART_MOST_ROWS = 20;

/** The chart of what an alarm is about, with the moment it came in its middle; `null` where that has no chart. */
export function chartPage(alarm: AlarmState, home: HomeState, window: number, past: PastState): DetailPage | null {
  const { about, raisedAt } = alarm;
  const subject = about.find(id => home.house.sensors.has(id));
  if (subject === undefined) return null;
  const page: DetailPage = { screen: 'detail', focus: 0, id: subject, window };
  if (raisedAt === null) return page;
  const until = endAround(raisedAt, placeOf(page, home, past));
  return { ...page, chart: { ...presentView, until, cursor: raisedAt } };
}

/** One alarm in full: all that is known of it, and the chart around the moment it came. */
export function alarmPage(
  view: HouseView,
  size: Size,
  alarm: AlarmState,
  look: { readonly remark: string; readonly part: number; readonly chart: DetailPage | null; readonly past: PastState },
): Lines {
  const room = roomInFrame(size.columns, size.rows);
  const facts = fieldLines(alarmFields(view, alarm, 'page'), room.width);
  const left = room.rows - facts.length - 1;
  const chart = look.chart;
  const isBeside = chart !== null && left >= CHART_MIN_ROWS + 1;
  const height = Math.min(CHART_MOST_ROWS, (isBeside ? left : room.rows - 1) - 1);
  const drawn =
    chart === null || height < CHART_MIN_ROWS ? [] : chartOf(view, alarm, chart, look.past, room.width, height);
  const parts =
    isBeside || drawn.length === 0
      ? partsOf([...facts, ...(drawn.length === 0 ? [] : [[], ...drawn])], room.rows)
      : [...partsOf(facts, room.rows - 1), drawn];
  return frameLines(view, { text: alarm.label, remark: look.remark }, partOf(parts, room, look.part), {
    width: size.columns,
    rows: size.rows,
  });
}

function chartOf(
  view: HouseView,
  alarm: AlarmState,
  page: DetailPage,
  past: PastState,
  width: number,
  rows: number,
): Lines {
  const { home } = view;
  const sensor = home.house.sensors.get(page.id);
  if (sensor === undefined) return [];
  const columns = plotColumns(rangeOf(sensor, getRow(home.readings, page.id)), decimalsOf(sensor), width);
  const sight = chartSight(home, page, past, columns);
  const { raisedAt } = alarm;
  const when = raisedAt === null ? '' : `, it came at ${nearMoment(view, raisedAt)}`;
  const unit = sensor.unit === '' ? '' : `, ${sensor.unit}`;
  const remark = sight.isReading ? 'reading …' : `${sight.place.window.label}${when}`;
  const title = `${sensor.label}${unit}`;
  const chart = chartLines(view, sensor, sight.samples, width, rows - 1, {
    ...{ events: noEvents, cursor: raisedAt, emptyWords: emptyWordsOf(sight) },
  });
  return [headingLine(view, title, remark, width, 0), ...chart, ...troubleLines(sight.trouble)];
}

function troubleLines(trouble: { readonly message: string } | null): Lines {
  return trouble === null ? [] : [[span(trouble.message, 'warning')]];
}
