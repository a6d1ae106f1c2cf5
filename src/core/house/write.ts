import { jsonText } from '../json-text.ts';

/** How a house file is laid out: what ends a line, and what one step further in begins with. */
export interface Layout {
  readonly lineEnd: string;
  readonly step: string;
}

/** The layout of what we write ourselves. */
const OWN_LAYOUT: Layout = { lineEnd: '\n', step: '  ' };

/** What is longer does not stand on one line, in characters. */
const LONGEST_LINE = 96;

/**
 * A part of a house file as people write it: what is small and flat (limits, a panel) stands on one line, all else has a
 * line for each member. `depth` is how far in its first line stands already.
 */
export function writeHousePart(value: unknown, depth: number, layout: Layout = OWN_LAYOUT): string {
  if (isPlain(value)) return jsonText(value);
  const isList = Array.isArray(value);
  const members = isList
    ? value.map(inner => writeHousePart(inner, depth + 1, layout))
    : Object.entries(value as object).map(
        ([key, inner]) => `${jsonText(key)}: ${writeHousePart(inner, depth + 1, layout)}`,
      );
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  if (members.length === 0) return open + close;
  const pad = isList ? '' : ' ';
  const line = `${open}${pad}${members.join(', ')}${pad}${close}`;
  const isFlat = Object.values(value as object).every(
    inner => isPlain(inner) || (Array.isArray(inner) && inner.every(isPlain)),
  );
  if (isFlat && line.length <= LONGEST_LINE) return line;
  const inside = layout.lineEnd + layout.step.repeat(depth + 1);
  return `${open}${inside}${members.join(`,${inside}`)}${layout.lineEnd}${layout.step.repeat(depth)}${close}`;
}

function isPlain(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}
