import type { Frame } from '../cells/cell.ts';
import { createFrameParser } from '../cells/frame-parser.ts';
import { createLineCells, type StyledLine } from '../cells/line-cells.ts';
import { createStyleTable, type StyleTable } from '../cells/style.ts';
import type { Capabilities } from '../identity/capabilities.ts';
import { diffFrames } from './frame-diff.ts';
import { type Cursor, UNKNOWN_CURSOR } from './pencil.ts';

/** A whole frame, as lines, or as the text that Ink makes of them. */
export type Painting = readonly StyledLine[] | string;

/** Knows what a terminal shows, and turns each new frame into the bytes that are missing. */
export interface FramePainter {
  /** What to send so that the terminal shows the frame; '' if it does already. It is taken as sent. */
  paint(frame: Painting, columns: number, rows: number): string;
  /** The terminal shows this frame already; where its cursor stands is not known. */
  assume(frame: Painting, columns: number, rows: number): void;
  /** Cursor and pen are not known any more: someone else wrote a control sequence. */
  forgetCursor(): void;
  /** Nothing is known any more: the next frame clears the terminal and is painted whole. */
  forgetScreen(): void;
  /** Replaces the capabilities; the next frame sends what looks different with them. */
  adapt(capabilities: Capabilities): void;
}

/** A burst of bytes that a terminal may show half done is worth the 16 bytes of synchronized output. */
const SYNCHRONIZE_FROM = 512;

/** A painter for a terminal of which nothing is known but what it can do. */
export function createFramePainter(initial: Capabilities): FramePainter {
  const styles = createStyleTable();
  let capabilities = initial;
  let cellsOf = openCells(styles, capabilities);
  let shown: Frame | null = null;
  let cursor: Cursor = UNKNOWN_CURSOR;
  const forgetScreen = () => {
    shown = null;
    cursor = UNKNOWN_CURSOR;
  };
  return {
    paint: (frame, columns, rows) => {
      const after = cellsOf(frame, columns, rows);
      const diff = diffFrames({ before: shown, after, cursor, styles, capabilities });
      shown = after;
      cursor = diff.cursor;
      const isBurst = capabilities.hasSynchronizedOutput && diff.output.length >= SYNCHRONIZE_FROM;
      return isBurst ? `\u001b[?2026h${diff.output}\u001b[?2026l` : diff.output;
    },
    assume: (frame, columns, rows) => {
      shown = cellsOf(frame, columns, rows);
      cursor = UNKNOWN_CURSOR;
    },
    forgetCursor: () => {
      cursor = UNKNOWN_CURSOR;
    },
    forgetScreen,
    adapt: next => {
      if (next.colors !== capabilities.colors) cellsOf = openCells(styles, next);
      // What was sent in another character set may look like anything; otherwise the cells are known, and a whole
      // frame would be seconds on a thin line.
      if (next.switchToUtf8 !== capabilities.switchToUtf8 || next.unicode !== capabilities.unicode) forgetScreen();
      capabilities = next;
    },
  };
}

/** What makes cells of frames, for a depth of colours. */
function openCells(
  styles: StyleTable,
  { colors }: Capabilities,
): (frame: Painting, columns: number, rows: number) => Frame {
  const parser = createFrameParser(styles, colors);
  const cells = createLineCells(styles, colors);
  return (frame, columns, rows) =>
    typeof frame === 'string' ? parser.parse(frame, columns, rows) : cells.frameOf(frame, columns, rows);
}
