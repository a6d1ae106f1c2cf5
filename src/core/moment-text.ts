/** Names of the months and of the days of a week, which begins with Sunday as `Date` counts it. */
export const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
export const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;

/** What a moment is told with, besides day, month and minute. */
export interface MomentParts {
  readonly hasYear?: boolean;
  readonly hasSeconds?: boolean;
}

/** A number with two digits at the least. */
export const twoDigits = (number: number): string => String(number).padStart(2, '0');

/** A moment, ms since 1970, in the local time zone: `29 Nov 14:02`, `29 Nov 2026 14:02:05`. */
export function momentText(at: number, { hasYear = false, hasSeconds = false }: MomentParts = {}): string {
  const date = new Date(at);
  const day = `${twoDigits(date.getDate())} ${MONTHS[date.getMonth()]}${hasYear ? ` ${date.getFullYear()}` : ''}`;
  const clock = [date.getHours(), date.getMinutes(), ...(hasSeconds ? [date.getSeconds()] : [])];
  return `${day} ${clock.map(twoDigits).join(':')}`;
}

/** The day of a moment, ms since 1970, in the local time zone: `2026-11-29`. */
export function localDay(at: number): string {
  const date = new Date(at);
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(twoDigits).join('-');
}

/** The time of day of a moment, ms since 1970, in the local time zone: `14:32:05`. */
export function clockText(at: number): string {
  const date = new Date(at);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(':');
}
