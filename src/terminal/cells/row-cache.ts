import { blankRow, type Row } from './cell.ts';

/**
 * Rows of so many frames are kept, and as many of those before: most rows of a frame are those of the frame before. A
 * key that is a piece of a text may hold the whole of that in memory.
 */
const FRAMES_KEPT = 3;

/** Keeps what was made from a line: the same line gives the same row again, which the diff passes over. */
export interface RowCache<Made> {
  /** A frame of that size begins; what was made for another width is forgotten. Gives its blank row. */
  begin(columns: number, rows: number): Row;
  /** What was made from that key, or is made from it now. */
  get(key: string, make: () => Made): Made;
}

/** A cache for one terminal. */
export function createRowCache<Made>(): RowCache<Made> {
  let recent = new Map<string, Made>();
  let older = new Map<string, Made>();
  let blank = blankRow(0);
  return {
    begin: (columns, rows) => {
      if (columns !== blank.characters.length) {
        recent = new Map();
        older = new Map();
        blank = blankRow(columns);
      }
      if (recent.size >= FRAMES_KEPT * rows) {
        older = recent;
        recent = new Map();
      }
      return blank;
    },
    get: (key, make) => {
      const known = recent.get(key);
      if (known !== undefined) return known;
      const made = older.get(key) ?? make();
      recent.set(key, made);
      return made;
    },
  };
}
