import { jsonText } from '../json-text.ts';

/** Something that happened, as the history keeps it and `hometui history` tells it: in the words of `hometui watch`. */
export interface HistoryEvent {
  /** ms since 1970, by the wall clock of then. */
  readonly at: number;
  /** As in `watch`: `switch`, `verdict`, `denial` …; `recording` where a recording began or ended. */
  readonly type: string;
  /** The switch or client that it is about; `null` where it is about the whole house. */
  readonly id: string | null;
  readonly severity: string;
  /** One sentence without a full stop. */
  readonly text: string;
  /** What `watch --format json` says besides. */
  readonly detail: Readonly<Record<string, unknown>>;
}

/** The payload of an event. JSON holds no control character, so that no text can pass for a frame. */
export function encodeEvent(event: HistoryEvent): Uint8Array {
  return new TextEncoder().encode(jsonText(event));
}

const HEAD = '{"at":';
/** No time of the day has more digits. */
const MOST_DIGITS = 16;

/**
 * When the event of a payload happened, ms, without reading all of it: of a month nearly all are of another time than is
 * asked for. `null` where that is not plain from its first bytes.
 */
export function peekEventAt(payload: Uint8Array): number | null {
  for (let place = 0; place < HEAD.length; place++) if (payload[place] !== HEAD.charCodeAt(place)) return null;
  let at = 0;
  for (let place = HEAD.length; place <= HEAD.length + MOST_DIGITS; place++) {
    const digit = (payload[place] ?? 0) - 48;
    if (digit < 0 || digit > 9) return place > HEAD.length && payload[place] === COMMA ? at : null;
    at = 10 * at + digit;
  }
  return null;
}

const COMMA = 44;

/** Reads an event; `null` for what is none. */
export function decodeEvent(payload: Uint8Array): HistoryEvent | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
    return isHistoryEvent(value) ? value : null;
  } catch {
    return null;
  }
}

/** Whether what was read is an event. */
export function isHistoryEvent(value: unknown): value is HistoryEvent {
  const { at, type, id, severity, text, detail } = (value ?? {}) as Record<string, unknown>;
  const hasTexts = [type, severity, text].every(field => typeof field === 'string');
  return Number.isFinite(at) && hasTexts && (id === null || typeof id === 'string') && typeof detail === 'object';
}
