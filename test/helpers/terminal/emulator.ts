import { createRequire } from 'node:module';
import type { Terminal as HeadlessTerminal, IBufferCell } from '@xterm/headless';
import { type Color, DEFAULT_COLOR, rgb } from '../../../src/terminal/cells/color.ts';
import {
  BLINK,
  BOLD,
  DIM,
  HIDDEN,
  INVERSE,
  ITALIC,
  STRIKE,
  type Style,
  UNDERLINE,
} from '../../../src/terminal/cells/style.ts';

// The package is CommonJS whose named exports Node.js cannot see.
const { Terminal } = createRequire(import.meta.url)('@xterm/headless') as { Terminal: typeof HeadlessTerminal };

/** One cell as a real terminal would show it. */
export interface EmulatedCell {
  readonly character: string;
  readonly style: Style;
}

/** A terminal that only remembers its cells. */
export interface Emulator {
  /** Takes bytes; resolves when they are shown. */
  write(text: string | Uint8Array): Promise<void>;
  resize(columns: number, rows: number): void;
  /** What the terminal sends back, answers to questions. */
  onAnswer(listener: (text: string) => void): void;
  cellAt(x: number, y: number): EmulatedCell;
  /** The screen as text, blanks at the ends of lines cut. */
  text(): string;
  readonly isAlternate: boolean;
  readonly cursor: { readonly x: number; readonly y: number };
  readonly modes: HeadlessTerminal['modes'];
  close(): void;
}

/** Opens a terminal of that size. */
export function openEmulator(columns: number, rows: number): Emulator {
  const terminal = new Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 100, logLevel: 'off' });
  const line = (y: number) => terminal.buffer.active.getLine(terminal.buffer.active.baseY + y);
  return {
    write: text => new Promise(resolve => terminal.write(text, resolve)),
    resize: (width, height) => terminal.resize(width, height),
    onAnswer: listener => void terminal.onData(listener),
    cellAt: (x, y) => {
      const cell = line(y)?.getCell(x);
      if (cell === undefined) throw new RangeError(`no cell at ${x}, ${y}`);
      const isRightHalf = cell.getWidth() === 0;
      return { character: isRightHalf ? '' : cell.getChars() || ' ', style: styleOf(cell) };
    },
    // Lines keep what lay right of the edge when the terminal shrank; it is not shown.
    text: () =>
      Array.from(
        { length: terminal.rows },
        (_, y) => line(y)?.translateToString(true, 0, terminal.cols).trimEnd() ?? '',
      ).join('\n'),
    get isAlternate() {
      return terminal.buffer.active.type === 'alternate';
    },
    get cursor() {
      return { x: terminal.buffer.active.cursorX, y: terminal.buffer.active.cursorY };
    },
    get modes() {
      return terminal.modes;
    },
    close: () => terminal.dispose(),
  };
}

function styleOf(cell: IBufferCell): Style {
  const flags: readonly (readonly [number, number])[] = [
    [cell.isBold(), BOLD],
    [cell.isDim(), DIM],
    [cell.isItalic(), ITALIC],
    [cell.isUnderline(), UNDERLINE],
    [cell.isBlink(), BLINK],
    [cell.isInverse(), INVERSE],
    [cell.isInvisible(), HIDDEN],
    [cell.isStrikethrough(), STRIKE],
  ];
  return {
    foreground: colorOf(cell.isFgDefault(), cell.isFgRGB(), cell.getFgColor()),
    background: colorOf(cell.isBgDefault(), cell.isBgRGB(), cell.getBgColor()),
    attributes: flags.reduce((sum, [isSet, bit]) => (isSet ? sum | bit : sum), 0),
  };
}

function colorOf(isDefault: boolean, isDirect: boolean, value: number): Color {
  if (isDefault) return DEFAULT_COLOR;
  return isDirect ? rgb((value >> 16) & 255, (value >> 8) & 255, value & 255) : value;
}
