/** What stands before the broker's own words on a log line, taken off. */
export interface Prefixed {
  /** When the line was written, ms since 1970; `null` where it does not say so, or not in which time zone. */
  readonly at: number | null;
  readonly text: string;
}

/** rsyslog's old and new form, and journalctl's short and short-iso: stamp, host, program with its process id. */
const SYSLOG =
  /^(?:[A-Z][a-z]{2} [ 0-9][0-9] [0-9:.]{8,15}|([0-9]{4}-[0-9T:.+Z-]{15,31})) \S+ [\w./-]+(?:\[[0-9]+\])?: /;
/** mosquitto's own: seconds since 1970, unless the conf says otherwise. */
const EPOCH = /^([0-9]{9,11}): /;
/** `log_timestamp_format` of the conf: whatever of digits and names of days and months stands before a colon. */
const FORMATTED = /^((?:[A-Z][a-z]{2},? )*[0-9][0-9A-Za-z:.,+/ -]*?[0-9Z])(?: [A-Z]{2,5})?: (?=[A-Za-z])/;
/** A date and time with its zone: only such a stamp is a point in time. */
const ISO =
  /^([0-9]{4})[-/]([0-9]{2})[-/]([0-9]{2})[T ]([0-9]{2}):([0-9]{2}):([0-9]{2})(\.[0-9]{1,9})?(Z|[+-][0-9]{2}:?[0-9]{2})?$/;

/**
 * Takes off the stamps of syslog or the journal and of mosquitto itself. `utcOffsetMs` is the offset of the broker's
 * clock to UTC, for stamps that name no zone; without it they give no time.
 */
export function takePrefix(line: string, utcOffsetMs?: number): Prefixed {
  const syslog = SYSLOG.exec(line);
  const rest = syslog === null ? line : line.slice(syslog[0].length);
  const outerAt = syslog?.[1] === undefined ? null : parseStamp(syslog[1], utcOffsetMs);
  const epoch = EPOCH.exec(rest);
  if (epoch !== null) return { at: Number(epoch[1]) * 1_000, text: rest.slice(epoch[0].length) };
  const formatted = FORMATTED.exec(rest);
  if (formatted === null) return { at: outerAt, text: rest };
  const at = parseStamp(formatted[1] ?? '', utcOffsetMs);
  return { at: at ?? outerAt, text: rest.slice(formatted[0].length) };
}

/** A stamp as ISO 8601 has it, with `-` or `/`, in ms since 1970; `null` where it has another form or no zone. */
export function parseStamp(stamp: string, utcOffsetMs?: number): number | null {
  const parts = ISO.exec(stamp);
  if (parts === null) return null;
  const [, year, month, day, hour, minute, second, fraction = '', zone] = parts;
  const offsetMs = zone === undefined ? utcOffsetMs : zoneOffsetMs(zone);
  if (offsetMs === undefined) return null;
  const utc = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  return utc + Math.trunc(Number(`0${fraction}`) * 1_000) - offsetMs;
}

function zoneOffsetMs(zone: string): number {
  if (zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}
