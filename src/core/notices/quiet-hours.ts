/** Hours of the day, as `22:00`, of here; those that end before they begin go over midnight. */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
}

const MINUTE_MS = 60_000;

/** When the quiet hours end that a moment is in, ms since 1970; `null` where it is in none. */
export function quietUntil({ from, to }: QuietHours, at: number): number | null {
  const begin = minuteOf(from);
  const end = minuteOf(to);
  const date = new Date(at);
  const minute = 60 * date.getHours() + date.getMinutes();
  const isOverMidnight = begin > end;
  const isIn = isOverMidnight ? minute >= begin || minute < end : minute >= begin && minute < end;
  if (!isIn) return null;
  const days = isOverMidnight && minute >= begin ? 1 : 0;
  const [year, month, day] = [date.getFullYear(), date.getMonth(), date.getDate() + days];
  const until = new Date(year, month, day, Math.floor(end / 60), end % 60).getTime();
  if (until > at) return until;
  // Clocks that were set back show this hour a second time, and its end is the second one, too.
  return at - (at % MINUTE_MS) + (end - minute) * MINUTE_MS;
}

function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return 60 * hours + minutes;
}
