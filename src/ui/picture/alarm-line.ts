import { countText } from '../../core/count-text.ts';
import type { AlarmState, Priority } from '../../core/home/alarms/alarm.ts';
import { notSoSince } from '../../core/home/alarms/not-so-since.ts';
import type { HomeState } from '../../core/home/state/state.ts';
import type { ScreenName } from '../keys/intent.ts';
import { standingAlarms } from '../state/standing-alarms.ts';
import type { HouseView } from '../text/house-view.ts';
import { fitLine, type Line } from '../text/line.ts';
import { nearMoment } from '../text/near-moment.ts';
import type { StyleName } from '../theme/theme.ts';
import { troubleSpans } from './trouble-line.ts';

const STYLES: Readonly<Record<Priority, StyleName>> = { alarm: 'critical', warning: 'warning', note: 'accent' };

/** Alarms of which the same is said by a banner, or by what is said of the link. */
const SAID_ABOVE: readonly string[] = ['acl', 'broker'];

/**
 * The highest alarm that nobody has acknowledged, in one row that stands still; `null` where there is none. `isBelow`: what
 * is more urgent stands above it.
 */
export function alarmLine(view: HouseView, width: number, screen: ScreenName, isBelow: boolean): Line | null {
  const all = standingAlarms(view.home.alarms);
  const told = isBelow ? all.filter(({ id }) => !SAID_ABOVE.includes(id)) : all;
  const [first] = told;
  if (first === undefined) return null;
  const { symbols } = view.glyphs;
  const { priority, about, detail } = first;
  // Of what is about nothing in the house the evidence alone says who and what; it may be newer than the alarm.
  const said = about.length === 0 ? detail : null;
  const label = said ?? first.label;
  const signs = { alarm: view.glyphs.symbols.critical, warning: symbols.warning, note: symbols.bullet };
  const words = {
    sign: signs[priority],
    label,
    tails: tailsOf(view, first, screen, said === null),
    style: STYLES[priority],
  };
  return fitLine(troubleSpans(words, moresOf(told.length - 1), width - 4), width);
}

/** What is said of other troubles, and that there are alarms besides. */
export function alarmMores({ alarms }: HomeState, mores: readonly string[]): readonly string[] {
  const told = `${countText(standingAlarms(alarms).length, 'alarm')}: press a`;
  return [...mores.map(more => (more === '' ? told : `${more}  ${told}`)), ...mores];
}

/** Without the value: that is in its row, and would change here too each time. */
function tailsOf(view: HouseView, alarm: AlarmState, screen: ScreenName, isDated: boolean): readonly string[] {
  const { phase, raisedAt, returnedAt } = alarm;
  const key = screen === 'alarms' ? '' : ': press a';
  if (phase === 'returned') {
    const until = returnedAt === null ? '' : ` since ${nearMoment(view, returnedAt)}`;
    const over = [`: over${until}, not acknowledged`, `: over${until}`, ': over'];
    return [...over.map(text => `${text}${key}`), ...over];
  }
  const quietSince = notSoSince(alarm);
  if (quietSince !== null) {
    const quiet = [`, not so since ${nearMoment(view, quietSince)}`, ', not so now'];
    return [...quiet.map(text => `${text}${key}`), ...quiet];
  }
  const since = raisedAt === null || !isDated ? '' : `, since ${nearMoment(view, raisedAt)}`;
  return [`${since}${key}`, since, key, ''];
}

/** How many others there are. */
const moresOf = (count: number): readonly string[] => (count === 0 ? [''] : [`(and ${count} more)`, `+${count}`]);
