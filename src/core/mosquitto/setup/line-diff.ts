import { diffOf, type LineEdit } from '../edit/line-edit.ts';

/** What changes from one text to another, a line each with its number and sign, in file order. */
export function lineDiff(before: string, after: string): readonly string[] {
  const [old, next] = [linesOf(before), linesOf(after)];
  const kept = commonLines(old, next);
  const edits: LineEdit[] = [];
  let [row, column] = [0, 0];
  for (const [left, right] of [...kept, [old.length, next.length] as const]) {
    for (; row < left; row++) edits.push({ kind: 'delete', line: row + 1 });
    for (; column < right; column++) edits.push({ kind: 'insert', before: left + 1, text: next[column] ?? '' });
    [row, column] = [left + 1, right + 1];
  }
  return diffOf(old, edits);
}

function linesOf(text: string): readonly string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** The longest run of lines that both have in the same order, as pairs of their places. */
function commonLines(old: readonly string[], next: readonly string[]): readonly (readonly [number, number])[] {
  const width = next.length + 1;
  const longest = new Uint32Array((old.length + 1) * width);
  const at = (row: number, column: number): number => longest[row * width + column] ?? 0;
  for (let row = old.length - 1; row >= 0; row--) {
    for (let column = next.length - 1; column >= 0; column--) {
      const isSame = old[row] === next[column];
      longest[row * width + column] = isSame
        ? at(row + 1, column + 1) + 1
        : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const pairs: (readonly [number, number])[] = [];
  for (let row = 0, column = 0; row < old.length && column < next.length; ) {
    if (old[row] === next[column]) pairs.push([row++, column++]);
    else if (at(row + 1, column) >= at(row, column + 1)) row++;
    else column++;
  }
  return pairs;
}
