import { clockText, momentText } from '../../core/moment-text.ts';
import type { HouseView } from './house-view.ts';

/** When something was, an event's `at`: `14:32`, or with its day where that is not today: `28 Nov 14:32`. */
export function nearMoment({ home, timeOfDay = at => at }: HouseView, at: number): string {
  const [then, now] = [timeOfDay(at), timeOfDay(home.at)];
  const isToday = new Date(then).toDateString() === new Date(now).toDateString();
  return isToday ? clockText(then).slice(0, 5) : momentText(then);
}
