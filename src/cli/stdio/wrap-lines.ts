import { wrapText } from '../../core/fit-text.ts';
import { textWidth } from '../../core/text-width.ts';

/** In less nothing can be read. */
const NARROWEST = 30;
/** What is put in so far is to be copied, or is a table: it stays as it is. */
const INDENT = '    ';

/** The width that text is written for: that of the terminal, or any where there is none or it does not tell. */
export function widthOf({ isTTY, columns }: { readonly isTTY?: boolean; readonly columns?: number }): number {
  return isTTY === true && columns !== undefined && columns >= NARROWEST ? columns : Number.POSITIVE_INFINITY;
}

/** Sentences broken at blanks, what follows put in by two; commands and tables as they are. */
export function wrapLines(text: string, width: number): string {
  if (width === Number.POSITIVE_INFINITY) return text;
  const lines = text.split('\n').flatMap(line => {
    if (line.startsWith(INDENT) || textWidth(line) <= width) return [line];
    const indent = /^ */.exec(line)?.[0] ?? '';
    const [first = '', ...rest] = wrapText(line.slice(indent.length), width - indent.length - 2);
    return [`${indent}${first}`, ...rest.map(more => `${indent}  ${more}`)];
  });
  return lines.join('\n');
}
