/** A date and time with its zone, or none: `2026-01-31T12:00:00.5+01:00`, `Sat 2026-01-31 12:00:00 UTC`. */
const ISO =
  /^(?:[A-Z][a-z]{2} )?([0-9]{4})[-/]([0-9]{2})[-/]([0-9]{2})[T ]([0-9]{2}):([0-9]{2}):([0-9]{2})([.,][0-9]{1,9})? ?(Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2}|[A-Z]{2,5})?$/;
/** asctime(3): `Sat Jan 31 12:00:00 2026`. */
const ASCTIME = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) ([ 0-9][0-9]) ([0-9]{2}):([0-9]{2}):([0-9]{2}) ([0-9]{4})$/;
/** Seconds since 1970 with their fraction, as `journalctl -o short-unix` has them. */
const UNIX = /^[0-9]{9,11}\.[0-9]{6}$/;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * A stamp in ms since 1970: ISO 8601 with `-` or `/`, asctime, or seconds. `null` where it has another form, or names no
 * zone and `utcOffsetMs`, the offset of the broker's clock to UTC, is not known. A zone's short name other than UTC is
 * that of the machine.
 */
export function parseStamp(stamp: string, utcOffsetMs?: number): number | null {
  if (UNIX.test(stamp)) return Math.trunc(Number(stamp) * 1_000);
  const asctime = ASCTIME.exec(stamp);
  if (asctime !== null) {
    const [, month = '', day, hour, minute, second, year] = asctime;
    const index = MONTHS.indexOf(month);
    if (index < 0 || utcOffsetMs === undefined) return null;
    return Date.UTC(Number(year), index, Number(day), Number(hour), Number(minute), Number(second)) - utcOffsetMs;
  }
  const parts = ISO.exec(stamp);
  if (parts === null) return null;
  const [, year, month, day, hour, minute, second, fraction = '', zone = ''] = parts;
  const offsetMs = zoneOffsetMs(zone) ?? utcOffsetMs;
  if (offsetMs === undefined) return null;
  const utc = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  return utc + Math.trunc(Number(`0${fraction.replace(',', '.')}`) * 1_000) - offsetMs;
}

/** `null` where the zone is not named by its offset. */
function zoneOffsetMs(zone: string): number | null {
  if (zone === 'Z' || zone === 'UTC' || zone === 'GMT') return 0;
  const [sign] = zone;
  if (sign !== '+' && sign !== '-') return null;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (sign === '-' ? -minutes : minutes) * 60_000;
}
