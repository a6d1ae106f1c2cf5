import type { FrameGlyphs } from '../../terminal/identity/glyphs.ts';

/** ink-table knows Unicode lines only: they are exchanged for what the terminal has. */
export function withFrame(text: string, frame: FrameGlyphs): string {
  const signs: Readonly<Record<string, string>> = {
    '─': frame.horizontal,
    '│': frame.vertical,
    '┌': frame.topLeft,
    '┐': frame.topRight,
    '└': frame.bottomLeft,
    '┘': frame.bottomRight,
    '├': frame.teeLeft,
    '┤': frame.teeRight,
    '┬': frame.teeTop,
    '┴': frame.teeBottom,
    '┼': frame.cross,
  };
  return [...text].map(character => signs[character] ?? character).join('');
}
