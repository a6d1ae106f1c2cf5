import { describe, expect, it } from 'vitest';
import type { ColumnMark, PageEvents, PastEvent } from '../../../src/core/history/query/page-events.ts';
import type { PastPage } from '../../../src/core/history/query/past-page.ts';
import { glyphsFor } from '../../../src/terminal/identity/glyphs.ts';
import { chartEvents } from '../../../src/ui/detail/chart-events.ts';
import type { ChartSight } from '../../../src/ui/detail/chart-sight.ts';
import { livingHome } from '../../helpers/ui/home.ts';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 10, 29);
const edges = [0, 1, 2, 3, 4].map(hour => START + hour * HOUR);

const event = (hours: number, text: string): PastEvent => ({ at: START + hours * HOUR, mark: 'switched', text });
const markOf = (column: number, count: number): ColumnMark => {
  const [from = 0, until = 0] = [edges[column], edges[column + 1]];
  return { from, until, mark: 'switched', count };
};

interface Looked extends Partial<PageEvents> {
  readonly cursor?: number;
  readonly first?: number;
  readonly toldColumn?: number;
}

function linesOf({ cursor = -1, first = 0, toldColumn, ...events }: Looked): readonly string[] {
  const told = toldColumn === undefined ? {} : { told: { from: edges[toldColumn], until: edges[toldColumn + 1] } };
  const page = {
    question: { sensorId: 'flow', edges, first, comparedEdges: null, asOf: 0, ...told },
    events: { marks: [], newest: [], told: null, lost: [], ...events },
  } as unknown as PastPage;
  const sight = { samples: { edges, first, begun: 4 }, past: page, cursor } as unknown as ChartSight;
  const view = { home: livingHome(1), glyphs: glyphsFor({ glyphs: 'full' }) };
  return chartEvents(view, sight, 78).map(line =>
    line
      .map(({ text }) => text)
      .join('')
      .trimEnd(),
  );
}

const DAMAGE = /^Some of what happened in this time is damaged and cannot be told/;

describe('what happened in the time of a chart', () => {
  it('is told newest first, as far as it is shown', () => {
    const newest = [event(0.5, 'early'), event(1.5, 'one'), event(3.5, 'two'), event(4, 'later')];
    const [heading, ...lines] = linesOf({ newest, marks: [markOf(0, 1), markOf(1, 1), markOf(3, 1)], first: 1 });
    expect(heading).toMatch(/^What happened newest first ─/);
    expect(lines.map(line => line.slice(-3))).toEqual(['two', 'one']);
    expect(linesOf({})).toEqual([]);
  });

  it('says of how much it is the newest', () => {
    const newest = Array.from({ length: 200 }, (_, place) => event(3 + place / 1_000, `${place}`));
    const marks = [markOf(0, 1_000), markOf(3, 234)];
    expect(linesOf({ newest, marks })[0]).toContain('What happened the newest 200 of 1234 ─');
    expect(linesOf({ newest, marks, cursor: 3 })[0]).toContain('What happened the newest 200 of 234 at the cursor ─');
    expect(linesOf({ newest, marks })).toHaveLength(201);
  });

  it('is at the cursor what happened there, read for it where the newest do not reach so far', () => {
    const newest = Array.from({ length: 200 }, (_, place) => event(3 + place / 1_000, `${place}`));
    const marks = [markOf(0, 1), markOf(3, 200)];
    const told = [event(0.5, 'the old one')];
    const lines = linesOf({ newest, marks, told, toldColumn: 0, cursor: 0 });
    expect(lines[0]).toContain('What happened at the cursor ─');
    expect(lines.slice(1)).toEqual([expect.stringMatching(/the old one$/)]);
    // While it is read, and of another column, all is told as before.
    expect(linesOf({ newest, marks, cursor: 0 })[0]).toContain('the newest 200 of 201 ─');
    expect(linesOf({ newest, marks, told, toldColumn: 0, cursor: 2 })[0]).toContain('the newest 200 of 201 ─');
  });

  it('says that some of it cannot be read, where that is so', () => {
    const lost = [{ from: START + HOUR, until: START + 2 * HOUR }];
    expect(linesOf({ lost })[1]).toMatch(DAMAGE);
    expect(linesOf({ lost, newest: [event(3.5, 'two')], marks: [markOf(3, 1)] })[1]).toMatch(DAMAGE);
    expect(linesOf({ lost, first: 2 })).toEqual([]);
    expect(linesOf({ lost: [{ from: START - 9, until: START }] })).toEqual([]);
    // At the cursor of that column only.
    expect(linesOf({ lost, newest: [event(3.5, 'two')], marks: [markOf(3, 1)], cursor: 3 })[1]).toMatch(/two$/);
    expect(linesOf({ lost, cursor: 1 })[0]).toContain('at the cursor');
  });

  it('says so, too, of what was counted and is gone since', () => {
    expect(linesOf({ newest: [event(3.5, 'two')], marks: [markOf(0, 1), markOf(3, 1)] })[1]).toMatch(DAMAGE);
    const newest = Array.from({ length: 200 }, (_, place) => event(3 + place / 1_000, `${place}`));
    const gone = linesOf({
      newest,
      marks: [markOf(0, 2), markOf(3, 200)],
      told: [event(0.1, 'left')],
      toldColumn: 0,
      cursor: 0,
    });
    expect(gone[1]).toMatch(DAMAGE);
    expect(gone.at(-1)).toMatch(/left$/);
    expect(gone[0]).toContain('What happened at the cursor ─');
  });
});
