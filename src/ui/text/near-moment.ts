import { clockText, momentText } from '../../core/moment-text.ts';
import type { HouseView } from './house-view.ts';

type Dated = Pick<HouseView, 'home' | 'timeOfDay'>;

/**
 * When something was, an event's `at`: `14:32`, to the second `14:32:05`, and with its day where that is not today:
 * `28 Nov 14:32`. A console is open for days, and begins with what a daemon heard: a time alone would be taken for today's.
 */
export function nearMoment(view: Dated, at: number, { hasSeconds = false } = {}): string {
  const { then, isToday, hasYear } = placeInTime(view, at);
  if (!isToday) return momentText(then, { hasSeconds, hasYear });
  return hasSeconds ? clockText(then) : clockText(then).slice(0, 5);
}

/** When an entry of a list was, in the columns that a time of day takes, and what of it goes before the text. */
export interface Stamp {
  /** Eight columns: `14:32:05`, or the day where that is not today. */
  readonly column: string;
  /** '' for today, else the time of day and a blank. */
  readonly lead: string;
}

/** The same for a list whose rows have a column for it. */
export function stampOf(view: Dated, at: number): Stamp {
  const { then, isToday, hasYear } = placeInTime(view, at);
  if (isToday) return { column: clockText(then), lead: '' };
  const day = momentText(then).slice(0, '28 Nov'.length);
  return {
    column: day.padEnd('14:32:05'.length),
    lead: `${hasYear ? `${new Date(then).getFullYear()} ` : ''}${clockText(then)} `,
  };
}

function placeInTime({ home, timeOfDay = at => at }: Dated, at: number) {
  const [then, now] = [timeOfDay(at), timeOfDay(home.at)];
  const [day, today] = [new Date(then), new Date(now)];
  return {
    then,
    isToday: day.toDateString() === today.toDateString(),
    hasYear: day.getFullYear() !== today.getFullYear(),
  };
}
