/** Hours of the day, as `22:00`, of here; those that end before they begin go over midnight. */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
}

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
  return new Date(year, month, day, Math.floor(end / 60), end % 60).getTime();
}

function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return 60 * hours + minutes;
}
