import type { BrokerLogEntry } from './log-entry.ts';

/** The groups of an expression that matched. */
export type Match = readonly (string | undefined)[];

/**
 * One sentence of a broker: how it begins and ends, and what is made of the words between. What is looked for in these is
 * found at the first try, so that the time that a line takes grows as its length.
 */
export interface SentenceReader {
  readonly starts: string;
  readonly ends: string;
  /** `null` where the sentence is another one after all. */
  readonly read: (between: string, at: number | null) => BrokerLogEntry | null;
}

/** What the first reader that knows the text makes of it; `null` where none does. */
export function readSentence(
  readers: readonly SentenceReader[],
  text: string,
  at: number | null,
): BrokerLogEntry | null {
  for (const { starts, ends, read } of readers) {
    const end = text.length - ends.length;
    if (end < starts.length || !text.startsWith(starts) || !text.endsWith(ends)) continue;
    const entry = read(text.slice(starts.length, end), at);
    if (entry !== null) return entry;
  }
  return null;
}

/** Reads the words between by an expression. */
export function by(pattern: RegExp, read: (match: Match, at: number | null) => BrokerLogEntry): SentenceReader['read'] {
  return (between, at) => {
    const match = pattern.exec(between);
    return match === null ? null : read(match, at);
  };
}

/** A text cut in two at the last place of a mark, which is in neither; `null` where there is none. */
export function cutLast(text: string, mark: string): readonly [before: string, behind: string] | null {
  const place = text.lastIndexOf(mark);
  return place < 0 ? null : [text.slice(0, place), text.slice(place + mark.length)];
}

/** What stands for the client identifier where mosquitto 2.0 does not know it yet. */
const UNKNOWN = '<unknown>';

/** A client identifier as a line names it; `null` where the broker does not know it. */
export function nameOf(id: string): string | null {
  return id === UNKNOWN ? null : id;
}
