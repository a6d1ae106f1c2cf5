/** Digits of three columns and five half rows, each row of bits from left to right. */
const SHAPES: Readonly<Record<string, readonly number[]>> = {
  '0': [7, 5, 5, 5, 7],
  '1': [2, 6, 2, 2, 7],
  '2': [7, 1, 7, 4, 7],
  '3': [7, 1, 7, 1, 7],
  '4': [5, 5, 7, 1, 1],
  '5': [7, 4, 7, 1, 7],
  '6': [7, 4, 7, 5, 7],
  '7': [7, 1, 1, 1, 1],
  '8': [7, 5, 7, 5, 7],
  '9': [7, 5, 7, 1, 7],
  '-': [0, 0, 7, 0, 0],
};

/** Rows of a big number. */
export const BIG_ROWS = 3;

/** A number in three rows of half blocks, for a value that is read from the other end of the cellar. */
export function bigNumber(text: string): readonly [string, string, string] {
  const rows: [string, string, string] = ['', '', ''];
  for (const character of text) {
    const shape = SHAPES[character];
    for (const row of [0, 1, 2] as const) {
      rows[row] +=
        shape === undefined
          ? row === 2
            ? '▄ '
            : '  '
          : `${halfBlocks(shape[row * 2] ?? 0, shape[row * 2 + 1] ?? 0)} `;
    }
  }
  return rows;
}

function halfBlocks(upper: number, lower: number): string {
  return [4, 2, 1]
    .map(bit => {
      if ((upper & bit) !== 0) return (lower & bit) !== 0 ? '█' : '▀';
      return (lower & bit) !== 0 ? '▄' : ' ';
    })
    .join('');
}
