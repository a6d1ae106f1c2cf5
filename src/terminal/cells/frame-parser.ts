import type { ColorDepth } from '../identity/evidence.ts';
import type { Frame, Row } from './cell.ts';
import { appendText, changedStyle, emptyRow, finishRow } from './row-builder.ts';
import { createRowCache } from './row-cache.ts';
import { PLAIN_ID, type StyleTable } from './style.ts';

/** Turns frames as Ink hands them over (text, SGR sequences, `\n`) into cells. */
export interface FrameParser {
  /** Cells of a frame, cut and filled to the size. What is neither text nor SGR is dropped. Never throws. */
  parse(text: string, columns: number, rows: number): Frame;
}

interface ParsedLine {
  readonly row: Row;
  /** Style in which the line ends. */
  readonly endStyle: number;
}

/** A parser for one terminal: colours are brought down to its depth here, so that what looks alike is equal. */
export function createFrameParser(styles: StyleTable, depth: ColorDepth): FrameParser {
  const cache = createRowCache<ParsedLine>();
  return {
    parse: (text, columns, rows) => {
      const blank = cache.begin(columns, rows);
      let style = PLAIN_ID;
      const lines: Row[] = [];
      for (const line of text.split('\n', rows)) {
        const start = style;
        const key = start === PLAIN_ID ? line : `${start}\n${line}`;
        const parsed =
          line === ''
            ? { row: blank, endStyle: start }
            : cache.get(key, () => parseLine(line, columns, start, styles, depth));
        lines.push(parsed.row);
        style = parsed.endStyle;
      }
      while (lines.length < rows) lines.push(blank);
      return { columns, rows, lines };
    },
  };
}

/** A control sequence (its SGR parameters captured), a control string, a lone escape pair, or a control character. */
const CONTROL =
  /(?:\u001b\[|\u009b)(?:([\d;:]*)m|[\u0020-\u003f]*[\u0040-\u007e]?)|(?:\u001b[\]P_^X]|[\u009d\u0090\u009f\u009e\u0098])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?|\u001b[\u0020-\u002f]*[\u0030-\u007e]?|[\u0000-\u001f\u007f-\u009f]/g;

/** Text of which nothing but characters is left. */
export function withoutControls(text: string): string {
  return text.replace(CONTROL, '');
}

function parseLine(line: string, columns: number, start: number, styles: StyleTable, depth: ColorDepth): ParsedLine {
  const row = emptyRow(columns);
  let style = start;
  let from = 0;
  for (const match of line.matchAll(CONTROL)) {
    appendText(row, line.slice(from, match.index), style, styles);
    from = match.index + match[0].length;
    if (match[1] !== undefined) style = changedStyle(style, match[1], styles, depth);
  }
  appendText(row, line.slice(from), style, styles);
  return { row: finishRow(row), endStyle: style };
}
