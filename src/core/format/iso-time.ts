/** A moment, ms since 1970, as ISO 8601 in UTC: `2026-01-01T12:00:00.000Z`. */
export function isoTime(at: number): string {
  return new Date(at).toISOString();
}
