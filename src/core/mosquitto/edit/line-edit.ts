import { isLastLineLost } from '../lost-line.ts';

/** One change of a file of lines. Lines count from 1 and are those of the file before any change. */
export type LineEdit =
  | { readonly kind: 'replace'; readonly line: number; readonly text: string }
  | { readonly kind: 'delete'; readonly line: number }
  /** Before this line; behind the last one where `before` is one more than there are. */
  | { readonly kind: 'insert'; readonly before: number; readonly text: string };

/** The edits as people read them: number and text of each line that goes (`-`) or comes (`+`), in file order. */
export function diffOf(lines: readonly string[], edits: readonly LineEdit[]): readonly string[] {
  const found: (readonly [line: number, text: string])[] = [];
  let number = 0;
  const say = (line: number, sign: string, text: string): number =>
    found.push([line, `${sign} ${text.trimEnd()}`.trimEnd()]);
  for (let old = 1; old <= lines.length + 1; old++) {
    for (const edit of edits) {
      if (edit.kind === 'insert' && edit.before === old) say(++number, '+', edit.text);
    }
    const edit = edits.find(candidate => candidate.kind !== 'insert' && candidate.line === old);
    if (edit !== undefined) say(old, '-', lines[old - 1] ?? '');
    if (edit?.kind !== 'delete') number++;
    if (edit?.kind === 'replace') say(number, '+', edit.text);
  }
  const width = Math.max(0, ...found.map(([line]) => String(line).length));
  return found.map(([line, text]) => `${String(line).padStart(width)} ${text}`);
}

interface Line {
  readonly body: Uint8Array;
  /** CR and LF, or the LF alone; empty where the file ends without one. */
  readonly end: Uint8Array;
}

const [LF, CR] = [0x0a, 0x0d];

/**
 * A file with its changes, byte for byte as it was everywhere else. A new line ends as the file's first one does; behind
 * a last line without a line feed the new one has none either, unless mosquitto would lose it. At most one edit a line.
 */
export function applyEdits(content: Uint8Array, edits: readonly LineEdit[]): Uint8Array {
  const lines = splitBytes(content);
  const [first] = lines;
  const style = first === undefined || first.end.at(-1) !== LF ? Uint8Array.of(LF) : first.end;
  const isUnended = lines.length > 0 && lines.at(-1)?.end.at(-1) !== LF;
  const edited: Line[] = [];
  for (let number = 1; number <= lines.length + 1; number++) {
    for (const edit of edits) {
      if (edit.kind === 'insert' && edit.before === number) edited.push({ body: bytesOf(edit.text), end: style });
    }
    const line = lines[number - 1];
    if (line === undefined) continue;
    const edit = edits.find(candidate => candidate.kind !== 'insert' && candidate.line === number);
    if (edit === undefined) edited.push(line);
    else if (edit.kind === 'replace') edited.push({ body: bytesOf(edit.text), end: line.end });
  }
  return join(isUnended ? moveOpenEnd(edited, style) : edited, style);
}

/** What was the last line gets an end where it is the last no more, and what now is the last one has none. */
function moveOpenEnd(lines: readonly Line[], style: Uint8Array): readonly Line[] {
  const isOpen = ({ end }: Line): boolean => end.at(-1) !== LF;
  if (!lines.some(isOpen)) return lines;
  const empty = new Uint8Array();
  return lines.map((line, index) => {
    const isLast = index === lines.length - 1;
    if (isLast) return isOpen(line) ? line : { body: line.body, end: empty };
    if (!isOpen(line)) return line;
    return { body: line.body, end: line.end.length === 0 ? style : concatenate([line.end, Uint8Array.of(LF)]) };
  });
}

function splitBytes(content: Uint8Array): readonly Line[] {
  const lines: Line[] = [];
  let start = 0;
  while (start < content.length) {
    const feed = content.indexOf(LF, start);
    const stop = feed < 0 ? content.length : feed + 1;
    let bodyEnd = feed < 0 ? content.length : feed;
    while (bodyEnd > start && content[bodyEnd - 1] === CR) bodyEnd--;
    lines.push({ body: content.subarray(start, bodyEnd), end: content.subarray(bodyEnd, stop) });
    start = stop;
  }
  return lines;
}

function join(lines: readonly Line[], style: Uint8Array): Uint8Array {
  const parts = lines.flatMap(({ body, end }) => [body, end]);
  const whole = concatenate(parts);
  const text = decodeText(whole);
  return isLastLineLost(text.split('\n'), text) ? concatenate([whole, style]) : whole;
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** A file's text as UTF-8, with its byte-order mark; lines are the same as in the bytes, whatever else is in them. */
export function decodeText(content: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(content);
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
