import type { ColorDepth } from '../identity/evidence.ts';

/** A colour: -1 the terminal's default, 0 to 255 a palette index, `RGB | 0xrrggbb` a direct colour. */
export type Color = number;

/** The terminal's own foreground or background. */
export const DEFAULT_COLOR: Color = -1;

const RGB = 0x1000000;

/** A direct colour from three channels, 0 to 255 each. */
export function rgb(red: number, green: number, blue: number): Color {
  return RGB | (red << 16) | (green << 8) | blue;
}

/** xterm's default palette of the 16 named colours; terminals differ, but not in which is nearest to what. */
const NAMED: readonly number[] = [
  0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5, 0x7f7f7f, 0xff0000, 0x00ff00,
  0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff,
];

const CUBE_LEVELS: readonly number[] = [0, 95, 135, 175, 215, 255];

/** The colour as a terminal of that depth shows it best. Each depth leaves the colours of lower depths alone. */
export function reduceColor(color: Color, depth: ColorDepth): Color {
  if (color === DEFAULT_COLOR || depth === 24) return color;
  if (depth === 1) return DEFAULT_COLOR;
  if (depth === 8) return color >= RGB ? nearestOf256(color & 0xffffff) : color;
  return color < 16 ? color : nearestNamed(channelsOf(color));
}

/** The 24-bit value of a palette index or direct colour. */
function channelsOf(color: Color): number {
  if (color >= RGB) return color & 0xffffff;
  if (color < 16) return NAMED[color] ?? 0;
  if (color >= 232) return (8 + (color - 232) * 10) * 0x010101;
  const index = color - 16;
  const level = (n: number) => CUBE_LEVELS[n] ?? 0;
  return (level(Math.floor(index / 36)) << 16) | (level(Math.floor(index / 6) % 6) << 8) | level(index % 6);
}

/** The nearest of the 6×6×6 cube and the 24 greys; the 16 named ones are left to the user's taste. */
function nearestOf256(value: number): Color {
  const cubeIndex =
    16 + 36 * nearestLevel(value >> 16) + 6 * nearestLevel((value >> 8) & 255) + nearestLevel(value & 255);
  const mean = ((value >> 16) + ((value >> 8) & 255) + (value & 255)) / 3;
  const greyIndex = 232 + Math.min(23, Math.max(0, Math.round((mean - 8) / 10)));
  return distance(value, channelsOf(greyIndex)) < distance(value, channelsOf(cubeIndex)) ? greyIndex : cubeIndex;
}

function nearestLevel(channel: number): number {
  return channel < 48 ? 0 : channel < 115 ? 1 : Math.floor((channel - 35) / 40);
}

function nearestNamed(value: number): Color {
  let best = 0;
  for (let index = 1; index < NAMED.length; index += 1) {
    if (distance(value, NAMED[index] ?? 0) < distance(value, NAMED[best] ?? 0)) best = index;
  }
  return best;
}

/** Squared distance, weighted roughly as the eye weighs the channels. */
function distance(a: number, b: number): number {
  const red = (a >> 16) - (b >> 16);
  const green = ((a >> 8) & 255) - ((b >> 8) & 255);
  const blue = (a & 255) - (b & 255);
  return 2 * red * red + 4 * green * green + 3 * blue * blue;
}

/** SGR parameters that select the colour; `base` is 30 for the foreground, 40 for the background. */
export function colorParameters(color: Color, base: 30 | 40): string {
  if (color === DEFAULT_COLOR) return String(base + 9);
  if (color < 8) return String(base + color);
  if (color < 16) return String(base + 52 + color);
  if (color < 256) return `${base + 8};5;${color}`;
  return `${base + 8};2;${(color >> 16) & 255};${(color >> 8) & 255};${color & 255}`;
}
