/**
 * Shapes for the characters that must join without a gap, whatever font the reader has: lines, blocks, braille.
 * Coordinates are of the cell: 0 to `width`, 0 to `height`.
 */
export interface CellSize {
  readonly width: number;
  readonly height: number;
}

/** SVG of one character at the origin in `currentColor`, or `null` where a font may draw it. */
export function shapeOf(character: string, size: CellSize): string | null {
  const code = character.codePointAt(0) ?? 0;
  if (character in LINES) return lines(LINES[character] ?? '', size);
  if (character in CORNERS) return corner(CORNERS[character] ?? [1, 1], size);
  if (code >= 0x2580 && code <= 0x2593) return block(code, size);
  return code > 0x2800 && code <= 0x28ff ? braille(code - 0x2800, size) : null;
}

/** Which arms a line character has, from the middle: up, down, left, right; capital letters are double lines. */
const LINES: Readonly<Record<string, string>> = {
  ...{ '─': 'lr', '│': 'ud', '┌': 'dr', '┐': 'dl', '└': 'ur', '┘': 'ul' },
  ...{ '├': 'udr', '┤': 'udl', '┬': 'dlr', '┴': 'ulr', '┼': 'udlr', '╴': 'l', '╵': 'u', '╶': 'r', '╷': 'd' },
  ...{ '═': 'LR', '║': 'UD' },
};

/** Where the rounded corners open to: x and y of the two arms' ends from the middle. */
const CORNERS: Readonly<Record<string, readonly [number, number]>> = {
  '╭': [1, 1],
  '╮': [-1, 1],
  '╰': [1, -1],
  '╯': [-1, -1],
};

const THICKNESS = 1.2;

function lines(arms: string, { width, height }: CellSize): string {
  const [x, y] = [width / 2, height / 2];
  const ends: Readonly<Record<string, string>> = { u: `V0`, d: `V${height}`, l: `H0`, r: `H${width}` };
  const path = [...arms].map(arm => {
    const end = ends[arm.toLowerCase()] ?? '';
    if (arm === arm.toLowerCase()) return `M${x} ${y}${end}`;
    const isUpright = end.startsWith('V');
    return [-2, 2].map(gap => (isUpright ? `M${x + gap} ${y}${end}` : `M${x} ${y + gap}${end}`)).join('');
  });
  return stroke(path.join(''));
}

function corner([toX, toY]: readonly [number, number], { width, height }: CellSize): string {
  const [x, y] = [width / 2, height / 2];
  const endX = toX > 0 ? width : 0;
  const endY = toY > 0 ? height : 0;
  return stroke(`M${endX} ${y}Q${x} ${y} ${x} ${y + (toY * width) / 2}V${endY}`);
}

function stroke(path: string): string {
  return `<path d="${path}" fill="none" stroke="currentColor" stroke-width="${THICKNESS}"/>`;
}

function block(code: number, { width, height }: CellSize): string {
  if (code === 0x2580) return box(0, 0, width, height / 2);
  // Lower one eighth to full.
  if (code <= 0x2588) return box(0, height - ((code - 0x2580) * height) / 8, width, ((code - 0x2580) * height) / 8);
  // Left seven eighths to left one eighth.
  if (code <= 0x258f) return box(0, 0, ((0x2590 - code) * width) / 8, height);
  if (code === 0x2590) return box(width / 2, 0, width / 2, height);
  return box(0, 0, width, height, (code - 0x2590) / 4);
}

function box(x: number, y: number, width: number, height: number, opacity = 1): string {
  const shade = opacity === 1 ? '' : ` opacity="${opacity}"`;
  return `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" fill="currentColor"${shade}/>`;
}

/** Column and row of each of the eight bits of a braille pattern (Unicode, chapter 21.1). */
const DOTS: readonly (readonly [number, number])[] = [
  ...([
    [0, 0],
    [0, 1],
    [0, 2],
    [1, 0],
    [1, 1],
    [1, 2],
    [0, 3],
    [1, 3],
  ] as const),
];

function braille(bits: number, { width, height }: CellSize): string {
  const dots = DOTS.filter((_, bit) => (bits >> bit) & 1);
  const circle = ([column, row]: readonly [number, number]): string => {
    const [x, y] = [(width * (1 + 2 * column)) / 4, (height * (1 + 2 * row)) / 8];
    return `<circle cx="${round(x)}" cy="${round(y)}" r="1.1" fill="currentColor"/>`;
  };
  return dots.map(circle).join('');
}

const round = (value: number): number => Math.round(value * 100) / 100;
