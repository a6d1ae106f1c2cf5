import { describe, expect, it } from 'vitest';
import type { Bucket } from '../../../src/core/home/readings/series.ts';
import type { GlyphSet } from '../../../src/terminal/identity/evidence.ts';
import { glyphsFor } from '../../../src/terminal/identity/glyphs.ts';
import { chartLines } from '../../../src/ui/charts/chart-lines.ts';
import type { ChartSamples } from '../../../src/ui/charts/chart-samples.ts';
import { evenEdges } from '../../../src/ui/layout/chart-time.ts';
import { lineWidth } from '../../../src/ui/text/line.ts';
import { createRandom } from '../../helpers/random/random.ts';
import { emptyHome, START } from '../../helpers/ui/home.ts';

const home = emptyHome();
const flow = home.house.sensors.get('flow');
if (flow === undefined) throw new Error('the preset changed');
const sensor = flow;

const bucket = (value: number): Bucket => ({
  startAt: START,
  min: value,
  max: value,
  last: value,
  sum: value,
  count: 1,
});

/** So many columns of the values, each as wide as there is room. */
function stretched(values: readonly (number | null)[], columns: number): readonly (number | null)[] {
  return Array.from({ length: columns }, (_, column) => values[Math.floor((column * values.length) / columns)] ?? null);
}

function draw(values: readonly (number | null)[], width: number, height: number, glyphs: GlyphSet = 'full'): string {
  const samples: ChartSamples = {
    buckets: stretched(values, width - 6).map(value => (value === null ? null : bucket(value))),
    edges: evenEdges(START, 30_000, width - 6),
    gaps: [],
    compared: [],
    first: 0,
    begun: width - 6,
    stats: null,
    range: { min: 20, max: 90 },
  };
  const lines = chartLines({ home, glyphs: glyphsFor({ glyphs }) }, sensor, samples, width, height);
  expect(lines).toHaveLength(height);
  for (const line of lines) expect([0, width]).toContain(lineWidth(line));
  return lines
    .map(line =>
      line
        .map(part => part.text)
        .join('')
        .trimEnd(),
    )
    .join('\n');
}

describe('a chart', () => {
  it('draws numbers of any size, and says of those that have no scale that they are too large', () => {
    const random = createRandom(11);
    for (let round = 0; round < 300; round += 1) {
      const number = (): number =>
        (random.chance(0.5) ? -1 : 1) * (1 + random.below(9)) * 10 ** (random.below(620) - 311);
      const values = Array.from({ length: 1 + random.below(8) }, () => (random.chance(0.1) ? null : number()));
      const largest = Math.max(...values.map(value => Math.abs(value ?? 0)));
      const drawn = draw(values, 40, 7 + random.below(20));
      expect(drawn, String(values)).not.toMatch(/NaN|Infinity/);
      if (values.some(value => value !== null)) expect(drawn.includes('too large to draw')).toBe(largest >= 1e300);
    }
  });

  it('has axes with round values and times', () => {
    expect(draw([50, 50, 52, 54, 54, 54, 52, 50], 34, 9)).toMatchInlineSnapshot(`
      "   54┤           ╭─────────╮
           │           │         │
           │           │         │
         52┤       ╭───╯         ╰───╮
           │       │                 │
           │       │                 │
         50┤───────╯                 ╰──
           ╰──────┬─────────┬─────────┬─
                14:25     14:30    14:35"
    `);
  });

  it('draws an unbroken line, in the first column too', () => {
    for (let seed = 1; seed < 60; seed += 1) {
      const values = Array.from({ length: 30 }, (_, place) => 50 + 9 * Math.sin(seed * 7 + place * (0.2 + seed / 90)));
      const rows = draw(values, 36, 12).split('\n').slice(0, -2);
      for (let column = 6; column < 36; column += 1) {
        const upright = rows
          .map(row => row[column] ?? ' ')
          .join('')
          .trim();
        expect(upright, rows.join('\n')).toMatch(/^(─|╭│*╯|╮│*╰)$/u);
      }
    }
  });

  it('leaves a gap where nothing was heard', () => {
    const rows = draw([50, 50, null, null, null, null, 50, 50], 20, 7).split('\n');
    expect(rows.filter(row => row.includes('─')).at(0)).toMatch(/─ {6,}/);
  });

  it('draws one lone value, values that are all the same, and none', () => {
    expect(draw([null, null, 54, null], 24, 7)).toContain('─');
    expect(draw([54, 54, 54, 54], 24, 7)).toContain('─'.repeat(10));
    expect(draw([null, null], 40, 7)).toContain('Nothing was heard in this time');
    expect(draw([], 40, 7)).toContain('Nothing was heard in this time');
  });

  it('shows the limits that are in sight', () => {
    expect(draw([70, 85], 30, 9)).toContain('· · · ·');
  });

  it('is ASCII where there is nothing else', () => {
    expect(draw([50, 60, 55, null, 70], 30, 9, 'ascii').replaceAll('·', '.')).toMatch(/^[\n -~]*$/);
  });

  it('fits every size', () => {
    for (let width = 12; width < 130; width += 13) {
      for (let height = 5; height < 40; height += 5) draw([1e6, -20, 3, null, 4], width, height);
    }
  });
});
