import { replaceUnsafe } from './clean-text.ts';

/**
 * A value as JSON in which no character reaches a terminal that moves a cursor, is not seen or turns its neighbours
 * round: such a one is written as `\u009b` and reads back as what it was. Indented where `indent` says so.
 */
export function jsonText(value: unknown, indent = 0): string {
  // JSON.stringify escapes the controls below U+0020 in texts: a line feed that is left is one of the indentation.
  return replaceUnsafe(JSON.stringify(value, null, indent), unit =>
    unit === '\n' ? unit : `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
