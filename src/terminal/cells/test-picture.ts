import type { GlyphSet } from '../identity/evidence.ts';
import { type Glyphs, glyphsFor } from '../identity/glyphs.ts';
import { colorParameters, rgb } from './color.ts';

/** One row of the picture by which a person sees what the terminal shows: a name, and text with colours (SGR). */
export interface PictureRow {
  readonly name: string;
  readonly text: string;
}

const RUNGS: readonly GlyphSet[] = ['full', 'wgl4', 'linux', 'ascii'];

/** Rows for the three rungs of glyphs and the depths of colour. Terminals that lack one show it wrongly: that is the point. */
export function testPicture(): readonly PictureRow[] {
  return [
    ...RUNGS.map(rung => ({ name: rung, text: glyphSample(glyphsFor({ glyphs: rung })) })),
    { name: '16', text: ramp(16, index => index) },
    { name: '256', text: ramp(36, index => 16 + 36 * Math.floor(index / 6) + (index % 6)) },
    { name: '24 bit', text: ramp(36, index => rgb(255 - index * 7, 60 + index * 5, index * 7)) },
    {
      name: 'style',
      text: '\u001b[1mbold\u001b[m \u001b[2mdim\u001b[m \u001b[4munderline\u001b[m \u001b[7minverse\u001b[m',
    },
  ];
}

function glyphSample({ sparkline, frame, symbols }: Glyphs): string {
  const { topLeft, horizontal, teeTop, topRight, vertical, bottomLeft, bottomRight } = frame;
  const corners = `${topLeft}${horizontal}${teeTop}${horizontal}${topRight} ${vertical} ${bottomLeft}${horizontal}${bottomRight}`;
  return `${sparkline.join('')}  ${corners}  ${Object.values(symbols).join(' ')}`;
}

function ramp(count: number, colorOf: (index: number) => number): string {
  const cells = Array.from({ length: count }, (_, index) => `\u001b[${colorParameters(colorOf(index), 40)}m `);
  return `${cells.join('')}\u001b[m`;
}
