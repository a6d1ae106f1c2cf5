/** Seconds of a day, of an hour. Days of the store are those of UTC, which all have as many. */
export const DAY_S = 86_400;
export const HOUR_S = 3_600;

/** The day that a second is in, days since 1970-01-01 UTC. */
export function dayOf(second: number): number {
  return Math.floor(second / DAY_S);
}

/** `2026-11-29` of a day. */
export function dayName(day: number): string {
  return new Date(day * DAY_S * 1_000).toISOString().slice(0, 10);
}

/** The day of `2026-11-29`; `null` for what is no day. */
export function parseDayName(name: string): number | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(name)) return null;
  const [month, date] = [Number(name.slice(5, 7)), Number(name.slice(8))];
  // A history of years lists them all, and reading a text as a date takes long. `Date.UTC` takes the year 26 for 1926.
  const at = new Date(0);
  at.setUTCFullYear(Number(name.slice(0, 4)), month - 1, date);
  // A 30th of February would be taken for the 2nd of March.
  return at.getUTCMonth() === month - 1 ? dayOf(at.getTime() / 1_000) : null;
}
