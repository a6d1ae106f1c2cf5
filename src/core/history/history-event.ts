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
