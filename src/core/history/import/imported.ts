import type { Result } from '../../result.ts';
import type { HistoryEvent } from '../history-event.ts';

/** A value as a file has it. */
export interface ImportedReading {
  readonly kind: 'reading';
  /** ms since 1970. */
  readonly at: number;
  readonly sensor: string;
  /** `null` where the file does not say. */
  readonly unit: string | null;
  /** The base unit that the value is in, as Prometheus names it (`celsius`); `null` where it is in the sensor's own. */
  readonly base: string | null;
  readonly value: number;
}

/** What a line of a file says. */
export type ImportedRow =
  | ImportedReading
  | /** A stretch of which our own export says that nothing is known; ms since 1970. */ {
      readonly kind: 'gap';
      readonly type: 'not-listening' | 'damaged';
      readonly from: number;
      readonly until: number;
    }
  | { readonly kind: 'event'; readonly event: HistoryEvent }
  | /** Something that is no value and no fault; `what` is a plural. */ {
      readonly kind: 'no-value';
      readonly what: string;
    };

/** Why a line cannot be read: a sentence about "it" without a full stop, and what to do. */
export interface LineFault {
  readonly message: string;
  readonly cure: string;
}

/** Reads one line, without its end. */
export type ReadLine = (line: string) => Result<readonly ImportedRow[], LineFault>;

/** Nothing older is taken, ms since 1970: a clock that was never set says 1970. */
const EARLIEST = Date.UTC(2000, 0, 1);
/** Two clocks may differ by so much, ms. */
const AHEAD_MS = 60_000;

/**
 * A time in ms since 1970: ISO 8601, without a zone by the local calendar, or a number since 1970, of which its size says
 * whether it is in seconds, ms, µs or ns. `null` for what is none.
 */
export function readTime(text: string): number | null {
  if (/^-?\d+(\.\d+)?$/.test(text)) {
    const number = Number(text);
    const size = Math.abs(number);
    if (size < 1e11) return number * 1_000;
    if (size < 1e14) return number;
    return size < 1e17 ? number / 1e3 : number / 1e6;
  }
  const [, day, clock, zone] =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?))?\s*(Z|UTC|[+-]\d\d:?\d\d)?$/i.exec(text) ?? [];
  if (day === undefined) return null;
  const offset = zone === undefined ? '' : zone.replace(/^utc$/i, 'Z').replace(/^([+-]\d\d)(\d\d)$/, '$1:$2');
  const at = Date.parse(`${day}T${(clock ?? '00:00').replace(',', '.')}${offset.toUpperCase()}`);
  return Number.isFinite(at) ? at : null;
}

/** What is wrong with the time of a value, ms since 1970; `null` for nothing. */
export function timeFault(at: number, now: number): LineFault | null {
  if (at >= EARLIEST && at <= now + AHEAD_MS) return null;
  const isLate = at > now;
  const when = Math.abs(at) < 8e15 ? new Date(at).toISOString().replace('.000', '') : `${at} ms since 1970`;
  return isLate
    ? {
        message: `its time, ${when}, is in the future`,
        cure: 'Check the clock of what wrote it, and that of this machine.',
      }
    : { message: `its time, ${when}, is before the year 2000`, cure: 'Its clock was not set: leave the line out.' };
}

/** A text as a number; `null` for none. What is not finite is none. */
export function readNumber(text: string): number | null {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : null;
}

/** What is said instead of a value by who has none. */
export function isNoValue(text: string): boolean {
  return /^(|unavailable|unknown|none|null|nan|[+-]?inf(inity)?)$/i.test(text.trim());
}

export const NO_TIME: LineFault = {
  message: 'it has no time that can be read',
  cure: 'It takes 2026-11-29T14:00:00Z, or seconds, ms, µs or ns since 1970.',
};

export const NO_NUMBER: LineFault = { message: 'its value is no number', cure: 'Leave the line out.' };
