import type { BrokerLogEntry } from './log-entry.ts';

/** The groups of an expression that matched. */
export type Match = readonly (string | undefined)[];

/**
 * One sentence of a broker. An expression is asked only where the text begins and ends as the sentence does: so a greedy
 * group finds its place at the first try, and the time that a line takes grows as its length.
 */
export interface SentenceReader {
  readonly starts: string;
  readonly ends: string;
  readonly pattern: RegExp;
  /** `null` where the sentence is another one after all. */
  readonly read: (match: Match, at: number | null) => BrokerLogEntry | null;
}

/** What the first reader that knows the text makes of it; `null` where none does. */
export function readSentence(
  readers: readonly SentenceReader[],
  text: string,
  at: number | null,
): BrokerLogEntry | null {
  for (const { starts, ends, pattern, read } of readers) {
    if (!text.startsWith(starts) || !text.endsWith(ends)) continue;
    const match = pattern.exec(text);
    const entry = match === null ? null : read(match, at);
    if (entry !== null) return entry;
  }
  return null;
}

/** What stands for the client identifier where mosquitto 2.0 does not know it yet. */
const UNKNOWN = '<unknown>';

/** A client identifier as a line names it; `null` where the broker does not know it. */
export function nameOf(id: string | undefined): string | null {
  return id === undefined || id === UNKNOWN ? null : id;
}
