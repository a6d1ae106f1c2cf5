import { createReadStream } from 'node:fs';

/** What a piece of a file holds. */
export interface LinesRead {
  /** Whole lines, without their ends; one that was too long is cut. */
  readonly lines: readonly string[];
  /** Bytes of the file that were read so far. */
  readonly bytes: number;
}

/** No line of ours, nor of anybody, is longer, characters: a file without line ends shall not fill the memory. */
export const LONGEST_LINE = 65_536;

/** Reads a text file, UTF-8, piece by piece. Throws what the system says. */
export async function* readLines(path: string): AsyncGenerator<LinesRead> {
  const decoder = new TextDecoder();
  let [bytes, rest, isCut] = [0, '', false];
  for await (const chunk of createReadStream(path, { highWaterMark: 262_144 })) {
    bytes += (chunk as Buffer).length;
    const lines = (rest + decoder.decode(chunk as Buffer, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    // The beginning of one that was too long was given already.
    if (isCut && lines.length > 0) lines.shift();
    isCut = lines.length > 0 ? false : isCut;
    const whole = lines.map(withoutReturn);
    if (rest.length > LONGEST_LINE) {
      if (!isCut) whole.push(rest.slice(0, LONGEST_LINE + 1));
      [rest, isCut] = ['', true];
    }
    yield { lines: whole, bytes };
  }
  if (rest !== '' && !isCut) yield { lines: [withoutReturn(rest)], bytes };
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
