import { parseStamp } from './log-stamp.ts';

/** What stands before the broker's own words on a log line, taken off. */
export interface Prefixed {
  /** When the line was written, ms since 1970; `null` where it does not say so, or not in which time zone. */
  readonly at: number | null;
  readonly text: string;
}

/** A stamp is within so many characters from the beginning, whatever the conf says. */
const MAX_PREFIX = 200;

/** Colours, as docker compose and multitail put them around names. */
const COLOURS = /\u001b\[[0-9;]{0,20}m/g;
/** The name of a container before each line, `mosquitto-1  | ` (docker compose logs). */
const COMPOSE = /^[\w.-]{1,100} +\| /;
/** With `--timestamps`, docker's own: to the nanosecond, in UTC. */
const DOCKER_STAMP = /^([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\.[0-9]{9}(?:Z|[+-][0-9:]{5})) /;
/** RFC 5424: version, stamp, host, program, process, message id and structured data. */
const RFC_5424 =
  /^(?:<[0-9]{1,3}>)?1 (\S{1,40}) \S{1,255} \S{1,48} \S{1,128} \S{1,32} (?:-|(?:\[[^\]]{1,500}\])+) ?\ufeff?/;
/**
 * rsyslog, BusyBox, OpenWrt's logread, and journalctl's short forms: stamp, host or facility or both, program with its
 * process id.
 */
const SYSLOG =
  /^(?:<[0-9]{1,3}>)?((?:[A-Z][a-z]{2} )?(?:[A-Z][a-z]{2} [ 0-9][0-9] [0-9:.]{8,15}(?: [0-9]{4})?|[0-9]{4}-[0-9T:.+Z-]{5,31}(?: [0-9:.]{8,15} [A-Z0-9+:-]{1,9})?|[0-9]{9,11}\.[0-9]{6}|\[ *[0-9]{1,12}\.[0-9]{6}\])(?<!:)) (?:[^\s:[]{1,255} ){1,2}[\w./@:\\-]{1,255}(?:\[[0-9]{1,10}\])?: /;
/** mosquitto's own: seconds since 1970, unless the conf says otherwise. */
const EPOCH = /^([0-9]{9,11}): /;
/**
 * `log_timestamp_format` of the conf: whatever of digits and names of days and months stands before a colon, also with
 * brackets and a word or two of one's own. What a client is called stands in the broker's own sentences only: what begins
 * as one of them is no stamp.
 */
const FORMATTED =
  /^(?!(?:ACL|Bad|Bridge|Client|Config|Connection|Denied|Error|Invalid|New|No|OpenSSL|Opening|Outgoing|Protocol|Received|Reloading|Sending|Socket|Too|Warning|Will)\b|mosquitto version)[[(<{]?(?:[A-Za-z][\w.-]{0,30}[,:@]? )??[[(<{]?((?:[A-Z][a-z]{2},? )*[0-9][0-9A-Za-z:.,+/ -]{0,60}?[0-9Z](?: [A-Z]{2,5})?)[\])>}]?(?: [[(<]?[A-Za-z][\w.-]{0,30}){0,2}[\])>}]?: (?=[A-Za-z])/;

/**
 * Takes off what stands before the broker's words: the dress of a container, of syslog or the journal, then mosquitto's
 * own stamp. `utcOffsetMs` is the offset of the broker's clock to UTC, for stamps that name no zone; without it they
 * give no time.
 */
export function takePrefix(line: string, utcOffsetMs?: number): Prefixed {
  const outer = takeDress(line.includes('\u001b') ? line.replace(COLOURS, '') : line, utcOffsetMs);
  const own = takeStamp(outer.text, utcOffsetMs);
  return { at: own.at ?? outer.at, text: own.text };
}

function takeDress(line: string, utcOffsetMs?: number): Prefixed {
  if (line.startsWith('{')) return takeJson(line, utcOffsetMs) ?? { at: null, text: line };
  const bare = cut(line, COMPOSE.exec(line.slice(0, MAX_PREFIX)));
  const head = bare.slice(0, 1_000);
  const found = DOCKER_STAMP.exec(head) ?? RFC_5424.exec(head) ?? SYSLOG.exec(head);
  return { at: found === null ? null : parseStamp(found[1] ?? '', utcOffsetMs), text: cut(bare, found) };
}

/** A line of docker's json-file, or of `journalctl -o json`. */
function takeJson(line: string, utcOffsetMs?: number): Prefixed | null {
  let fields: ReadonlyMap<string, unknown>;
  try {
    // What begins with a brace is an object.
    fields = new Map(Object.entries(JSON.parse(line) as object));
  } catch {
    return null;
  }
  const text = fields.get('log') ?? fields.get('MESSAGE');
  if (typeof text !== 'string') return null;
  const time = fields.get('time');
  const microseconds = Number(fields.get('__REALTIME_TIMESTAMP') ?? Number.NaN);
  const at = typeof time === 'string' ? parseStamp(time, utcOffsetMs) : Math.trunc(microseconds / 1_000);
  return { at: Number.isNaN(at) ? null : at, text: text.replace(/\r?\n$/, '').replace(COLOURS, '') };
}

function takeStamp(text: string, utcOffsetMs?: number): Prefixed {
  const epoch = EPOCH.exec(text);
  if (epoch !== null) return { at: Number(epoch[1]) * 1_000, text: cut(text, epoch) };
  const found = FORMATTED.exec(text.slice(0, MAX_PREFIX));
  const [whole, stamp = ''] = found ?? [];
  // Words of one's own are believed only around a time of the day.
  if (whole !== `${stamp}: ` && !/[0-9]:[0-9]/.test(stamp)) return { at: null, text };
  return { at: parseStamp(stamp, utcOffsetMs), text: cut(text, found) };
}

function cut(text: string, found: RegExpExecArray | null): string {
  return found === null ? text : text.slice(found[0].length);
}
