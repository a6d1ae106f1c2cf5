import * as v from 'valibot';

const schema = v.object({ writeUrl: v.string(), sentUntil: v.pipe(v.number(), v.safeInteger()) });

/**
 * Reads the note of how far a history was sent to an engine, seconds since 1970; `null` for one about another engine, and
 * for a damaged one: then all is sent once more.
 */
export function parseSentUntil(text: string, writeUrl: string): number | null {
  try {
    const read = v.safeParse(schema, JSON.parse(text));
    return read.success && read.output.writeUrl === writeUrl ? read.output.sentUntil : null;
  } catch {
    return null;
  }
}

/** The note. */
export function sentUntilText(writeUrl: string, sentUntil: number): string {
  return `${JSON.stringify({ writeUrl, sentUntil })}\n`;
}
